// Searches by noisy measurements. Expected values: minima that are known, of functions made up here.

#include "waverack/study/noisy_search.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "waverack/base/random.hpp"

namespace waverack::study {
namespace {

using module::LineSearch;
constexpr LineSearch all[] = {LineSearch::quadratic, LineSearch::coordinate, LineSearch::nelder_mead};

// Five variables, steps of 2 about a start of 10; the minimum is one step or less away from it in each, and
// neighbours act together.
struct Valley {
  std::vector<Variable> variables = std::vector<Variable>(5, Variable{10.0, 2.0, 0.0, 20.0});
  std::vector<double> minimum{11.5, 9.0, 10.5, 8.5, 11.0};

  // In units of the steps: one step away costs 0.5 in each, together up to 1.
  double operator()(std::span<const double> at) const {
    double sum = 0.0, before = 0.0;
    for (std::size_t i = 0; i < at.size(); ++i) {
      const double x = (at[i] - minimum[i]) / 2.0;
      sum += 0.5 * x * x + 0.4 * x * before;
      before = x;
    }
    return sum;
  }
};

// Mean excess over the minimum at the end of a search, over some seeds.
double excess(LineSearch search, double noise, int budget) {
  const Valley valley;
  double sum = 0.0;
  constexpr std::uint32_t seeds = 20;
  for (std::uint32_t seed = 0; seed < seeds; ++seed) {
    std::uint64_t drawn = 0;
    const NoisySearch found = search_noisy(
        search,
        [&](std::span<const double> at) {
          double normal = 0.0;
          fill_normal({seed, 1, 0, 0}, std::span(&normal, 1), drawn++);
          return valley(at) + noise * normal;
        },
        valley.variables, budget);
    EXPECT_LE(found.count, budget);
    EXPECT_EQ(found.believed.size(), static_cast<std::size_t>(found.count));
    sum += valley(found.at) / seeds;
  }
  return sum;
}

// The start is 0.47 above the minimum.
TEST(NoisySearch, FindsAMinimumWithoutNoise) {
  EXPECT_LT(excess(LineSearch::quadratic, 0.0, 120), 0.01);
  EXPECT_LT(excess(LineSearch::coordinate, 0.0, 240), 0.01);
  EXPECT_LT(excess(LineSearch::nelder_mead, 0.0, 400), 1e-3);
}

// The start is Valley()(start) = 0.47 above the minimum. A parabola through 60 measurements with a noise of
// 0.1 loses less than half of that noise.
TEST(NoisySearch, TheParabolaBearsNoise) {
  const double quadratic = excess(LineSearch::quadratic, 0.1, 60);
  EXPECT_LT(quadratic, 0.05);
  EXPECT_LT(quadratic, excess(LineSearch::nelder_mead, 0.1, 60));
}

TEST(NoisySearch, StaysInBounds) {
  for (const LineSearch search : all) {
    const std::vector<Variable> variables{{1.0, 1.0, 0.5, 2.0}, {0.0, 1.0, -1.0, 0.2}};
    const NoisySearch found = search_noisy(
        search,
        [&](std::span<const double> at) {
          for (std::size_t i = 0; i < at.size(); ++i) {
            EXPECT_GE(at[i], variables[i].low - 1e-12);
            EXPECT_LE(at[i], variables[i].high + 1e-12);
          }
          return std::pow(at[0] - 5.0, 2) + std::pow(at[1] - 5.0, 2);
        },
        variables, 60);
    EXPECT_NEAR(found.at[0], 2.0, 0.05);
    EXPECT_NEAR(found.at[1], 0.2, 0.05);
  }
}

// Places that do not exist are no minimum.
TEST(NoisySearch, PassesPlacesThatDoNotExist) {
  for (const LineSearch search : all) {
    const NoisySearch found = search_noisy(
        search,
        [](std::span<const double> at) {
          return at[0] > 1.2 ? std::numeric_limits<double>::infinity() : std::pow(at[0] - 0.8, 2);
        },
        std::vector<Variable>{{0.5, 0.6, -5.0, 5.0}}, 40);
    EXPECT_NEAR(found.at[0], 0.8, 0.1);
  }
}

}  // namespace
}  // namespace waverack::study
