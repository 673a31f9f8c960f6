// The influence matrix, and superposition in the engine of the facts (thermal 6.2).

#include "waverack/thermal/influence.hpp"

#include <gtest/gtest.h>

#include "needs_heat_solver.hpp"
#include "thermal_stacks.hpp"
#include "waverack/thermal/grid_error.hpp"

namespace waverack::thermal {
namespace {

TEST(Influence, AddsUpToAFullSolve) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Stack stack = engine_stack(true, 800e-6);
  stack.points = {{"ring 1", "pic", 0.4e-3, 1.2e-3}};
  SteadySolver solver(stack);
  const Influence matrix = influence(solver, powers_of(stack));
  ASSERT_EQ(matrix.targets.size(), 6U);
  EXPECT_EQ(matrix.targets.back(), "ring 1");
  EXPECT_LT(matrix.error, 1e-5);
  const std::vector<double> powers{3.0, 9.0, 0.0, 1.0, 2.0};
  const SteadyResult full = solver.solve(powers);
  const std::vector<double> linear = temperatures(matrix, powers);
  for (std::size_t b = 0; b < full.blocks.size(); ++b) EXPECT_NEAR(linear[b], full.blocks[b].mean, 1e-5);
  EXPECT_NEAR(linear[5], full.points[0], 1e-5);
}

TEST(Influence, IsReciprocalWithoutFlow) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  const Stack stack = engine_stack(false, 400e-6);
  SteadySolver solver(stack);
  const Influence matrix = influence(solver, powers_of(stack));
  for (std::size_t a = 0; a < 5; ++a)
    for (std::size_t b = 0; b < a; ++b)
      EXPECT_NEAR(matrix.kelvin_per_watt[a * 5 + b], matrix.kelvin_per_watt[b * 5 + a], 1e-6);
}

TEST(Influence, TellsWhatFrozenConductivitiesCost) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Stack stack = engine_stack(false, 800e-6);
  for (Material& material : stack.materials)
    if (material.name == "pic bulk" || material.name == "eic bulk") material.conductivity_exponent = -1.3;
  SteadySolver solver(stack);
  const Influence matrix = influence(solver, powers_of(stack));
  EXPECT_GT(matrix.error, 1e-4);
  EXPECT_LT(matrix.error, 0.5);
  // At the powers at which it was frozen it is exact.
  const std::vector<double> linear = temperatures(matrix, matrix.powers);
  const SteadyResult full = solver.solve(matrix.powers);
  for (std::size_t b = 0; b < full.blocks.size(); ++b) EXPECT_NEAR(linear[b], full.blocks[b].mean, 2e-3);
}

// Facts, thermal 6.2, two decimals printed: the EIC alone lifts the PIC by 10.13 K, the PIC alone by 4.70 K
// in the mean and 9.18 K at most.
TEST(Superposition, HasTheFiguresOfTheFacts) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  const Stack stack = engine_stack(false, 200e-6);
  SteadySolver solver(stack);
  const auto pic = [&](std::vector<double> powers) {
    return solver.solve(powers).layers[layer_index(stack, "pic", "")];
  };
  const LayerTemperature by_eic = pic({7.0, 5.0, 0.0, 0.0, 0.0}), by_pic = pic({0.0, 0.0, 2.4, 0.6, 1.0});
  EXPECT_NEAR(by_eic.mean - 313.15, 10.13, 0.006);
  EXPECT_NEAR(by_pic.mean - 313.15, 4.70, 0.006);
  EXPECT_NEAR(by_pic.max - 313.15, 9.18, 0.006);
}

// Facts, thermal 6.2: splitting what is thicker than 100 µm moves the hottest place of the PIC by −0.246 K.
TEST(GridError, SeesTheCellsThroughTheLayers) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  const Stack stack = engine_stack(false, 200e-6);
  const SteadyResult result = solve_steady(stack);
  const GridError error = estimate_grid_error(stack, powers_of(stack), result);
  EXPECT_NEAR(error.through, 0.246, 0.05);  // on a coarser grid in the plane
  Stack finer = stack;
  finer.grid.closure = Closure::upwind;
  const SteadyResult split = solve_steady(finer);
  EXPECT_NEAR(
      split.layers[layer_index(stack, "pic", "")].max - result.layers[layer_index(stack, "pic", "")].max,
      -0.246, 2e-3);
  EXPECT_LT(estimate_grid_error(finer, powers_of(finer), split).through, 0.1);
}

}  // namespace
}  // namespace waverack::thermal
