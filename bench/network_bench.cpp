// Touchstone files.

#include <benchmark/benchmark.h>

#include <filesystem>
#include <fstream>
#include <iterator>

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

// A measured host channel of 3.4 MB, where the shared data are at hand. Target: 20 ms.
void parse_measured(benchmark::State& state) {
  const std::filesystem::path path = std::filesystem::path(WAVERACK_SOURCE_DIR).parent_path() /
                                     "shared/data/channels/lim_3ck_c2m_ch1" /
                                     "112G_cascaded_CDR6_Module_Thru_1_etch1100_TX7_L10_Full_Footprint.s4p";
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    state.SkipWithError("the shared data are not at hand");
    return;
  }
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  for (auto _ : state) benchmark::DoNotOptimize(parse_touchstone(text, "channel.s4p"));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(parse_measured)
    ->Name("touchstone: parse a measured four-port (20 ms)")
    ->Unit(benchmark::kMillisecond);

void make_channel(benchmark::State& state) {
  const Network network = parse_touchstone(synthetic_four_port(), "channel.s4p");
  for (auto _ : state) benchmark::DoNotOptimize(channel_response(differential(network, {1, 3, 2, 4})));
}
BENCHMARK(make_channel)->Name("touchstone: differential channel")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace waverack::network
