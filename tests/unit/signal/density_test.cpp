#include "waverack/signal/density.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::signal {
namespace {

// A value off the grid keeps its mean, and its variance is d·(1 − d)·step² for the offset d, by hand.
TEST(Density, ValuesAreSplitSoThatTheMeanIsKept) {
  const Density density = delta(0.37, 0.1);
  EXPECT_NEAR(total(density), 1.0, 1e-15);
  EXPECT_NEAR(mean(density), 0.37, 1e-15);
  EXPECT_NEAR(variance(density), 0.7 * 0.3 * 0.01, 1e-15);
  EXPECT_EQ(delta(0.3, 0.1).probability, (std::vector<double>{1.0}));  // on the grid in spite of rounding
  EXPECT_NEAR(delta(-0.3, 0.1).origin, -0.3, 1e-15);
}

// n fair signs: P(sum = n − 2k) = C(n, k)/2^n. At n = 200 the corner is 2^−200 = 6.2e-61.
TEST(Density, BinomialToTheLastCorner) {
  constexpr int n = 200;
  Density density = delta(0.0, 1.0);
  for (int i = 0; i < n; ++i) density = convolve_pam(density, 1.0, 2);
  ASSERT_EQ(density.probability.size(), 2u * n + 1u);
  for (int k = 0; k <= n; ++k) {
    const double expected =
        std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0) - n * std::log(2.0));
    EXPECT_NEAR(density.probability[static_cast<std::size_t>(2 * k)] / expected, 1.0, 1e-11) << k;
  }
  EXPECT_DOUBLE_EQ(density.probability[0], std::ldexp(1.0, -n));
  EXPECT_NEAR(upper_tail(density, n - 1.0) / std::ldexp(1.0, -n), 1.0, 1e-14);
  EXPECT_NEAR(lower_tail(density, -(n - 1.0)) / std::ldexp(1.0, -n), 1.0, 1e-14);
  EXPECT_NEAR(variance(density), n, 1e-9);
}

// Two equal PAM4 cursors: the sum of two throws of {−3, −1, 1, 3} is triangular, 1:2:3:4:3:2:1 in 16ths.
TEST(Density, TwoPam4CursorsAreTriangular) {
  const Density density = convolve_pam(pam_points(0.3, 4, 0.1), 0.3, 4);
  ASSERT_EQ(density.probability.size(), 13u);
  const double sixteenths[] = {1, 2, 3, 4, 3, 2, 1};
  for (std::size_t i = 0; i < 7; ++i) EXPECT_NEAR(density.probability[2 * i] * 16.0, sixteenths[i], 1e-12);
  EXPECT_NEAR(density.origin, -0.6, 1e-15);
}

TEST(Density, PointConvolutionEqualsTheGeneralOne) {
  const Density start = gaussian(0.05, 0.01, 8.0);
  const Density fast = convolve_pam(start, 0.1234, 4);
  const Density general = convolve(start, pam_points(0.1234, 4, 0.01));
  ASSERT_EQ(fast.probability.size(), general.probability.size());
  EXPECT_NEAR(fast.origin, general.origin, 1e-15);
  for (std::size_t i = 0; i < fast.probability.size(); ++i)
    EXPECT_NEAR(fast.probability[i], general.probability[i], 1e-14 * general.probability[i]);
}

TEST(Density, MeansAndVariancesAdd) {
  const double step = 0.01;
  const Density a = shifted(points(std::array{0.0, 0.1, 0.5}, step), 0.02), b = dual_dirac(0.07, step),
                c = gaussian(0.2, step);
  const Density sum = convolve(convolve(a, b), c);
  EXPECT_NEAR(total(sum), 1.0, 1e-12);
  EXPECT_NEAR(mean(sum), 0.2 + 0.02, 1e-12);
  EXPECT_NEAR(variance(sum), variance(a) + variance(b) + variance(c), 1e-12);
  EXPECT_NEAR(variance(b), 0.07 * 0.07, 1e-15);
  EXPECT_NEAR(variance(c), 0.2 * 0.2 + step * step / 12.0, 1e-9);  // Sheppard's correction
}

// Two normal variables add to a normal one. Binning widens each by step²/12, so the reference is as wide.
TEST(Density, GaussianTailAt1e30) {
  const double step = 0.02;
  const Density sum = convolve(gaussian(0.6, step), gaussian(0.8, step));
  const double sigma = std::sqrt(1.0 + 2.0 * step * step / 12.0);
  const double at = 11.464;  // Q = 1e-30; halfway between two bins the sum of bins is the tail
  const double threshold = (std::floor(at / step) + 0.5) * step;
  EXPECT_NEAR(upper_tail(sum, threshold) / q_function(threshold / sigma), 1.0, 0.01);
}

// Closed form: ±a with probability ½ and a normal of rms sigma. Far right only +a counts.
TEST(Density, GaussianNoiseOnPointsHasNoFloor) {
  const Density density = dual_dirac(0.5, 0.1);
  const double sigma = 0.1;
  for (const double threshold : {0.5, 1.0, 1.5, 4.2}) {
    const double expected =
        0.5 * q_function((threshold - 0.5) / sigma) + 0.5 * q_function((threshold + 0.5) / sigma);
    EXPECT_NEAR(upper_tail(density, threshold, sigma) / expected, 1.0, 1e-12);
    EXPECT_NEAR(lower_tail(density, -threshold, sigma) / expected, 1.0, 1e-12);
  }
  EXPECT_NEAR(upper_tail(density, 0.5 + 3.7, sigma) / (0.5 * 5.7255712225245768e-300), 1.0,
              1e-11);                                // Q(37), mpmath
  EXPECT_DOUBLE_EQ(upper_tail(density, 0.5), 0.25);  // half of the mass at the threshold
}

TEST(Density, Quantiles) {
  const Density density = dual_dirac(0.5, 0.1);
  for (const double p : {0.3, 1e-3, 1e-15, 1e-200}) {
    EXPECT_NEAR(upper_tail(density, upper_quantile(density, p, 0.1), 0.1) / p, 1.0, 1e-9) << p;
    EXPECT_NEAR(lower_tail(density, lower_quantile(density, p, 0.1), 0.1) / p, 1.0, 1e-9) << p;
  }
  // The upper point alone makes the tail at 1e-15: 0.5 + 0.1·Q⁻¹(2e-15).
  EXPECT_NEAR(upper_quantile(density, 1e-15, 0.1), 0.5 + 0.1 * inverse_q(2e-15), 1e-12);
  EXPECT_NEAR(upper_quantile(density, 0.6), -0.5, 1e-15);
  EXPECT_NEAR(upper_quantile(density, 0.4), 0.5, 1e-15);
  EXPECT_NEAR(lower_quantile(density, 1e-9), -0.5, 1e-15);
  EXPECT_THROW(upper_quantile(density, 0.0), Error);
  EXPECT_THROW(upper_quantile(density, 1.0), Error);
}

TEST(Density, ScaleShiftRegrid) {
  const Density density = points(std::array{-0.2, 0.1, 0.9}, 0.1);  // mean 4/15
  const Density mirrored = scaled(density, -2.0);
  EXPECT_NEAR(mean(mirrored), -8.0 / 15.0, 1e-12);
  EXPECT_NEAR(mirrored.origin, -1.8, 1e-12);
  EXPECT_NEAR(variance(mirrored), 4.0 * variance(density), 1e-12);
  EXPECT_NEAR(mean(shifted(density, 3.0)), 3.0 + 4.0 / 15.0, 1e-12);
  const Density coarse = regridded(mirrored, 0.37);
  EXPECT_NEAR(coarse.step, 0.37, 0.0);
  EXPECT_NEAR(total(coarse), 1.0, 1e-14);
  EXPECT_NEAR(mean(coarse), -8.0 / 15.0, 1e-12);
}

TEST(Density, TrimmingCutsNoMoreThanAsked) {
  const Density density = gaussian(1.0, 0.1);
  const Density short_density = trimmed(density, 1e-20);
  EXPECT_LT(short_density.probability.size(), density.probability.size());
  EXPECT_NEAR(mean(short_density), 0.0, 1e-12);
  // At 9.3 sigma, where the tail is 7e-21 (normal table), cut; at 9.2 sigma, 1.8e-20, not.
  EXPECT_NEAR(short_density.value(short_density.probability.size() - 1), 9.2, 0.11);
}

}  // namespace
}  // namespace waverack::signal
