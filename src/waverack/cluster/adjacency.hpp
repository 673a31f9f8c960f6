#pragma once
// The neighbours of every node of a graph.

#include <cstdint>
#include <span>
#include <vector>

#include "waverack/cluster/graph.hpp"

namespace waverack::cluster {

// Node n's neighbours are `neighbour[first[n]]` up to `neighbour[first[n + 1]]`, in the order of the links;
// `link` says by which link. 16 bytes for each link, 4 for each node.
struct Adjacency {
  std::vector<std::uint32_t> first, neighbour, link;

  std::uint32_t degree(std::uint32_t node) const { return first[node + 1] - first[node]; }
  std::span<const std::uint32_t> of(std::uint32_t node) const {
    return std::span(neighbour).subspan(first[node], degree(node));
  }
};

// The ends of all links must be nodes. Cost: linear.
Adjacency adjacency(const Graph&);

// Two links between the same two nodes; `again` is the later one. `found` is false where there are none.
struct ParallelLinks {
  bool found = false;
  std::uint32_t first = 0, again = 0;
};
ParallelLinks parallel_links(const Adjacency&);

}  // namespace waverack::cluster
