// A cluster of 98,304 GPUs with four candidate designs: a scenario, its band, and the whole of `waverack
// cluster` with its designs in the cache.

#include <benchmark/benchmark.h>

#include <filesystem>

#include "waverack/io/cluster_run.hpp"

namespace waverack {
namespace {

struct Cached {
  std::filesystem::path folder = std::filesystem::temp_directory_path() / "waverack-cluster-bench";
  ~Cached() { std::filesystem::remove_all(folder); }
};

const std::filesystem::path& cache() {
  static const Cached cached;
  return cached.folder;
}

io::ClusterAnswer run(int samples) {
  io::ClusterOptions options;
  options.cache_folder = cache();
  options.samples = samples;
  return io::run_cluster(io::load_cluster("cluster-100k"), options);
}

void scenario(benchmark::State& state) {
  const io::ClusterAnswer answer = run(0);
  cluster::ScenarioFrame frame = answer.cases.front().frame;
  // Four designs in one choice: those of all scenarios, by what pluggable switches take of them.
  frame.candidates = {{}};
  for (std::size_t i = 0; i < answer.technologies.size(); ++i) frame.candidates[0].push_back(i);
  for (auto _ : state)
    benchmark::DoNotOptimize(cluster::solve_scenario(answer.cases.front().installation, frame,
                                                     answer.technologies, answer.prices));
  state.SetLabel("target: at most 50 ms; " + std::to_string(frame.candidates[0].size()) + " designs");
}
BENCHMARK(scenario)
    ->Name("cluster: 98 304 GPUs, one scenario, designs solved")
    ->Unit(benchmark::kMicrosecond);

void band(benchmark::State& state) {
  const io::ClusterAnswer answer = run(0);
  cluster::BandOptions options;
  options.samples = 1024;
  for (auto _ : state)
    benchmark::DoNotOptimize(
        cluster::scenario_bands(answer.cases, answer.technologies, answer.prices, options));
  state.SetLabel("target: at most 3 s on two cores");
}
BENCHMARK(band)
    ->Name("cluster: 98 304 GPUs, three scenarios, bands of 1024 draws")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void whole(benchmark::State& state) {
  static_cast<void>(run(0));
  for (auto _ : state) benchmark::DoNotOptimize(run(1024));
  state.SetLabel("second run: no lane is solved");
}
BENCHMARK(whole)
    ->Name("cluster: cluster-100k from the cache, with bands")
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace waverack
