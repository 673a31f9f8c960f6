#pragma once
// Modules of lanes that work or do not: closed forms for lanes that are independent, and intervals for
// counts.

#include <cstdint>

namespace waverack::module {

// Probability that at least `needed` of `built` lanes work, each with `lane_yield` and independent of the
// others: what too_few_survive() of redundancy.hpp leaves. 0 ≤ needed ≤ built.
// (theory: yield, eq. 9)
double yield_with_spares(double lane_yield, int needed, int built);

// Of a switch that needs all of its modules.
double yield_of_all(double module_yield, double modules);

struct Interval {
  double low = 0.0, high = 1.0;
};

// 95 % interval of a probability of which `successes` of `trials` > 0 were seen: E. B. Wilson, J. Am. Stat.
// Assoc. 22 (1927) 209. (theory: yield, eq. 7)
Interval wilson_interval(std::uint64_t successes, std::uint64_t trials);

}  // namespace waverack::module
