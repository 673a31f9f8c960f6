#pragma once
// n-dimensional tori, plain or of cubes whose faces optical circuit switches join.
// (theory: topology, section 4; facts: cluster 4.1)

#include <cstdint>
#include <string>
#include <vector>

#include "waverack/cluster/network.hpp"

namespace waverack::cluster {

struct Torus {
  std::vector<int> dims;
  std::int64_t nodes = 0;
  std::int64_t near_links = 0;  // between neighbours, inside the cubes where there are any
  std::int64_t far_links = 0;   // that wrap around, or leave a cube
  std::int64_t cubes = 0;       // 0: a plain torus
  std::int64_t cube_ends = 0;   // far links that end at one cube
  std::int64_t circuit_switches = 0;
  int links_per_switch = 0;  // far links through one circuit switch
};

// Throws Error where the dimensions do not multiply to `gpus`, where a cube does not divide them, and where a
// circuit switch has too few ports for the cubes.
Torus torus_of(const Network& network, std::int64_t gpus, const std::string& path);

// Links on the longest of the shortest ways between two nodes, and on the mean one between two different
// nodes.
int most_hops(const Torus&);
double mean_hops(const Torus&);

// Links across the cut that halves the longest dimension.
std::int64_t bisection_links(const Torus&);

}  // namespace waverack::cluster
