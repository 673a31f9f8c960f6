#include "waverack/cluster/graph_measures.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <span>

namespace waverack::cluster {

namespace {

// Breadth-first searches from up to 64 GPUs at once, a bit of a word for each.
class Searches {
 public:
  Searches(const Graph& graph, const Adjacency& near, const std::vector<bool>& closed, bool through_gpus)
      : graph_(graph),
        near_(near),
        closed_(closed),
        through_gpus_(through_gpus),
        seen_(graph.nodes.size(), 0),
        now_(graph.nodes.size(), 0),
        next_(graph.nodes.size(), 0) {}

  // Adds the ways from these GPUs.
  void run(std::span<const std::uint32_t> sources) {
    std::fill(seen_.begin(), seen_.end(), 0);
    std::vector<std::uint32_t> active(sources.begin(), sources.end()), coming;
    for (std::size_t s = 0; s < sources.size(); ++s)
      seen_[sources[s]] = now_[sources[s]] = std::uint64_t{1} << s;
    for (int between = 0; !active.empty(); ++between) {
      coming.clear();
      for (const std::uint32_t node : active) leave(node, between, coming);
      for (const std::uint32_t node : coming) {
        seen_[node] |= next_[node];
        now_[node] = next_[node];
        next_[node] = 0;
      }
      active.swap(coming);
    }
  }

  double sum = 0.0;
  int most = 0;
  std::int64_t joined = 0;

 private:
  void leave(std::uint32_t node, int between, std::vector<std::uint32_t>& coming) {
    for (std::uint32_t k = near_.first[node]; k < near_.first[node + 1]; ++k) {
      if (!closed_.empty() && closed_[near_.link[k]]) continue;
      const std::uint32_t other = near_.neighbour[k];
      const std::uint64_t fresh = now_[node] & ~seen_[other] & ~next_[other];
      if (fresh == 0) continue;
      const bool gpu = graph_.nodes[other] == NodeKind::gpu;
      if (gpu) {
        const int found = std::popcount(fresh);
        joined += found;
        sum += static_cast<double>(found) * between;
        most = std::max(most, between);
      }
      if (gpu && !through_gpus_) {
        seen_[other] |= fresh;
        continue;
      }
      if (next_[other] == 0) coming.push_back(other);
      next_[other] |= fresh;
    }
    now_[node] = 0;
  }

  const Graph& graph_;
  const Adjacency& near_;
  const std::vector<bool>& closed_;
  bool through_gpus_;
  std::vector<std::uint64_t> seen_, now_, next_;
};

}  // namespace

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

Ways shortest_ways(const Graph& graph, const Adjacency& near, std::int64_t sources,
                   const std::vector<bool>& closed, bool through_gpus) {
  std::vector<std::uint32_t> gpus;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    if (graph.nodes[i] == NodeKind::gpu) gpus.push_back(static_cast<std::uint32_t>(i));
  const std::int64_t all = static_cast<std::int64_t>(gpus.size()), from = std::min(all, sources);
  std::vector<std::uint32_t> starts;
  for (std::int64_t i = 0; i < from; ++i) starts.push_back(gpus[static_cast<std::size_t>(i * all / from)]);
  Searches searches(graph, near, closed, through_gpus);
  constexpr std::size_t at_once = 64;
  for (std::size_t i = 0; i < starts.size(); i += at_once)
    searches.run(std::span(starts).subspan(i, std::min(at_once, starts.size() - i)));
  Ways ways;
  ways.most = searches.most;
  ways.joined = searches.joined;
  ways.pairs = from * std::max<std::int64_t>(all - 1, 0);
  ways.mean = ways.joined > 0 ? searches.sum / static_cast<double>(ways.joined)
                              : std::numeric_limits<double>::quiet_NaN();
  return ways;
}

}  // namespace waverack::cluster
