#include "waverack/io/thermal_curves.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "thermal_stacks.hpp"

namespace waverack::io {
namespace {

// Case L of the facts (thermal 6.2): the coolant enters at 40 °C; its mean at the outlet is 315.490 K, the
// hottest stream 315.505 K. With central coupling the last cell is the outlet.
TEST(ThermalCurves, FollowTheCoolant) {
  thermal::Stack stack = thermal::engine_stack(true, 400e-6);
  const thermal::SteadyResult result = thermal::solve_steady(stack);
  const std::vector<link::Curve> curves = coolant_curves(stack, result.field);
  ASSERT_EQ(curves.size(), 1u);
  EXPECT_EQ(curves[0].id, "coolant.coolant");
  const auto& columns = curves[0].columns;
  ASSERT_EQ(columns.size(), 3u);
  ASSERT_EQ(columns[0].values.size(), 20u);
  EXPECT_NEAR(columns[0].values.front(), 0.2e-3, 1e-12);
  EXPECT_NEAR(columns[0].values.back(), 7.8e-3, 1e-12);
  EXPECT_NEAR(columns[1].values.back(), 315.490 - 273.15, 0.02);
  EXPECT_NEAR(columns[2].values.back(), 315.505 - 273.15, 0.02);
  EXPECT_GT(columns[1].values.front(), 40.0 - 1e-9);
  // The other way round the way is counted from the other end.
  stack.cavities[0].direction = thermal::Direction::negative_y;
  const std::vector<link::Curve> back = coolant_curves(stack, thermal::solve_steady(stack).field);
  EXPECT_NEAR(back[0].columns[0].values.front(), 0.2e-3, 1e-12);
  EXPECT_LT(back[0].columns[1].values.front(), back[0].columns[1].values.back());
}

TEST(ThermalCurves, FollowBlocksPointsAndOutletsInTime) {
  thermal::Stack stack = thermal::engine_stack(true, 1e-3);
  stack.points = {{"ring", "pic", 5e-3, 1.2e-3}};
  stack.transient.step = 5e-3;
  stack.transient.initial_temperature = 313.15;
  stack.transient.slots = {{.duration = 20e-3}};
  const thermal::TransientResult result = thermal::solve_transient(stack, thermal::power_slots(stack));
  const std::vector<link::Curve> curves = transient_curves(stack, result);
  ASSERT_EQ(curves.size(), 3u);
  EXPECT_EQ(curves[0].id, "transient.blocks");
  ASSERT_EQ(curves[0].columns.size(), 6u);        // time and five blocks
  EXPECT_EQ(curves[0].columns[1].name, "rings");  // which become hottest
  EXPECT_EQ(curves[0].columns[0].values.size(), result.time.size());
  EXPECT_NEAR(curves[0].columns[1].values.front(), 40.0, 1e-6);
  // They rise, towards a steady state that 20 ms do not reach.
  const std::vector<double>& rings = curves[0].columns[1].values;
  EXPECT_TRUE(std::is_sorted(rings.begin(), rings.end()));
  EXPECT_GT(rings.back(), 41.0);
  EXPECT_LT(rings.back(), thermal::solve_steady(stack).blocks[2].max - 273.15);
  EXPECT_EQ(curves[1].columns[1].name, "ring");
  EXPECT_EQ(curves[2].columns[1].name, "coolant");
}

}  // namespace
}  // namespace waverack::io
