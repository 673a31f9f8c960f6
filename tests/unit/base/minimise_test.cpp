// Functions whose minimum is known.

#include "waverack/base/minimise.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace waverack {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::Pointwise;
using Values = std::span<const double>;

// A parabola is its own model: the minimum is exact, and found after the first look around.
TEST(Minimise, FindsTheMinimumOfAParabola) {
  const std::vector<Variable> variables{{-1.2, 0.5, -5.0, 5.0}, {1.0, 0.5, -5.0, 5.0}};
  const Minimum minimum = minimise(
      [](Values x) {
        return std::pow(x[0] - 1.0, 2) + std::pow(x[1] + 2.0, 2) + 1.5 * (x[0] - 1.0) * (x[1] + 2.0);
      },
      variables);
  EXPECT_THAT(minimum.at, ElementsAre(DoubleNear(1.0, 1e-4), DoubleNear(-2.0, 1e-4)));
  EXPECT_TRUE(minimum.converged);
  EXPECT_LT(minimum.count, 30);
}

TEST(Minimise, FindsTheMinimumOfSevenVariablesThatDependOnOneAnother) {
  const std::vector<Variable> variables(7, Variable{0.0, 0.3, -5.0, 5.0});
  const Minimum minimum = minimise(
      [](Values x) {
        double sum = 0.0, total = 0.0;
        for (std::size_t i = 0; i < 7; ++i) {
          const double d = x[i] - 0.1 * static_cast<double>(i);
          sum += static_cast<double>(1 + i) * d * d;
          total += d;
        }
        return sum + 2.0 * total * total;
      },
      variables);
  EXPECT_THAT(minimum.at,
              Pointwise(DoubleNear(0.01), std::vector<double>{0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6}));
  EXPECT_LT(minimum.count, 100);
}

// Rosenbrock, The Computer Journal 3, 175 (1960): a curved valley from (-1.2, 1) to (1, 1).
TEST(Minimise, FollowsACurvedValley) {
  const std::vector<Variable> variables{{-1.2, 0.5, -5.0, 5.0}, {1.0, 0.5, -5.0, 5.0}};
  MinimiseOptions options;
  options.tolerance = 1e-8;
  options.step_tolerance = 1e-3;
  const Minimum minimum =
      minimise([](Values x) { return 100.0 * std::pow(x[1] - x[0] * x[0], 2) + std::pow(1.0 - x[0], 2); },
               variables, options);
  EXPECT_THAT(minimum.at, ElementsAre(DoubleNear(1.0, 1e-3), DoubleNear(1.0, 2e-3)));
  EXPECT_LT(minimum.count, 200);
}

TEST(Minimise, StaysInsideItsBounds) {
  const std::vector<Variable> variables{{0.0, 0.5, -1.0, 1.0}, {0.0, 0.5, -1.0, 1.0}};
  const Minimum minimum = minimise(
      [](Values x) {
        EXPECT_LE(std::max(std::abs(x[0]), std::abs(x[1])), 1.0);
        return std::pow(x[0] - 3.0, 2) + std::pow(x[1] - 0.2, 2) + x[0] * x[1];
      },
      variables);
  // At x = 1 what is left is (y − 0.2)² + y, lowest at −0.3.
  EXPECT_THAT(minimum.at, ElementsAre(1.0, DoubleNear(-0.3, 0.01)));
}

TEST(Minimise, PutsUpWithKinksAndHoles) {
  const std::vector<Variable> variables{{-1.2, 0.5, -5.0, 5.0}, {1.0, 0.5, -5.0, 5.0}};
  // Slopes of 1 against at most 2·0.3·0.7 = 0.42: the corner at (0, 0.7) is the minimum, 0.3·0.7².
  const Minimum kink = minimise(
      [](Values x) { return std::abs(x[0]) + std::abs(x[1] - 0.7) + 0.3 * std::pow(x[0] + x[1], 2); },
      variables);
  EXPECT_NEAR(kink.value, 0.147, 0.01);
  const Minimum hole = minimise(
      [](Values x) {
        return x[0] > -0.5 ? std::numeric_limits<double>::infinity()
                           : std::pow(x[0] - 1.0, 2) + std::pow(x[1], 2);
      },
      variables);
  EXPECT_LE(hole.at[0], -0.5);
  EXPECT_NEAR(hole.at[0], -0.5, 0.1);
  EXPECT_NEAR(hole.at[1], 0.0, 0.1);
}

TEST(Minimise, IsNeverAboveItsStartAndNeverBeyondItsCalls) {
  const std::vector<Variable> variables(3, Variable{0.5, 0.3, 0.0, 1.0});
  MinimiseOptions options;
  options.largest_count = 20;
  int calls = 0;
  // Nothing smooth about it.
  const Minimum minimum = minimise(
      [&](Values x) {
        ++calls;
        return std::sin(40.0 * x[0]) * std::sin(50.0 * x[1]) + std::sin(60.0 * x[2]);
      },
      variables, options);
  EXPECT_EQ(calls, minimum.count);
  EXPECT_LE(calls, 20);
  EXPECT_LE(minimum.value, std::sin(20.0) * std::sin(25.0) + std::sin(30.0));
  EXPECT_EQ(minimise([](Values) { return 3.0; }, {}).value, 3.0);
  EXPECT_THROW(minimise([](Values) { return 0.0; }, std::vector<Variable>{{2.0, 1.0, 0.0, 1.0}}),
               std::logic_error);
}

}  // namespace
}  // namespace waverack
