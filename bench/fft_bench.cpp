// The batched transform and the filters that use it, on one core.

#include <benchmark/benchmark.h>

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "bench/instruction_sets.hpp"
#include "bench/peak.hpp"
#include "waverack/signal/fft.hpp"
#include "waverack/signal/overlap_save.hpp"
#include "waverack/signal/response.hpp"

namespace waverack::signal {
namespace {

constexpr double operations(int size) { return fft_lanes * 5.0 * size * std::log2(size); }

// A forward and an inverse transform, scaled, so that the samples keep their size however often it runs.
void round_trip(benchmark::State& state, std::int64_t target) {
  state.counters["peak GFLOP/s"] = peak_gflops(target);
  const OnlyTarget only(target);
  const FftPlan plan(static_cast<int>(state.range(0)));
  BatchBuffer batch(plan.size());
  std::mt19937 random(1);
  std::normal_distribution<float> normal;
  for (int i = 0; i < 2 * fft_lanes * plan.size(); ++i) batch.data()[i] = normal(random);
  std::vector<float> scale(2 * static_cast<std::size_t>(plan.size()), 0.0f);
  for (std::size_t i = 0; i < scale.size(); i += 2) scale[i] = 1.0f / static_cast<float>(plan.size());
  for (auto _ : state) {
    fft_forward(plan, batch.data());
    multiply_spectrum(plan, scale, batch.data());
    fft_inverse(plan, batch.data());
  }
  state.counters["GFLOP/s"] =
      benchmark::Counter(2.0 * operations(plan.size()) * 1e-9, benchmark::Counter::kIsIterationInvariantRate);
}

void forward(benchmark::State& state, std::int64_t target) {
  state.counters["peak GFLOP/s"] = peak_gflops(target);
  const OnlyTarget only(target);
  const FftPlan plan(static_cast<int>(state.range(0)));
  BatchBuffer batch(plan.size());
  // Zeros stay zeros, and no CPU of today adds or multiplies them faster than other numbers.
  std::fill_n(batch.data(), 2 * fft_lanes * plan.size(), 0.0f);
  for (auto _ : state) {
    fft_forward(plan, batch.data());
    benchmark::ClobberMemory();
  }
  state.counters["GFLOP/s"] =
      benchmark::Counter(operations(plan.size()) * 1e-9, benchmark::Counter::kIsIterationInvariantRate);
  if (plan.size() == 2048) state.SetLabel("target: at least 80 GFLOP/s on a Zen 5 class core");
}

[[maybe_unused]] const bool registered = [] {
  for (const std::int64_t target : targets_to_measure()) {
    const std::string name = std::string("fft: ") + hwy::TargetName(target);
    benchmark::RegisterBenchmark((name + ", forward").c_str(), forward, target)
        ->Arg(256)
        ->Arg(2048)
        ->Arg(16384);
    benchmark::RegisterBenchmark((name + ", forward, product, inverse").c_str(), round_trip, target)
        ->Arg(2048);
  }
  return true;
}();

// One record of SSPRQ at 16 samples per symbol through a filter, in samples per second.
template <class Sample>
void filter(benchmark::State& state) {
  const double rate = 16 * 53.125e9;
  const BlockFilter filter = make_block_filter(bessel_thomson(26.5625e9), rate);
  const std::vector<Sample> signal(16 * 65535, Sample(1.0f));
  for (auto _ : state) benchmark::DoNotOptimize(filter_cyclic(filter, std::span<const Sample>(signal)));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(signal.size()));
}
BENCHMARK(filter<float>)->Name("overlap-save: real record of SSPRQ")->Unit(benchmark::kMillisecond);
BENCHMARK(filter<std::complex<float>>)
    ->Name("overlap-save: complex record of SSPRQ")
    ->Unit(benchmark::kMillisecond);

void design(benchmark::State& state) {
  const Response response = bessel_thomson(26.5625e9);
  for (auto _ : state) benchmark::DoNotOptimize(make_block_filter(response, 16 * 53.125e9));
}
BENCHMARK(design)->Name("overlap-save: design of a filter")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace waverack::signal
