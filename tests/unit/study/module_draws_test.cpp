// Deviations of many modules against the moments that their law states.

#include "waverack/study/module_draws.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace waverack::study {
namespace {

constexpr int lane_count = 8, laser_lanes = 4;
constexpr double pitch = 250e-6;

Variation variation(double sigma, double common, double walk = 0.0) {
  Variation result;
  result.spread.sigma = sigma;
  result.spread.common = common;
  result.spread.walk = walk;
  return result;
}

struct Moments {
  // Of each lane, and between lanes: E[d_a·d_b].
  double product[lane_count][lane_count] = {};
};

Moments moments_of(const Variation& varied, Sampling sampling, std::uint32_t modules = 20000) {
  const std::vector<Variation> list{variation(1.0, 0.5), varied};
  const ModuleDraws draws(list, pitch, lane_count, laser_lanes, modules, sampling, 11);
  Moments moments;
  std::vector<double> out(lane_count * 2);
  for (std::uint32_t m = 0; m < modules; ++m) {
    draws.draw(m, out);
    for (int a = 0; a < lane_count; ++a)
      for (int b = 0; b < lane_count; ++b)
        moments.product[a][b] +=
            out[static_cast<std::size_t>(2 * a + 1)] * out[static_cast<std::size_t>(2 * b + 1)] / modules;
  }
  return moments;
}

// Four standard errors of a mean product of normal numbers of variance v: √2·v/√n.
double bound(double variance) { return 4.0 * std::sqrt(2.0) * variance / std::sqrt(20000.0); }

TEST(ModuleDraws, LanesHaveAShareOfTheVarianceInCommon) {
  for (const Sampling sampling : {Sampling::random, Sampling::sobol}) {
    const Moments moments = moments_of(variation(2.0, 0.3), sampling);
    for (int a = 0; a < lane_count; ++a)
      for (int b = 0; b < lane_count; ++b)
        EXPECT_NEAR(moments.product[a][b], a == b ? 4.0 : 0.3 * 4.0, bound(4.0)) << a << ' ' << b;
  }
}

// Variance of a difference = distance · walk² (photonics facts 9: 1 nm²/cm).
TEST(ModuleDraws, ResonancesWalkAlongTheDie) {
  const double walk = 1e-9 / std::sqrt(0.01);
  for (const Sampling sampling : {Sampling::random, Sampling::sobol}) {
    const Moments moments = moments_of(variation(0.0, 0.0, walk), sampling);
    for (int a = 0; a < lane_count; ++a)
      for (int b = 0; b < a; ++b) {
        const double difference = moments.product[a][a] + moments.product[b][b] - 2.0 * moments.product[a][b];
        const double expected = (a - b) * pitch * walk * walk;
        EXPECT_NEAR(difference, expected, bound(lane_count * pitch * walk * walk));
      }
    EXPECT_EQ(moments.product[0][0], 0.0);
  }
}

TEST(ModuleDraws, LanesOfOneLaserShareIt) {
  Variation of_laser = variation(1.0, 0.0);
  of_laser.of_laser = true;
  const Moments moments = moments_of(of_laser, Sampling::random);
  EXPECT_NEAR(moments.product[0][3], 1.0, bound(1.0));
  EXPECT_DOUBLE_EQ(moments.product[0][3], moments.product[1][1]);
  EXPECT_NEAR(moments.product[3][4], 0.0, bound(1.0));
}

TEST(ModuleDraws, UniformNumbersStayWithinTheirEnds) {
  Variation uniform = variation(1.0, 1.0);
  uniform.spread.distribution = parts::Distribution::uniform;
  const std::vector<Variation> list{uniform};
  const ModuleDraws draws(list, pitch, 1, 1, 4000, Sampling::random, 3);
  double square = 0.0, largest = 0.0;
  std::vector<double> out(1);
  for (std::uint32_t m = 0; m < 4000; ++m) {
    draws.draw(m, out);
    square += out[0] * out[0] / 4000.0;
    largest = std::max(largest, std::abs(out[0]));
  }
  EXPECT_LE(largest, std::sqrt(3.0));
  EXPECT_GT(largest, 1.72);
  // The variance of x² of a uniform number of unit variance is 9/5 − 1.
  EXPECT_NEAR(square, 1.0, 4.0 * std::sqrt(0.8 / 4000.0));
}

TEST(ModuleDraws, AModuleIsTheSameWhoeverAsks) {
  const std::vector<Variation> list{variation(1.0, 0.5), variation(1.0, 0.0, 3.0)};
  for (const Sampling sampling : {Sampling::random, Sampling::sobol}) {
    const ModuleDraws draws(list, pitch, lane_count, 1, 100, sampling, 5),
        again(list, pitch, lane_count, 1, 100, sampling, 5),
        other(list, pitch, lane_count, 1, 100, sampling, 6);
    std::vector<double> a(lane_count * 2), b(a), c(a);
    draws.draw(17, a);
    draws.draw(3, b);
    again.draw(17, b);
    other.draw(17, c);
    EXPECT_EQ(a, b);
    EXPECT_NE(a, c);
  }
}

// Lanes that are drawn from one sequence must not follow one another because of that.
TEST(ModuleDraws, SobolLanesAreNotCorrelated) {
  const Moments moments = moments_of(variation(1.0, 0.0), Sampling::sobol, 1024);
  for (int a = 0; a < lane_count; ++a)
    for (int b = 0; b < a; ++b)
      EXPECT_NEAR(moments.product[a][b], 0.0, 4.0 / std::sqrt(1024.0)) << a << ' ' << b;
}

}  // namespace
}  // namespace waverack::study
