// Threshold, slope, heat and roll-over; the noise resonance; the critical level of feedback.

#include "waverack/parts/diode_laser.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "closed_forms.hpp"
#include "waverack/parts/light.hpp"

namespace waverack::parts {
namespace {

constexpr double room = 298.15;

// A laser without heat of its own, whose numbers can be followed by hand.
DiodeLaser cold_laser() {
  DiodeLaser laser;
  laser.threshold_current = 10e-3;
  laser.slope_efficiency = 0.4;
  laser.reference_temperature = room;
  laser.threshold_temperature = 50.0;
  laser.slope_temperature = 100.0;
  laser.diode_voltage = 0.9;
  laser.series_resistance = 2.0;
  laser.thermal_resistance = 0.0;
  laser.largest_current = 1.0;
  return laser;
}

// 40 mW take 10 mA + 40/0.4 mA = 110 mA at 0.9 V + 0.22 V = 1.12 V; 50 K higher the threshold is 10·e mA and
// the slope 0.4·e^(−½) W/A (facts: photonics 5.2).
TEST(DiodeLaser, DriveWithoutHeat) {
  const auto cool = drive_for(cold_laser(), 40e-3, room);
  ASSERT_TRUE(cool);
  EXPECT_NEAR(cool->current, 110e-3, 1e-12);
  EXPECT_NEAR(cool->voltage, 1.12, 1e-12);
  EXPECT_NEAR(cool->efficiency, 40e-3 / (1.12 * 110e-3), 1e-12);
  EXPECT_EQ(cool->junction_temperature, room);
  const auto warm = drive_for(cold_laser(), 40e-3, room + 50.0);
  ASSERT_TRUE(warm);
  EXPECT_NEAR(warm->threshold, 10e-3 * std::numbers::e, 1e-12);
  EXPECT_NEAR(warm->current, 10e-3 * std::numbers::e + 0.1 * std::exp(0.5), 1e-12);
}

// What it draws, and a cooler of half as much again.
TEST(DiodeLaser, Watts) {
  DiodeLaser laser = cold_laser();
  laser.output_power = 40e-3;
  laser.overhead = 0.5;
  Conditions conditions;
  conditions.temperature = room;
  EXPECT_NEAR(power(laser, conditions), 1.5 * 1.12 * 110e-3, 1e-12);
}

// The drive is a balance: the junction is warmer than its surroundings by what is not light, and the light
// follows from current and temperature.
TEST(DiodeLaser, HeatIsBalanced) {
  DiodeLaser laser = cold_laser();
  laser.thermal_resistance = 60.0;
  for (const double wanted : {5e-3, 20e-3, 40e-3}) {
    const auto drive = drive_for(laser, wanted, room);
    ASSERT_TRUE(drive);
    EXPECT_NEAR(drive->junction_temperature - room, 60.0 * (drive->voltage * drive->current - wanted), 1e-8);
    const double rise = drive->junction_temperature - room;
    EXPECT_NEAR(0.4 * std::exp(-rise / 100.0) * (drive->current - 10e-3 * std::exp(rise / 50.0)), wanted,
                1e-12);
  }
}

// The top of the light-current curve, found independently: for each current the junction temperature by
// iteration from below, then the largest light over a fine grid of currents (1e-4 of the largest light).
double rolled_over(const DiodeLaser& laser, double temperature) {
  double best = 0.0;
  for (double current = 0.0; current < laser.largest_current; current += 1e-4) {
    double junction = temperature, light = 0.0;
    for (int i = 0; i < 4000; ++i) {
      const double rise = junction - laser.reference_temperature;
      light = std::max(laser.slope_efficiency * std::exp(-rise / laser.slope_temperature) *
                           (current - laser.threshold_current * std::exp(rise / laser.threshold_temperature)),
                       0.0);
      const double volts = laser.diode_voltage + current * laser.series_resistance;
      const double next = temperature + laser.thermal_resistance * (volts * current - light);
      if (std::abs(next - junction) < 1e-9) break;
      junction = next;
    }
    best = std::max(best, light);
  }
  return best;
}

TEST(DiodeLaser, RollsOverAtTheTopOfItsCurve) {
  DiodeLaser laser = cold_laser();
  laser.thermal_resistance = 100.0;
  for (const double temperature : {room, room + 30.0, room + 60.0}) {
    const double top = rolled_over(laser, temperature);
    EXPECT_NEAR(largest_power(laser, temperature) / top, 1.0, 2e-4) << temperature;
    EXPECT_TRUE(drive_for(laser, 0.99 * top, temperature));
    EXPECT_FALSE(drive_for(laser, 1.01 * top, temperature));
  }
}

// Without heat the rating alone limits: η·(I_max − I_0) = 0.4·(0.11 − 0.01) W.
TEST(DiodeLaser, RatingLimits) {
  DiodeLaser laser = cold_laser();
  laser.largest_current = 110e-3;
  EXPECT_NEAR(largest_power(laser, room), 40e-3, 1e-9);
  laser.largest_current = 5e-3;  // below threshold
  EXPECT_EQ(largest_power(laser, room), 0.0);
}

TEST(DiodeLaser, ImpossiblePowerNamesTheLine) {
  DiodeLaser laser = cold_laser();
  laser.largest_current = 110e-3;
  laser.output_power = 50e-3;
  Instance instance;
  instance.name = "laser";
  instance.part = laser;
  instance.mark = {"design.toml", 7, 1};
  Conditions conditions;
  conditions.temperature = room;
  try {
    light_after(std::span(&instance, 1), conditions);
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "design.toml:7: lane.light.laser.output_power: the laser cannot give 16.99 dBm in "
                 "surroundings of 25 degC: it rolls over or passes 110 mA (allowed: at most 16.02 dBm)");
  }
  EXPECT_TRUE(std::isnan(power(laser, conditions)));
}

// At the resonance the whole of `rin_resonance` is above the floor, far from it nothing. Away from it the law
// of a damped resonance: at f = 2·f_r, Γ = f_r/2: (1)²/((1 − 4)² + 1) = 1/10.
TEST(DiodeLaser, NoiseHasAResonanceAndAFloor) {
  DiodeLaser laser;
  laser.rin = 1e-15;
  laser.rin_resonance = 4e-15;
  laser.relaxation_frequency = 10e9;
  laser.damping_rate = 2.0 * std::numbers::pi * 5e9;
  const auto rin = rin_density(laser, 0.0);
  EXPECT_NEAR(rin(10e9), 5e-15, 1e-24);
  EXPECT_NEAR(rin(20e9), 1.4e-15, 1e-24);
  EXPECT_NEAR(rin(0.0), 1e-15, 1e-24);
  EXPECT_NEAR(rin(1e13), 1e-15, 1e-18);
}

// Feedback takes the damping away as its field: the peak rises as (1 − √ratio)^−2. At −19 dB that is 1.03 dB,
// at −40 dB 0.09 dB; the floor stays.
TEST(DiodeLaser, FeedbackRaisesTheResonanceAlone) {
  DiodeLaser laser;
  const auto still = rin_density(laser, 0.0);
  double before = 0.0;
  for (const double ratio_db : {-60.0, -40.0, -19.0, -6.0, -1.0, 0.0, 20.0}) {
    const double ratio = from_db(ratio_db);
    const auto rin = rin_density(laser, ratio);
    const double peak = (rin(laser.relaxation_frequency) - laser.rin) / laser.rin_resonance;
    EXPECT_NEAR(db(peak), -20.0 * std::log10(std::max(1.0 - std::sqrt(ratio), 0.1)), 1e-9) << ratio_db;
    EXPECT_GE(peak, before);
    before = peak;
    for (const double f : {1e8, 1e9, 5e9, 2e10, 1e11}) EXPECT_GE(rin(f), still(f)) << f;
    EXPECT_NEAR(rin(1e12) / still(1e12), 1.0, 1e-4);
  }
}

}  // namespace
}  // namespace waverack::parts
