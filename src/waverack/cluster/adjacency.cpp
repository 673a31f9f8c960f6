#include "waverack/cluster/adjacency.hpp"

#include <algorithm>
#include <limits>

namespace waverack::cluster {

Adjacency adjacency(const Graph& graph) {
  Adjacency result;
  result.first.assign(graph.nodes.size() + 1, 0);
  for (const GraphLink& link : graph.links) {
    ++result.first[link.a + 1];
    ++result.first[link.b + 1];
  }
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) result.first[n + 1] += result.first[n];
  result.neighbour.resize(2 * graph.links.size());
  result.link.resize(2 * graph.links.size());
  std::vector<std::uint32_t> next(result.first.begin(), result.first.end() - 1);
  for (std::uint32_t i = 0; i < graph.links.size(); ++i) {
    const GraphLink& link = graph.links[i];
    const std::uint32_t at_a = next[link.a]++, at_b = next[link.b]++;
    result.neighbour[at_a] = link.b;
    result.neighbour[at_b] = link.a;
    result.link[at_a] = result.link[at_b] = i;
  }
  return result;
}

ParallelLinks parallel_links(const Adjacency& near) {
  constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  // The last node that met a node, and where in its list.
  std::vector<std::uint32_t> met_by(near.first.size() - 1, none), place(near.first.size() - 1, 0);
  for (std::uint32_t node = 0; node + 1 < near.first.size(); ++node)
    for (std::uint32_t k = near.first[node]; k < near.first[node + 1]; ++k) {
      const std::uint32_t other = near.neighbour[k];
      if (met_by[other] == node) {
        const auto [first, again] = std::minmax(near.link[place[other]], near.link[k]);
        return {true, first, again};
      }
      met_by[other] = node;
      place[other] = k;
    }
  return {};
}

}  // namespace waverack::cluster
