// The coherent lane as a whole: closed form and simulation of the built-in designs.

#include <benchmark/benchmark.h>

#include "waverack/io/load.hpp"
#include "waverack/link/coherent_budget.hpp"
#include "waverack/link/coherent_lane.hpp"
#include "waverack/link/coherent_run.hpp"

namespace {

using namespace waverack;

const char* const designs[] = {"zr-800g", "zr-400g", "zr-plus-800g"};

void close_by_formulas(benchmark::State& state) {
  const link::Lane lane = io::load_design(designs[state.range(0)]).loaded.design.lane;
  const link::CoherentPlan plan = link::make_coherent_plan(lane);
  double margin = 0.0;
  for (auto _ : state) margin = link::close_lane(plan, lane.ber_limit).margin_db;
  state.SetLabel(designs[state.range(0)]);
  state.counters["margin_db"] = margin;
}
BENCHMARK(close_by_formulas)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

// Everything from symbols to judged symbols, 0.5e6 of them; what the start of the receiver takes is in it.
void simulate(benchmark::State& state) {
  const link::Lane lane = io::load_design(designs[state.range(0)]).loaded.design.lane;
  const link::CoherentPlan plan = link::make_coherent_plan(lane);
  link::CoherentRunOptions options;
  options.symbols = 500'000;
  link::CoherentSimulation result;
  for (auto _ : state) result = link::run_coherent(plan, options).result;
  state.SetLabel(designs[state.range(0)]);
  state.counters["snr_db"] = result.snr_db;
  state.counters["us_per_symbol_instant"] =
      benchmark::Counter(1e-6 * static_cast<double>(result.symbols) * static_cast<double>(state.iterations()),
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(simulate)->DenseRange(0, 2)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
