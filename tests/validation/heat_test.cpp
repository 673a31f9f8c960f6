// The heat solver against published cases: 3D-ICE 4.0 as shipped and as run (facts: thermal 5 and 6). Our
// cell sizes, closure and heat transfer coefficients are theirs, so only printing and the linear solver may
// differ.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "thermal_stacks.hpp"
#include "waverack/thermal/steady.hpp"
#include "waverack/thermal/transient.hpp"

namespace waverack::thermal {
namespace {

using testing::DoubleNear;

struct IceRow {
  const char* name;
  IceCase stack;
  double die1, die2;  // [K]
};

class IceSteady : public testing::TestWithParam<IceRow> {};

TEST_P(IceSteady, AgreesToTheDigitsPrinted) {
  const SteadyResult result = solve_steady(ice_stack(GetParam().stack));
  // Ten digits are printed; the issue asks for 5 mK.
  EXPECT_THAT(result.points,
              testing::ElementsAre(DoubleNear(GetParam().die1, 2e-6), DoubleNear(GetParam().die2, 2e-6)));
  EXPECT_LT(result.energy_balance, 1e-8);
}

INSTANTIATE_TEST_SUITE_P(
    Facts5, IceSteady,
    testing::Values(
        IceRow{"mc2rm_background", {}, 324.6020273, 311.2513736},
        IceRow{
            "mc2rm_four_elements", {.elements_die1 = true, .elements_die2 = true}, 313.6291658, 311.2547765},
        IceRow{"mc4rm_background", {.resolved = true}, 324.5413503, 311.1648332},
        IceRow{"pf2rm_background", {.pins = true}, 318.7349833, 308.8262100},
        IceRow{
            "top_sink", {.cavity = false, .elements_die2 = true, .sink_top = true}, 307.8214789, 310.0076800},
        IceRow{"bottom_sink",
               {.cavity = false, .elements_die2 = true, .sink_bottom = true},
               307.4407097,
               310.3884483},
        IceRow{"both_sinks",
               {.cavity = false, .elements_die2 = true, .sink_top = true, .sink_bottom = true},
               303.7452006,
               305.0038461}),
    [](const auto& row) { return std::string(row.param.name); });

struct IceTimes {
  const char* name;
  bool resolved;
  double tolerance;                // three decimals are printed; the issue asks for 5 mK
  std::vector<double> die1, die2;  // at 0.02, 0.08, 0.10, 0.16 and 0.24 s [K]
};

class IceTransient : public testing::TestWithParam<IceTimes> {};

TEST_P(IceTransient, AgreesToTheDigitsPrinted) {
  Stack stack = ice_stack({.resolved = GetParam().resolved});
  // Nothing changes along x but channel and wall, so a tenth of the width has the same temperatures, but for
  // the half walls at the edges of the resolved case, which are felt by a millikelvin at its middle.
  stack.width /= 10.0;
  stack.points[0].x /= 10.0;
  stack.cavities[0].flow /= 10.0;
  for (Block& block : stack.blocks) block.power /= 10.0;
  stack.transient = {.step = 2e-3, .initial_temperature = 300.0, .method = TimeMethod::backward_euler};
  for (const double factor : {1.0, 0.0, 1.0})
    stack.transient.slots.push_back({.duration = 0.08, .factor = factor});
  const TransientResult result = solve_transient(stack, power_slots(stack));
  const std::vector<std::size_t> steps{10, 40, 50, 80, 120};
  for (std::size_t n = 0; n < steps.size(); ++n) {
    EXPECT_NEAR(result.points[steps[n]][0], GetParam().die1[n], GetParam().tolerance)
        << result.time[steps[n]];
    EXPECT_NEAR(result.points[steps[n]][1], GetParam().die2[n], GetParam().tolerance)
        << result.time[steps[n]];
  }
  EXPECT_LT(result.energy_balance, 1e-8);
}

INSTANTIATE_TEST_SUITE_P(Facts5, IceTransient,
                         testing::Values(IceTimes{"mc2rm",
                                                  false,
                                                  0.6e-3,
                                                  {323.538, 324.602, 301.064, 300.000, 324.602},
                                                  {311.174, 311.251, 300.077, 300.000, 311.251}},
                                         IceTimes{"mc4rm",
                                                  true,
                                                  2e-3,
                                                  {323.509, 324.541, 301.033, 300.000, 324.541},
                                                  {311.093, 311.165, 300.072, 300.000, 311.165}}),
                         [](const auto& row) { return std::string(row.param.name); });

struct EngineRow {
  const char* name;
  bool liquid;
  double cell;                                           // [m]
  double eic_max, eic_mean, pic_max, pic_min, pic_mean;  // [K]
  double outlet_max;                                     // [K]
  double tolerance;  // issue 6; means are printed to 0.1 mK, extremes to 1 mK
};

class Engine : public testing::TestWithParam<EngineRow> {};

TEST_P(Engine, AgreesWithTheTable) {
  const EngineRow& row = GetParam();
  const Stack stack = engine_stack(row.liquid, row.cell);
  const SteadyResult result = solve_steady(stack);
  const LayerTemperature &eic = result.layers[layer_index(stack, "eic", "")],
                         &pic = result.layers[layer_index(stack, "pic", "")];
  EXPECT_NEAR(eic.max, row.eic_max, row.tolerance);
  EXPECT_NEAR(eic.mean, row.eic_mean, row.tolerance);
  EXPECT_NEAR(pic.max, row.pic_max, row.tolerance);
  EXPECT_NEAR(pic.min, row.pic_min, row.tolerance);
  EXPECT_NEAR(pic.mean, row.pic_mean, row.tolerance);
  if (row.liquid) {
    EXPECT_NEAR(result.coolants[0].outlet_max, row.outlet_max, row.tolerance);
    EXPECT_NEAR(result.coolants[0].outlet, 315.490, 1e-3);  // by the energy check of the facts
  }
  EXPECT_LT(result.energy_balance, 1e-8);
}

INSTANTIATE_TEST_SUITE_P(Facts6, Engine,
                         testing::Values(EngineRow{"S400", false, 400e-6, 329.2130, 326.6547, 332.1270,
                                                   325.6380, 327.9744, 0.0, 2e-3},
                                         EngineRow{"S200", false, 200e-6, 329.2510, 326.6547, 333.0200,
                                                   325.6350, 327.9744, 0.0, 2e-3},
                                         EngineRow{"L400", true, 400e-6, 326.0700, 323.9053, 329.0480,
                                                   322.9990, 325.2257, 315.505, 2e-3}),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace waverack::thermal
