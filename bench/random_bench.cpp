// Random numbers, in values per second on one core, the peak of that core beside them.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

#include "bench/instruction_sets.hpp"
#include "bench/peak.hpp"
#include "waverack/signal/fast_random.hpp"

namespace waverack::signal {
namespace {

constexpr std::size_t count = 1 << 14;  // stays in the cache

template <class Fill>
void fill(benchmark::State& state, std::int64_t target, Fill fill_block) {
  state.counters["peak GFLOP/s"] = peak_gflops(target);
  const OnlyTarget only(target);
  Stream stream{.seed = 1};
  for (auto _ : state) {
    fill_block(stream);
    ++stream.block;
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
}

[[maybe_unused]] const bool registered = [] {
  for (const std::int64_t target : targets_to_measure()) {
    const std::string name = std::string("random: ") + hwy::TargetName(target);
    benchmark::RegisterBenchmark((name + ", normal values").c_str(), [target](benchmark::State& state) {
      std::vector<float> values(count);
      fill(state, target, [&](const Stream& stream) { fill_normal_fast(stream, values); });
      state.SetLabel("target: at least 1.5 G/s on a Zen 5 class core");
    });
    for (const int levels : {2, 4, 6, 8})
      benchmark::RegisterBenchmark(
          (name + ", symbols of PAM" + std::to_string(levels)).c_str(),
          [target, levels](benchmark::State& state) {
            std::vector<std::uint8_t> symbols(count);
            fill(state, target, [&](const Stream& stream) { fill_symbols(stream, levels, symbols); });
          });
  }
  return true;
}();

void normal_in_double(benchmark::State& state) {
  std::vector<float> values(count);
  Stream stream{.seed = 1};
  for (auto _ : state) {
    fill_normal(stream, values);
    ++stream.block;
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
}
BENCHMARK(normal_in_double)->Name("random: normal values with 64-bit tails");

}  // namespace
}  // namespace waverack::signal
