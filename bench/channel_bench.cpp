// Measures of channels.

#include <benchmark/benchmark.h>

#include "bench/synthetic_channel.hpp"
#include "waverack/compliance/effective_return_loss.hpp"
#include "waverack/compliance/insertion_loss_fit.hpp"
#include "waverack/network/mixed_mode.hpp"
#include "waverack/network/touchstone.hpp"

namespace waverack::compliance {
namespace {

network::Network channel() {
  return network::differential(network::parse_touchstone(synthetic_four_port(), "channel.s4p"), {1, 3, 2, 4});
}

void fit(benchmark::State& state) {
  const network::Network n = channel();
  for (auto _ : state) benchmark::DoNotOptimize(fit_insertion_loss(n, 53.125e9));
}
BENCHMARK(fit)->Name("channel: fitted insertion loss")->Unit(benchmark::kMillisecond);

// 2000 symbols, 32 samples each, both ports.
void erl(benchmark::State& state) {
  const network::Network n = channel();
  for (auto _ : state) benchmark::DoNotOptimize(effective_return_loss(n, {53.125e9, 4, 1e-5, 32}));
}
BENCHMARK(erl)->Name("channel: effective return loss")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace waverack::compliance
