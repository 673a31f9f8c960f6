// The thermoelectric cooler of a laser. Expected values: Ioffe's formula by hand.

#include "waverack/parts/thermoelectric_cooler.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "waverack/parts/diode_laser.hpp"

namespace waverack::parts {
namespace {

// ZT = 3 makes √(1 + ZT) = 2: between 250 and 300 K 250/50·(2 − 1.2)/3 = 4/3.
TEST(ThermoelectricCooler, FollowsIoffe) {
  EXPECT_NEAR(best_performance(3.0, 250.0, 300.0), 4.0 / 3.0, 1e-12);
  // ZT = 0.7 between 318 and 333 K: 21.2·(1.303840 − 1.047170)/2.303840 = 2.361890.
  EXPECT_NEAR(best_performance(0.7, 318.0, 333.0), 2.361890, 1e-6);
}

// A perfect material is Carnot's: (√(1 + ZT) − T_h/T_c)/(√(1 + ZT) + 1) → 1.
TEST(ThermoelectricCooler, ApproachesCarnot) {
  EXPECT_NEAR(best_performance(1e12, 280.0, 320.0), 280.0 / 40.0, 1e-4);
}

// The largest difference: T_h = T_c·√(1 + ZT); 250·2 = 500 K.
TEST(ThermoelectricCooler, EndsAtItsLargestDifference) {
  EXPECT_GT(best_performance(3.0, 250.0, 499.9), 0.0);
  EXPECT_EQ(best_performance(3.0, 250.0, 500.0), 0.0);
  EXPECT_EQ(best_performance(3.0, 250.0, 600.0), 0.0);
  EXPECT_TRUE(std::isinf(best_performance(3.0, 300.0, 300.0)));
}

// 0.4 W at half of 4/3 take 0.6 W; nothing without a cooler or without a difference.
TEST(ThermoelectricCooler, DrawsHeatOverPerformance) {
  ThermoelectricCooler cooler;
  cooler.fitted = true;
  cooler.temperature = 250.0;
  cooler.figure_of_merit = 3.0;
  cooler.share_of_best = 0.5;
  EXPECT_NEAR(cooler_power(cooler, 0.4, 300.0), 0.6, 1e-12);
  EXPECT_EQ(cooler_power(cooler, 0.4, 250.0), 0.0);
  EXPECT_EQ(cooler_power(cooler, 0.4, 240.0), 0.0);
  EXPECT_TRUE(std::isinf(cooler_power(cooler, 0.4, 600.0)));
  cooler.fitted = false;
  EXPECT_EQ(cooler_power(cooler, 0.4, 300.0), 0.0);
}

DiodeLaser laser_on_a_cooler() {
  DiodeLaser laser;
  laser.cooler.fitted = true;
  laser.cooler.temperature = 318.15;
  laser.overhead = 0.5;
  laser.laser_module.case_rise = 30.0;
  return laser;
}

// The cooled laser is that of its cooler's temperature, whatever the case; cooler and control come on top.
TEST(CooledLaser, SumsLaserCoolerAndControl) {
  const DiodeLaser laser = laser_on_a_cooler();
  Conditions conditions;
  conditions.temperature = 303.15;  // case 60 °C
  EXPECT_NEAR(case_temperature(laser, conditions), 333.15, 1e-9);
  EXPECT_NEAR(mount_temperature(laser, conditions), 318.15, 1e-9);
  const LaserPower watts = laser_power(laser, conditions);
  const auto drive = drive_for(laser, laser.output_power, 318.15);
  ASSERT_TRUE(drive);
  EXPECT_NEAR(watts.laser, drive->voltage * drive->current, 1e-12);
  EXPECT_NEAR(watts.cooler,
              (watts.laser - laser.output_power) / (0.6 * best_performance(0.7, 318.15, 333.15)), 1e-12);
  EXPECT_NEAR(watts.control, 0.5 * (watts.laser + watts.cooler), 1e-12);
  EXPECT_NEAR(power(laser, conditions), watts.laser + watts.cooler + watts.control, 1e-12);
}

// A colder case needs less cooling, and none below the laser's temperature.
TEST(CooledLaser, NeedsNoCoolingInAColdCase) {
  const DiodeLaser laser = laser_on_a_cooler();
  Conditions conditions;
  double before = 1e9;
  for (const double surroundings : {320.0, 310.0, 300.0, 290.0, 280.0}) {
    conditions.temperature = surroundings;
    const double watts = laser_power(laser, conditions).cooler;
    EXPECT_LE(watts, before);
    before = watts;
  }
  EXPECT_EQ(before, 0.0);
}

// Without one the laser is as warm as its case, and takes more where that is warm.
TEST(CooledLaser, WithoutACoolerFollowsItsCase) {
  DiodeLaser laser = laser_on_a_cooler();
  laser.cooler.fitted = false;
  Conditions conditions;
  conditions.temperature = 298.15;
  EXPECT_NEAR(mount_temperature(laser, conditions), 328.15, 1e-9);
  EXPECT_EQ(laser_power(laser, conditions).cooler, 0.0);
  const double warm = laser_power(laser, conditions).laser;
  laser.laser_module.case_rise = 0.0;
  EXPECT_GT(warm, laser_power(laser, conditions).laser);
}

}  // namespace
}  // namespace waverack::parts
