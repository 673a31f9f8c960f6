// Closed forms: slab, fin, coolant along a wall.

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "needs_heat_solver.hpp"
#include "waverack/thermal/steady.hpp"

namespace waverack::thermal {
namespace {

Material solid(const char* name, double conductivity) {
  return {.name = name, .conductivity = conductivity, .heat_capacity = 1e6};
}

Face face(const char* layer, Side side, double coefficient, double temperature) {
  return {.name = std::string(layer) + " face",
          .layer = layer,
          .side = side,
          .coefficient = coefficient,
          .temperature = temperature};
}

// 1 cm² with 10 W on top of a slab of 1 mm.
Stack slab(const Material& material, int cells, double coefficient) {
  Stack stack;
  stack.width = stack.length = 10e-3;
  stack.materials = {material, solid("film", 1000.0)};
  stack.layers = {{.name = "film", .material = "film", .thickness = 1e-6},
                  {.name = "slab", .material = material.name, .thickness = 1e-3, .cells = cells}};
  stack.blocks = {{.name = "heater", .layer = "film", .power = 10.0}};
  stack.faces = {face("slab", Side::bottom, coefficient, 300.0)};
  stack.grid.cell_x = 5e-3;
  return stack;
}

TEST(Slab, HasTheResistancesInSeries) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  const double flux = 1e5;  // [W/m²]
  Stack stack = slab(solid("stuff", 2.0), 3, 1e3);
  stack.faces[0].resistance = 2e-4;
  const SteadyResult result = solve_steady(stack);
  const double expected = 300.0 + flux * (1e-3 + 2e-4 + 1e-3 / 2.0 + 0.5e-6 / 1000.0);
  EXPECT_NEAR(result.blocks[0].mean, expected, 1e-6);
  EXPECT_NEAR(result.blocks[0].max, expected, 1e-6);
  EXPECT_NEAR(result.faces[0].heat, 10.0, 1e-8);
  EXPECT_LT(result.energy_balance, 1e-10);
}

TEST(Slab, ConductsByTheAxisOfTheHeat) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Material layered = solid("layered", 50.0);
  layered.conductivity_z = 0.5;
  EXPECT_NEAR(solve_steady(slab(layered, 1, 1e3)).blocks[0].mean, 300.0 + 1e5 * (1e-3 + 1e-3 / 0.5), 1e-3);
}

// A film of copper in two cells of half a micrometre conducts so well that rounding alone leaves 1e-9 of the
// balance.
TEST(Slab, TakesFilmsThatRoundingFeels) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Stack stack = slab(solid("stuff", 2.0), 8, 1e3);
  stack.materials[1].conductivity = 400.0;
  stack.layers[0].cells = 2;
  stack.grid.cell_x = 0.3e-3;
  const SteadyResult result = solve_steady(stack);
  EXPECT_NEAR(result.blocks[0].mean, 300.0 + 1e5 * (1e-3 + 1e-3 / 2.0), 1e-3);
  EXPECT_LT(result.energy_balance, 1e-8);
}

// Kirchhoff: k0·T0·ln(T/T_cold) = q·L where k = k0·T0/T.
TEST(Slab, FollowsAConductivityThatFallsWithTemperature) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Material silicon = solid("silicon-like", 2.0);
  silicon.conductivity_exponent = -1.0;
  const SteadyResult result = solve_steady(slab(silicon, 100, 1e9));
  EXPECT_NEAR(result.blocks[0].mean, 300.0 * std::exp(1e5 * 1e-3 / (2.0 * 300.0)), 2e-3);
  EXPECT_GT(result.solves, 2);
  EXPECT_LT(result.energy_balance, 1e-8);
}

// Heat made in the slab itself: q·L/h + q·L²/(2k) at the top, and an error that falls with the square of the
// cell.
TEST(Slab, ConvergesWithTheSquareOfItsCells) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  const auto error_with = [](int cells) {
    Stack stack = slab(solid("stuff", 2.0), cells, 1e3);
    stack.layers.erase(stack.layers.begin());
    stack.blocks[0].layer = "slab";
    const SteadyResult result = solve_steady(stack);
    const double density = 10.0 / (1e-4 * 1e-3), at = 1e-3 - 0.5e-3 / cells;  // centre of the uppermost cell
    const double exact = 300.0 + density * 1e-3 / 1e3 + density * (1e-3 * at - 0.5 * at * at) / 2.0;
    return result.blocks[0].max - exact;
  };
  EXPECT_NEAR(error_with(4) / error_with(8), 4.0, 0.01);
  EXPECT_NEAR(error_with(8) / error_with(16), 4.0, 0.01);
}

// A thin bar, heated at one end, cooled on both faces: θ(x) = P/(k·A·m)·cosh(m(L − x))/sinh(mL), m² =
// 2h/(k·t).
TEST(Fin, FallsAsTheHyperbolicCosine) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  const double k = 200.0, t = 0.2e-3, width = 1e-3, length = 20e-3, h = 500.0, power = 0.05;
  Stack stack;
  stack.width = length;
  stack.length = width;
  stack.materials = {solid("metal", k)};
  stack.layers = {{.name = "fin", .material = "metal", .thickness = t, .cells = 1}};
  stack.blocks = {{.name = "end", .layer = "fin", .width = 20e-6, .power = power}};
  stack.points = {{"middle", "fin", 10.01e-3, 0.5e-3}, {"tip", "fin", length, 0.5e-3}};
  stack.faces = {face("fin", Side::top, h, 300.0), face("fin", Side::bottom, h, 300.0)};
  stack.faces[1].name = "below";
  stack.grid.cell_x = 20e-6;
  stack.grid.cell_y = width;
  const SteadyResult result = solve_steady(stack);
  const double through = 1.0 / (1.0 / h + 0.5 * t / k);  // the node lies in the middle of the bar
  const double m = std::sqrt(2.0 * through / (k * t));
  const auto exact = [&](double x) {
    return 300.0 + power / (k * width * t * m) * std::cosh(m * (length - x)) / std::sinh(m * length);
  };
  EXPECT_NEAR(result.blocks[0].mean, exact(10e-6), 1e-3 * (exact(0.0) - 300.0));
  EXPECT_NEAR(result.points[0], exact(10.01e-3), 1e-3 * (exact(10e-3) - 300.0));
  EXPECT_NEAR(result.points[1], exact(length), 1e-3 * (exact(length) - 300.0));
}

// Spreading from the sides: a square bar that is cooled on its four sides alone.
TEST(Fin, LosesHeatThroughItsSides) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Stack stack;
  stack.width = stack.length = 1e-3;
  stack.materials = {solid("metal", 400.0)};
  stack.layers = {{.name = "bar", .material = "metal", .thickness = 1e-3, .cells = 10}};
  stack.blocks = {{.name = "all", .layer = "bar", .power = 0.1}};
  stack.faces = {face("bar", Side::sides, 1000.0, 300.0)};
  stack.grid.cell_x = 0.1e-3;
  // Biot's number is 1/400 of an edge: even within a few thousandths, 0.1 W over 4 mm².
  EXPECT_NEAR(solve_steady(stack).blocks[0].mean, 300.0 + 0.1 / (1000.0 * 4e-6), 0.03);
}

// Coolant below a plate. Walls that hardly conduct leave one way: the plate, its surface, the coolant.
Stack cooled_plate(double cell, CavityModel model) {
  Stack stack;
  stack.width = 2e-3;
  stack.length = 20e-3;
  Material plate = solid("plate", 1e-3);  // no conduction along the flow
  plate.conductivity_z = 400.0;
  stack.materials = {plate, solid("wall", 1e-3)};
  stack.layers = {{.name = "plate", .material = "plate", .thickness = 0.1e-3, .cells = 1},
                  {.name = "channels", .material = "wall", .thickness = 0.2e-3},
                  {.name = "floor", .material = "wall", .thickness = 0.1e-3, .cells = 1}};
  Cavity cavity{.name = "coolant", .layer = "channels", .model = model};
  cavity.channel_width = 0.199e-3;
  cavity.wall_width = 1e-6;
  cavity.flow = 1e-6;
  cavity.inlet_temperature = 300.0;
  cavity.fluid_heat_capacity = 4e6;
  cavity.coefficient_top = cavity.coefficient_bottom = cavity.coefficient_side = 2e4;
  stack.cavities = {cavity};
  stack.grid.cell_x = 0.2e-3;
  stack.grid.cell_y = cell;
  return stack;
}

TEST(Coolant, RisesWithTheHeatAndStaysBelowTheWall) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Stack stack = cooled_plate(1e-3, CavityModel::porous);
  stack.blocks = {{.name = "heater", .layer = "plate", .power = 8.0}};
  stack.points = {
      {"in", "plate", 1e-3, 0.5e-3}, {"out", "plate", 1e-3, 19.5e-3}, {"coolant", "channels", 1e-3, 9.5e-3}};
  const SteadyResult result = solve_steady(stack);
  const double rise = 8.0 / (4e6 * 1e-6), flux = 8.0 / (2e-3 * 20e-3);
  const double above = flux * (1.0 / 2e4 + 0.05e-3 / 400.0);
  EXPECT_NEAR(result.coolants[0].outlet, 300.0 + rise, 1e-6);
  EXPECT_NEAR(result.coolants[0].heat, 8.0, 1e-7);
  // Upwind: a cell has the temperature of the coolant that leaves it.
  EXPECT_NEAR(result.points[2], 300.0 + rise * 10.0 / 20.0, 1e-3);
  EXPECT_NEAR(result.points[0], 300.0 + rise / 20.0 + above, 5e-3);
  EXPECT_NEAR(result.points[1], 300.0 + rise + above, 5e-3);
  EXPECT_NEAR(result.coolants[0].hottest_wall, 300.0 + rise + flux / 2e4, 5e-3);
}

// Under a plate of one temperature: T_out = T_w − (T_w − T_in)·exp(−U·A/C), to first order in the cell.
TEST(Coolant, ApproachesTheWallExponentially) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  const auto outlet = [](double cell, Closure closure) {
    Stack stack = cooled_plate(cell, CavityModel::porous);
    stack.layers.pop_back();  // the floor: its node would lie elsewhere in the central closure
    stack.faces = {face("plate", Side::top, 1e9, 350.0)};
    stack.grid.closure = closure;
    return solve_steady(stack).coolants[0].outlet;
  };
  const double conductance = 2e-3 * 20e-3 / (1.0 / 2e4 + 0.1e-3 / 400.0 + 1e-9);
  const double exact = 350.0 - 50.0 * std::exp(-conductance / 4.0);
  const double coarse = outlet(1e-3, Closure::upwind) - exact, fine = outlet(0.5e-3, Closure::upwind) - exact;
  EXPECT_NEAR(fine, 0.0, 0.05);
  EXPECT_NEAR(coarse / fine, 2.0, 0.05);
  EXPECT_NEAR(outlet(0.5e-3, Closure::central), exact, 0.2);
}

TEST(Coolant, FlowsInFourDirections) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  const auto hottest_at = [](Direction direction) {
    Stack stack = cooled_plate(0.5e-3, CavityModel::porous);
    stack.length = stack.width;
    stack.blocks = {{.name = "heater", .layer = "plate", .power = 1.0}};
    stack.grid.cell_x = 0.5e-3;
    stack.cavities[0].direction = direction;
    stack.points = {{"left", "plate", 0, 1e-3},
                    {"right", "plate", 2e-3, 1e-3},
                    {"low", "plate", 1e-3, 0},
                    {"high", "plate", 1e-3, 2e-3}};
    const std::vector<double> points = solve_steady(stack).points;
    return std::max_element(points.begin(), points.end()) - points.begin();
  };
  EXPECT_EQ(hottest_at(Direction::negative_x), 0);
  EXPECT_EQ(hottest_at(Direction::positive_x), 1);
  EXPECT_EQ(hottest_at(Direction::negative_y), 2);
  EXPECT_EQ(hottest_at(Direction::positive_y), 3);
}

// Channels that are resolved take the same heat, and what flows through each is the same.
TEST(Coolant, IsTheSameInEveryResolvedChannel) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Stack stack = cooled_plate(1e-3, CavityModel::resolved);
  stack.blocks = {{.name = "heater", .layer = "plate", .power = 8.0}};
  const SteadyResult result = solve_steady(stack);
  EXPECT_EQ(result.coolants[0].numbers.channels, 10);
  EXPECT_NEAR(result.coolants[0].outlet, 302.0, 1e-6);
  EXPECT_NEAR(result.coolants[0].outlet_max, 302.0, 0.02);
  EXPECT_LT(result.energy_balance, 1e-9);
}

// Without coefficients they follow from geometry and fluid, and the pressure drop with them.
TEST(Coolant, TakesItsCoefficientsFromGeometryAndFluid) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Stack stack = cooled_plate(1e-3, CavityModel::porous);
  stack.blocks = {{.name = "heater", .layer = "plate", .power = 8.0}};
  Cavity& cavity = stack.cavities[0];
  cavity.fluid_heat_capacity = cavity.coefficient_top = cavity.coefficient_bottom = 0.0;
  const SteadyResult warm = solve_steady(stack);
  EXPECT_NEAR(warm.coolants[0].numbers.capacity_flow, 4.16, 0.02);  // of water near 300 K
  EXPECT_GT(warm.coolants[0].numbers.coefficient_top, 1e4);
  EXPECT_GT(warm.coolants[0].numbers.pressure_drop, 1e3);
  EXPECT_NEAR(warm.coolants[0].numbers.pump_power, 1e-6 * warm.coolants[0].numbers.pressure_drop / 0.5,
              0.01 * warm.coolants[0].numbers.pump_power);
  cavity.fluid = Fluid::pg25;  // thicker, and holds less heat
  const SteadyResult thick = solve_steady(stack);
  EXPECT_GT(thick.coolants[0].numbers.pressure_drop, 1.3 * warm.coolants[0].numbers.pressure_drop);
  EXPECT_GT(thick.coolants[0].outlet, warm.coolants[0].outlet);
}

TEST(Coolant, IsSaidToBoil) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Stack stack = cooled_plate(1e-3, CavityModel::porous);
  stack.blocks = {{.name = "heater", .layer = "plate", .power = 8.0}};
  EXPECT_TRUE(solve_steady(stack).warnings.empty());
  stack.blocks[0].power = 80.0;  // 20 K of coolant and 100 K of film: 420 K, in 2 bar
  const SteadyResult result = solve_steady(stack);
  ASSERT_EQ(result.warnings.size(), 1U);
  EXPECT_EQ(result.warnings[0].path, "cavities.coolant");
  EXPECT_NE(result.warnings[0].message.find("boil"), std::string::npos) << result.warnings[0].message;
}

TEST(Coolant, NeedsItsPressure) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Stack stack = cooled_plate(1e-3, CavityModel::porous);
  stack.blocks = {{.name = "heater", .layer = "plate", .power = 8.0}};
  const double drop = solve_steady(stack).coolants[0].numbers.pressure_drop;
  stack.cavities[0].pressure = 1.01 * drop;
  EXPECT_TRUE(solve_steady(stack).warnings.empty());
  stack.cavities[0].pressure = 0.99 * drop;
  const SteadyResult result = solve_steady(stack);
  ASSERT_EQ(result.warnings.size(), 1U);
  EXPECT_EQ(result.warnings[0].path, "cavities.coolant");
  EXPECT_NE(result.warnings[0].message.find("pressure drop"), std::string::npos);
}

}  // namespace
}  // namespace waverack::thermal
