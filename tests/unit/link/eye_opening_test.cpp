#include "waverack/link/eye_opening.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "waverack/signal/pattern.hpp"

namespace waverack::link {
namespace {

// Levels −1 and 1 with noise of these rms, no interference.
std::shared_ptr<const DecisionStatistics> two_levels(double low_sigma, double high_sigma) {
  std::vector<std::uint8_t> symbols = signal::prbs_pam4(13);
  std::vector<float> value, variance;
  for (std::uint8_t& symbol : symbols) {
    symbol = symbol >> 1;
    const double sigma = symbol ? high_sigma : low_sigma;
    value.push_back(symbol ? 1.0f : -1.0f);
    variance.push_back(static_cast<float>(sigma * sigma));
  }
  DecisionInput in;
  in.levels = 2;
  in.symbols = symbols;
  in.value = value;
  in.variance = variance;
  in.memory_before = in.memory_after = 4;
  return std::make_shared<DecisionStatistics>(in);
}

double tail(double x) { return 0.5 * std::erfc(x / std::numbers::sqrt2); }

// Gaussian levels: the eye is 2 − Q⁻¹(P)·(σ0 + σ1) high. Q⁻¹ of 1e-5 and 1e-12: Abramowitz and Stegun, table
// 26.5 (4.26489, 7.03448). 1e-3: the grid of the densities.
TEST(EyeOpening, OfTwoGaussianLevelsIsTheClosedForm) {
  const std::vector<WeighedInstant> one{{two_levels(0.05, 0.1), 1.0}};
  EXPECT_NEAR(eye_openings(one, 1e-5).at(0), 2.0 - 4.26489 * 0.15, 1e-3);
  EXPECT_NEAR(eye_openings(one, 1e-12).at(0), 2.0 - 7.03448 * 0.15, 1e-3);
}

// A closed eye has a negative height.
TEST(EyeOpening, OfAClosedEyeIsNegative) {
  const std::vector<WeighedInstant> one{{two_levels(0.4, 0.4), 1.0}};
  EXPECT_NEAR(eye_openings(one, 1e-5).at(0), 2.0 - 4.26489 * 0.8, 4e-3);
}

// Two instants: the probability at the edge is the average of both.
TEST(EyeOpening, AveragesProbabilitiesOverInstants) {
  const std::vector<WeighedInstant> both{{two_levels(0.05, 0.05), 0.75}, {two_levels(0.1, 0.1), 0.25}};
  const double reach = 0.5 * (2.0 - eye_openings(both, 1e-5).at(0));
  EXPECT_NEAR((0.75 * tail(reach / 0.05) + 0.25 * tail(reach / 0.1)) / 1e-5, 1.0, 0.02);
}

}  // namespace
}  // namespace waverack::link
