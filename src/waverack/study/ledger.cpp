// The claims ledger. Claims: HG Genuine at OFC 2025 as reported by Securities Times, 2025-04-02 (facts:
// cluster 3.1). Entries state the claimed figure in words only: no claimed value is a number that a
// computation reads.

#include <algorithm>
#include <charconv>

#include "waverack/study/claim_cases.hpp"

namespace waverack::study {
namespace {

int number_of(const Claim& claim) {
  int number = 0;
  std::from_chars(claim.id.data() + 1, claim.id.data() + claim.id.size(), number);
  return number;
}

}  // namespace

const std::vector<Claim>& claims_ledger() {
  static const std::vector<Claim> ledger = [] {
    std::vector<Claim> list = module_claims();
    for (Claim& claim : cluster_claims()) list.push_back(std::move(claim));
    std::stable_sort(list.begin(), list.end(),
                     [](const Claim& a, const Claim& b) { return number_of(a) < number_of(b); });
    return list;
  }();
  return ledger;
}

}  // namespace waverack::study
