#include "waverack/base/low_discrepancy.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>

namespace waverack {
namespace {

// The defining property of a (t, s)-sequence in base 2 in each of its dimensions, which the scramble keeps.
TEST(LowDiscrepancy, EveryIntervalHasOnePointInEveryDimension) {
  const SobolPoints points(most_sobol_dimensions, {7, 1, 0, 0});
  constexpr int count = 1024;
  for (int d = 0; d < most_sobol_dimensions; ++d)
    for (const std::uint32_t first : {0u, 1024u * 5u}) {
      std::vector<int> seen(count, 0);
      for (std::uint32_t i = 0; i < count; ++i) {
        const double x = points.at(first + i, d);
        ASSERT_GT(x, 0.0);
        ASSERT_LT(x, 1.0);
        ++seen[static_cast<std::size_t>(x * count)];
      }
      EXPECT_EQ(std::count(seen.begin(), seen.end(), 1), count) << "dimension " << d;
    }
}

// What the initial numbers were searched for. The bounds are what was found there; a wrong recurrence or a
// polynomial that is not primitive puts many points into one box of some pair.
TEST(LowDiscrepancy, ProjectionsOnTwoDimensionsAreEven) {
  const SobolPoints points(most_sobol_dimensions, {7, 1, 0, 0});
  constexpr std::uint32_t count = 4096;
  constexpr int side = 16;
  int worst = 0;
  for (int a = 0; a < most_sobol_dimensions; ++a)
    for (int b = 0; b < a; ++b) {
      std::vector<int> seen(side * side, 0);
      for (std::uint32_t i = 0; i < count; ++i)
        ++seen[static_cast<std::size_t>(points.at(i, a) * side) * side +
               static_cast<std::size_t>(points.at(i, b) * side)];
      worst = std::max(worst, *std::max_element(seen.begin(), seen.end()));
    }
  EXPECT_LE(worst, 64);  // 16 where the projection is perfect; 256 where the two agree in their first digits
}

// Sobol's g-function, whose integral over the unit cube is 1 (I. M. Sobol, Math. Comput. Simul. 55 (2001)
// 271), with weights 0, 1, 4.5, 9, 99, 99: its variance is Π(1 + 1/(3(1 + a)²)) − 1 = 0.4655.
double g_function(const std::array<double, 6>& x) {
  constexpr std::array<double, 6> weights{0.0, 1.0, 4.5, 9.0, 99.0, 99.0};
  double product = 1.0;
  for (std::size_t j = 0; j < x.size(); ++j)
    product *= (std::abs(4.0 * x[j] - 2.0) + weights[j]) / (1.0 + weights[j]);
  return product;
}

TEST(LowDiscrepancy, BeatsRandomPointsOnAKnownIntegral) {
  constexpr std::uint32_t count = 1024;
  constexpr int repetitions = 32;
  double even = 0.0, random = 0.0;
  for (std::uint64_t seed = 1; seed <= repetitions; ++seed) {
    const SobolPoints points(6, {seed, 1, 0, 0});
    double even_mean = 0.0, random_mean = 0.0;
    for (std::uint32_t i = 0; i < count; ++i) {
      std::array<double, 6> x{}, y{};
      for (int d = 0; d < 6; ++d) x[static_cast<std::size_t>(d)] = points.at(i, d);
      fill_uniform({seed, 2, 0, i}, y);
      even_mean += g_function(x) / count;
      random_mean += g_function(y) / count;
    }
    even += (even_mean - 1.0) * (even_mean - 1.0) / repetitions;
    random += (random_mean - 1.0) * (random_mean - 1.0) / repetitions;
  }
  // √(0.4655/1024) = 0.0213 for random points; an rms of 32 repetitions is known to an eighth of itself.
  EXPECT_NEAR(std::sqrt(random), 0.0213, 3.0 * 0.0213 / std::sqrt(2.0 * repetitions));
  EXPECT_LT(std::sqrt(even), 0.1 * std::sqrt(random));
}

TEST(LowDiscrepancy, NamesGiveScramblesOfTheirOwn) {
  const SobolPoints a(1, {1, 1, 0, 0}), b(1, {2, 1, 0, 0}), again(1, {1, 1, 0, 0});
  EXPECT_NE(a.at(5, 0), b.at(5, 0));
  EXPECT_EQ(a.at(5, 0), again.at(5, 0));
  // Over scrambles a point is uniform: mean ½ with a standard error of 0.289/√400.
  double mean = 0.0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) mean += SobolPoints(1, {seed, 3, 0, 0}).at(0, 0) / 400.0;
  EXPECT_NEAR(mean, 0.5, 4.0 * 0.289 / 20.0);
}

TEST(LowDiscrepancy, RefusesMoreDimensionsThanItHas) {
  EXPECT_THROW(SobolPoints(most_sobol_dimensions + 1, Stream{}), std::logic_error);
  EXPECT_THROW(SobolPoints(0, Stream{}), std::logic_error);
}

TEST(LowDiscrepancy, ShuffledIsAPermutation) {
  for (const std::uint32_t count : {1u, 2u, 3u, 100u, 1024u, 4097u}) {
    std::set<std::uint32_t> seen;
    std::uint32_t moved = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::uint32_t at = shuffled(i, count, {9, 4, 2, 0});
      EXPECT_LT(at, count);
      moved += at != i;
      seen.insert(at);
    }
    EXPECT_EQ(seen.size(), count);
    if (count >= 100) {
      EXPECT_GT(moved, count * 9 / 10);
    }
  }
  EXPECT_NE(shuffled(17, 4097, {9, 4, 2, 0}), shuffled(17, 4097, {9, 4, 3, 0}));
}

}  // namespace
}  // namespace waverack
