#include "waverack/thermal/pin_fins.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "waverack/base/error.hpp"

namespace waverack::thermal {
namespace {

// F. P. Incropera et al., Fundamentals of Heat and Mass Transfer, example 7.7: seven staggered rows of tubes
// in air. Printed there: V_max 12.6 m/s, Re 13943, Nu 87.9, h 135.6 W/(m² K), and 246 Pa by Žukauskas' chart.
TEST(PinFins, TubeBankOfTheTextbook) {
  PinArray bank;
  bank.arrangement = PinArrangement::staggered;
  bank.diameter = 16.4e-3;
  bank.pitch_across = 31.3e-3;
  bank.pitch_along = 34.3e-3;
  bank.height = 1.0;
  bank.length = 7 * 34.3e-3;
  const FluidProperties air{1.217, 1007.0, 0.0253, 14.82e-6 * 1.217};
  const PinFlow flow = pin_flow(bank, air, 6.0, 1e30);
  EXPECT_NEAR(flow.gap_velocity, 12.6, 0.05);
  EXPECT_NEAR(flow.reynolds, 13943.0, 50.0);
  EXPECT_NEAR(flow.nusselt / 87.9, 1.0, 0.015);  // the book rounds the factor 0.3437 to 0.34
  EXPECT_NEAR(flow.heat_transfer / 135.6, 1.0, 0.015);
  EXPECT_NEAR(flow.pressure_drop / 246.0, 1.0, 0.10);  // another author's measurements
  EXPECT_TRUE(flow.warnings.empty());
}

// Žukauskas and Ulinskas' (1988) Euler number of a row in line, both pitches 1.5 diameters: series in 1/Re.
TEST(PinFins, PressureDropAgreesWithZukauskas) {
  PinArray bank;
  bank.diameter = 1.0;
  bank.pitch_across = bank.pitch_along = 1.5;
  bank.height = 10.0;
  bank.length = 30.0;
  EXPECT_NEAR(pin_row_loss(bank, 1e2), 0.263 + 0.867e2 / 1e2 - 0.202 / 1e4, 0.10);
  EXPECT_NEAR(pin_row_loss(bank, 1e4),
              0.235 + 0.197e4 / 1e4 - 0.124e8 / 1e8 + 0.312e11 / 1e12 - 0.274e14 / 1e16, 0.02);
}

// The closure of 3D-ICE at the velocity of its test case: 1/(2.527e-5/2.4566^0.64 + 1.533e-6), worked out by
// hand.
TEST(PinFins, DarcyModesAreThoseOfTheFacts) {
  EXPECT_NEAR(darcy_pin_coefficient(PinArrangement::in_line, 1.1066), 63.45e3, 0.1e3);
  EXPECT_NEAR(darcy_pin_coefficient(PinArrangement::staggered, 1.1066), 1.0 / (2.527e-5 / 3.920 + 1.533e-6),
              100.0);
}

// ε = 1 − π·d²/(4·p²) of the facts, with d = 50 µm, p = 100 µm.
TEST(PinFins, GeometryIsCounted) {
  PinArray pins;
  pins.diameter = 50e-6;
  pins.pitch_across = pins.pitch_along = 100e-6;
  pins.height = 100e-6;
  pins.length = 10e-3;
  EXPECT_NEAR(1.0 - pins.solid_share(), 0.80365, 1e-5);
  EXPECT_NEAR(gap_velocity_ratio(pins), 2.0, 1e-12);
  // Close rows in a wide pitch: the diagonal is the narrow gap, √(1.5² + 1.2²) = 1.921 diameters.
  pins.arrangement = PinArrangement::staggered;
  pins.pitch_across = 150e-6;
  pins.pitch_along = 55e-6;
  EXPECT_NEAR(gap_velocity_ratio(pins), 3.0 / (2.0 * (std::hypot(1.5, 1.1) - 1.0)), 1e-12);
  // Ideal pins: the plate between them, and their sides.
  const FluidProperties water = fluid_properties(Fluid::water, 300.0);
  const PinFlow ideal = pin_flow(pins, water, 0.5, 1e30);
  const double cell = 150e-6 * 55e-6, foot = 0.25 * M_PI * 50e-6 * 50e-6;
  EXPECT_NEAR(ideal.one_face, ideal.heat_transfer * (cell - foot + M_PI * 50e-6 * 100e-6) / cell, 1e-6);
  EXPECT_NEAR(ideal.each_face, ideal.heat_transfer * (cell - foot + M_PI * 50e-6 * 50e-6) / cell, 1e-6);
  EXPECT_EQ(ideal.warnings.size(), 1u);  // short pins
}

// Without a jump where the ranges of the staggered bank meet at Re 40 (Žukauskas' own limit).
TEST(PinFins, RangesMeet) {
  PinArray pins;
  pins.arrangement = PinArrangement::staggered;
  pins.diameter = 1.0;
  pins.pitch_across = pins.pitch_along = 2.0;
  EXPECT_NEAR(pin_nusselt(pins, 39.99, 5.0) / pin_nusselt(pins, 40.01, 5.0), 1.0, 0.02);
  EXPECT_NEAR(pin_row_factor(PinArrangement::in_line, 6.0), 0.935, 1e-12);
  EXPECT_EQ(pin_row_factor(PinArrangement::staggered, 100.0), 1.0);
}

TEST(PinFins, RefusesTouchingPinsAndWarnsOfFewRows) {
  PinArray pins;
  pins.diameter = 50e-6;
  pins.pitch_across = pins.pitch_along = 50e-6;
  pins.height = 400e-6;
  pins.length = 300e-6;
  const FluidProperties water = fluid_properties(Fluid::water, 300.0);
  EXPECT_THROW(pin_flow(pins, water, 1.0, 150.0), Error);
  pins.pitch_across = pins.pitch_along = 100e-6;
  EXPECT_THROW(pin_flow(pins, water, 0.0, 150.0), Error);
  EXPECT_EQ(pin_flow(pins, water, 1.0, 150.0).warnings.size(), 1u);  // three rows
}

}  // namespace
}  // namespace waverack::thermal
