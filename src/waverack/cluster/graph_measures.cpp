#include "waverack/cluster/graph_measures.hpp"

#include <algorithm>
#include <limits>

namespace waverack::cluster {

std::vector<std::int32_t> distances(const Adjacency& graph, std::uint32_t source) {
  std::vector<std::int32_t> distance(graph.first.size() - 1, -1);
  std::vector<std::uint32_t> queue{source};
  queue.reserve(distance.size());
  distance[source] = 0;
  for (std::size_t i = 0; i < queue.size(); ++i)
    for (const std::uint32_t node : graph.of(queue[i])) {
      if (distance[node] >= 0) continue;
      distance[node] = distance[queue[i]] + 1;
      queue.push_back(node);
    }
  return distance;
}

std::int64_t part_count(const Adjacency& graph) {
  std::vector<bool> seen(graph.first.size() - 1, false);
  std::vector<std::uint32_t> stack;
  std::int64_t parts = 0;
  for (std::size_t start = 0; start < seen.size(); ++start) {
    if (seen[start]) continue;
    ++parts;
    seen[start] = true;
    stack.push_back(static_cast<std::uint32_t>(start));
    while (!stack.empty()) {
      const std::uint32_t node = stack.back();
      stack.pop_back();
      for (const std::uint32_t next : graph.of(node))
        if (!seen[next]) {
          seen[next] = true;
          stack.push_back(next);
        }
    }
  }
  return parts;
}

Ways shortest_ways(const Graph& graph, const Adjacency& joined, std::int64_t sources) {
  std::vector<std::uint32_t> gpus;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    if (graph.nodes[i] == NodeKind::gpu) gpus.push_back(static_cast<std::uint32_t>(i));
  const std::int64_t all = static_cast<std::int64_t>(gpus.size()), from = std::min(all, sources);
  Ways ways;
  double sum = 0.0, pairs = 0.0;
  for (std::int64_t i = 0; i < from; ++i) {
    const std::uint32_t source = gpus[static_cast<std::size_t>(i * all / from)];
    const std::vector<std::int32_t> distance = distances(joined, source);
    for (const std::uint32_t gpu : gpus) {
      if (gpu == source || distance[gpu] < 0) continue;
      sum += distance[gpu] - 1;
      pairs += 1.0;
      ways.most = std::max(ways.most, distance[gpu] - 1);
    }
  }
  ways.mean = pairs > 0.0 ? sum / pairs : std::numeric_limits<double>::quiet_NaN();
  return ways;
}

}  // namespace waverack::cluster
