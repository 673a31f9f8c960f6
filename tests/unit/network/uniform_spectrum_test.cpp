#include "waverack/network/uniform_spectrum.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "unit/network/two_port.hpp"
#include "waverack/base/error.hpp"

namespace waverack::network {
namespace {

using Complex = std::complex<double>;

// Two reflections, at 0.1 and 0.5 ns.
Complex echo(double f) {
  const double w = 2.0 * std::numbers::pi * f;
  return 0.2 * std::polar(1.0, -w * 1e-10) - 0.1 * std::polar(1.0, -w * 5e-10);
}

Network one_port(const std::vector<double>& frequencies) {
  Network n;
  n.name = "echo.s1p";
  n.ports = 1;
  n.frequencies = frequencies;
  for (const double f : frequencies) n.s.push_back(echo(f));
  return n;
}

TEST(UniformSpectrum, KeepsARegularGrid) {
  const UniformSpectrum u = uniform_spectrum(one_port(grid(0.0, 1e9, 10e6)), 1, 1);
  EXPECT_DOUBLE_EQ(u.step, 10e6);
  ASSERT_EQ(u.values.size(), 101u);
  EXPECT_TRUE(u.remarks.empty());
  for (std::size_t k = 0; k < 101; ++k) EXPECT_EQ(u.values[k], echo(10e6 * static_cast<double>(k)));
}

// At 10 MHz the phases are below 2 degrees: the even and odd continuations miss by their fourth and third
// powers.
TEST(UniformSpectrum, ContinuesToZero) {
  const UniformSpectrum u = uniform_spectrum(one_port(grid(10e6, 1e9, 10e6)), 1, 1);
  ASSERT_EQ(u.values.size(), 101u);
  EXPECT_NEAR(u.values[0].real(), 0.1, 1e-6);
  EXPECT_EQ(u.values[0].imag(), 0.0);
  EXPECT_EQ(u.values[100], echo(1e9));
  EXPECT_EQ(u.remarks.size(), 1u);
}

TEST(UniformSpectrum, FillsAnIrregularGrid) {
  std::vector<double> f{3e6};
  while (f.back() < 2e9) f.push_back(f.back() + (f.size() % 3 == 0 ? 7e6 : 11e6));
  const UniformSpectrum u = uniform_spectrum(one_port(f), 1, 1);
  EXPECT_DOUBLE_EQ(u.step, 7e6);
  EXPECT_EQ(u.remarks.size(), 2u);
  // A cubic through steps of 11 MHz, a phase step of 0.035 rad.
  for (std::size_t k = 0; k < u.values.size(); ++k)
    EXPECT_NEAR(std::abs(u.values[k] - echo(7e6 * static_cast<double>(k))), 0.0, 2e-5) << k;
  EXPECT_GT(u.last_frequency(), f.back() - 7e6);
  EXPECT_LE(u.last_frequency(), f.back());
}

TEST(UniformSpectrum, RefusesAnAbsurdGrid) {
  EXPECT_THROW(uniform_spectrum(one_port({1e9}), 1, 1), Error);
  EXPECT_THROW(uniform_spectrum(one_port({1e9, 1e9 + 1.0, 50e9}), 1, 1), Error);
}

}  // namespace
}  // namespace waverack::network
