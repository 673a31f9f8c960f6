// Fibre flex: bends, splices, connectors.

#include "waverack/parts/fibre_flex.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "closed_forms.hpp"

namespace waverack::parts {
namespace {

FibreFlex straight() {
  FibreFlex part;
  part.length = 0.0;
  part.bends = part.splices = part.connectors = 0;
  return part;
}

// The two limits of ITU-T G.657.A2 that the law goes through: 0.1 dB a turn at 10 mm and 0.5 dB at 7.5 mm.
// The third, 0.03 dB for ten turns at 15 mm, is a limit that the law should come near to: 0.0040 dB a turn
// against 0.003.
TEST(FibreFlex, FollowsTheLimitsOfTheFibre) {
  const FibreFlex part;
  EXPECT_NEAR(db(turn_loss(part, 10e-3)), 0.1, 1e-9);
  EXPECT_NEAR(db(turn_loss(part, 7.5e-3)), 0.5, 1e-3);
  EXPECT_NEAR(db(turn_loss(part, 15e-3)), 0.003, 0.0015);
}

// Four quarter turns are one turn.
TEST(FibreFlex, QuarterTurnsAddUp) {
  FibreFlex part = straight();
  part.bend_radius = 10e-3;
  part.bends = 4;
  EXPECT_NEAR(db(optical_loss(part)), 0.1, 1e-9);
  part.bends = 1;
  EXPECT_NEAR(db(optical_loss(part)), 0.025, 1e-9);
}

// Tighter bends lose more.
TEST(FibreFlex, TighterBendsLoseMore) {
  FibreFlex part;
  double before = 0.0;
  for (const double radius : {30e-3, 15e-3, 10e-3, 7.5e-3, 5e-3}) {
    part.bend_radius = radius;
    EXPECT_GT(optical_loss(part), before);
    before = optical_loss(part);
  }
}

// 1 m at 0.4 dB/km, 2 splices of 0.05 dB, 3 connectors of 0.35 dB, each of them 0.2 dB worse at the end.
TEST(FibreFlex, StepsAreTheWholeLoss) {
  FibreFlex part = straight();
  part.length = 1.0;
  part.splices = 2;
  part.connectors = 3;
  const std::vector<LossStep> steps = loss_steps(part);
  ASSERT_EQ(steps.size(), 3u);
  EXPECT_EQ(steps[0].name, "fibre");
  EXPECT_NEAR(db(steps[0].loss), 0.0004, 1e-9);
  EXPECT_EQ(steps[1].name, "splices (2)");
  EXPECT_NEAR(db(steps[1].loss), 0.1, 1e-9);
  EXPECT_EQ(steps[2].name, "connectors (3)");
  EXPECT_NEAR(db(steps[2].loss), 1.05, 1e-9);
  EXPECT_NEAR(db(steps[2].end_of_life), 0.6, 1e-9);
  EXPECT_NEAR(db(optical_loss(part)), 1.1504, 1e-9);
  EXPECT_NEAR(std::norm(response(part, {})(40e9)), 1.0 / optical_loss(part), 1e-12);
  EXPECT_NEAR(db(reflectance(part)), -60.0 + db(3.0), 1e-9);
}

TEST(FibreFlex, AStraightPieceLosesNothing) {
  EXPECT_THAT(loss_steps(straight()), testing::IsEmpty());
  EXPECT_EQ(optical_loss(straight()), 1.0);
  EXPECT_EQ(reflectance(straight()), 0.0);
}

}  // namespace
}  // namespace waverack::parts
