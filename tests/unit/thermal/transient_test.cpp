// Bodies in time against closed forms.

#include "waverack/thermal/transient.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "needs_heat_solver.hpp"
#include "thermal_stacks.hpp"
#include "waverack/base/error.hpp"

namespace waverack::thermal {
namespace {

// A body that conducts so well that it has one temperature: τ = ρ·c·d/h = 1 s, 10 K at the end.
Stack lump() {
  Stack stack;
  stack.width = stack.length = 10e-3;
  stack.materials = {{.name = "silver", .conductivity = 1e5, .heat_capacity = 1e6}};
  stack.layers = {{.name = "body", .material = "silver", .thickness = 1e-3, .cells = 1}};
  stack.blocks = {{.name = "heater", .layer = "body", .power = 1.0}};
  stack.faces = {{.name = "above", .layer = "body", .coefficient = 1e3, .temperature = 300.0}};
  stack.grid.cell_x = 5e-3;
  stack.transient.initial_temperature = 300.0;
  stack.transient.slots = {{.duration = 1.0}};
  return stack;
}

double error_with(double step, TimeMethod method) {
  Stack stack = lump();
  stack.transient.step = step;
  stack.transient.method = method;
  const TransientResult result = solve_transient(stack, power_slots(stack));
  EXPECT_LT(result.energy_balance, 1e-8);
  const double tau = 1e6 * 1e-3 * (1.0 / 1e3 + 0.5e-3 / 1e5);
  const double end = 1.0 / 1e-4 * (1.0 / 1e3 + 0.5e-3 / 1e5);
  return result.blocks.back()[0].mean - (300.0 + end * (1.0 - std::exp(-1.0 / tau)));
}

TEST(Transient, IsOfSecondOrder) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  EXPECT_NEAR(error_with(0.1, TimeMethod::tr_bdf2), 0.0, 2e-3);
  EXPECT_NEAR(error_with(0.1, TimeMethod::tr_bdf2) / error_with(0.05, TimeMethod::tr_bdf2), 4.0, 0.2);
}

TEST(Transient, IsOfFirstOrderByBackwardEuler) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  EXPECT_NEAR(error_with(0.1, TimeMethod::backward_euler) / error_with(0.05, TimeMethod::backward_euler), 2.0,
              0.1);
}

// A step far longer than anything in the stack lands on the steady state, and does not ring around it.
TEST(Transient, DampsWhatIsFasterThanItsStep) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Stack stack = lump();
  stack.transient.step = 1000.0;
  stack.transient.slots = {{.duration = 3000.0}};
  const TransientResult result = solve_transient(stack, power_slots(stack));
  const double end = solve_steady(stack).blocks[0].mean;
  for (std::size_t n = 1; n < result.time.size(); ++n)
    EXPECT_NEAR(result.blocks[n][0].mean, end, 0.02 * (end - 300.0)) << n;
}

TEST(Transient, StaysAtTheSteadyStateItStartsFrom) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Stack stack = engine_stack(true, 800e-6);
  stack.grid.closure = Closure::upwind;
  stack.transient = {.step = 0.01, .slots = {{.duration = 0.05}}};
  const TransientResult result = solve_transient(stack, power_slots(stack));
  EXPECT_EQ(result.time.size(), 6U);
  for (std::size_t b = 0; b < stack.blocks.size(); ++b)
    EXPECT_NEAR(result.blocks.back()[b].max, result.blocks.front()[b].max, 1e-5);
  EXPECT_NEAR(result.outlets.back()[0], result.outlets.front()[0], 1e-6);
}

// Surfaces of a cavity hold no heat; the flow is felt after a step, and heat is conserved with coolant too.
TEST(Transient, ConservesHeatWithCoolant) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Stack stack = engine_stack(true, 800e-6);
  stack.grid.closure = Closure::upwind;
  stack.transient = {
      .step = 2e-3,
      .slots = {{.duration = 0.02, .factor = 0.0}, {.duration = 0.02, .factor = 2.0, .blocks = {"rings"}}}};
  const TransientResult result = solve_transient(stack, power_slots(stack));
  EXPECT_LT(result.energy_balance, 1e-8);
  EXPECT_LT(result.blocks[10][0].max, result.blocks[0][0].max - 1.0);
  EXPECT_GT(result.blocks[20][2].max, result.blocks[10][2].max + 1.0);
}

// What was stepped until it was told to end is the beginning of the whole run.
TEST(Transient, EndsEarlyWithWhatItHas) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Stack stack = lump();
  stack.transient.step = 0.1;
  const TransientResult whole = solve_transient(stack, power_slots(stack));
  const TransientResult part =
      solve_transient(stack, power_slots(stack), [](double share) { return share < 0.35; });
  EXPECT_TRUE(whole.complete);
  EXPECT_FALSE(part.complete);
  ASSERT_EQ(part.time.size(), 5u);  // the start and four steps
  EXPECT_NEAR(part.time.back(), 0.4, 1e-12);
  EXPECT_DOUBLE_EQ(part.blocks[4][0].mean, whole.blocks[4][0].mean);
  EXPECT_LT(part.energy_balance, 1e-8);
  ASSERT_FALSE(part.warnings.empty());
  EXPECT_EQ(part.warnings.back().message, "ended after 0.4 s of 1 s");
  EXPECT_TRUE(solve_transient(stack, power_slots(stack), [](double share) { return share < 0.99; }).complete);
}

TEST(Transient, SaysWhatItMisses) {
  Stack stack = lump();
  stack.transient.step = 0.1;
  stack.transient.slots[0].blocks = {"heatre"};
  EXPECT_THROW(power_slots(stack), Error);
  stack = lump();
  stack.transient.step = 0.1;
  EXPECT_THROW(solve_transient(stack, {}), Error);
  stack.materials[0].heat_capacity = 0.0;
  EXPECT_THROW(solve_transient(stack, power_slots(stack)), Error);
}

}  // namespace
}  // namespace waverack::thermal
