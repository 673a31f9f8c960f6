// A step of the neighbour's power. Expected values: a slab that conducts perfectly is one resistance R =
// 1/(h·A) and one capacity C = ρc·V, so T(t) = T_0 + R·ΔP·(1 − e^(−t/RC)). Tolerances: conduction in the slab
// (k is 1e4 W/(m K): 0.1 % of R·ΔP) and TR-BDF2 with steps of at most a few hundredths of RC where it matters
// (0.1 %).

#include "waverack/module/power_step.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "needs_heat_solver.hpp"
#include "unit/module/example.hpp"

namespace waverack::module {
namespace {

constexpr double coefficient = 2000.0, area = 36e-6, thickness = 1e-3, capacity = 1e6;
constexpr double resistance = 1.0 / (coefficient * area);
constexpr double time_constant = resistance * capacity * area * thickness;

PowerStepSettings settings_with(double heat_capacity) {
  thermal::Stack stack;
  stack.width = 9e-3;
  stack.length = 4e-3;
  stack.materials = {{.name = "slab", .conductivity = 1e4, .heat_capacity = heat_capacity}};
  stack.layers = {{.name = "die", .material = "slab", .thickness = thickness}};
  stack.blocks = {{.name = "switch", .layer = "die", .length = 2e-3, .power = 5.0},
                  {.name = "photonics", .layer = "die", .y = 2e-3, .length = 2e-3}};
  stack.faces = {{.name = "air", .layer = "die", .coefficient = coefficient, .temperature = 303.15}};
  stack.grid.cell_x = 0.5e-3;
  PowerStepSettings settings;
  settings.stack = {"slab", std::make_shared<const thermal::Stack>(stack)};
  settings.block = "switch";
  settings.share_before = 0.2;
  settings.duration = 3.0;
  return settings;
}

Module packaged() {
  Module module = nine_lanes();
  module.package.sites = {{"photonics", {"mach_zehnder"}, Sharing::along_x}};
  return module;
}

TEST(PowerStep, FollowsAnExponential) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  const PowerStep step =
      step_neighbour(packaged(), lane_with_external_laser(), settings_with(capacity), "mach_zehnder");
  EXPECT_DOUBLE_EQ(step.power_before, 1.0);
  EXPECT_DOUBLE_EQ(step.power_after, 5.0);
  ASSERT_GE(step.time.back(), 3.0);
  const double rise = resistance * 4.0;
  const std::vector<double> course = course_of(step, 8);
  for (std::size_t i = 0; i < step.time.size(); ++i)
    EXPECT_NEAR(course[i] - course.front(), rise * (1.0 - std::exp(-step.time[i] / time_constant)),
                2e-3 * rise)
        << step.time[i];
  // In the first two steps heat still goes from one half to the other, which takes 0.4 ms.
  EXPECT_NEAR(steepest(step.time, course), rise / time_constant, 0.04 * rise / time_constant);
  EXPECT_EQ(step.pieces.front().size(), 9u);
  EXPECT_LT(step.energy_balance, 1e-8);
}

TEST(PowerStep, BadSettingsAreRefused) {
  PowerStepSettings settings = settings_with(capacity);
  settings.block = "swich";
  try {
    step_neighbour(packaged(), lane_with_external_laser(), settings, "mach_zehnder");
    ADD_FAILURE() << "a block that is none was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.info().path, "module.calibration.power_step.block");
    EXPECT_EQ(error.info().nearest, "switch");
  }
  EXPECT_THROW(step_neighbour(packaged(), lane_with_external_laser(), settings_with(capacity), "tia"), Error);
  EXPECT_THROW(step_neighbour(packaged(), lane_with_external_laser(), settings_with(0.0), "mach_zehnder"),
               Error);
}

}  // namespace
}  // namespace waverack::module
