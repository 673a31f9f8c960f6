// The laser budget. Expected values: sums of decibels by hand over the lane of example.hpp, by equations 4
// and 5 of docs/theory/module-power.md.

#include "waverack/module/laser_supply.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "unit/module/example.hpp"
#include "waverack/module/elsfp.hpp"

namespace waverack::module {
namespace {

constexpr double rounding = 1e-9;  // [dB]

LaserResult supply(const link::Lane& lane, const link::LaneResult& lane_result, int lanes_of_module = 9,
                   const parts::Conditions& conditions = {}) {
  Module module = nine_lanes();
  module.lanes = lanes_of_module;
  return solve_laser_supply(module, lane, lane_result, conditions);
}

std::vector<std::string> names(const LaserResult& result) {
  std::vector<std::string> list;
  for (const LaserStep& step : result.ladder) list.push_back(step.name);
  return list;
}

TEST(LaserSupply, WholeLasersAreCounted) {
  for (const auto& [lanes_of_module, lasers] :
       {std::pair{1, 1}, {3, 1}, {4, 1}, {5, 2}, {8, 2}, {9, 3}, {32, 8}}) {
    const LaserResult result = supply(lane_to_sum(), solved_lane(3.0), lanes_of_module);
    EXPECT_EQ(result.lanes_per_laser, 4);
    EXPECT_EQ(result.lasers, lasers) << lanes_of_module << " lanes";
    EXPECT_NEAR(result.wall_plug_w, 0.6 * lasers, 1e-12);
  }
}

// Two splits in a row feed the product of their ways; no split feeds one lane.
TEST(LaserSupply, SplitsMultiply) {
  link::Lane lane = lane_to_sum();
  parts::LaserPath second;
  second.ways = 3;
  lane.light.push_back(lanes::instance(second, "second"));
  EXPECT_EQ(supply(lane, {}, 25).lanes_per_laser, 12);
  EXPECT_EQ(supply(lane, {}, 25).lasers, 3);
  lane.light.resize(1);
  EXPECT_EQ(supply(lane, {}, 25).lasers, 25);
}

// 0.1 W at 20 % and 70 °C, falling by 1/e over 90 K: at 25 °C 20 %·e^0.5.
TEST(LaserSupply, AWarmLaserTakesMore) {
  link::Lane lane = lane_to_sum();
  auto& laser = lanes::part_of<parts::CwLaser>(lane.light);
  laser.reference_temperature = 273.15 + 70.0;
  laser.efficiency_temperature = 90.0;
  parts::Conditions conditions;
  conditions.temperature = 273.15 + 25.0;
  EXPECT_NEAR(supply(lane, {}, 4, conditions).wall_plug_w, 0.6 * std::exp(-0.5), 1e-12);
}

// 20 dBm − 3 dB + 1 dB.
TEST(LaserSupply, PowerNeededIsTheMarginLessPlusHeadRoom) {
  const LaserResult result = supply(lane_to_sum(), solved_lane(3.0));
  EXPECT_TRUE(result.present);
  EXPECT_FALSE(result.external);
  EXPECT_NEAR(result.power_dbm, 20.0, rounding);
  EXPECT_NEAR(result.power_needed_dbm, 18.0, rounding);
  EXPECT_NEAR(result.margin_db, 2.0, rounding);
  EXPECT_EQ(result.elsfp_class, "");
}

// 18 dBm need 18.5 dBm of the weakest laser: 20 dBm nominal.
TEST(LaserSupply, AnExternalLaserHasAClass) {
  const LaserResult result = supply(lane_with_external_laser(), solved_lane(3.0));
  EXPECT_TRUE(result.external);
  EXPECT_EQ(result.elsfp_class, "VHP");
  EXPECT_EQ(supply(lane_with_external_laser(), solved_lane(-6.0)).elsfp_class, "none");
}

TEST(LaserSupply, AnUnsolvedLaneLeavesThePowerNeededOpen) {
  const LaserResult result = supply(lane_with_external_laser(), {});
  EXPECT_TRUE(result.present);
  EXPECT_EQ(result.lasers, 3);
  EXPECT_TRUE(std::isnan(result.power_needed_dbm));
  EXPECT_TRUE(std::isnan(result.margin_db));
  EXPECT_EQ(result.elsfp_class, "");
}

TEST(LaserSupply, WithoutLightIsNone) {
  link::Lane lane = lane_to_sum();
  lane.light.clear();
  const LaserResult result = supply(lane, solved_lane(3.0));
  EXPECT_FALSE(result.present);
  EXPECT_EQ(result.lasers, 0);
  EXPECT_EQ(result.wall_plug_w, 0.0);
  EXPECT_THAT(result.ladder, testing::IsEmpty());
}

// 20 dBm − 1.0 − 1.5 − 6.02 − 0.3 = 11.18 dBm at the modulator, 9.18 dBm behind it at full transmission.
// 1.5 dB and 0.2 dB follow, and 3 dBm arrive, so the modulation took 4.48 dB.
TEST(LaserLadder, OfTheWholeWay) {
  const double split = 10.0 * std::log10(4.0);
  const LaserResult result = supply(lane_to_sum(), solved_lane(3.0, 1e-3 * from_db(3.0)));
  ASSERT_THAT(names(result), testing::ElementsAre("laser_path: connectors (2)", "laser_path: coupling",
                                                  "laser_path: split 1:4", "laser_path: split excess",
                                                  "mach_zehnder", "modulation", "coupler_out", "fibre"));
  const double losses[] = {1.0, 1.5, split, 0.3, 2.0, 20.0 - 4.8 - split - 1.7 - 3.0, 1.5, 0.2};
  double power = 20.0;
  for (std::size_t i = 0; i < std::size(losses); ++i) {
    power -= losses[i];
    EXPECT_NEAR(result.ladder[i].loss_db, losses[i], rounding) << result.ladder[i].name;
    EXPECT_NEAR(result.ladder[i].power_dbm_after, power, rounding) << result.ladder[i].name;
  }
  EXPECT_NEAR(result.ladder[5].loss_db, 4.48, 0.005);
}

// Whatever arrives, the steps lead from the laser to it.
TEST(LaserLadder, EndsAtTheReceivedPower) {
  for (const link::Lane& lane : {lane_to_sum(), lanes::complete_lane()})
    for (const double received_dbm : {-12.0, -3.5, 2.0}) {
      const LaserResult result = supply(lane, solved_lane(1.0, 1e-3 * from_db(received_dbm)));
      double sum = 0.0;
      for (const LaserStep& step : result.ladder) sum += step.loss_db;
      EXPECT_NEAR(result.power_dbm - sum, received_dbm, rounding);
      EXPECT_NEAR(result.ladder.back().power_dbm_after, received_dbm, rounding);
    }
}

// Without a received power there is no step for the modulation; the others are those of the parts.
TEST(LaserLadder, OfAnUnsolvedLane) {
  const LaserResult result = supply(lane_to_sum(), {});
  EXPECT_THAT(names(result), testing::Not(testing::Contains("modulation")));
  EXPECT_NEAR(result.ladder.back().power_dbm_after, 20.0 - 4.8 - 10.0 * std::log10(4.0) - 1.7, rounding);
}

// OIF ELSFP-02.0 (facts: photonics 5.3): nominal 11 to 26 dBm in steps of 3 dB, ±1.5 dB.
TEST(Elsfp, ClassesGiveTheirWeakestLaser) {
  EXPECT_EQ(elsfp_class_for(-5.0), "LP");
  EXPECT_EQ(elsfp_class_for(9.5), "LP");
  EXPECT_EQ(elsfp_class_for(9.51), "MP");
  EXPECT_EQ(elsfp_class_for(12.5), "MP");
  EXPECT_EQ(elsfp_class_for(15.5), "HP");
  EXPECT_EQ(elsfp_class_for(18.5), "VHP");
  EXPECT_EQ(elsfp_class_for(21.5), "UHP");
  EXPECT_EQ(elsfp_class_for(21.51), "SHP");
  EXPECT_EQ(elsfp_class_for(24.5), "SHP");
  EXPECT_EQ(elsfp_class_for(24.51), "none");
}

}  // namespace
}  // namespace waverack::module
