// A full semi-analytic lane, and the steps that it consists of.

#include <benchmark/benchmark.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "bench/synthetic_channel.hpp"
#include "waverack/base/error.hpp"
#include "waverack/io/load.hpp"
#include "waverack/link/plan.hpp"
#include "waverack/link/propagate.hpp"
#include "waverack/link/segment.hpp"
#include "waverack/link/solve.hpp"
#include "waverack/signal/pattern.hpp"

namespace waverack {
namespace {

// A direct-drive lane through a Touchstone channel, 2 km of dispersive fibre, and an FFE of 15 taps.
constexpr std::string_view design_text = R"(
title = "benchmark"

[lane]
symbol_rate = "53.125 GBd"
pattern = "SSPRQ"
samples_per_symbol = 16

[[lane.light]]
card = "els-16x20dbm"

[[lane.light]]
card = "laser-path-elsfp-1x4"

[[lane.chain]]
card = "host-xsr-tx"

[[lane.chain]]
part = "touchstone"
file = "channel.s4p"
ports = [1, 3, 2, 4]

[[lane.chain]]
card = "driver-cpo-cmos"

[[lane.chain]]
card = "mzm-siph-zhangjiang"

[[lane.chain]]
card = "smf-g652-high-dispersion"
length = "2 km"

[[lane.chain]]
card = "pd-ge-58ghz"

[[lane.chain]]
card = "tia-finfet-112g"

[[lane.chain]]
card = "host-xsr-rx"
ffe_pre = 3
ffe_post = 11
)";

link::Lane read_lane() {
  namespace fs = std::filesystem;
  std::string folder = (fs::temp_directory_path() / "waverack-bench-XXXXXX").string();
  if (!mkdtemp(folder.data()))
    throw Error("no folder for the benchmark's channel could be made in " + folder);
  std::ofstream(folder + "/channel.s4p") << synthetic_four_port();
  std::ofstream(folder + "/lane.toml") << design_text;
  link::Lane lane = io::load_design(folder + "/lane.toml").loaded.design.lane;
  fs::remove_all(folder);
  return lane;
}

const link::Lane& lane() {
  static const link::Lane lane = read_lane();
  return lane;
}

void full_lane(benchmark::State& state) {
  const link::Lane& design = lane();
  for (auto _ : state)
    benchmark::DoNotOptimize(link::solve(design, {.threads = 1, .penalties = false, .charts = false}));
  state.SetLabel("target: at most 250 ms");
}
BENCHMARK(full_lane)->Name("lane: SSPRQ, 16 samples per symbol")->Unit(benchmark::kMillisecond);

void lane_with_penalties(benchmark::State& state) {
  const link::Lane& design = lane();
  for (auto _ : state)
    benchmark::DoNotOptimize(link::solve(design, {.threads = 1, .penalties = true, .charts = true}));
}
BENCHMARK(lane_with_penalties)->Name("lane: with penalties and charts")->Unit(benchmark::kMillisecond);

void propagate(benchmark::State& state) {
  const link::Plan plan = link::make_plan(lane());
  const std::vector<std::uint8_t> symbols = signal::ssprq();
  link::PropagateOptions options;
  options.samples_per_symbol = lane().samples_per_symbol;
  for (auto _ : state)
    benchmark::DoNotOptimize(link::propagate(plan.segments.front(), plan.conditions, symbols, {}, options));
}
BENCHMARK(propagate)->Name("lane: waveform through the chain")->Unit(benchmark::kMillisecond);

void solve_segment(benchmark::State& state) {
  const link::Plan plan = link::make_plan(lane());
  const std::vector<std::uint8_t> symbols = signal::ssprq();
  link::SegmentOptions options;
  options.samples_per_symbol = lane().samples_per_symbol;
  for (auto _ : state)
    benchmark::DoNotOptimize(link::solve_segment(plan.segments.front(), plan.conditions, symbols, options));
}
BENCHMARK(solve_segment)
    ->Name("lane: waveform, noise, equaliser, error ratio")
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace waverack
