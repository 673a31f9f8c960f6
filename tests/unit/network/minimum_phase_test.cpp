#include "waverack/network/minimum_phase.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "waverack/signal/response.hpp"

namespace waverack::network {
namespace {

using std::numbers::pi;

// ln|H| at f_0·exp(i·step).
std::vector<double> sampled(const signal::Response& h, double first, double step, int count) {
  std::vector<double> list;
  for (int i = 0; i < count; ++i) list.push_back(std::log(std::abs(h(first * std::exp(i * step)))));
  return list;
}

// Flat, then f^−n: nπ/4 at the corner, and (2n/π)·χ2(f/f_c) below it, χ2 the Legendre chi function. χ2(√2 −
// 1) = π²/16 − ln²(1 + √2)/4 (Lewin, Polylogarithms and Associated Functions, 1981, section 1.8).
TEST(MinimumPhase, OneCorner) {
  const double step = std::log(1.0 + std::sqrt(2.0));
  for (const double n : {1.0, 2.0, 4.5}) {
    const std::vector<double> phase = minimum_phase(std::vector<double>(30, 0.0), step, -n);
    EXPECT_NEAR(phase.back(), -n * pi / 4.0, 1e-12);
    EXPECT_NEAR(phase[28], -2.0 * n / pi * (pi * pi / 16.0 - 0.25 * step * step), 1e-12);
    EXPECT_NEAR(phase.front(), 0.0, 1e-10);
  }
}

// The corner may stand anywhere, and a gain that ends leaves no phase behind: flat, up by a factor, flat.
TEST(MinimumPhase, StepsCancelFarAway) {
  std::vector<double> log_magnitude(2001, 0.0);
  for (std::size_t i = 1000; i < 2001; ++i) log_magnitude[i] = 1.0;
  const std::vector<double> phase = minimum_phase(log_magnitude, 0.01, 0.0);
  EXPECT_NEAR(phase.front(), 0.0, 1e-4);
  EXPECT_NEAR(phase.back(), 0.0, 1e-4);
  EXPECT_GT(phase[1000], 0.5);  // a rise leads
}

// The error is that of the power law between two points: 100 of them for each factor e.
TEST(MinimumPhase, OnePole) {
  const double step = 0.01, first = 1e-4;
  const std::vector<double> phase =
      minimum_phase(sampled(signal::first_order_pole(1.0), first, step, 1800), step, -1.0);
  for (std::size_t i = 0; i < phase.size(); ++i)
    ASSERT_NEAR(phase[i], -std::atan(first * std::exp(static_cast<double>(i) * step)), 3e-5) << i;
}

TEST(MinimumPhase, Butterworth) {
  const double step = 0.01, first = 1e-3;
  for (const int order : {2, 4}) {
    const signal::Response h = signal::butterworth(order, 1.0);
    const std::vector<double> phase = minimum_phase(sampled(h, first, step, 1400), step, -order);
    for (std::size_t i = 0; i < phase.size(); ++i) {
      const double error = phase[i] - std::arg(h(first * std::exp(static_cast<double>(i) * step)));
      ASSERT_NEAR(std::remainder(error, 2.0 * pi), 0.0, 2e-4) << order << " " << i;
    }
    // At the corner a Butterworth filter has turned by order·π/4.
    EXPECT_NEAR(phase[static_cast<std::size_t>(std::lround(std::log(1.0 / first) / step))], -order * pi / 4.0,
                0.02);
  }
}

}  // namespace
}  // namespace waverack::network
