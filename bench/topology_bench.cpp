// A million GPUs in three tiers: the counts, and every link.

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "waverack/cluster/graph_build.hpp"
#include "waverack/cluster/graph_measures.hpp"

namespace waverack::cluster {
namespace {

Network three_tiers() {
  Switch device;
  device.capacity = 204.8e12;
  Network network;
  network.topology = TopologyKind::rail_optimised;
  network.tiers = 3;
  network.switches = {"switch", std::make_shared<const Switch>(device)};
  return network;
}

// Radix 256 carries 4,194,304.
constexpr std::int64_t gpus = 1'000'000;

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

double graph_megabytes(const Graph& graph) {
  return static_cast<double>(graph.nodes.capacity() * sizeof(NodeKind) +
                             graph.links.capacity() * sizeof(GraphLink)) /
         1e6;
}

void counts(benchmark::State& state) {
  const Network network = three_tiers();
  for (auto _ : state) benchmark::DoNotOptimize(build_topology(network, gpus, "network"));
  state.SetLabel("closed form");
}
BENCHMARK(counts)->Name("topology: counts of 1,000,000 GPUs")->Unit(benchmark::kMicrosecond);

void links(benchmark::State& state) {
  const Network network = three_tiers();
  Graph graph;
  for (auto _ : state) graph = build_graph(network, gpus, "network");
  state.counters["links"] = static_cast<double>(graph.links.size());
  state.counters["MB of the graph"] = graph_megabytes(graph);
  state.counters["peak MB of the process"] = peak_megabytes();
  state.SetLabel("target: at most 1 s and 500 MB");
}
BENCHMARK(links)->Name("topology: links of 1,000,000 GPUs")->Unit(benchmark::kMillisecond);

void ways(benchmark::State& state) {
  const Graph graph = build_graph(three_tiers(), gpus, "network");
  for (auto _ : state) benchmark::DoNotOptimize(shortest_ways(graph, adjacency(graph), 1));
  state.counters["peak MB of the process"] = peak_megabytes();
  state.SetLabel("neighbours, and ways from one GPU to all");
}
BENCHMARK(ways)->Name("topology: ways between 1,000,000 GPUs")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace waverack::cluster
