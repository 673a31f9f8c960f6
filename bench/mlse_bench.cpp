// Sequence detection of 32 records side by side, in symbols per second on one core.

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "bench/peak.hpp"
#include "waverack/dsp/error_events.hpp"
#include "waverack/dsp/mlse_rows.hpp"
#include "waverack/signal/fast_random.hpp"
#include "waverack/signal/pam.hpp"

namespace waverack::dsp {
namespace {

constexpr int rows = 512;

Trellis trellis(int levels, int memory) {
  std::vector<double> response{0.6, 0.3, 0.1};
  response.resize(static_cast<std::size_t>(memory));
  return make_trellis(signal::pam_levels(levels), response);
}

signal::BatchBuffer noise() {
  signal::BatchBuffer y(rows);
  signal::fill_normal_fast({.seed = 1}, {y.data(), 32 * rows});
  return y;
}

void detect(benchmark::State& state, int levels, int memory) {
  state.counters["peak GFLOP/s"] = peak_gflops();
  SequenceDetector detector(trellis(levels, memory), rows);
  const signal::BatchBuffer y = noise();
  std::vector<std::uint8_t> decisions(32 * rows);
  for (auto _ : state) {
    detector.detect(y.data(), decisions.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * 32 * rows);
  if (levels == 4 && memory == 1) state.SetLabel("target: at least 300 M/s on a Zen 5 class core");
}

void rely(benchmark::State& state, int levels, int memory) {
  state.counters["peak GFLOP/s"] = peak_gflops();
  ReliabilityDetector detector(trellis(levels, memory), rows);
  const signal::BatchBuffer y = noise();
  signal::BatchBuffer reliabilities(3 * rows);
  for (auto _ : state) {
    detector.detect(y.data(), 0.1, reliabilities.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * 32 * rows);
}

[[maybe_unused]] const bool registered = [] {
  for (const auto& [levels, memory] : {std::pair{2, 1}, std::pair{4, 1}, std::pair{4, 2}, std::pair{4, 3},
                                       std::pair{6, 1}, std::pair{8, 1}}) {
    const Trellis t = trellis(levels, memory);
    const std::string name = "PAM" + std::to_string(levels) + ", " + std::to_string(t.states()) + " states";
    benchmark::RegisterBenchmark(("mlse: " + name).c_str(), detect, levels, memory);
    if (levels != 6)
      benchmark::RegisterBenchmark(("mlse: " + name + ", reliabilities").c_str(), rely, levels, memory);
  }
  return true;
}();

void events(benchmark::State& state) {
  const double noise_autocorrelation[] = {0.01, 0.002};
  for (auto _ : state)
    benchmark::DoNotOptimize(
        union_bound(error_events(std::vector<double>{0.6, 0.3}, 4, noise_autocorrelation), 4));
}
BENCHMARK(events)->Name("mlse: union bound, two postcursors")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace waverack::dsp
