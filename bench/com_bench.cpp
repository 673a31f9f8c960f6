// Channel operating margin: a whole case of the 100G sheets, and the searches alone.

#include <benchmark/benchmark.h>

#include "bench/synthetic_channel.hpp"
#include "waverack/compliance/com.hpp"
#include "waverack/io/profile.hpp"
#include "waverack/network/mixed_mode.hpp"
#include "waverack/network/touchstone.hpp"

namespace waverack::compliance {
namespace {

// A victim, two far-end and two near-end aggressors. The aggressors are the victim's own file, 40 dB weaker.
std::vector<ComPath> five_paths() {
  const network::Network through =
      network::differential(network::parse_touchstone(synthetic_four_port(), "channel.s4p"), {1, 3, 2, 4});
  network::Network weak = through;
  for (std::complex<double>& value : weak.s) value *= 0.01;
  return {{ComPathKind::victim, through},
          {ComPathKind::far_end, weak},
          {ComPathKind::far_end, weak},
          {ComPathKind::near_end, weak},
          {ComPathKind::near_end, weak}};
}

void whole_case(benchmark::State& state) {
  const auto sheet = io::load_profile<ComSheet>("com", "3ck-c2c").value;
  const std::vector<ComPath> paths = five_paths();
  for (auto _ : state) benchmark::DoNotOptimize(channel_operating_margin(sheet, paths));
}
BENCHMARK(whole_case)
    ->Name("com: 100G C2C, 5 paths, 2 packages; at most 700 ms")
    ->Unit(benchmark::kMillisecond);

void large_grid(benchmark::State& state) {
  const auto sheet = io::load_profile<ComSheet>("com", "200g-dj-2025").value;
  const std::vector<ComPath> paths = five_paths();
  for (auto _ : state) benchmark::DoNotOptimize(channel_operating_margin(sheet, paths));
}
BENCHMARK(large_grid)
    ->Name("com: 200G set, 1.4e8 settings, 5 paths; at most 5000 ms")
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace waverack::compliance
