// How parts change with the temperature of their surroundings.

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "waverack/parts/part.hpp"

namespace waverack::parts {
namespace {

Conditions ambient_at(double celsius) {
  Conditions conditions;
  conditions.temperature = celsius + 273.15;
  conditions.light.power = 0.01;
  conditions.light.wavelength = 1311e-9;
  return conditions;
}

TEST(Warming, DarkCurrentDoublesEveryTenKelvin) {
  // photonics facts 6.1
  Photodiode part;
  part.dark_current = 10e-9;
  EXPECT_DOUBLE_EQ(dark_current(part, ambient_at(25.0)), 10e-9);
  EXPECT_NEAR(dark_current(part, ambient_at(35.0)), 20e-9, 1e-15);
  EXPECT_NEAR(dark_current(part, ambient_at(85.0)), 640e-9, 1e-14);
  EXPECT_NEAR(law(part, ambient_at(85.0), {})(0.0), 640e-9, 1e-14);
}

TEST(Warming, ThermalNoiseGrowsWithTheRootOfTemperature) {
  // Johnson-Nyquist: the power density is proportional to T.
  const Tia tia;
  const LinearDriver driver;
  const double hot = 273.15 + 85.0, cold = 298.15;
  EXPECT_NEAR(noise(tia, ambient_at(85.0))[0].density(1e9) / noise(tia, ambient_at(25.0))[0].density(1e9),
              hot / cold, 1e-12);
  EXPECT_NEAR(
      noise(driver, ambient_at(85.0))[0].density(1e9) / noise(driver, ambient_at(25.0))[0].density(1e9),
      hot / cold, 1e-12);
}

TEST(Warming, AmplifiersSlowDownAndDrawMore) {
  Tia part;
  part.bandwidth = 40e9;
  part.bandwidth_drift = -2e-3;
  part.power = 0.05;
  part.power_drift = 4e-3;
  EXPECT_NEAR(signal::bandwidth_3db(input_response(part, ambient_at(75.0)), 200e9), 36e9, 1e6);
  EXPECT_NEAR(power(part, ambient_at(75.0)), 0.06, 1e-12);
  EXPECT_DOUBLE_EQ(power(part, ambient_at(25.0)), 0.05);
}

TEST(Warming, FreeBiasPointDriftsAndAHeaterHoldsIt) {
  MachZehnder part;
  part.static_extinction = 1e12;
  part.bias_locked = false;
  part.phase_drift =
      std::numbers::pi / 2.0 / 40.0;  // a quarter of a turn in 40 K: from quadrature to the top
  const auto transmission = [&](double celsius) {
    return std::norm(law(part, ambient_at(celsius), {})(0.0));
  };
  EXPECT_NEAR(transmission(65.0) / transmission(25.0), 2.0, 1e-6);
  EXPECT_DOUBLE_EQ(power(part, ambient_at(65.0)), part.bias_power);

  part.bias_locked = true;
  EXPECT_NEAR(transmission(65.0) / transmission(25.0), 1.0, 1e-12);
  // The heater gives up what drift adds: a quarter of a turn is half of the power for π.
  part.bias_power = 0.02;
  part.heater_power_per_pi = 0.03;
  EXPECT_NEAR(power(part, ambient_at(65.0)), 0.02 - 0.015, 1e-12);
  // Below zero it turns one period, two times π, further.
  EXPECT_NEAR(power(part, ambient_at(105.0)), 0.02 - 0.03 + 0.06, 1e-12);
}

TEST(Warming, LasersBecomeLongerInWavelength) {
  // facts: thermal 11, about 0.1 nm/K
  const CwLaser part;
  EXPECT_NEAR(light(part, ambient_at(75.0)).wavelength - light(part, ambient_at(25.0)).wavelength, 5e-9,
              1e-15);
}

TEST(Warming, APartMayHaveSurroundingsOfItsOwn) {
  Instance instance;
  instance.part = Photodiode{};
  EXPECT_DOUBLE_EQ(conditions_of(instance, ambient_at(30.0)).temperature, 303.15);
  instance.temperature = 350.0;
  EXPECT_DOUBLE_EQ(conditions_of(instance, ambient_at(30.0)).temperature, 350.0);
}

}  // namespace
}  // namespace waverack::parts
