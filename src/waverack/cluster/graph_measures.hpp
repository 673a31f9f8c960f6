#pragma once
// What a graph says of itself: parts and distances. Read from files, and a check of the closed forms.

#include <cstdint>
#include <vector>

#include "waverack/cluster/adjacency.hpp"

namespace waverack::cluster {

// Sets of nodes that links join.
std::int64_t part_count(const Adjacency&);

// Nodes between two different GPUs on the shortest way, over the pairs that are joined.
struct Ways {
  double mean = 0.0;  // NaN where no two are joined
  int most = 0;
  std::int64_t pairs = 0;   // from the sources to all other GPUs
  std::int64_t joined = 0;  // of those
};

// Ways start at every GPU, or at `sources` of them spread evenly. They take no link that `closed` names (by
// its number; none given: all are open), and pass through other GPUs or not. Cost: 64 searches at once, each
// of them through the whole graph.
Ways shortest_ways(const Graph&, const Adjacency&, std::int64_t sources, const std::vector<bool>& closed = {},
                   bool through_gpus = true);

}  // namespace waverack::cluster
