// Laser, laser path, and light at the modulator.

#include "waverack/parts/light.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace waverack::parts {
namespace {

double dbm(double watts) { return 10.0 * std::log10(watts / 1e-3); }

Instance instance(AnyPart part, std::string name) {
  Instance result;
  result.name = std::move(name);
  result.part = std::move(part);
  result.mark = {"design.toml", 12, 1};
  return result;
}

// Photonics facts 5.3: Furukawa 16 × 20 dBm in 13 W is 12.3 %, and at 1:4 and 100 Gb/s a lane 2.0 pJ/bit.
TEST(Light, ExternalLaserEnergy) {
  CwLaser laser;
  laser.output_power = 0.1;
  laser.wall_plug_efficiency = 16 * 0.1 / 13.0;
  LaserPath path;
  path.ways = 4;
  const Instance chain[] = {instance(laser, "cw_laser"), instance(path, "laser_path")};
  EXPECT_EQ(lanes_per_laser(chain), 4);
  EXPECT_NEAR(laser_power_per_lane(chain, Conditions{}) / 100e9 * 1e12, 2.03, 0.005);
}

// Photonics facts 7.4: connector 0.5, fibre/PM connector 0.5, fibre to chip 1.5, split excess 0.3, ideal
// split 6.02.
TEST(Light, PowerAtTheModulator) {
  CwLaser laser;
  laser.output_power = 50e-3;
  laser.rin = 1e-15;
  const Instance chain[] = {instance(laser, "cw_laser"), instance(LaserPath{}, "laser_path")};
  const Light at_modulator = light_after(chain, Conditions{});
  EXPECT_NEAR(dbm(at_modulator.power), dbm(50e-3) - (0.5 + 0.5 + 1.5 + 0.3 + 6.0206), 1e-4);
  EXPECT_DOUBLE_EQ(at_modulator.rin, 1e-15);
  EXPECT_DOUBLE_EQ(at_modulator.wavelength, laser.wavelength);
  double product = 1.0;
  const auto ladder = loss_ladder(chain);
  for (const LossStep& step : ladder) product *= step.loss;
  EXPECT_NEAR(product, laser.output_power / at_modulator.power, 1e-9);
  EXPECT_EQ(ladder.front().name, "laser_path: connectors (2)");
}

// Each step with what the years add: two connectors of 0.2 dB, a coupling of 0.5 dB, a joint of 0.3 dB that
// loses nothing when new, a flex with one connector.
TEST(Light, LadderHoldsTheEndOfLife) {
  const auto ratio = [](double decibels) { return std::pow(10.0, decibels / 10.0); };
  Connector joint;
  joint.insertion_loss = 1.0;
  joint.end_of_life_loss = ratio(0.3);
  FibreFlex flex;
  flex.connectors = 1;
  const Instance chain[] = {instance(CwLaser{}, "cw_laser"), instance(LaserPath{}, "path"),
                            instance(joint, "joint"), instance(flex, "flex")};
  double path = 0.0, joints = 0.0, flexes = 0.0;
  for (const LossStep& step : loss_ladder(chain)) {
    const double decibels = 10.0 * std::log10(step.end_of_life);
    (step.name.starts_with("path: ") ? path : step.name == "joint" ? joints : flexes) += decibels;
  }
  EXPECT_NEAR(path, 0.9, 1e-9);
  EXPECT_NEAR(joints, 0.3, 1e-9);
  EXPECT_NEAR(flexes, 0.2, 1e-9);
  EXPECT_NEAR(light_after(chain, Conditions{}).power, 0.1 / optical_loss(LaserPath{}) / optical_loss(flex),
              1e-12);
}

// 45 °C held by a material of ZT = 0.7 ends in a case of 318.15·√1.7 = 414.8 K.
TEST(Light, ACoolerHasALargestDifference) {
  DiodeLaser laser;
  laser.cooler.fitted = true;
  laser.cooler.temperature = 318.15;
  const Instance chain[] = {instance(laser, "diode_laser")};
  Conditions conditions;
  conditions.temperature = 414.0;
  EXPECT_GT(light_after(chain, conditions).power, 0.0);
  conditions.temperature = 415.5;
  try {
    light_after(chain, conditions);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.info().path, "lane.light.diode_laser.cooler.temperature");
    EXPECT_EQ(error.info().message, "the cooler cannot hold 45 degC in a case of 142.4 degC");
  }
}

TEST(Light, EmptyChainIsDark) { EXPECT_EQ(light_after({}, Conditions{}).power, 0.0); }

TEST(Light, WrongOrderNamesTheLine) {
  const Instance chain[] = {instance(LaserPath{}, "laser_path")};
  try {
    light_after(chain, Conditions{});
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "design.toml:12: lane.light.laser_path: the light begins with a laser_path (allowed: a "
                 "cw_laser, diode_laser or tunable_laser first)");
  }
}

// Efficiency falls by 1/e over T_1; the cooler comes on top.
TEST(CwLaser, EfficiencyAndCooler) {
  CwLaser laser;
  laser.output_power = 0.1;
  laser.wall_plug_efficiency = 0.2;
  laser.reference_temperature = 298.15;
  laser.efficiency_temperature = 100.0;
  laser.overhead = 0.5;
  Conditions conditions;
  conditions.temperature = 298.15;
  EXPECT_NEAR(power(laser, conditions), 0.75, 1e-12);
  conditions.temperature = 398.15;
  EXPECT_NEAR(power(laser, conditions), 0.75 * std::exp(1.0), 1e-12);
}

}  // namespace
}  // namespace waverack::parts
