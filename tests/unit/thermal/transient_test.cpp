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

// Largest error of the body over the times, and what is stated for it.
struct Errors {
  double actual = 0.0, stated = 0.0;
};

Errors errors_with(double step, TimeMethod method) {
  Stack stack = lump();
  stack.transient.step = step;
  stack.transient.method = method;
  stack.transient.slots = {{.duration = 3.0}};
  const TransientResult result = solve_transient(stack, power_slots(stack));
  Errors errors{0.0, result.step_error};
  EXPECT_EQ(result.block_errors.size(), 1u);
  EXPECT_EQ(result.block_errors[0], result.step_error);
  const double tau = 1e6 * 1e-3 * (1.0 / 1e3 + 0.5e-3 / 1e5);
  const double end = 1.0 / 1e-4 * (1.0 / 1e3 + 0.5e-3 / 1e5);
  for (std::size_t n = 0; n < result.time.size(); ++n)
    errors.actual = std::max(errors.actual, std::abs(result.blocks[n][0].mean - 300.0 -
                                                     end * (1.0 - std::exp(-result.time[n] / tau))));
  return errors;
}

// The closed form is exp(−t/τ). The smoothing forgets at 2 − √2 of the body's own rate γ·t/τ: its greatest
// error is (γ^(γ/(1−γ)) − γ^(1/(1−γ)))/(1 − γ)·e = 1.28 times the actual one for short steps.
TEST(Transient, StatesTheErrorOfItsStep) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  for (const double step : {0.02, 0.05, 0.1}) {
    const Errors errors = errors_with(step, TimeMethod::tr_bdf2);
    EXPECT_NEAR(errors.stated / errors.actual, 1.28, 0.15) << step;
  }
  const Errors long_step = errors_with(1.0, TimeMethod::tr_bdf2);
  EXPECT_GT(long_step.stated, 0.5 * long_step.actual);
  EXPECT_LT(long_step.stated, 2.0 * long_step.actual);
  // Backward Euler forgets as the body does.
  for (const double step : {0.02, 0.1}) {
    const Errors first_order = errors_with(step, TimeMethod::backward_euler);
    EXPECT_NEAR(first_order.stated / first_order.actual, 1.0, 0.1) << step;
  }
}

// A slab has all rates at once, most of them faster than the step. The actual error is that against steps
// forty times shorter.
TEST(Transient, StatesTheErrorOfAStiffStack) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Stack stack = lump();
  stack.materials[0].conductivity = 10.0;
  stack.layers[0].cells = 20;
  stack.points = {{.name = "middle", .layer = "body", .x = 5e-3, .y = 5e-3}};
  stack.layers.insert(stack.layers.begin(), {.name = "film", .material = "silver", .thickness = 1e-6});
  stack.blocks[0].layer = "film";
  stack.faces[0].side = Side::bottom;
  stack.faces[0].coefficient = 1e4;
  for (const TimeMethod method : {TimeMethod::tr_bdf2, TimeMethod::backward_euler})
    for (const double step : {0.4, 0.1, 0.025}) {
      stack.transient.method = method;
      stack.transient.step = step;
      stack.transient.slots = {{.duration = 1.2}, {.duration = 0.8, .factor = 0.0}};
      const TransientResult coarse = solve_transient(stack, power_slots(stack));
      stack.transient.step = step / 40.0;
      const TransientResult fine = solve_transient(stack, power_slots(stack));
      double actual = 0.0;
      for (std::size_t n = 1; n < coarse.time.size(); ++n) {
        ASSERT_NEAR(coarse.time[n], fine.time[40 * n], 1e-9);
        actual = std::max(actual, std::abs(coarse.blocks[n][0].mean - fine.blocks[40 * n][0].mean));
      }
      EXPECT_GT(coarse.block_errors[0], 0.6 * actual) << step;
      EXPECT_LT(coarse.block_errors[0], 2.5 * actual) << step;
      EXPECT_GT(coarse.point_errors[0], 0.0);
    }
}

// What does not move has no error of the step.
TEST(Transient, StatesNoErrorAtRest) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Stack stack = lump();
  stack.transient.initial_temperature = 0.0;
  stack.transient.step = 0.1;
  EXPECT_LT(solve_transient(stack, power_slots(stack)).step_error, 1e-7);
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
