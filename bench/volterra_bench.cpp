// The Volterra equaliser on 32 records side by side, in symbols per second on one core.

#include <benchmark/benchmark.h>

#include <string>

#include "bench/peak.hpp"
#include "waverack/dsp/volterra_rows.hpp"
#include "waverack/signal/fast_random.hpp"
#include "waverack/signal/fft.hpp"

namespace waverack::dsp {
namespace {

constexpr int symbols = 512;

void equalise_block(benchmark::State& state) {
  const auto width = static_cast<int>(state.range(0));
  VolterraEqualiser equaliser{{{.pre = 3, .post = 11}, width, width}, 0.0, 1.0, 0.0, {}, 0.0};
  const std::size_t terms = volterra_terms(equaliser.shape).size();
  equaliser.weights.assign(terms, 0.01);
  const NestedVolterra nested = nest(equaliser);
  signal::BatchBuffer samples(symbols), y(symbols);
  signal::fill_normal_fast({.seed = 1}, {samples.data(), 32 * symbols});
  state.counters["peak GFLOP/s"] = peak_gflops();
  for (auto _ : state) {
    equalise_rows(nested, symbols, samples.data(), y.data());
    benchmark::ClobberMemory();
  }
  state.counters["terms"] = static_cast<double>(terms);
  state.counters["GFLOP/s"] = benchmark::Counter(2.0 * 32 * symbols * static_cast<double>(terms) * 1e-9,
                                                 benchmark::Counter::kIsIterationInvariantRate);
  state.SetItemsProcessed(state.iterations() * 32 * symbols);
}
BENCHMARK(equalise_block)->Name("volterra: 15 taps, products of so many")->Arg(0)->Arg(3)->Arg(5)->Arg(7);

}  // namespace
}  // namespace waverack::dsp
