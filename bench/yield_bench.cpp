// Modules of a line, and the polynomial that makes them cheap.

#include <benchmark/benchmark.h>

#include <cmath>

#include "waverack/io/load.hpp"
#include "waverack/study/yield.hpp"

namespace waverack {
namespace {

void modules(benchmark::State& state, const char* label) {
  const LoadedDesign design = io::load_design("cpo-3.2t").loaded;
  study::YieldOptions options;
  options.modules = static_cast<int>(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(study::run_yield(design, options));
  state.counters["modules/s"] =
      benchmark::Counter(static_cast<double>(options.modules), benchmark::Counter::kIsIterationInvariantRate);
  state.SetLabel(label);
}
// Of which all but a few are what it takes to begin.
BENCHMARK_CAPTURE(modules, begin, "332 lanes solved in full")
    ->Name("yield: cpo-3.2t, 64 modules, all cores")
    ->Arg(64)
    ->Iterations(1)
    ->UseRealTime()
    ->Unit(benchmark::kSecond);
BENCHMARK_CAPTURE(modules, all, "target: at least 200 modules/s on two cores")
    ->Name("yield: cpo-3.2t, 10 000 modules, all cores")
    ->Arg(10000)
    ->Iterations(1)
    ->UseRealTime()
    ->Unit(benchmark::kSecond);

void fit_surface(benchmark::State& state) {
  constexpr int variables = 25, count = 280;
  const std::vector<double> places = study::surface_places(count, variables, 1.6, 1);
  std::vector<double> values;
  for (std::size_t i = 0; i < count; ++i) {
    double value = 8.0;
    for (std::size_t v = 0; v < variables; ++v)
      value -= 0.1 * places[i * variables + v] + 0.01 * std::pow(places[i * variables + v], 2);
    values.push_back(value + 0.05 * std::cos(places[i * variables] * places[i * variables + 1]));
  }
  for (auto _ : state) benchmark::DoNotOptimize(study::fit_surface(places, variables, 1.6, values));
}
BENCHMARK(fit_surface)->Name("yield: fit of 25 numbers at 280 places")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace waverack
