// A captured waveform: one period of SSPRQ at 37 samples per symbol, 2.4 million lines.
// Target: reading and locking together in 0.5 s.

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "waverack/compliance/capture_timing.hpp"
#include "waverack/compliance/captured_record.hpp"
#include "waverack/signal/pattern.hpp"

namespace waverack::compliance {
namespace {

constexpr double rate = 53.125e9, per_symbol = 37.0;

// Raised-cosine edges between symbols; the clock is 20 ppm fast.
std::vector<float> record() {
  const std::vector<std::uint8_t> symbols = signal::ssprq();
  std::vector<float> samples;
  const auto count = static_cast<std::size_t>(per_symbol * 65540.0);
  for (std::size_t i = 0; i < count; ++i) {
    const double time = 1000.3 + static_cast<double>(i) / per_symbol * (1.0 + 20e-6);
    const auto k = static_cast<std::size_t>(time);
    const double here = symbols[k % symbols.size()], next = symbols[(k + 1) % symbols.size()];
    const double weight = 0.5 - 0.5 * std::cos(M_PI * (time - static_cast<double>(k)));
    samples.push_back(static_cast<float>(here + (next - here) * weight));
  }
  return samples;
}

const std::vector<float>& samples() {
  static const std::vector<float> list = record();
  return list;
}

void parse(benchmark::State& state) {
  std::string text = "Time (s),CH1 (V)\n";
  for (std::size_t i = 0; i < samples().size(); ++i)
    fmt::format_to(std::back_inserter(text), "{:.7e},{:.5f}\n", static_cast<double>(i) / (rate * per_symbol),
                   samples()[i]);
  for (auto _ : state) benchmark::DoNotOptimize(parse_capture_csv(text, "scope.csv"));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(parse)->Name("capture: parse 2.4 M lines")->Unit(benchmark::kMillisecond);

void lock(benchmark::State& state) {
  TimingOptions options;
  options.symbol_rate = rate;
  for (auto _ : state) benchmark::DoNotOptimize(lock_capture(samples(), 1.0 / (rate * per_symbol), options));
}
BENCHMARK(lock)->Name("capture: lock 2.4 M samples")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace waverack::compliance
