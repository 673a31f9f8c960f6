// TDECQ of SSPRQ on one core: the whole measurement, search of taps, phase and thresholds included.

#include <benchmark/benchmark.h>

#include "tests/pam_waveforms.hpp"
#include "waverack/compliance/tdecq.hpp"
#include "waverack/signal/pattern.hpp"

namespace waverack::compliance {
namespace {

void measure(benchmark::State& state, int taps, ReferenceFilter filter) {
  const auto symbols = signal::ssprq();
  signal::Response response = signal::bessel_thomson(0.4);
  if (filter == ReferenceFilter::applied) response = tests::behind(response, signal::bessel_thomson(0.5));
  const signal::Waveform waveform =
      tests::pam_waveform(symbols, {1e-3, 2e-3, 3e-3, 4e-3}, response, 16, 53.125e9);
  TdecqSettings settings;
  settings.equaliser.taps = taps;
  settings.equaliser.most_pre = taps == 5 ? 2 : 3;
  for (auto _ : state)
    benchmark::DoNotOptimize(measure_tdecq(waveform, symbols, settings, {.filter = filter, .delay = {}}));
  state.SetLabel(taps == 5 ? "target: at most 100 ms" : "target: at most 400 ms");
}
BENCHMARK_CAPTURE(measure, five, 5, ReferenceFilter::applied)
    ->Name("tdecq: SSPRQ, 16 samples, 5 taps")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(measure, five_filtered, 5, ReferenceFilter::needed)
    ->Name("tdecq: the same, filtered first")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(measure, fifteen, 15, ReferenceFilter::applied)
    ->Name("tdecq: SSPRQ, 16 samples, 15 taps")
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace waverack::compliance
