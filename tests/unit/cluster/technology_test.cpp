#include "waverack/cluster/technology.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace waverack::cluster {
namespace {

Technology ladder() {
  Technology made;
  made.ladder = {{2.0, 6.0, 1e-8, 1e-20}, {4.0, 2.0, 1e-6, 1e-16}, {6.0, -2.0, 1e-3, 1e-2}};
  return made;
}

TEST(Technology, MarginIsLinearAndRatiosAreGeometricBetweenRungs) {
  const ReachPoint middle = at_length(ladder(), 3.0);
  EXPECT_DOUBLE_EQ(middle.margin_db, 4.0);
  EXPECT_NEAR(middle.ber_pre_fec, 1e-7, 1e-20);
  EXPECT_NEAR(middle.frame_loss, 1e-18, 1e-30);
  EXPECT_DOUBLE_EQ(at_length(ladder(), 4.0).margin_db, 2.0);
}

TEST(Technology, ShorterThanTheFirstRungIsThatRungAndLongerThanTheLastIsNothing) {
  EXPECT_DOUBLE_EQ(at_length(ladder(), 0.1).margin_db, 6.0);
  EXPECT_TRUE(std::isinf(at_length(ladder(), 6.1).margin_db));
  EXPECT_DOUBLE_EQ(at_length(ladder(), 6.1).frame_loss, 1.0);
  EXPECT_TRUE(std::isinf(at_length(Technology{}, 1.0).margin_db));
}

TEST(Technology, ReachIsWhereTheLineBetweenRungsMeetsTheMargin) {
  bool bound = true;
  EXPECT_DOUBLE_EQ(reach_of(ladder().ladder, 0.0, &bound), 5.0);
  EXPECT_FALSE(bound);
  EXPECT_DOUBLE_EQ(reach_of(ladder().ladder, 3.0), 3.5);
  EXPECT_DOUBLE_EQ(reach_of(ladder().ladder, 7.0), 0.0);
  EXPECT_DOUBLE_EQ(reach_of(ladder().ladder, -2.0, &bound), 6.0);
  EXPECT_TRUE(bound);
}

TEST(Technology, ReachEndsAtTheFirstRungThatLacksTheMargin) {
  // A lane that recovers further out has not been shown to work in between.
  const std::vector<ReachPoint> dip{{1.0, 3.0, 0, 0}, {2.0, -1.0, 0, 0}, {3.0, 2.0, 0, 0}};
  EXPECT_DOUBLE_EQ(reach_of(dip, 0.0), 1.75);
}

}  // namespace
}  // namespace waverack::cluster
