// Symbols of coherent lines, on one core: frames, mapping, soft values, alignment, quality.

#include <benchmark/benchmark.h>

#include <cmath>
#include <complex>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/instruction_sets.hpp"
#include "waverack/coherent/constellation.hpp"
#include "waverack/coherent/frame_builder.hpp"
#include "waverack/coherent/modulation_theory.hpp"
#include "waverack/coherent/scrambler.hpp"
#include "waverack/coherent/signal_quality.hpp"
#include "waverack/coherent/soft_demapper.hpp"
#include "waverack/signal/fast_random.hpp"

namespace waverack::coherent {
namespace {

constexpr std::size_t count = 1 << 13;  // symbols; stays in the cache

void symbols_each(benchmark::State& state, std::size_t symbols) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(symbols));
}

std::vector<std::complex<float>> noisy(Format format, double snr) {
  std::vector<std::uint8_t> labels(count);
  std::vector<std::complex<float>> symbols(count);
  std::vector<float> normals(2 * count);
  signal::fill_symbols({.seed = 1}, 1 << bits_per_symbol(format), labels);
  signal::fill_normal_fast({.seed = 2}, normals);
  map_labels(format, labels, symbols);
  const auto deviation = static_cast<float>(std::sqrt(0.5 / snr));
  for (std::size_t i = 0; i < count; ++i)
    symbols[i] += deviation * std::complex<float>(normals[2 * i], normals[2 * i + 1]);
  return symbols;
}

[[maybe_unused]] const bool registered = [] {
  for (const Format format : {Format::qpsk, Format::qam8, Format::qam16}) {
    const std::string name(name_of(format));
    const auto bits = static_cast<std::size_t>(bits_per_symbol(format));
    benchmark::RegisterBenchmark(("coherent: bits to " + name).c_str(),
                                 [format, bits](benchmark::State& state) {
                                   std::vector<std::uint8_t> from(bits * count);
                                   signal::fill_symbols({.seed = 1}, 2, from);
                                   std::vector<std::complex<float>> symbols(count);
                                   for (auto _ : state) {
                                     map_bits(format, from, symbols);
                                     benchmark::ClobberMemory();
                                   }
                                   symbols_each(state, count);
                                 });
    for (const std::int64_t target : targets_to_measure())
      for (const Demapping demapping : {Demapping::exact, Demapping::max_log})
        benchmark::RegisterBenchmark(
            ("coherent: " + std::string(hwy::TargetName(target)) + ", soft values of " + name +
             (demapping == Demapping::exact ? ", exact" : ", max-log"))
                .c_str(),
            [=](benchmark::State& state) {
              const OnlyTarget only(target);
              const std::vector<std::complex<float>> symbols = noisy(format, 20.0);
              std::vector<float> ratios(bits * count);
              for (auto _ : state) {
                demap(format, demapping, symbols, 0.05F, ratios);
                benchmark::ClobberMemory();
              }
              symbols_each(state, count);
              state.SetLabel("target: below 5 ns a symbol");
            });
  }
  return true;
}();

void frames(benchmark::State& state) {
  const Frame frame = make_frame("800ZR");
  std::vector<std::complex<float>> x(count), y(count);
  std::int64_t first = 0;
  for (auto _ : state) {
    frame_symbols(frame, 1, first, x, y);
    first += static_cast<std::int64_t>(count);
    benchmark::ClobberMemory();
  }
  symbols_each(state, count);
}
BENCHMARK(frames)->Name("coherent: random frames, both polarisations");

void quality(benchmark::State& state) {
  const std::vector<std::complex<float>> symbols = noisy(Format::qam16, 20.0);
  std::vector<std::uint8_t> labels(count);
  signal::fill_symbols({.seed = 1}, 16, labels);
  for (auto _ : state) benchmark::DoNotOptimize(measure_quality(Format::qam16, symbols, labels).gmi);
  symbols_each(state, count);
}
BENCHMARK(quality)->Name("coherent: quality of 16QAM");

void scrambler(benchmark::State& state) {
  std::vector<std::uint8_t> bits(count);
  FrameScrambler scrambler;
  for (auto _ : state) {
    scrambler.apply(bits);
    benchmark::ClobberMemory();
  }
  symbols_each(state, count);
}
BENCHMARK(scrambler)->Name("coherent: scrambler, a symbol is a bit");

void theory(benchmark::State& state) {
  const auto format = static_cast<Format>(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(gmi(format, 20.0));
}
BENCHMARK(theory)
    ->Name("coherent: GMI of a format in theory")
    ->DenseRange(0, 2)
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace waverack::coherent
