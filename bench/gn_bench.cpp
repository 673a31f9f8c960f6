// Nonlinear interference of a coherent line, one evaluation on one core.

#include <benchmark/benchmark.h>

#include <cmath>

#include "waverack/coherent/egn_model.hpp"
#include "waverack/coherent/gn_integral.hpp"
#include "waverack/coherent/gn_model.hpp"

namespace waverack::coherent {
namespace {

Line equal_spans(int count, int neighbours) {
  Line line;
  for (int i = 0; i < count; ++i) {
    const FibreSpan span;
    line.elements.push_back({"span", span});
    line.elements.push_back({"amplifier", LineAmplifier{.gain = std::exp(span.attenuation * span.length)}});
  }
  for (int k = 1; k <= neighbours; ++k) {
    Channel other;
    other.frequency += (k % 2 == 0 ? 75e9 : -75e9) * ((k + 1) / 2);
    line.neighbours.push_back(other);
  }
  return line;
}

void gn_closed_form(benchmark::State& state) {
  const Line line = equal_spans(static_cast<int>(state.range(0)), static_cast<int>(state.range(1)));
  for (auto _ : state) benchmark::DoNotOptimize(gn_noise(line).ratio());
  state.SetLabel("target: microseconds for one channel");
}
BENCHMARK(gn_closed_form)->Args({1, 0})->Args({5, 0})->Args({1, 75})->Args({6, 95});

void gn_integral_of_rectangle(benchmark::State& state) {
  const Line line = equal_spans(static_cast<int>(state.range(0)), 0);
  for (auto _ : state) benchmark::DoNotOptimize(gn_integral(line, {.rectangular = true}).ratio());
}
BENCHMARK(gn_integral_of_rectangle)->Arg(1)->Arg(5)->Arg(20);

void egn(benchmark::State& state) {
  const Line line = equal_spans(static_cast<int>(state.range(0)), static_cast<int>(state.range(1)));
  for (auto _ : state) benchmark::DoNotOptimize(egn_noise(line).ratio());
  state.SetLabel("target: milliseconds");
}
BENCHMARK(egn)->Args({1, 0})->Args({5, 0})->Args({20, 0})->Args({1, 75})->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace waverack::coherent
