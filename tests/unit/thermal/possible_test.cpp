// Powers at which nothing can be, and ranges. Expected values: the slab of heat_closed_forms_test.cpp, whose
// temperature is a sum of resistances.

#include "waverack/thermal/possible.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "needs_heat_solver.hpp"
#include "waverack/base/error.hpp"
#include "waverack/thermal/materials.hpp"
#include "waverack/thermal/steady.hpp"
#include "waverack/thermal/transient.hpp"

namespace waverack::thermal {
namespace {

// 1 cm², 1 mm of 2 W/(m K) and 1000 W/(m² K) below it: 15 K for each watt, above 300 K.
Stack slab(double power, double exponent = 0.0) {
  Stack stack;
  stack.width = stack.length = 10e-3;
  stack.materials = {
      {.name = "film", .conductivity = 1000.0, .heat_capacity = 1e6},
      {.name = "stuff", .conductivity = 2.0, .conductivity_exponent = exponent, .heat_capacity = 1e6}};
  stack.layers = {{.name = "film", .material = "film", .thickness = 1e-6},
                  {.name = "slab", .material = "stuff", .thickness = 1e-3, .cells = 20}};
  stack.blocks = {{.name = "heater", .layer = "film", .power = power}};
  stack.faces = {
      {.name = "cold", .layer = "slab", .side = Side::bottom, .coefficient = 1e3, .temperature = 300.0}};
  stack.grid.cell_x = 5e-3;
  return stack;
}

std::string refusal(const Stack& stack) {
  try {
    static_cast<void>(solve_steady(stack));
  } catch (const Error& error) {
    EXPECT_EQ(error.info().path, "blocks.heater.power");
    return error.info().message;
  }
  return {};
}

TEST(Possible, NothingIsBelowAbsoluteZero) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  EXPECT_EQ(refusal(slab(-19.9)), "");  // 1.5 K
  const std::string message = refusal(slab(-40.0));
  EXPECT_NE(message.find("300 K below absolute zero"), std::string::npos) << message;
  EXPECT_NE(message.find("heater with -40 W"), std::string::npos) << message;
}

TEST(Possible, NothingIsHotterThanSolids) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  EXPECT_EQ(refusal(slab(246.0)), "");  // 3990 K
  const std::string message = refusal(slab(248.0));
  EXPECT_NE(message.find("temperatures run away"), std::string::npos) << message;
  EXPECT_NE(message.find("heater"), std::string::npos) << message;
}

// Where conductivity falls with temperature no power ends as a failure of the solver.
TEST(Possible, LawsOfConductivityEndInAnswersOrRefusals) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  for (const double exponent : {-4.0, -1.3, 4.0})
    for (const double power : {-1e5, -1e3, 1e3, 1e5})
      EXPECT_NE(refusal(slab(power, exponent)), "") << exponent;
}

TEST(Possible, WarnsOutsideOfTheRangeOfMaterials) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  EXPECT_TRUE(solve_steady(slab(19.9)).warnings.empty());  // 598.5 K
  const SteadyResult hot = solve_steady(slab(30.0));       // 750 K
  ASSERT_EQ(hot.warnings.size(), 1u);
  EXPECT_EQ(hot.warnings[0].path, "layers.film");
  EXPECT_NE(hot.warnings[0].message.find("476.9 degC"), std::string::npos) << hot.warnings[0].message;
  EXPECT_NE(hot.warnings[0].message.find("2 layers"), std::string::npos) << hot.warnings[0].message;
  ASSERT_EQ(solve_steady(slab(-10.0)).warnings.size(), 1u);  // 150 K
}

// Far beyond the range conductivity is that of its end: resistances in series again, 2 W/(m K) at 300 K and
// half of it from 600 K for n = −1. Every cell of the slab is hotter than 600 K: 300 K + 100 W/(1e3 W/(m²
// K)·1 cm²) is at its face.
TEST(Possible, ConductivityIsHeldAtTheEndsOfItsRange) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  const double flux = 1e6;  // [W/m²]
  const SteadyResult result = solve_steady(slab(100.0, -1.0));
  EXPECT_NEAR(result.blocks[0].mean, 300.0 + flux / 1e3 + flux * 1e-3 / 1.0, 1e-2);
  // A law that starts outside of the range holds up to there.
  Material cold{
      .name = "cold", .conductivity = 1.0, .conductivity_exponent = -1.0, .reference_temperature = 77.0};
  EXPECT_EQ(conductivity_factor(cold, 77.0), 1.0);
  EXPECT_NEAR(conductivity_factor(cold, 154.0), 0.5, 1e-12);
  EXPECT_EQ(conductivity_factor(cold, 600.0), conductivity_factor(cold, 900.0));
}

// Glassbrenner and Slack 1964, table of silicon, second-hand (materials.hpp): the pure crystal, which
// conducts a few per cent better than dies of the facts, 120 to 150 W/(m K) at 300 K.
TEST(Possible, SiliconAsItWasMeasured) {
  const Material silicon = find_material({}, "silicon", "");
  const double measured[][2] = {{200.0, 266.0}, {250.0, 195.0}, {300.0, 156.0},
                                {400.0, 105.0}, {500.0, 80.0},  {600.0, 64.0}};
  for (const auto& [t, k] : measured) {
    const double ratio = silicon.conductivity * conductivity_factor(silicon, t) / k;
    EXPECT_GT(ratio, 0.935) << t;
    EXPECT_LT(ratio, 0.975) << t;
  }
}

TEST(Possible, StepsInTimeAreWatchedToo) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Stack stack = slab(1.0);
  stack.transient.step = 0.1;
  const auto run = [&](double power) {
    return solve_transient(stack, std::vector<PowerSlot>{{100.0, {power}}});
  };
  EXPECT_TRUE(run(10.0).warnings.empty());
  const TransientResult hot = run(30.0);
  ASSERT_EQ(hot.warnings.size(), 1u);
  EXPECT_EQ(hot.warnings[0].path, "layers.film");
  EXPECT_THROW(run(-40.0), Error);
}

}  // namespace
}  // namespace waverack::thermal
