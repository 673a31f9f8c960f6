#pragma once
// Counts of a non-blocking folded Clos network, in closed form.
//
// N endpoints, switches of radix k at the endpoint's rate, L tiers (facts: cluster 4.1):
//   largest N     2·(k/2)^L
//   switches      (2L − 1)·N/k   the top tier N/k, every other tier 2N/k
//   links         L·N
//   optical ends  2L·N           N at the network cards, (2L − 1)·N at the switches

#include <cstdint>

namespace waverack::cluster {

struct Clos {
  int tiers = 0;
  std::int64_t endpoints = 0;
  std::int64_t switches = 0;  // rounded up to whole switches
  std::int64_t links = 0;
  std::int64_t nic_ends = 0;           // optical ends at network cards, each of the endpoint's rate
  std::int64_t switch_ends = 0;        // optical ends at switches
  std::int64_t largest_endpoints = 0;  // what this many tiers could carry
};

// 2·(k/2)^L. An odd radix wastes its last port.
std::int64_t largest_endpoints(int radix, int tiers);

// `tiers` 0 takes the fewest that carry the endpoints. Throws Error if four tiers are not enough, or if
// `tiers` cannot carry `endpoints`.
Clos count_clos(std::int64_t endpoints, int radix, int tiers = 0);

}  // namespace waverack::cluster
