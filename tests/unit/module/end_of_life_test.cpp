// What the years and the worst lane take from the light.

#include "waverack/module/end_of_life.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "unit/module/example.hpp"

namespace waverack::module {
namespace {

// Quantiles of the normal distribution from tables: 1.64485 at 95 %, 2.32635 at 99 %, 3.09023 at 99.9 %.
TEST(WorstLane, OneLaneIsAQuantile) {
  EXPECT_NEAR(worst_lane_db({0.0, 0.5}, 0.95, 1), 0.5 * 1.64485, 1e-5);
  EXPECT_NEAR(worst_lane_db({0.3, 0.4}, 0.99, 1), 0.5 * 2.32635, 1e-5);
  EXPECT_NEAR(worst_lane_db({2.0, 0.0}, 0.999, 32), 2.0 * 3.09023, 2e-5);
}

// All of two lanes with 98.01 % is each of them with 99 %.
TEST(WorstLane, ManyLanesShareTheConfidence) {
  EXPECT_NEAR(worst_lane_db({0.0, 1.0}, 0.9801, 2), 2.32635, 1e-5);
  EXPECT_NEAR(worst_lane_db({0.0, 1.0}, std::pow(0.999, 32), 32), 3.09023, 1e-5);
  EXPECT_GT(worst_lane_db({0.0, 1.0}, 0.99, 64), worst_lane_db({0.0, 1.0}, 0.99, 32));
}

// What lanes have in common cannot make the worst one worse than independent lanes do.
TEST(WorstLane, CommonLossLiesBetween) {
  const double half = std::sqrt(0.5);
  for (const double confidence : {0.6, 0.9, 0.99}) {
    const double apart = worst_lane_db({0.0, 1.0}, confidence, 2),
                 together = worst_lane_db({1.0, 0.0}, confidence, 2);
    const double between = worst_lane_db({half, half}, confidence, 2);
    EXPECT_LT(between, apart);
    EXPECT_GT(between, together);
  }
}

// Two losses of unit spread and correlation ρ = 0.5 both stay below L with Φ(L) − 2·T(L, √((1 − ρ)/(1 + ρ))),
// Owen's T by its integral (D. B. Owen, Ann. Math. Stat. 27, 1075, 1956).
TEST(WorstLane, TwoCorrelatedLanesByOwen) {
  const double slope = std::sqrt(1.0 / 3.0);
  double owen = 0.0;  // ∫₀^slope e^(−½(1 + x²))/(1 + x²) dx / 2π
  constexpr int steps = 2000;
  for (int i = 0; i < steps; ++i) {
    const double x = (i + 0.5) * slope / steps;
    owen += std::exp(-0.5 * (1.0 + x * x)) / (1.0 + x * x) * slope / steps / (2.0 * std::numbers::pi);
  }
  const double phi = 0.841344746;  // Φ(1)
  const double half = std::sqrt(0.5);
  EXPECT_NEAR(worst_lane_db({half, half}, phi - 2.0 * owen, 2), 1.0, 1e-6);
}

TEST(WorstLane, EqualLanesNeedNothing) { EXPECT_EQ(worst_lane_db({0.0, 0.0}, 0.99, 32), 0.0); }

// Spreads of 0.3 and 0.4 dB, the second with 36 % in common: 0.24 dB in common, √(0.09 + 0.1024) dB of each
// lane's own, and 0.2 dB of the budget. A laser, an electrical part, a share of a number and a number that is
// no loss do not count.
TEST(LossSpread, AddsSquaresOfOpticalLosses) {
  using parts::SpreadScale;
  link::Lane lane = lane_to_sum();
  for (parts::Instance& instance : lane.light) {
    if (instance.name == "laser_path")
      instance.spread = {{"coupling_loss", SpreadScale::decibel, 0.3}, {"ways", SpreadScale::decibel, 1.0}};
    if (instance.name == "cw_laser") instance.spread = {{"a_loss", SpreadScale::decibel, 1.0}};
  }
  for (parts::Instance& instance : lane.chain) {
    if (instance.name == "coupler_out")
      instance.spread = {{"insertion_loss", SpreadScale::decibel, 0.4, 0.0, 0.36}};
    if (instance.name == "fibre") instance.spread = {{"a_loss", SpreadScale::share, 1.0}};
    if (instance.name == "tia") instance.spread = {{"a_loss", SpreadScale::decibel, 1.0}};
  }
  LightBudget budget;
  budget.lane_spread = from_db(0.2);
  const LossSpread spread = loss_spread(lane, budget);
  EXPECT_NEAR(spread.common_db, 0.24, 1e-12);
  EXPECT_NEAR(spread.own_db, std::sqrt(0.09 + 0.1024 + 0.04), 1e-9);
}

// 1 dB of the laser, 0.4 and 0.5 dB of two steps, 2.326 dB of the worst lane; 3 dB of margin at 20 dBm. A new
// laser needs 20 − 3 + 4.226 = 21.226 dBm: UHP gives 21.5 dBm at least.
TEST(EndOfLife, SumsAllowances) {
  const std::vector<LaserStep> ladder{
      {"connectors", 1.0, 19.0, 0.4}, {"split", 6.0, 13.0, 0.0}, {"coupler", 1.5, 11.5, 0.5}};
  const EndOfLife end = end_of_life({0.0, 1.0}, 0.99, 1, from_db(1.0), ladder, 20.0, 3.0, true);
  std::vector<std::string> names;
  for (const Allowance& item : end.allowances) names.push_back(item.name);
  EXPECT_THAT(names, testing::ElementsAre("laser ageing", "connectors", "coupler", "spread of the lane"));
  EXPECT_NEAR(end.total_db, 4.22635, 1e-5);
  EXPECT_NEAR(end.margin_db, -1.22635, 1e-5);
  EXPECT_NEAR(end.power_needed_dbm, 21.22635, 1e-5);
  EXPECT_EQ(end.elsfp_class, "UHP");
}

TEST(EndOfLife, AnInternalLaserHasNoClass) {
  EXPECT_EQ(end_of_life({0.0, 1.0}, 0.99, 1, 1.0, {}, 20.0, 3.0, false).elsfp_class, "");
}

TEST(EndOfLife, AnUnsolvedLaneLeavesThePowerOpen) {
  const EndOfLife end = end_of_life({0.0, 1.0}, 0.99, 1, 1.0, {}, 20.0, no_value, true);
  EXPECT_TRUE(std::isnan(end.power_needed_dbm));
  EXPECT_TRUE(std::isnan(end.margin_db));
  EXPECT_EQ(end.elsfp_class, "");
  EXPECT_NEAR(end.total_db, 2.32635, 1e-5);
}

}  // namespace
}  // namespace waverack::module
