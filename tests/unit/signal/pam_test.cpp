#include "waverack/signal/pam.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "waverack/base/error.hpp"

namespace waverack::signal {
namespace {

TEST(Pam, IdealLevels) {
  EXPECT_EQ(pam_levels(2), (std::vector<double>{-1.0, 1.0}));
  const auto four = pam_levels(4);
  ASSERT_EQ(four.size(), 4u);
  EXPECT_DOUBLE_EQ(four[1], -1.0 / 3.0);
  EXPECT_DOUBLE_EQ(four[2], 1.0 / 3.0);
  EXPECT_DOUBLE_EQ(r_lm(four), 1.0);
  EXPECT_THROW(pam_levels(1), Error);
}

// By hand from Annex 120D: mid = 1.6, ES1 = (1 − 1.6)/(0 − 1.6) = 0.375, ES2 = (2.1 − 1.6)/(3.2 − 1.6) =
// 0.3125, so R_LM = min(1.125, 0.9375, 0.875, 1.0625).
TEST(Pam, LevelMismatchByHand) {
  EXPECT_NEAR(r_lm(std::vector<double>{0.0, 1.0, 2.1, 3.2}), 0.875, 1e-15);
  EXPECT_TRUE(std::isnan(r_lm(pam_levels(2))));
}

// R_LM does not depend on gain and offset, and the law compresses the outer eyes.
TEST(Pam, DistortedLevelsHaveTheMismatchAskedFor) {
  for (const double wanted : {0.8, 0.92, 0.95, 1.0}) {
    std::vector<double> levels = pam4_levels(wanted);
    EXPECT_EQ(levels.front(), -1.0);
    EXPECT_EQ(levels.back(), 1.0);
    EXPECT_LE(levels[1] - levels[0], levels[2] - levels[1] + 1e-15);
    for (double& level : levels) level = 0.37 * level + 5.0;
    EXPECT_NEAR(r_lm(levels), wanted, 1e-13);
  }
  EXPECT_THROW(pam4_levels(0.0), Error);
  EXPECT_THROW(pam4_levels(1.1), Error);
}

TEST(Pam, Bits) {
  EXPECT_EQ(bits_per_symbol(2), 1.0);
  EXPECT_EQ(bits_per_symbol(4), 2.0);
  EXPECT_EQ(bits_per_symbol(6), 2.5);  // five bits on two symbols
  EXPECT_EQ(bits_per_symbol(8), 3.0);
  EXPECT_THROW(bits_per_symbol(5), Error);
}

}  // namespace
}  // namespace waverack::signal
