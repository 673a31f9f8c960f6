// Searches by noisy measurements. Expected values: minima that are known, of functions made up here.

#include "waverack/study/noisy_search.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

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

// Excess over the minimum at the end of a search over some seeds: its mean, and the standard error of that.
struct Excess {
  double mean = 0.0, error = 0.0;
};

Excess excess(LineSearch search, double noise, int budget, std::uint32_t seeds) {
  const Valley valley;
  double sum = 0.0, squares = 0.0;
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
    const double value = valley(found.at);
    sum += value;
    squares += value * value;
  }
  const double mean = sum / seeds;
  return {mean, std::sqrt(std::max(squares / seeds - mean * mean, 0.0) / seeds)};
}

// The start is 0.41875 above the minimum: ½·Σx² + 0.4·Σx·(its neighbour) with x = 0.75, −0.5, 0.25, −0.75,
// 0.5. The matrix of the second derivatives is 1 on its diagonal and 0.4 beside it, with eigenvalues 1 +
// 0.8·cos(kπ/6).
constexpr double at_start = 0.41875;
const double largest = 0.8 * std::cos(std::numbers::pi / 6.0);  // of the matrix without its diagonal: 0.693

// Without noise theory tells how fast they converge.
TEST(NoisySearch, FindsAMinimumWithoutNoise) {
  // Three places along a line tell a parabola exactly, so that 240 measurements are 16 rounds of the method
  // of Gauss and Seidel, whose error falls by 0.693² each round, and the excess by its square. Ten times more
  // is for the first round, which may be slower.
  EXPECT_LT(excess(LineSearch::coordinate, 0.0, 240, 1).mean, 10.0 * at_start * std::pow(largest, 4 * 16));
  // The fit holds curvatures between two variables small. If it did not know them at all, it would be the
  // method of Jacobi, whose error falls by 0.693 in each of the five rounds of 11 measurements.
  EXPECT_LT(excess(LineSearch::quadratic, 0.0, 60, 1).mean, at_start * std::pow(largest, 2 * 5));
  EXPECT_LT(excess(LineSearch::quadratic, 0.0, 120, 1).mean, excess(LineSearch::quadratic, 0.0, 60, 1).mean);
  // A simplex has no such law: three decades below the start.
  EXPECT_LT(excess(LineSearch::nelder_mead, 0.0, 400, 1).mean, 1e-3 * at_start);
}

// Noise of σ = 0.1 in 60 measurements. Each slope comes from 11 of them, one step away on either side in five
// rounds and a half, and has the variance σ²/11; the minimum of the parabola then lies
// ½·σ²/11·tr(H⁻¹) = 0.0033 too high on average, over what it would be without noise. Within three standard
// errors of 200 searches.
TEST(NoisySearch, TheParabolaBearsNoise) {
  double inverse = 0.0;
  for (int k = 1; k <= 5; ++k) inverse += 1.0 / (1.0 + 0.8 * std::cos(k * std::numbers::pi / 6.0));
  const Excess quadratic = excess(LineSearch::quadratic, 0.1, 60, 200);
  const double expected = excess(LineSearch::quadratic, 0.0, 60, 1).mean + 0.5 * 0.01 / 11.0 * inverse;
  EXPECT_NEAR(quadratic.mean, expected, 3.0 * quadratic.error);
  EXPECT_LT(quadratic.mean, excess(LineSearch::nelder_mead, 0.1, 60, 200).mean);
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
