// Touchstone files.

#include <benchmark/benchmark.h>

#include "bench/synthetic_channel.hpp"
#include "waverack/network/channel_response.hpp"
#include "waverack/network/mixed_mode.hpp"
#include "waverack/network/touchstone.hpp"

namespace waverack::network {
namespace {

void parse(benchmark::State& state) {
  const std::string text = synthetic_four_port();
  for (auto _ : state) benchmark::DoNotOptimize(parse_touchstone(text, "channel.s4p"));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(parse)->Name("touchstone: parse a four-port")->Unit(benchmark::kMillisecond);

void make_channel(benchmark::State& state) {
  const Network network = parse_touchstone(synthetic_four_port(), "channel.s4p");
  for (auto _ : state) benchmark::DoNotOptimize(channel_response(differential(network, {1, 3, 2, 4})));
}
BENCHMARK(make_channel)->Name("touchstone: differential channel")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace waverack::network
