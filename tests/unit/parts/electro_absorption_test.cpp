#include "waverack/parts/electro_absorption.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "waverack/parts/fibre.hpp"
#include "waverack/parts/memoryless.hpp"

namespace waverack::parts {
namespace {

using std::numbers::pi;

Conditions conditions_of(double power, double wavelength) {
  Conditions conditions;
  conditions.light.power = power;
  conditions.light.wavelength = wavelength;
  return conditions;
}

// At the points of the table the power is P_in/IL·10^(−a/10).
TEST(ElectroAbsorption, PassesThroughTheTable) {
  ElectroAbsorption part;
  part.bias_voltage = 1.5;
  std::vector<float> volts;
  for (const double u : part.voltage) volts.push_back(static_cast<float>(part.bias_voltage - u));
  std::vector<std::complex<float>> field(volts.size());
  apply(part, conditions_of(2e-3, 1310e-9), std::span<const float>(volts),
        std::span<std::complex<float>>(field));
  for (std::size_t i = 0; i < volts.size(); ++i)
    EXPECT_NEAR(std::norm(field[i]) / (2e-3 * std::pow(10.0, -0.1 * (3.0 + part.absorption[i]))), 1.0, 1e-5)
        << i;
}

// d(out)/d(in) by differences of the field's power.
TEST(ElectroAbsorption, SlopeIsTheDerivative) {
  const ElectroAbsorption part;
  const std::vector<float> at{-1.25f, -0.4f, 0.1f, 0.9f};
  std::vector<float> result(at.size());
  slope(part, conditions_of(1.0, 1310e-9), std::span<const float>(at), std::span<float>(result));
  for (std::size_t i = 0; i < at.size(); ++i) {
    const std::vector<float> ends{at[i] - 0.01f, at[i] + 0.01f};
    std::vector<std::complex<float>> field(2);
    apply(part, conditions_of(1.0, 1310e-9), std::span<const float>(ends),
          std::span<std::complex<float>>(field));
    EXPECT_NEAR(result[i], (std::norm(field[1]) - std::norm(field[0])) / 0.02, 2e-3 * std::abs(result[i]))
        << i;
  }
}

// Chirp on a dispersive fibre: a small modulation at f comes through as |cos θ − α·sin θ|, θ = π·λ²·D·L·f²/c
// (F. Devaux et al., J. Lightwave Technol. 11, 1937, 1993). With α > 0 and D > 0 it fades sooner.
TEST(ElectroAbsorption, ChirpOnDispersiveFibre) {
  constexpr int n = 64;
  constexpr double wavelength = 1550e-9, f = 15e9;
  Fibre fibre;
  fibre.zero_dispersion_wavelength = 1312e-9;
  fibre.length = 5e3;
  const Conditions conditions = conditions_of(1.0, wavelength);
  const Response h = response(fibre, conditions);
  const double theta =
      pi * wavelength * wavelength * dispersion(fibre, wavelength) * fibre.length * f * f / 299792458.0;
  ASSERT_GT(theta, 0.3);
  ASSERT_LT(theta, 0.7);

  for (const double alpha : {-1.0, 0.0, 0.7, 2.0}) {
    ElectroAbsorption part;
    for (double& value : part.chirp) value = alpha;
    std::vector<float> volts(n);
    for (int i = 0; i < n; ++i) volts[i] = static_cast<float>(0.002 * std::cos(2.0 * pi * i / n));
    std::vector<std::complex<float>> field(n);
    apply(part, conditions, std::span<const float>(volts), std::span<std::complex<float>>(field));
    // Harmonic 1 of the power, before and after the fibre; harmonics above 3 of the field are nothing.
    const auto first_harmonic = [&](bool behind) {
      std::vector<std::complex<double>> e(n, 0.0);
      for (int k = -3; k <= 3; ++k) {
        std::complex<double> bin = 0.0;
        for (int i = 0; i < n; ++i)
          bin += std::complex<double>(field[i]) * std::polar(1.0 / n, -2.0 * pi * k * i / n);
        if (behind) bin *= h(k * f);
        for (int i = 0; i < n; ++i) e[i] += bin * std::polar(1.0, 2.0 * pi * k * i / n);
      }
      std::complex<double> harmonic = 0.0;
      for (int i = 0; i < n; ++i) harmonic += std::norm(e[i]) * std::polar(1.0 / n, -2.0 * pi * i / n);
      return std::abs(harmonic);
    };
    const double ratio = first_harmonic(true) / first_harmonic(false) / std::norm(h(0.0));
    EXPECT_NEAR(ratio, std::abs(std::cos(theta) - alpha * std::sin(theta)), 2e-3) << alpha;
  }
}

// q·λ/(h·c) = 1.0566 A/W at 1310 nm, of the half that 3 dB absorb of half a watt, times the bias.
TEST(ElectroAbsorption, PowerOfThePhotocurrent) {
  ElectroAbsorption part;
  part.bias_voltage = 1.0;  // 3.0 dB in the table
  const double absorbed = 0.5 * (1.0 - std::pow(10.0, -0.3));
  EXPECT_NEAR(power(part, conditions_of(0.5, 1310e-9)), 1.0 * 1.0566 * absorbed, 1e-4);
}

TEST(ElectroAbsorption, SaysWhenTheBiasLeavesTheTable) {
  ElectroAbsorption part;
  EXPECT_TRUE(remarks(part, {}).empty());
  part.bias_voltage = 3.5;
  ASSERT_EQ(remarks(part, {}).size(), 1u);
  EXPECT_EQ(remarks(part, {})[0], "the bias of 3.5 V is outside of the table, -0.5 to 3 V");
}

}  // namespace
}  // namespace waverack::parts
