#pragma once
// How the cases of each claim are computed; used by claims.cpp alone.

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "waverack/study/claims.hpp"

namespace waverack::study {

// The two halves of the ledger, each in the order of its ids: lanes, modules, cables; clusters, and who
// takes over from whom.
std::vector<Claim> module_claims();
std::vector<Claim> cluster_claims();

// What a computation finds: every case of the claim in the claim's unit, and figures beside them.
struct Findings {
  std::vector<ClaimCase> cases;
  std::vector<ClaimFigure> figures = {};
};

// Sees only claims whose needs are all in the evidence.
struct Computation {
  std::string_view id;
  Findings (*find)(const Claim&, const Evidence&);
};

std::span<const Computation> module_computations();
std::span<const Computation> cluster_computations();

// From the evidence; throw std::logic_error for what a claim did not say that it needs.
const Result& design_of(const Evidence&, std::string_view name);
const YieldResult& yield_of(const Evidence&, std::string_view name);
const SolvedCluster& cluster_of(const Evidence&, std::string_view name);

inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
inline ClaimCase reading(std::string baseline, double computed, double low = not_a_number,
                         double high = not_a_number) {
  return {std::move(baseline), computed, low, high, false};
}

// In per cent: what `ours` saves over `theirs`, and with every range at the end that favours either.
ClaimCase saving(std::string baseline, const Ranged& ours, const Ranged& theirs);

// Watts, or joules per bit, of a module with the range that published ones of like modules have.
Ranged with_spread(double power);

}  // namespace waverack::study
