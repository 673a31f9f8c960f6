// A lane with two optical hops, a retimer between them.

#include <gtest/gtest.h>

#include "waverack/io/load.hpp"
#include "waverack/link/solve.hpp"

namespace waverack::link {
namespace {

constexpr const char* two_hops = R"(
title = "Two optical hops"
[lane]
symbol_rate = "53.125 GBd"
pattern = "PRBS9Q"
[[lane.light]]
card = "laser-cw-dfb"
[[lane.light]]
card = "laser-path-module-1x4"
[[lane.chain]]
card = "host-xsr-tx"
[[lane.chain]]
card = "driver-sige-112g"
[[lane.chain]]
card = "mzm-siph-amf-dr8"
[[lane.chain]]
card = "pd-ge-58ghz"
[[lane.chain]]
card = "tia-finfet-112g"
[[lane.chain]]
card = "dsp-5nm-retimer"
[[lane.chain]]
name = "driver_b"
card = "driver-sige-112g"
[[lane.chain]]
name = "modulator_b"
card = "mzm-siph-amf-dr8"
[[lane.chain]]
part = "connector"
insertion_loss = "0 dB"
[[lane.chain]]
name = "photodiode_b"
card = "pd-ge-58ghz"
[[lane.chain]]
name = "tia_b"
card = "tia-finfet-112g"
[[lane.chain]]
card = "host-xsr-rx"
)";

LaneResult solve_with(const char* loss, int threads) {
  SolveOptions options;
  options.threads = threads;
  options.penalties = options.charts = options.margins = false;
  const std::string setting = std::string("lane.chain.connector.insertion_loss=") + loss;
  return solve(io::load_design_text(two_hops, "two-hops.toml", {setting}).loaded.design.lane, options);
}

// The light of the lane is that of its last hop: 3 dB more loss there is 3 dB less light, whatever thread is
// faster. Light is linear, so the ratio is exact but for single precision.
TEST(TwoHops, TheLightOfTheLaneIsThatOfTheLastHop) {
  const LaneResult whole = solve_with("0 dB", 2), less = solve_with("3 dB", 2), alone = solve_with("3 dB", 1);
  EXPECT_NEAR(whole.received_average_power / less.received_average_power, 1.9952623, 1e-5);
  EXPECT_EQ(less.received_average_power, alone.received_average_power);
  EXPECT_EQ(less.received_oma_outer, alone.received_oma_outer);
}

}  // namespace
}  // namespace waverack::link
