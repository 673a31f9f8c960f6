// Neighbouring channels of a coherent lane: the grid, what the closed form and the simulation make of it.

#include <gtest/gtest.h>

#include <cmath>

#include "lanes.hpp"
#include "waverack/base/error.hpp"
#include "waverack/base/physical_constants.hpp"
#include "waverack/coherent/egn_model.hpp"
#include "waverack/link/coherent_budget.hpp"
#include "waverack/link/coherent_run.hpp"
#include "waverack/link/coherent_solve.hpp"
#include "waverack/link/wdm.hpp"

namespace waverack::link {
namespace {

// 80 km between two amplifiers.
Lane coherent_lane() {
  Lane lane;
  lane.symbol_rate = 59.84375e9;
  lane.modulation = Modulation::dp_16qam;
  lane.fec = Fec::cfec;
  lane.ber_limit = 1.25e-2;
  lane.light = {lanes::instance(parts::TunableLaser{})};
  parts::CoherentTransmitter transmitter;
  transmitter.frame = "400ZR";
  parts::OpticalAmplifier booster, preamplifier;
  booster.output_power = 2e-3;
  preamplifier.output_power = 0.5e-3;
  booster.noise_figure = preamplifier.noise_figure = from_db(5.0);
  parts::CoherentDriver driver;
  driver.gain = 12.0;
  lane.chain = {lanes::instance(transmitter),
                lanes::instance(driver),
                lanes::instance(parts::IqModulator{}),
                lanes::instance(booster, "booster"),
                lanes::instance(parts::FibreSpan{}),
                lanes::instance(preamplifier, "preamplifier"),
                lanes::instance(parts::CoherentFrontEnd{}),
                lanes::instance(parts::CoherentReceiver{})};
  return lane;
}

Lane with_neighbours(int shorter, int longer, double spacing) {
  Lane lane = coherent_lane();
  lane.neighbours.shorter = shorter;
  lane.neighbours.longer = longer;
  lane.neighbours.frequency_spacing = spacing;
  return lane;
}

void check(const Lane& lane) { make_coherent_plan(lane); }

TEST(CoherentNeighbours, LieOnTheGrid) {
  Lane lane = with_neighbours(1, 2, 100e9);
  lane.neighbours.power_ratio = 0.5;
  lane.neighbours.symbol_rate = 30e9;
  const CoherentPlan plan = make_coherent_plan(lane);
  ASSERT_EQ(plan.line.neighbours.size(), 3u);
  const coherent::Channel& own = plan.line.channel;
  const double offsets[] = {100e9, -100e9, -200e9};  // shorter wavelengths are higher frequencies
  for (std::size_t i = 0; i < 3; ++i) {
    const coherent::Channel& other = plan.line.neighbours[i];
    EXPECT_NEAR(other.frequency - own.frequency, offsets[i], 1.0);
    EXPECT_DOUBLE_EQ(other.power, 0.5 * own.power);
    EXPECT_DOUBLE_EQ(other.symbol_rate, 30e9);
    EXPECT_EQ(other.format, own.format);
  }
  lane.neighbours.symbol_rate = 0.0;
  EXPECT_DOUBLE_EQ(make_coherent_plan(lane).line.neighbours[0].symbol_rate, lane.symbol_rate);
}

TEST(CoherentNeighbours, WhatDoesNotFitIsRefused) {
  EXPECT_THROW(check(with_neighbours(1, 0, 0.0)), Error);
  EXPECT_THROW(check(with_neighbours(1, 1, 59e9)), Error);
  EXPECT_NO_THROW(check(with_neighbours(1, 1, 59.84375e9)));
  // Neighbours of 90 GBd on both sides keep clear of this channel at 75 GHz, those of one side not of one
  // another.
  Lane wide = with_neighbours(1, 0, 75e9);
  wide.neighbours.symbol_rate = 90e9;
  EXPECT_NO_THROW(check(wide));
  wide.neighbours.shorter = 2;
  EXPECT_THROW(check(wide), Error);
  EXPECT_THROW(check(with_neighbours(0, 64, 3e12)), Error);
}

// Interference of a neighbour goes with the square of its power (arXiv 1209.0394, eq. 120): 3 dB are 6. It is
// part of the whole; the channel's own stays what it was.
TEST(CoherentNeighbours, CountInTheClosedForm) {
  const Lane alone_lane = coherent_lane();
  const CoherentPlan alone_plan = make_coherent_plan(alone_lane);
  const CoherentClosure alone = close_lane(alone_plan, alone_lane.ber_limit);
  EXPECT_EQ(alone.channels, 1);
  EXPECT_TRUE(std::isnan(alone.snr_neighbours_db));
  EXPECT_EQ(neighbours_noise(alone), 0.0);

  Lane lane = with_neighbours(5, 5, 75e9);
  const CoherentPlan plan = make_coherent_plan(lane);
  const CoherentClosure many = close_lane(plan, lane.ber_limit);
  EXPECT_EQ(many.channels, 11);
  EXPECT_DOUBLE_EQ(many.channel_spacing, 75e9);
  const auto ratio = [](double snr_db) { return std::pow(10.0, -0.1 * snr_db); };
  EXPECT_NEAR((ratio(alone.snr_nonlinear_db) + ratio(many.snr_neighbours_db)) / ratio(many.snr_nonlinear_db),
              1.0, 1e-9);
  EXPECT_LT(many.snr_nonlinear_db, alone.snr_nonlinear_db - 1.0);
  EXPECT_LT(many.margin_db, alone.margin_db);
  EXPECT_LT(many.best_launch_power_dbm, alone.best_launch_power_dbm);
  EXPECT_NEAR(many.snr_transceiver_db, alone.snr_transceiver_db, 1e-9);
  // GN lies below EGN, and is what the integral and the closed form of the neighbours give.
  const CoherentClosure gn = close_lane(plan, lane.ber_limit, coherent::NonlinearModel::integral);
  EXPECT_NEAR(many.snr_nonlinear_gn_db, gn.snr_nonlinear_db, 2e-3);
  EXPECT_LT(many.snr_nonlinear_gn_db, many.snr_nonlinear_db);
  bool found = false;
  for (const CoherentShare& share : many.shares)
    if (share.source == "lane.neighbours") {
      EXPECT_NEAR(share.snr_db, many.snr_neighbours_db, 1e-9);
      found = true;
    }
  EXPECT_TRUE(found);

  lane.neighbours.power_ratio = 0.5;
  const CoherentPlan weaker = make_coherent_plan(lane);
  EXPECT_NEAR(close_lane(weaker, lane.ber_limit).snr_neighbours_db - many.snr_neighbours_db,
              20.0 * std::log10(2.0), 1e-6);
}

// Two raised cosines of the same roll-off r at the distance R: ∫ sin²(πx/r)/4 over x = 0 … r is r/8. From
// (1 + r)·R on there is no overlap.
TEST(CoherentNeighbours, OverlapOfSpectra) {
  for (const double roll_off : {0.1, 0.4}) {
    coherent::Line line;
    line.channel.symbol_rate = 60e9;
    line.channel.roll_off = roll_off;
    coherent::Channel other = line.channel;
    other.power *= 0.5;
    other.frequency += 60e9;
    line.neighbours = {other};
    EXPECT_NEAR(overlap_ratio(line) / (0.5 * roll_off / 8.0), 1.0, 1e-3);
    line.neighbours.push_back(other);
    line.neighbours.back().frequency = line.channel.frequency - 60e9;
    EXPECT_NEAR(overlap_ratio(line) / (roll_off / 8.0), 1.0, 1e-3);
    for (coherent::Channel& channel : line.neighbours)
      channel.frequency = line.channel.frequency + (1.0 + roll_off) * 60.001e9;
    EXPECT_EQ(overlap_ratio(line), 0.0);
  }
  const Lane lane = with_neighbours(1, 1, 60e9);
  const CoherentPlan plan = make_coherent_plan(lane);
  ASSERT_FALSE(plan.warnings.empty());
  const CoherentClosure closed = close_lane(plan, lane.ber_limit);
  EXPECT_NEAR(closed.snr_overlap_db, -10.0 * std::log10(overlap_ratio(plan.line)), 1e-9);
  const Lane alone_lane = coherent_lane();
  const CoherentPlan alone = make_coherent_plan(alone_lane);
  EXPECT_NEAR(closed.snr_transceiver_db, close_lane(alone, 1e-2).snr_transceiver_db, 1e-6);
}

// 20 dB of white noise in place of neighbours: 1/SNR grows by 1/100. Both runs have the same other noise, so
// that 2 % of scatter are left of 32 768 symbols of each polarisation; 5 % are allowed.
TEST(CoherentNeighbours, AreNoiseInTheSimulation) {
  const Lane lane = with_neighbours(2, 2, 75e9);
  const CoherentPlan plan = make_coherent_plan(lane);
  CoherentRunOptions options;
  options.symbols = 32768;
  const CoherentSimulation without = run_coherent(plan, options).result;
  EXPECT_TRUE(std::isnan(without.neighbours_as_noise_snr_db));
  options.neighbours = 0.01;
  const CoherentSimulation with = run_coherent(plan, options).result;
  ASSERT_TRUE(with.aligned);
  EXPECT_NEAR(with.neighbours_as_noise_snr_db, 20.0, 1e-9);
  const double added = std::pow(10.0, -0.1 * with.snr_db) - std::pow(10.0, -0.1 * without.snr_db);
  EXPECT_NEAR(added / 0.01, 1.0, 0.05);
}

TEST(CoherentNeighbours, SolveAddsThem) {
  const Lane lane = with_neighbours(2, 2, 75e9);
  SolveOptions options;
  options.count.emplace();
  options.count->symbols = 8192;
  const LaneResult result = solve_coherent(lane, options);
  ASSERT_TRUE(result.coherent && result.coherent->simulation);
  EXPECT_NEAR(result.coherent->simulation->neighbours_as_noise_snr_db,
              -10.0 * std::log10(neighbours_noise(result.coherent->closure)), 1e-9);
  EXPECT_EQ(result.coherent->closure.channels, 5);
}

// A grid of frequencies serves lanes of PAM too.
TEST(WdmLight, TakesAGridOfFrequencies) {
  Lane lane;
  lane.neighbours.shorter = lane.neighbours.longer = 1;
  lane.neighbours.frequency_spacing = 200e9;
  const double frequency = speed_of_light / 1310e-9;
  const std::vector<WdmLight> light = wdm_light(lane, 1310e-9);
  ASSERT_EQ(light.size(), 2u);
  EXPECT_NEAR(light[0].wavelength, speed_of_light / (frequency + 200e9), 1e-18);
  EXPECT_NEAR(light[1].wavelength, speed_of_light / (frequency - 200e9), 1e-18);
}

}  // namespace
}  // namespace waverack::link
