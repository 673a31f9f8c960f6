// A full semi-analytic lane, and the steps that it consists of.

#include <benchmark/benchmark.h>

#include "waverack/io/load.hpp"
#include "waverack/link/plan.hpp"
#include "waverack/link/propagate.hpp"
#include "waverack/link/segment.hpp"
#include "waverack/link/solve.hpp"
#include "waverack/signal/pattern.hpp"

namespace waverack {
namespace {

// A linear pluggable lane: a channel of 16 dB, dispersive fibre, and an FFE of 15 taps.
constexpr std::string_view design_text = R"(
title = "benchmark"

[lane]
symbol_rate = "53.125 GBd"
pattern = "SSPRQ"
samples_per_symbol = 16

[[lane.light]]
card = "laser-cw-dfb"

[[lane.chain]]
card = "host-c2m-tx"

[[lane.chain]]
card = "channel-c2m-16db"

[[lane.chain]]
card = "driver-sige-112g"

[[lane.chain]]
card = "mzm-siph-imec"

[[lane.chain]]
card = "smf-g652-high-dispersion"
length = "2 km"

[[lane.chain]]
card = "pd-ge-58ghz"

[[lane.chain]]
card = "tia-sige-66ghz"

[[lane.chain]]
card = "host-c2m-rx"
ffe_pre = 3
ffe_post = 11
)";

const link::Lane& lane() {
  static const io::Input input = io::load_design_text(design_text, "lane_bench.cpp");
  return input.loaded.design.lane;
}

void full_lane(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(link::solve(lane(), {.threads = 1, .penalties = false, .charts = false}));
  state.SetLabel("target: at most 250 ms");
}
BENCHMARK(full_lane)->Name("lane: SSPRQ, 16 samples per symbol")->Unit(benchmark::kMillisecond);

void lane_with_penalties(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(link::solve(lane(), {.threads = 1, .penalties = true, .charts = true}));
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
