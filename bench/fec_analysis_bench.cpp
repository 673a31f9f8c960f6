// The inner code's decoder in bits per second on one core, and what the analysis of codewords costs.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

#include "bench/instruction_sets.hpp"
#include "bench/peak.hpp"
#include "waverack/fec/inner_batch.hpp"
#include "waverack/fec/inner_counts.hpp"
#include "waverack/fec/symbol_errors.hpp"
#include "waverack/fec/tail.hpp"
#include "waverack/signal/fast_random.hpp"

namespace waverack::fec {
namespace {

// Levels in the middle of the scale, in the noise of a bit error ratio of 4.85e-3.
std::vector<float> samples() {
  std::vector<float> values(inner_symbols * inner_batch);
  signal::fill_normal_fast({.seed = 1}, values);
  const auto noise = static_cast<float>(inner_noise(4.85e-3));
  for (float& x : values) x = 1.0f + noise * x;
  return values;
}

template <class Body>
void on_target(benchmark::State& state, std::int64_t target, Body body) {
  state.counters["peak GFLOP/s"] = peak_gflops(target);
  const OnlyTarget only(target);
  for (auto _ : state) {
    body();
    benchmark::ClobberMemory();
  }
  state.counters["bit/s"] = benchmark::Counter(static_cast<double>(inner_bits * inner_batch),
                                               benchmark::Counter::kIsIterationInvariantRate);
}

[[maybe_unused]] const bool registered = [] {
  for (const std::int64_t target : targets_to_measure()) {
    const std::string name = std::string("fec: ") + hwy::TargetName(target) + ", inner code, ";
    benchmark::RegisterBenchmark((name + "soft values of samples").c_str(),
                                 [target](benchmark::State& state) {
                                   const std::vector<float> values = samples();
                                   SoftBatch soft;
                                   on_target(state, target, [&] { soft_batch(values, soft); });
                                 });
    for (const int tests : {2, 4, 6})
      benchmark::RegisterBenchmark(
          (name + std::to_string(1 << tests) + " test patterns").c_str(),
          [target, tests](benchmark::State& state) {
            const std::vector<float> values = samples();
            SoftBatch soft;
            InnerRow symbols[inner_message_symbols], distance;
            on_target(state, target, [&] {
              soft_batch(values, soft);
              inner_decode(soft, tests, symbols, distance);
            });
            if (tests == 4) state.SetLabel("target: at least 2 Gbit/s with AVX-512, 1 Gbit/s with AVX2");
          });
  }
  return true;
}();

void count_blocks(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(count_inner_errors({.blocks = 1024}));
  state.SetItemsProcessed(state.iterations() * 1024);
}
BENCHMARK(count_blocks)->Name("fec: inner codewords drawn, decoded and counted");

void codewords_behind_bursts(benchmark::State& state, int ways, std::size_t entries) {
  const ErrorChain chain = chain_of_ber(1e-4, 0.5);
  for (auto _ : state)
    benchmark::DoNotOptimize(symbol_error_distribution(chain, interleaved_layout(kp4, ways), kp4.n, entries));
}
BENCHMARK_CAPTURE(codewords_behind_bursts, one, 1, 65)
    ->Name("fec: 544 symbols, not interleaved, 64 counts")
    ->Unit(benchmark::kMillisecond);
void four_ways(benchmark::State& state) {
  codewords_behind_bursts(state, 4, 65);
  state.SetLabel("target: at most 1 ms");
}
BENCHMARK(four_ways)
    ->Name("fec: 544 symbols, interleaved four ways, 64 counts")
    ->Unit(benchmark::kMillisecond);

void bits_of_four_lanes(benchmark::State& state) {
  const ErrorChain chain = chain_of_ber(1e-4, 0.5);
  const PhysicalLane lane{.pcs_lanes = {0, 1, 2, 3}};
  for (auto _ : state)
    benchmark::DoNotOptimize(symbol_error_distribution(chain, lane_layout(pcs_400g, kp4, lane, 0), 136, 65));
}
BENCHMARK(bits_of_four_lanes)
    ->Name("fec: 400G, bits of four PCS lanes, 64 counts")
    ->Unit(benchmark::kMillisecond);

void tail(benchmark::State& state) {
  const std::vector<std::uint64_t> counted{254'000, 42'000, 3600, 230, 10, 1, 0, 0};
  const CodewordPath path{.layout = interleaved_layout(kp4, 4)};
  for (auto _ : state) benchmark::DoNotOptimize(extrapolate_tail(counted, path, kp4));
}
BENCHMARK(tail)->Name("fec: tail of a counted histogram")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace waverack::fec
