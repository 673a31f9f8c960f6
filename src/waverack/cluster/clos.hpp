#pragma once
// Counts of a folded Clos network, in closed form.
//
// N endpoints, switches of radix k at the endpoint's rate, L tiers, non-blocking (facts: cluster 4.1):
//   largest N     2·(k/2)^L
//   switches      (2L − 1)·N/k   the top tier N/k, every other tier 2N/k
//   links         L·N
//   optical ends  2L·N           N at the network cards, (2L − 1)·N at the switches
// These are ports over ports of all tiers together: where they are no multiple of a switch, a tier is a part
// of one short, and whole ones of each tier are more. With r_i ports down for each one up in tier i,
// everything above tier i is divided by r_i. (theory: topology, section 1)

#include <cstdint>
#include <string>
#include <vector>

namespace waverack::cluster {

struct ClosTier {
  int down = 0, up = 0;       // ports of a full switch towards the endpoints and away from them
  std::int64_t switches = 0;  // of the sum of all tiers
  std::int64_t whole = 0;     // that the tier needs if it shares none with another; at least `switches`
  std::int64_t down_ends = 0, up_ends = 0;  // in links, of all its switches together
};

struct Clos {
  int tiers = 0;
  std::int64_t endpoints = 0;
  std::int64_t switches = 0;  // rounded up to whole switches
  std::int64_t links = 0;
  std::int64_t nic_ends = 0;           // optical ends at network cards, each of the endpoint's rate
  std::int64_t switch_ends = 0;        // optical ends at switches
  std::int64_t largest_endpoints = 0;  // what this many tiers could carry
  std::vector<ClosTier> levels;  // from the leaves up; whole switches of the sum, so that a tier may share
                                 // the last one with its neighbour
};

// 2·(k/2)^L. An odd radix wastes its last port.
std::int64_t largest_endpoints(int radix, int tiers);

// `tiers` 0 takes the fewest that carry the endpoints, at most four. `oversubscription` states down to up of
// tier 1, 2 …; 1 where none is given. Throws Error if four tiers are not enough, if `tiers` cannot carry
// `endpoints`, or if there are more oversubscriptions than tiers with links upwards; `path` is that of the
// network's or the cluster's table.
Clos count_clos(std::int64_t endpoints, int radix, int tiers = 0,
                const std::vector<double>& oversubscription = {}, const std::string& path = "cluster");

// Links up of switches with this many ends down, together: ends/ratio, rounded up.
std::int64_t divided_ends(std::int64_t ends, double ratio);

// Switches on the way between two different endpoints drawn at random, every way as short as can be.
double mean_clos_switches(const Clos&);

}  // namespace waverack::cluster
