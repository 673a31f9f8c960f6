#include "waverack/signal/polynomial_law.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "waverack/base/error.hpp"

namespace waverack::signal {
namespace {

// A Chebyshev series of T_0 … T_3 is found coefficient by coefficient: T_3(t) = 4t³ − 3t.
TEST(PolynomialLaw, FindsItsOwnSeries) {
  const PolynomialLaw law =
      fit_law([](double x) { return 2.0 - x + 0.5 * (4.0 * x * x * x - 3.0 * x); }, -1.0, 1.0);
  ASSERT_EQ(law.coefficients.size(), 4U);
  EXPECT_NEAR(law.coefficients[0], 2.0, 1e-6);
  EXPECT_NEAR(law.coefficients[1], -1.0, 1e-6);
  EXPECT_NEAR(law.coefficients[2], 0.0, 1e-6);
  EXPECT_NEAR(law.coefficients[3], 0.5, 1e-6);
}

TEST(PolynomialLaw, FollowsSmoothLaws) {
  const auto compare = [](const auto& f, double low, double high, double size) {
    const PolynomialLaw law = fit_law(f, low, high);
    for (int i = 0; i <= 1000; ++i) {
      const double x = low + (high - low) * i / 1000.0;
      EXPECT_NEAR(law(x), f(x), 3e-6 * size) << x;
    }
  };
  compare([](double v) { return std::tanh(3.0 * v); }, -1.0, 1.4, 1.0);
  compare([](double v) { return 1e-3 * std::cos(2.0 * v); }, -2.0, 2.0, 1e-3);
  compare([](double p) { return 0.9 * p + 1e-9; }, 0.0, 1e-3, 1e-3);
}

TEST(PolynomialLaw, KeepsTheValueOfTheEndBeyondIt) {
  const PolynomialLaw law = fit_law([](double x) { return x * x; }, 1.0, 3.0);
  EXPECT_NEAR(law(0.0), 1.0, 1e-5);
  EXPECT_NEAR(law(5.0), 9.0, 1e-5);
}

TEST(PolynomialLaw, RefusesAKink) {
  EXPECT_THROW(fit_law([](double x) { return std::abs(x); }, -1.0, 1.1), Error);
  EXPECT_THROW(fit_law([](double x) { return 1.0 / x; }, -1.0, 1.0), Error);
}

}  // namespace
}  // namespace waverack::signal
