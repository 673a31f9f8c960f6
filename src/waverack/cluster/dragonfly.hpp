#pragma once
// Dragonfly networks: groups of routers that are all joined, and groups that are all joined.
// (theory: topology, section 3; facts: cluster 4.1)

#include <cstdint>
#include <string>
#include <vector>

#include "waverack/cluster/network.hpp"

namespace waverack::cluster {

struct Dragonfly {
  int hosts = 0;         // p, endpoints of a router
  int routers = 0;       // a, of a group
  int global_ports = 0;  // h, of a router
  int groups = 0;        // whole ones
};

// What the network states, or the balanced shape a = 2p = 2h of the largest p with p + a + h − 1 ≤ radix.
// Throws Error where only some of the three are stated, where a router has too few ports, and where
// a·h + 1 groups do not hold the endpoints.
Dragonfly dragonfly_of(const Network& network, std::int64_t endpoints, int radix, const std::string& path);

// Where port i of every group of a set of groups leads, all of which are joined alike: to the group `offset`
// further on (modulo their number), into its port `partner`. Offset 0: a port without a link.
struct GroupPort {
  int offset = 0;
  int partner = 0;
};

// Each group is joined to all others, as often to each as the ports allow. One port stays empty where groups
// and the ports left over are both odd. `ports` ≥ groups − 1.
std::vector<GroupPort> group_ports(int groups, int ports);

// Links between groups.
std::int64_t global_links(const Dragonfly&);

// Routers on the way between two different endpoints drawn at random, over at most one link between groups
// (minimal routing), the routers equally filled; and on the longest such way.
double mean_routers(const Dragonfly&, std::int64_t endpoints);
int most_routers(const Dragonfly&);

}  // namespace waverack::cluster
