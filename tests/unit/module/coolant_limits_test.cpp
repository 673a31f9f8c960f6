// Limits of a coolant. Expected values: layers that conduct along z alone over a channel whose walls take
// heat with a stated coefficient, so that every column is a resistance of its own above a coolant that
// warms in proportion to the way; with P watts, c the heat capacity of a volume, V the flow and A the
// area
//   mean of the layer = inlet + P/(2cV) + P/(hA), hottest wall = inlet + P/(cV) + P/(hA).
// The thickness of the layer is left aside: it adds P·d/(kA) = 2 mK. Tolerances are those that
// coolant_limits.hpp states: 3 % of the flow; half a cell of the way, which
// is 1/60 of the mean rise, and thrice that where cells are three times as long.

#include "waverack/module/coolant_limits.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "needs_heat_solver.hpp"
#include "unit/module/example.hpp"

namespace waverack::module {
namespace {

constexpr double inlet = 303.15, water_capacity = 4e6, wall_coefficient = 2e4, wall_area = 36e-6;
constexpr double watts = 1.8;                                 // nine drivers
constexpr double rise = 5.0;                                  // of the coolant from inlet to mean [K]
constexpr double flow = watts / (2 * water_capacity * rise);  // [m³/s]
constexpr double through_the_wall = watts / (wall_coefficient * wall_area);
constexpr double cell_of_the_way = 1.0 / 60.0, of_the_flow = 0.03;

thermal::Stack channel(double pressure) {
  thermal::Stack stack;
  stack.width = 9e-3;
  stack.length = 4e-3;
  stack.materials = {
      {.name = "columns", .conductivity_x = 1e-3, .conductivity_y = 1e-3, .conductivity_z = 400.0}};
  stack.layers = {{.name = "lid", .material = "columns", .thickness = 1e-5},
                  {.name = "channels", .material = "columns", .thickness = 1e-4},
                  {.name = "die", .material = "columns", .thickness = 1e-5, .cells = 1}};
  stack.blocks = {{.name = "electronics", .layer = "die"}};
  thermal::Cavity cavity{.name = "coolant", .layer = "channels"};
  cavity.channel_width = cavity.wall_width = 50e-6;
  cavity.flow = flow;
  cavity.inlet_temperature = inlet;
  cavity.pressure = pressure;
  cavity.fluid_heat_capacity = water_capacity;
  cavity.coefficient_bottom = wall_coefficient;
  cavity.coefficient_top = 1e-3;  // heat leaves by the bottom alone
  stack.cavities = {cavity};
  stack.grid.cell_x = 1.5e-3;
  stack.grid.cell_y = 4e-3 / 60.0;
  return stack;
}

struct Studied {
  Module module;
  link::Lane lane;
  PackageResult now;
  CoolantLimits limits() const { return *coolant_limits(module, lane, now); }
};

// The drivers' watts do not follow the temperature; the TIA's noise does, and so does the error ratio.
Studied study(const thermal::Stack& stack) {
  Studied s;
  s.module = nine_lanes();
  s.module.conversion_efficiency = 1.0;
  s.module.control_power = 0.0;
  s.module.package.sites = {{"electronics", {"linear_driver", "tia"}, Sharing::together}};
  s.module.package.stack.value = std::make_shared<const thermal::Stack>(stack);
  s.lane = lanes::complete_lane();
  lanes::part_of<parts::LinearDriver>(s.lane.chain).power = watts / 9;
  lanes::part_of<parts::LinearDriver>(s.lane.chain).power_drift = 0.0;
  lanes::part_of<parts::Tia>(s.lane.chain).power = 0.0;
  s.lane.ber_limit = 0.4;  // never in the way
  s.now.heat = solve_package(s.module, s.lane, stack);
  s.now.cooling.worst_lane = 3;
  return s;
}

TEST(CoolantLimits, TheStackIsThatOfTheClosedForm) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  const Studied s = study(channel(2e5));
  EXPECT_NEAR(s.now.heat.heat, watts, 1e-9);
  EXPECT_NEAR(s.now.heat.sites[0].temperature[0], inlet + rise + through_the_wall,
              rise * cell_of_the_way + 0.002);
}

// The limit of the error ratio is what the lane has 20 K warmer. So much warmer may the inlet be, and
// the coolant's mean rise so much higher.
TEST(CoolantLimits, TheLaneEndsThem) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Studied s = study(channel(2e6));
  constexpr double warmer = 20.0, within = 0.5;  // the error ratio is that smooth over the temperature [K]
  PackageHeat warm = s.now.heat;
  for (SiteHeat& site : warm.sites)
    for (double& t : site.temperature) t += warmer;
  s.lane.ber_limit = solve_lane(s.lane, s.module, warm, 3).ber_pre_fec;
  ASSERT_TRUE(keeps_limit(s.lane, s.module, s.now.heat, 3, warmer - within));
  ASSERT_FALSE(keeps_limit(s.lane, s.module, s.now.heat, 3, warmer + within));
  const CoolantLimits limits = s.limits();
  EXPECT_EQ(limits.inlet_end, CoolantEnd::lane);
  EXPECT_NEAR(limits.highest_inlet, inlet + warmer, within);
  EXPECT_EQ(limits.flow_end, CoolantEnd::lane);
  const double slowed = (rise + warmer) / rise;
  EXPECT_NEAR(flow / limits.least_flow, slowed,
              (of_the_flow + 3 * cell_of_the_way + within / warmer) * slowed);
}

// Water boils at 120.2 °C under 2 bar (steam tables). The hottest wall is at the outlet.
TEST(CoolantLimits, BoilingEndsThem) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  const CoolantLimits limits = study(channel(2e5)).limits();
  constexpr double boiling = 393.35, steam_tables = 0.3;
  EXPECT_EQ(limits.inlet_end, CoolantEnd::boiling);
  EXPECT_NEAR(limits.highest_inlet, boiling - 2 * rise - through_the_wall,
              steam_tables + 2 * rise * cell_of_the_way);
  EXPECT_EQ(limits.flow_end, CoolantEnd::boiling);
  const double slowed = (boiling - inlet - through_the_wall) / (2 * rise);
  EXPECT_NEAR(flow / limits.least_flow, slowed, (of_the_flow + 3 * cell_of_the_way) * slowed);
}

// Air does not boil: the parts reach 150 °C in the mean of their piece.
TEST(CoolantLimits, PartsEndThem) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  thermal::Stack stack = channel(2e5);
  stack.cavities[0].fluid = thermal::Fluid::air;
  const CoolantLimits limits = study(stack).limits();
  constexpr double hottest = 423.15;
  EXPECT_EQ(limits.inlet_end, CoolantEnd::parts);
  EXPECT_NEAR(limits.highest_inlet, hottest - rise - through_the_wall, rise * cell_of_the_way + 0.002);
  EXPECT_EQ(limits.flow_end, CoolantEnd::parts);
  const double slowed = (hottest - inlet - through_the_wall) / rise;
  EXPECT_NEAR(flow / limits.least_flow, slowed, (of_the_flow + 3 * cell_of_the_way) * slowed);
}

TEST(CoolantLimits, ALaneThatFailsHasNone) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Studied s = study(channel(2e5));
  s.lane.ber_limit = 1e-300;
  const CoolantLimits limits = s.limits();
  EXPECT_TRUE(std::isnan(limits.highest_inlet));
  EXPECT_TRUE(std::isnan(limits.least_flow));
}

TEST(CoolantLimits, WithoutCoolantThereAreNone) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Studied s = study(channel(2e5));
  thermal::Stack stack = channel(2e5);
  stack.cavities.clear();
  s.module.package.stack.value = std::make_shared<const thermal::Stack>(stack);
  EXPECT_FALSE(coolant_limits(s.module, s.lane, s.now));
}

}  // namespace
}  // namespace waverack::module
