#include "waverack/link/crosstalk_density.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "closed_forms.hpp"

namespace waverack::link {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;

// P(x + n > threshold), n normal with rms sigma.
double tail(const CoupledDensity& density, double threshold, double sigma) {
  return signal::upper_tail(density.density, threshold, std::sqrt(sigma * sigma + density.gaussian_variance));
}

// The same by going through every combination of symbols in every phase.
double brute_force(const CoupledSymbols& symbols, double threshold, double sigma) {
  double sum = 0.0;
  for (const std::vector<double>& cursors : symbols.cursors) {
    std::size_t count = 1;
    for (std::size_t j = 0; j < cursors.size(); ++j) count *= symbols.levels.size();
    for (std::size_t item = 0; item < count; ++item) {
      double x = 0.0;
      std::size_t digits = item;
      for (const double cursor : cursors) {
        x += cursor * symbols.levels[digits % symbols.levels.size()];
        digits /= symbols.levels.size();
      }
      sum += q((threshold - x) / sigma) / static_cast<double>(count * symbols.cursors.size());
    }
  }
  return sum;
}

TEST(CrosstalkDensity, OneCursor) {
  const CoupledDensity density = coupled_density({{-1.0, 1.0}, {{0.5}}}, 0.25, 0.0);
  EXPECT_THAT(density.density.probability, ElementsAre(0.5, 0.0, 0.0, 0.0, 0.5));
  EXPECT_EQ(density.density.origin, -0.5);
  EXPECT_EQ(density.gaussian_variance, 0.0);
}

TEST(CrosstalkDensity, PhasesAreMixed) {
  const CoupledDensity density = coupled_density({{-1.0, 1.0}, {{0.5}, {-0.25, 0.25}}}, 0.25, 0.0);
  EXPECT_THAT(density.density.probability, ElementsAre(0.375, 0.0, 0.25, 0.0, 0.375));
}

// Nothing adds nothing, not even rounding.
TEST(CrosstalkDensity, SilenceIsZero) {
  const CoupledDensity density = coupled_density({{-0.0, 0.0}, {{0.3, 0.1}, {0.2}}}, 0.1, 0.0);
  EXPECT_THAT(density.density.probability, ElementsAre(1.0));
  EXPECT_EQ(density.density.origin, 0.0);
  EXPECT_EQ(density.gaussian_variance, 0.0);
}

// Eight cursors of PAM4 in two phases against their 4^8 combinations, from 1e-2
// to 1e-18 at steps of σ/16: within 2 %, of which the two cursors that become
// Gaussian are a part.
TEST(CrosstalkDensity, AgainstEveryCombination) {
  const double sigma = 0.05;
  const CoupledSymbols symbols{{-1.0, -1.0 / 3.0, 1.0 / 3.0, 1.0},
                               {{0.06, -0.031, 0.017, 0.0113, -0.0072, 0.0041, 0.0009, -0.0004},
                                {0.043, 0.042, -0.021, 0.0077, 0.0061, -0.0023, 0.0011, 0.0003}}};
  const CoupledDensity density = coupled_density(symbols, sigma / 16.0, 1e-4 * sigma * sigma);
  for (double threshold = 0.15; threshold < 0.55; threshold += 0.05)
    EXPECT_NEAR(tail(density, threshold, sigma) / brute_force(symbols, threshold, sigma), 1.0, 0.02)
        << threshold;
}

// Whatever is on the grid and whatever is not: the variance is that of the
// symbols.
TEST(CrosstalkDensity, VarianceIsKept) {
  const CoupledSymbols symbols{{-2.0, 2.0}, {{0.1, 0.03, 0.001}, {0.07, 0.02, 0.004}}};
  for (const double small : {0.0, 1e-3, 1.0}) {
    const CoupledDensity density = coupled_density(symbols, 0.02, small);
    const double expected = 4.0 * 0.5 * (0.01 + 0.0009 + 1e-6 + 0.0049 + 0.0004 + 1.6e-5);
    EXPECT_NEAR(signal::variance(density.density) + density.gaussian_variance, expected, 1e-15);
    EXPECT_NEAR(signal::mean(density.density), 0.0, 1e-15);
  }
}

}  // namespace
}  // namespace waverack::link
