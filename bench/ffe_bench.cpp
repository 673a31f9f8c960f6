// The linear equaliser of 32 records side by side, in symbols per second on one core.

#include <benchmark/benchmark.h>

#include <cmath>

#include "bench/peak.hpp"
#include "waverack/dsp/batch_receiver.hpp"
#include "waverack/signal/batch_kernels.hpp"
#include "waverack/signal/fast_random.hpp"

namespace waverack::dsp {
namespace {

constexpr int symbols = 512;

void equalise_batch(benchmark::State& state, int samples_per_symbol) {
  state.counters["peak GFLOP/s"] = peak_gflops();
  const EqualiserShape shape{6, 25, samples_per_symbol, 0, 1.0};
  Equaliser equaliser;
  for (int i = 0; i < 32 * samples_per_symbol; ++i)
    equaliser.forward.push_back(std::cos(1.3 * i) / (1.0 + i));
  const int rows = symbols * samples_per_symbol;
  signal::BatchBuffer samples(rows), y(symbols);
  signal::fill_normal_fast({.seed = 1}, {samples.data(), static_cast<std::size_t>(32 * rows)});
  for (auto _ : state) {
    equalise_rows(equaliser, shape, symbols, samples.data(), y.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * 32 * symbols);
  if (samples_per_symbol == 1) state.SetLabel("target: at least 300 M/s on a Zen 5 class core");
}
BENCHMARK_CAPTURE(equalise_batch, one, 1)->Name("ffe: 32 taps, a symbol apart");
BENCHMARK_CAPTURE(equalise_batch, two, 2)->Name("ffe: 64 taps, half a symbol apart");

}  // namespace
}  // namespace waverack::dsp
