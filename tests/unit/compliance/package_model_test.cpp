// Two-ports of packages against circuit theory.

#include "waverack/compliance/package_model.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace waverack::compliance {
namespace {

using Complex = std::complex<double>;
const std::vector<double> frequencies = {0.0, 1e9, 13e9, 26.5625e9, 50e9};

// The line of the 802.3ck sheets: 9.909e-4 √ns/mm, 2.772e-4 ns/mm, 6.141e-3 ns/mm.
ComLine ck_line() {
  ComLine line;
  line.a_1 = 9.909e-4 * std::sqrt(1e-9) * 1e3;
  line.a_2 = 2.772e-4 * 1e-9 * 1e3;
  line.delay = 6.141e-3 * 1e-9 * 1e3;
  line.impedances = {87.5, 92.5};
  return line;
}

TEST(ComLineModel, AMatchedLineOnlyDelaysAndLoses) {
  const network::Network line = com_line(ck_line(), 100.0, 31e-3, frequencies);
  for (std::size_t k = 0; k < frequencies.size(); ++k) EXPECT_LT(std::abs(line.at(k, 1, 1)), 1e-15);
  // γ of 93A-9 with f in GHz, worked out by hand for 26.5625 GHz: Re γ = a1·√f + a2·f = 5.10698e-3
  // + 7.36313e-3 per mm.
  EXPECT_NEAR(-std::log(std::abs(line.at(3, 2, 1))),
              31.0 * (9.909e-4 * std::sqrt(26.5625) + 2.772e-4 * 26.5625), 1e-12);
  EXPECT_EQ(line.at(0, 2, 1), Complex(1.0));
}

TEST(ComLineModel, AMismatchedLineHasTheImpedanceOfTransmissionLineTheory) {
  const network::Network line = com_line(ck_line(), 87.5, 31e-3, frequencies);
  const network::Network matched = com_line(ck_line(), 100.0, 31e-3, frequencies);
  for (std::size_t k = 1; k < frequencies.size(); ++k) {
    // Terminated by 100 Ω the input is Zc·(Zl + Zc·tanh γl)/(Zc + Zl·tanh γl).
    const Complex e2 = matched.at(k, 2, 1) * matched.at(k, 2, 1);
    const Complex tanh = (1.0 - e2) / (1.0 + e2);
    const Complex input = 87.5 * (100.0 + 87.5 * tanh) / (87.5 + 100.0 * tanh);
    EXPECT_LT(std::abs(line.at(k, 1, 1) - (input - 100.0) / (input + 100.0)), 1e-12);
  }
}

TEST(ComPackage, IsPassiveAndReciprocal) {
  ComDevice device;
  device.die_capacitances = {40e-15, 90e-15, 110e-15};
  device.die_inductances = {120e-12, 150e-12, 140e-12};
  device.bump_capacitance = 30e-15;
  device.ball_capacitance = 50e-15;
  const std::vector<double> lengths = {31e-3, 1.8e-3};
  const network::Network package = com_package(device, ck_line(), lengths, frequencies);
  EXPECT_LE(network::largest_singular_value(package).value, 1.0 + 1e-12);
  EXPECT_LT(network::largest_asymmetry(package).value, 1e-12);
}

// A single capacitance of 120 fF at 50 Ω single-ended halves the power where ωC·25 Ω = 1.
TEST(ComPackage, ADieCapacitanceLoadsBothSides) {
  ComDevice device;
  device.die_capacitances = {120e-15};
  device.die_inductances = {0.0};
  const double corner = 1.0 / (2.0 * std::numbers::pi * 120e-15 * 25.0);
  const std::vector<double> at = {corner};
  const network::Network package = com_package(device, ComLine{}, {}, at);
  EXPECT_NEAR(std::norm(package.at(0, 2, 1)), 0.5, 1e-12);
}

// Straight through, the terminations alone divide: 2·R_d2/(R_d1 + R_d2) of what a matched receiver has.
TEST(VoltageTransfer, DividesByTheTerminations) {
  network::Network through;
  through.ports = 2;
  through.reference_resistance = 100.0;
  through.frequencies = {1e9};
  through.s = {0.0, 1.0, 1.0, 0.0};
  EXPECT_NEAR(voltage_transfer(through, 45.0, 60.0).front().real(), 2.0 * 60.0 / 105.0, 1e-12);
}

// A shunt impedance between unequal terminations, by Kirchhoff.
TEST(VoltageTransfer, CountsReflectionsFromBothEnds) {
  const double ratio = 0.8;  // Y·R_0 of the shunt
  network::Network shunt;
  shunt.ports = 2;
  shunt.reference_resistance = 100.0;
  shunt.frequencies = {1e9};
  const Complex s11 = -ratio / (2.0 + ratio), s21 = 2.0 / (2.0 + ratio);
  shunt.s = {s11, s21, s21, s11};
  const double source = 45.0, load = 60.0, across = 50.0 / ratio;
  const double parallel = load * across / (load + across);
  EXPECT_NEAR(std::abs(voltage_transfer(shunt, source, load).front()), 2.0 * parallel / (source + parallel),
              1e-12);
}

}  // namespace
}  // namespace waverack::compliance
