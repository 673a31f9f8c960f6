#include "waverack/parts/package_line.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace waverack::parts {
namespace {

using Complex = std::complex<double>;

double loss_db(const PackageLine& part, double f) {
  return -20.0 * std::log10(std::abs(response(part, Conditions{})(f)));
}

// By hand from the COM constants, matched line: Re γ = a_1·√f + a_2·f per mm at f in GHz.
// 31 mm at 26.5625 GHz: 31·(9.909e-4·5.15388 + 2.772e-4·26.5625) = 0.386578 Np = 3.3578 dB.
TEST(PackageLine, LossOfTheMatchedLine) {
  PackageLine part;
  part.impedance = 100.0;
  EXPECT_NEAR(loss_db(part, 26.5625e9), 3.3578, 1e-3);
  EXPECT_NEAR(loss_db(part, 0.0), 0.0, 1e-3);
}

// s21 of the COM formula with ρ = (Z_c − 2R_0)/(Z_c + 2R_0), without capacitances (standards facts 5.2).
TEST(PackageLine, MismatchedLineIsTheComFormula) {
  const PackageLine part;
  const double f = 17.3, z = 31.0;  // GHz, mm
  const Complex gamma =
      9.909e-4 * Complex(1, 1) * std::sqrt(f) +
      (2.772e-4 * Complex(1, -2.0 / M_PI * std::log(f)) + Complex(0, 2 * M_PI * 6.141e-3)) * f;
  const double rho = (87.5 - 100.0) / (87.5 + 100.0);
  const Complex s21 =
      (1.0 - rho * rho) * std::exp(-gamma * z) / (1.0 - rho * rho * std::exp(-2.0 * gamma * z));
  const Complex bulk = std::exp(Complex(0, -2 * M_PI * f * 6.141e-3 * z));
  EXPECT_LT(std::abs(response(part, Conditions{})(f * 1e9) * bulk - s21), 1e-9);
  EXPECT_NEAR(latency(part, Conditions{}), 31.0 * 6.141e-12, 1e-18);
}

TEST(PackageLine, StatedLossSetsTheLength) {
  PackageLine part;
  part.impedance = 100.0;
  part.loss = from_db(12.0);
  part.loss_frequency = 53.125e9;
  EXPECT_NEAR(loss_db(part, 53.125e9), 12.0, 1e-6);
  EXPECT_TRUE(remarks(part, Conditions{}).empty());
}

// No line: two shunt capacitances of C/2 between 100 ohm source and load make one pole at 1/(2π·50·C) with
// C = (C_1 + C_2)/2.
TEST(PackageLine, CapacitancesAloneAreOnePole) {
  PackageLine part;
  part.length = 0.0;
  part.input_capacitance = 120e-15;
  part.output_capacitance = 80e-15;
  const double pole = 1.0 / (2.0 * M_PI * 50.0 * 100e-15);
  EXPECT_LT(std::abs(response(part, Conditions{})(20e9) - 1.0 / Complex(1.0, 20e9 / pole)), 1e-9);
}

// A lossless line of a quarter wave between unequal ends, open-ended voltage by hand: V = V_s·Z_c·R_l/(Z_c² +
// R_s·R_l).
TEST(PackageLine, QuarterWaveTransformer) {
  PackageLine part;
  part.a_1 = part.a_2 = 0.0;
  part.impedance = 70.0;
  part.source_resistance = 100.0;
  part.load_resistance = 50.0;
  const double quarter = 0.25 / (part.delay * part.length);
  const double expected = 70.0 * 50.0 / (70.0 * 70.0 + 100.0 * 50.0) * (150.0 / 50.0);
  EXPECT_NEAR(std::abs(response(part, Conditions{})(quarter)), expected, 1e-9);
}

TEST(PackageLine, LossWithoutLossyLineIsRemarked) {
  PackageLine part;
  part.a_1 = part.a_2 = 0.0;
  part.loss = 2.0;
  EXPECT_EQ(remarks(part, Conditions{}).size(), 1u);
}

// Hundreds of decibels neither overflow nor give NaN.
TEST(PackageLine, LongLineStaysFinite) {
  PackageLine part;
  part.length = 20.0;
  const Complex h = response(part, Conditions{})(400e9);
  EXPECT_TRUE(std::isfinite(h.real()) && std::isfinite(h.imag()));
}

}  // namespace
}  // namespace waverack::parts
