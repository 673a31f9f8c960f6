// What the years and the worst lane take from the light.

#include "waverack/module/end_of_life.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "lanes.hpp"

namespace waverack::module {
namespace {

LightBudget budget(double spread_db, double confidence) {
  LightBudget result;
  result.lane_spread = lanes::from_db(spread_db);
  result.confidence = confidence;
  return result;
}

// Quantiles of the normal distribution from tables: 1.64485 at 95 %, 2.32635 at 99 %, 3.09023 at 99.9 %.
TEST(WorstLane, OneLaneIsAQuantile) {
  EXPECT_NEAR(worst_lane_db(budget(0.5, 0.95), 1), 0.5 * 1.64485, 1e-5);
  EXPECT_NEAR(worst_lane_db(budget(0.5, 0.99), 1), 0.5 * 2.32635, 1e-5);
  EXPECT_NEAR(worst_lane_db(budget(2.0, 0.999), 1), 2.0 * 3.09023, 2e-5);
}

// All of two lanes with 98.01 % is each of them with 99 %.
TEST(WorstLane, ManyLanesShareTheConfidence) {
  EXPECT_NEAR(worst_lane_db(budget(1.0, 0.9801), 2), 2.32635, 1e-5);
  EXPECT_NEAR(worst_lane_db(budget(1.0, std::pow(0.999, 32)), 32), 3.09023, 1e-5);
  EXPECT_GT(worst_lane_db(budget(1.0, 0.99), 64), worst_lane_db(budget(1.0, 0.99), 32));
}

TEST(WorstLane, EqualLanesNeedNothing) { EXPECT_EQ(worst_lane_db(budget(0.0, 0.99), 32), 0.0); }

// 1 dB of the laser, 0.4 and 0.5 dB of two steps, 2.326 dB of the worst lane; 3 dB of margin at 20 dBm. A new
// laser needs 20 − 3 + 4.226 = 21.226 dBm: UHP gives 21.5 dBm at least.
TEST(EndOfLife, SumsAllowances) {
  const std::vector<LaserStep> ladder{
      {"connectors", 1.0, 19.0, 0.4}, {"split", 6.0, 13.0, 0.0}, {"coupler", 1.5, 11.5, 0.5}};
  const EndOfLife end = end_of_life(budget(1.0, 0.99), 1, lanes::from_db(1.0), ladder, 20.0, 3.0, true);
  std::vector<std::string> names;
  for (const Allowance& item : end.allowances) names.push_back(item.name);
  EXPECT_THAT(names, testing::ElementsAre("laser ageing", "connectors", "coupler", "spread of the lane"));
  EXPECT_NEAR(end.total_db, 4.22635, 1e-5);
  EXPECT_NEAR(end.margin_db, -1.22635, 1e-5);
  EXPECT_NEAR(end.power_needed_dbm, 21.22635, 1e-5);
  EXPECT_EQ(end.elsfp_class, "UHP");
}

TEST(EndOfLife, AnInternalLaserHasNoClass) {
  EXPECT_EQ(end_of_life(budget(1.0, 0.99), 1, 1.0, {}, 20.0, 3.0, false).elsfp_class, "");
}

TEST(EndOfLife, AnUnsolvedLaneLeavesThePowerOpen) {
  const EndOfLife end = end_of_life(budget(1.0, 0.99), 1, 1.0, {}, 20.0, no_value, true);
  EXPECT_TRUE(std::isnan(end.power_needed_dbm));
  EXPECT_TRUE(std::isnan(end.margin_db));
  EXPECT_EQ(end.elsfp_class, "");
  EXPECT_NEAR(end.total_db, 2.32635, 1e-5);
}

}  // namespace
}  // namespace waverack::module
