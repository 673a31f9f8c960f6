#include "waverack/compliance/tdr.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "two_ports.hpp"
#include "waverack/base/error.hpp"

namespace waverack::compliance {
namespace {

constexpr double rho = -0.25, delay = 0.5e-9;  // 60 ohm in 100 ohm

// A lossless line between matched ends.
std::complex<double> line(double f) {
  const std::complex<double> turn = std::polar(1.0, -4.0 * std::numbers::pi * f * delay);
  return rho * (1.0 - turn) / (1.0 - rho * rho * turn);
}

double impedance_at(const ImpedanceProfile& p, double time) {
  return p.impedance[static_cast<std::size_t>(std::lround((time - p.start) / p.step))];
}

// 60 ohm for twice the delay; then ρ³ is left of the reflection, and so on.
TEST(ImpedanceProfile, ShowsALine) {
  for (const double first : {0.0, 10e6}) {
    const network::Network n = two_port(
        first, 10e6, first == 0.0 ? 4001 : 4000, [](double) { return 0.5; }, line);
    const ImpedanceProfile p = impedance_profile(n, 2, 3e-9);
    EXPECT_NEAR(p.transition_time, 25e-12, 1e-15);
    EXPECT_NEAR(impedance_at(p, -60e-12), 100.0, 0.01);
    for (const double t : {0.1e-9, 0.5e-9, 0.9e-9}) EXPECT_NEAR(impedance_at(p, t), 60.0, 0.05) << t;
    const double cube = rho * rho * rho;
    for (const double t : {1.1e-9, 1.5e-9, 1.9e-9})
      EXPECT_NEAR(impedance_at(p, t), 100.0 * (1.0 + cube) / (1.0 - cube), 0.05) << t;
    EXPECT_NEAR(impedance_at(p, 2.9e-9), 100.0, 0.3);
    // Half of the step is through at the time 0.
    EXPECT_NEAR(p.reflection[static_cast<std::size_t>(std::lround(-p.start / p.step))], 0.5 * rho, 0.02);
    // Nothing rings above the matched line or below the mismatched one.
    EXPECT_GT(*std::min_element(p.impedance.begin(), p.impedance.end()), 59.9);
    EXPECT_LT(*std::max_element(p.impedance.begin(), p.impedance.end()), 100.1);
    EXPECT_EQ(p.remarks.size(), first == 0.0 ? 0u : 1u);
  }
}

TEST(ImpedanceProfile, HoldsAnOpenEnd) {
  const network::Network n = two_port(
      0.0, 10e6, 4001, [](double) { return 0.0; }, [](double) { return 1.0; });
  const ImpedanceProfile p = impedance_profile(n, 1, 1e-9, 50e-12);
  EXPECT_NEAR(p.impedance.back(), 100.0 * 1.999 / 0.001, 1.0);
  EXPECT_NEAR(p.reflection.back(), 1.0, 1e-3);
  EXPECT_THROW(impedance_profile(n, 1, 0.0), Error);
  EXPECT_THROW(impedance_profile(n, 1, 1.0), Error);
}

}  // namespace
}  // namespace waverack::compliance
