#pragma once
// What a graph says of itself: parts and distances. A check of the closed forms.

#include <cstdint>
#include <vector>

#include "waverack/cluster/adjacency.hpp"

namespace waverack::cluster {

// Links from `source` to every node on the shortest way; −1 where there is none.
std::vector<std::int32_t> distances(const Adjacency&, std::uint32_t source);

// Sets of nodes that links join.
std::int64_t part_count(const Adjacency&);

// Nodes between two GPUs on the shortest way: the mean over pairs of different GPUs that are joined, and the
// most. Ways start at every GPU, or at `sources` of them spread evenly. NaN and 0 where no two are joined.
struct Ways {
  double mean = 0.0;
  int most = 0;
};
Ways shortest_ways(const Graph&, const Adjacency&, std::int64_t sources);

}  // namespace waverack::cluster
