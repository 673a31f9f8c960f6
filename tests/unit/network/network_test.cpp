#include "waverack/network/network.hpp"

#include <gtest/gtest.h>

#include <Eigen/LU>
#include <cmath>

#include "unit/base/message_of.hpp"
#include "unit/network/lines.hpp"
#include "waverack/network/port_order.hpp"

namespace waverack::network {
namespace {

using Complex = std::complex<double>;

// A rotation turns without gain; scaled by 0.9 its singular values are 0.9. The shear [[1, 1], [0, 1]] has
// the golden ratio as its largest singular value.
TEST(Network, LargestSingularValue) {
  Network network = two_port({1e9, 2e9}, [](double f) {
    const double turn = f * 1e-9;
    return TwoPort{0.9 * std::cos(turn), -0.9 * std::sin(turn), 0.9 * std::sin(turn), 0.9 * std::cos(turn)};
  });
  EXPECT_NEAR(largest_singular_value(network).value, 0.9, 1e-12);
  network.at(1, 1, 1) = network.at(1, 1, 2) = network.at(1, 2, 2) = 1.0;
  network.at(1, 2, 1) = 0.0;
  EXPECT_NEAR(largest_singular_value(network).value, 0.5 * (1.0 + std::sqrt(5.0)), 1e-12);
  EXPECT_EQ(largest_singular_value(network).frequency, 2e9);
}

TEST(Network, LargestAsymmetry) {
  Network network = two_port({1e9, 2e9}, [](double) { return TwoPort{0.1, 0.5, 0.5, 0.2}; });
  EXPECT_EQ(largest_asymmetry(network).value, 0.0);
  network.at(1, 2, 1) = Complex(0.5, 0.3);
  EXPECT_NEAR(largest_asymmetry(network).value, 0.3, 1e-15);
  EXPECT_EQ(largest_asymmetry(network).frequency, 2e9);
}

// A shunt resistor R in a line of Z0: S11 = −Z0/(2R + Z0), S21 = 2R/(2R + Z0). Two of 100 ohm in a row are
// one of 50.
TEST(Network, ShuntResistorsInARow) {
  const auto shunt = [](double r) {
    return two_port({1e9}, [r](double) {
      const double through = 2.0 * r / (2.0 * r + 50.0), back = through - 1.0;
      return TwoPort{back, through, through, back};
    });
  };
  const Network both = cascade(shunt(100.0), shunt(100.0)), one = shunt(50.0);
  for (std::size_t i = 0; i < one.s.size(); ++i) EXPECT_LT(std::abs(both.s[i] - one.s[i]), 1e-14) << i;
}

// Delays and losses of matched lines add up.
TEST(Network, MatchedLinesInARow) {
  const std::vector<double> f{1e9, 2e9, 5e9};
  const Network both = cascade(line(f, 0.8, 30e-12), line(f, 0.5, 70e-12)), one = line(f, 0.4, 100e-12);
  for (std::size_t i = 0; i < one.s.size(); ++i) EXPECT_LT(std::abs(both.s[i] - one.s[i]), 1e-14) << i;
}

// Two uncoupled lines in one network are in a row what each of them is, and the coupled case is held against
// the solution of all waves at once.
TEST(Network, ManyPortsInARow) {
  const Network a = select_ports(lines({{1, 2}, {3, 4}}, 0.05), std::vector{1, 3, 2, 4});
  const Network b = select_ports(lines({{1, 3}, {2, 4}}, 0.2), std::vector{1, 2, 3, 4});
  const Network both = cascade(a, b);
  using Matrix = Eigen::Matrix<Complex, 4, 4>;
  for (const std::size_t k : {0u, 100u, 499u}) {
    // Waves a→b and b→a at the two joints: (r, l) = M·(r, l) + sources.
    Matrix inner = Matrix::Zero();
    Eigen::Matrix<Complex, 4, 4> source = Matrix::Zero(), out = Matrix::Zero(), direct = Matrix::Zero();
    for (int i = 0; i < 2; ++i)
      for (int j = 0; j < 2; ++j) {
        inner(i, 2 + j) = a.at(k, 3 + i, 3 + j);
        inner(2 + i, j) = b.at(k, 1 + i, 1 + j);
        source(i, j) = a.at(k, 3 + i, 1 + j);
        source(2 + i, 2 + j) = b.at(k, 1 + i, 3 + j);
        out(i, 2 + j) = a.at(k, 1 + i, 3 + j);
        out(2 + i, j) = b.at(k, 3 + i, 1 + j);
        direct(i, j) = a.at(k, 1 + i, 1 + j);
        direct(2 + i, 2 + j) = b.at(k, 3 + i, 3 + j);
      }
    const Matrix s = direct + out * (Matrix::Identity() - inner).inverse() * source;
    for (int i = 0; i < 4; ++i)
      for (int j = 0; j < 4; ++j) EXPECT_LT(std::abs(both.at(k, i + 1, j + 1) - s(i, j)), 1e-13) << k;
  }
}

TEST(Network, WhatCannotStandInARow) {
  const Network a = line({1e9, 2e9}, 1.0, 0.0), b = line({1e9, 3e9}, 1.0, 0.0);
  EXPECT_EQ(message_of([&] { cascade(a, b); }), "'line.s2p' and 'line.s2p' differ in their frequencies");
  Network other = a;
  other.reference_resistance = 75.0;
  EXPECT_EQ(message_of([&] { cascade(a, other); }),
            "'line.s2p' and 'line.s2p' differ in their reference resistance");
  EXPECT_EQ(message_of([&] {
              cascade(a, lines({{1, 2}, {3, 4}}, 0.0));
            }),
            "'line.s2p' and 'lines.s4p' differ in their number of ports");
  EXPECT_EQ(
      message_of([&] { cascade(a, select_ports(a, std::vector{1})); }),
      "line.s2p: a network of 1 ports stands in a row (allowed: as many ports on the left as on the right)");
}

}  // namespace
}  // namespace waverack::network
