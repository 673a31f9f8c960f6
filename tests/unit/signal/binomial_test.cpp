#include "waverack/signal/binomial.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "waverack/base/error.hpp"

namespace waverack::signal {
namespace {

TEST(Binomial, LowerBeta) {  // mpmath, 30 digits
  const struct {
    double a, b, x, value;
  } rows[] = {{2, 3, 0.4, 0.5248},
              {0.5, 1.5, 0.2, 0.5498151442478991},
              {10, 400, 0.03, 0.78445502240725608},
              {3, 1e6, 2e-6, 0.32332466650019487},
              {5000, 5000, 0.51, 0.97725796767542536},
              {120, 880, 0.15, 0.99711634943371394},
              {1, 9, 1e-8, 8.9999996400000084e-8}};
  for (const auto& row : rows) EXPECT_NEAR(lower_beta(row.a, row.b, row.x) / row.value, 1.0, 1e-10) << row.a;
  EXPECT_EQ(lower_beta(2, 3, 0.0), 0.0);
  EXPECT_EQ(lower_beta(2, 3, 1.0), 1.0);
}

TEST(Binomial, Interval) {  // sums of binomial terms solved with mpmath
  const struct {
    double successes, trials, low, high;
  } rows[] = {{0, 10, 0.0, 0.308497107818761},
              {3, 10, 0.0667395111777345, 0.652452850059997},
              {10, 10, 0.691502892181239, 1.0},
              {100, 500, 0.165800125843833, 0.237791830279907}};
  for (const auto& row : rows) {
    const ProbabilityInterval interval = binomial_interval(row.successes, row.trials);
    EXPECT_NEAR(interval.low, row.low, 1e-9);
    EXPECT_NEAR(interval.high, row.high, 1e-9);
  }
  EXPECT_EQ(binomial_interval(0, 0).low, 0.0);
  EXPECT_EQ(binomial_interval(0, 0).high, 1.0);
  // Without a success in many trials: the rule of 3.69, −ln 0.025.
  EXPECT_NEAR(binomial_interval(0, 1e12).high * 1e12, -std::log(0.025), 1e-6);
  EXPECT_THROW(binomial_interval(2, 1), Error);
}

}  // namespace
}  // namespace waverack::signal
