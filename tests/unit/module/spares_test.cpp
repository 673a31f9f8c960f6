#include "waverack/module/spares.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace waverack::module {
namespace {

// Photonics facts 9; half of the last digit that is printed.
TEST(Spares, LaneYieldToModuleYield) {
  EXPECT_NEAR(yield_with_spares(0.999, 32, 32), 0.9685, 5e-5);
  EXPECT_NEAR(yield_with_spares(0.999, 32, 33), 0.99948, 5e-6);
  EXPECT_NEAR(yield_with_spares(0.999, 32, 34), 0.999994, 5e-7);
  EXPECT_NEAR(yield_with_spares(0.995, 32, 32), 0.8518, 5e-5);
  EXPECT_NEAR(yield_with_spares(0.995, 32, 33), 0.9881, 5e-5);
  EXPECT_NEAR(yield_with_spares(0.995, 32, 34), 0.99933, 5e-6);
}

// The same facts: eight engines of 32 lanes on one switch.
TEST(Spares, OfASwitch) {
  EXPECT_NEAR(yield_of_all(yield_with_spares(0.999, 32, 32), 8), 0.774, 5e-4);
  EXPECT_NEAR(yield_of_all(yield_with_spares(0.9999, 32, 32), 8), 0.975, 5e-4);
}

TEST(Spares, Ends) {
  EXPECT_EQ(yield_with_spares(1.0, 8, 8), 1.0);
  EXPECT_EQ(yield_with_spares(0.0, 8, 9), 0.0);
  EXPECT_EQ(yield_with_spares(0.3, 0, 4), 1.0);
  EXPECT_NEAR(yield_with_spares(0.5, 1, 2), 0.75, 1e-15);
}

// Robert G. Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 3: 81 of 263, 15 of 148, 0 of 20
// and 1 of 29, four digits.
TEST(Spares, WilsonIntervalsOfNewcombesTable) {
  const auto expect = [](std::uint64_t seen, std::uint64_t of, double low, double high) {
    const Interval interval = wilson_interval(seen, of);
    EXPECT_NEAR(interval.low, low, 5e-5);
    EXPECT_NEAR(interval.high, high, 5e-5);
  };
  expect(81, 263, 0.2553, 0.3662);
  expect(15, 148, 0.0624, 0.1605);
  expect(0, 20, 0.0, 0.1611);
  expect(1, 29, 0.0061, 0.1718);
  EXPECT_EQ(wilson_interval(20, 20).high, 1.0);
}

// No pair of 98 differs: one is added to either side and two to the pairs, so that the half width is
// 1.96·√(0.02/100).
TEST(Spares, PairsThatAllAgreeLeaveAnInterval) {
  const Interval interval = paired_difference_interval(0, 0, 98);
  EXPECT_NEAR(interval.low, -0.0277181, 5e-7);
  EXPECT_NEAR(interval.high, 0.0277181, 5e-7);
}

// 400 and 100 of 100 000: McNemar's standard error is √500/n, or √(500 − 300²/n)/n with the difference taken
// off. The added counts change it by half of 2/500.
TEST(Spares, ManyPairsFollowMcNemar) {
  const Interval interval = paired_difference_interval(400, 100, 100000);
  EXPECT_NEAR(0.5 * (interval.low + interval.high), 0.003, 1e-7);
  const double half = 1.959964 * std::sqrt(500.0) / 100000;
  EXPECT_NEAR(0.5 * (interval.high - interval.low), half, 0.003 * half);
  const Interval mirrored = paired_difference_interval(100, 400, 100000);
  EXPECT_DOUBLE_EQ(mirrored.low, -interval.high);
}

}  // namespace
}  // namespace waverack::module
