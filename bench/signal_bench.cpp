// Patterns, eyes and densities.

#include <benchmark/benchmark.h>

#include "waverack/signal/density.hpp"
#include "waverack/signal/eye.hpp"
#include "waverack/signal/overlap_save.hpp"
#include "waverack/signal/pattern.hpp"
#include "waverack/signal/response.hpp"

namespace waverack::signal {
namespace {

void prbs31(benchmark::State& state) {
  Prbs generator(31);
  std::vector<std::uint8_t> symbols(1 << 16);
  for (auto _ : state) {
    generator.fill_pam4(symbols);
    benchmark::DoNotOptimize(symbols.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(symbols.size()));
}
BENCHMARK(prbs31)->Name("pattern: PRBS31Q, symbols")->Unit(benchmark::kMicrosecond);

void make_ssprq(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(ssprq());
}
BENCHMARK(make_ssprq)->Name("pattern: SSPRQ")->Unit(benchmark::kMicrosecond);

// SSPRQ behind a filter of half the symbol rate.
Waveform filtered(const std::vector<std::uint8_t>& symbols) {
  Waveform waveform{{}, 16 * 53.125e9, 16};
  for (const std::uint8_t symbol : symbols)
    waveform.samples.insert(waveform.samples.end(), 16, static_cast<float>(symbol));
  waveform.samples =
      filter_cyclic(make_block_filter(bessel_thomson(26.5625e9), waveform.sample_rate), waveform.samples);
  return waveform;
}

void eye_image(benchmark::State& state) {
  const Waveform waveform = filtered(ssprq());
  for (auto _ : state) benchmark::DoNotOptimize(eye_diagram(waveform, 8.0, 0.05));
}
BENCHMARK(eye_image)->Name("eye: picture of SSPRQ with noise")->Unit(benchmark::kMillisecond);

void eye_numbers(benchmark::State& state) {
  const std::vector<std::uint8_t> symbols = ssprq();
  const Waveform waveform = filtered(symbols);
  EyeOptions options;
  options.noise_rms = 0.05;
  for (auto _ : state) benchmark::DoNotOptimize(measure_eye(waveform, symbols, 4, options));
}
BENCHMARK(eye_numbers)->Name("eye: heights, widths, levels of SSPRQ")->Unit(benchmark::kMillisecond);

void interference(benchmark::State& state) {
  for (auto _ : state) {
    Density density = delta(0.0, 1e-3);
    for (int cursor = 0; cursor < 60; ++cursor) density = convolve_pam(density, 0.1 / (1 + cursor), 4);
    benchmark::DoNotOptimize(density);
  }
}
BENCHMARK(interference)->Name("density: 60 cursors of PAM4 interference")->Unit(benchmark::kMicrosecond);

void convolution(benchmark::State& state) {
  const Density density = gaussian(0.05, 1e-3);
  for (auto _ : state) benchmark::DoNotOptimize(convolve(density, density));
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(density.probability.size() * density.probability.size()));
}
BENCHMARK(convolution)->Name("density: sum of two, products")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace waverack::signal
