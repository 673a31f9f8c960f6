// Bands of a cluster's answers, in samples per second, with a model that takes half a millisecond.

#include <benchmark/benchmark.h>

#include <chrono>
#include <cmath>
#include <vector>

#include "waverack/cluster/bands.hpp"

namespace waverack::cluster {
namespace {

// Computes until half a millisecond of this thread is over, as a solve would.
void half_a_millisecond(std::span<const double> inputs, std::span<double> outputs) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::microseconds(500);
  double sum = 0.0;
  do {
    for (const double x : inputs) sum += std::sqrt(x);
  } while (std::chrono::steady_clock::now() < end);
  for (std::size_t o = 0; o < outputs.size(); ++o)
    outputs[o] = inputs[o % inputs.size()] * static_cast<double>(o + 1);
  benchmark::DoNotOptimize(sum);
}

void nothing(std::span<const double> inputs, std::span<double> outputs) {
  for (std::size_t o = 0; o < outputs.size(); ++o)
    outputs[o] = inputs[o % inputs.size()] * static_cast<double>(o + 1);
}

// 100 inputs and 40 outputs: 1024 samples and 201 calls for the tornado.
void measure(benchmark::State& state, void (*model)(std::span<const double>, std::span<double>)) {
  const std::vector<UncertainInput> inputs(100, UncertainInput{"x", "", {2.0, 1.0, 4.0}});
  for (auto _ : state)
    benchmark::DoNotOptimize(bands(inputs, 40, model, {.threads = static_cast<int>(state.range(0))}));
  state.SetItemsProcessed(state.iterations() * 1024);
}

BENCHMARK_CAPTURE(measure, half_a_millisecond, half_a_millisecond)
    ->Name("bands: 1024 samples, 100 inputs, 40 outputs, a model of 0.5 ms, on so many threads")
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(measure, nothing, nothing)
    ->Name("bands: the same without the model")
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace waverack::cluster
