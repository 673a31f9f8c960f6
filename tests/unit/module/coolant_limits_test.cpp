// Limits of a coolant. Expected values: layers that conduct along z alone over a channel whose walls take
// heat with a stated coefficient, so that every column is a resistance of its own above a coolant that
// warms in proportion to the way; with P watts, c the heat capacity of a volume, V the flow and A the
// area
//   mean of the layer = inlet + P/(2cV) + P/(hA), hottest wall = inlet + P/(cV) + P/(hA).
// The thickness of the layer is left aside: it adds P·d/(kA) = 2 mK. Tolerances: those that
// coolant_limits.hpp states, 0.02 K of the inlet and 0.3 % of the flow; and the cells: upwind, half a cell of
// the way, 1/60 of the mean rise.

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
constexpr double cell_of_the_way = 1.0 / 60.0, of_the_flow = 0.003, of_the_inlet = 0.02;

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
  CoolantLimits limits() const {
    return *coolant_limits(module, lane, *module.package.stack.value, now.heat, now.cooling.worst_lane, 1);
  }
};

// The drivers' watts do not follow the temperature; the TIA's noise does, and so does the error ratio.
Studied study(const thermal::Stack& stack, Sharing sharing = Sharing::together) {
  Studied s;
  s.module = nine_lanes();
  s.module.conversion_efficiency = 1.0;
  s.module.control_power = 0.0;
  s.module.package.sites = {{"electronics", {"linear_driver", "tia"}, sharing}};
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

double ratio_when_warmer(const Studied& s, int lane, double warmer) {
  PackageHeat warm = s.now.heat;
  for (SiteHeat& site : warm.sites)
    for (double& t : site.temperature) t += warmer;
  return solve_lane(s.lane, s.module, warm, lane).ber_pre_fec;
}

// The limit of the error ratio is what the lane has 25 K warmer. So much warmer may the inlet be, and
// the coolant's mean rise so much higher. (At 20 K the error ratio steps by half a per cent, with the
// sampler's phase, where a kelvin moves it by 1.4 %: any limit there is good to 0.4 K.)
TEST(CoolantLimits, TheLaneEndsThem) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Studied s = study(channel(2e6));
  constexpr double warmer = 25.0;
  s.lane.ber_limit = ratio_when_warmer(s, 3, warmer);
  const CoolantLimits limits = s.limits();
  EXPECT_TRUE(limits.flows);
  EXPECT_EQ(limits.inlet_end, CoolantEnd::lane);
  EXPECT_NEAR(limits.highest_inlet, inlet + warmer, of_the_inlet);
  EXPECT_EQ(limits.flow_end, CoolantEnd::lane);
  const double slowed = (rise + warmer) / rise;
  // Cells three times as long give the coolant another share of the rise.
  EXPECT_NEAR(flow / limits.least_flow, slowed, (of_the_flow + 2 * cell_of_the_way) * slowed);
  EXPECT_NEAR(limits.least_share, limits.least_flow / flow, 1e-12);
}

// Lanes one behind the other along the flow: the coolant of the last is the warmest, and the slower it is the
// more so. The first to fail is found whichever lane the search begins with.
TEST(CoolantLimits, TheFirstOfAllLanesCounts) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Studied s = study(channel(2e6), Sharing::along_y);
  constexpr double warmer = 20.0, behind = 8.5 / 9.0;  // of the way, middle of the last piece
  s.lane.ber_limit = ratio_when_warmer(s, 8, warmer);
  for (const int begun_with : {0, 8}) {
    s.now.cooling.worst_lane = begun_with;
    const CoolantLimits limits = s.limits();
    EXPECT_EQ(limits.inlet_end, CoolantEnd::lane);
    EXPECT_EQ(limits.inlet_lane, 8) << begun_with;
    EXPECT_NEAR(limits.highest_inlet, inlet + warmer, of_the_inlet) << begun_with;
    EXPECT_EQ(limits.flow_lane, 8) << begun_with;
    const double slowed = (2.0 * rise * behind + warmer) / (2.0 * rise * behind);
    EXPECT_NEAR(flow / limits.least_flow, slowed, (of_the_flow + cell_of_the_way) * slowed) << begun_with;
  }
}

// A face in place of the coolant: surroundings take the place of the inlet, the coefficient that of the flow.
TEST(CoolantLimits, FacesHaveSurroundingsAndCoefficients) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  thermal::Stack stack = channel(2e6);
  stack.cavities.clear();
  stack.faces = {{.name = "air",
                  .layer = "die",
                  .side = thermal::Side::bottom,
                  .coefficient = 5e3,
                  .temperature = inlet}};
  Studied s = study(stack);
  const double above = watts / (5e3 * wall_area);
  EXPECT_NEAR(s.now.heat.sites[0].temperature[0], inlet + above, 0.002);
  constexpr double warmer = 20.0;
  s.lane.ber_limit = ratio_when_warmer(s, 3, warmer);
  const CoolantLimits limits = s.limits();
  EXPECT_FALSE(limits.flows);
  EXPECT_NEAR(limits.highest_inlet, inlet + warmer, of_the_inlet);
  EXPECT_NEAR(limits.least_share, above / (above + warmer), of_the_flow * limits.least_share);
  EXPECT_TRUE(std::isnan(limits.least_flow));
}

// Where a face takes the heat as well, the flow may stand still as far as the lanes care.
TEST(CoolantLimits, NothingEndsAFlowThatIsNotNeeded) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  thermal::Stack stack = channel(2e6);
  stack.faces = {{.name = "plate",
                  .layer = "die",
                  .side = thermal::Side::bottom,
                  .coefficient = 1e5,
                  .temperature = inlet}};
  const CoolantLimits limits = study(stack).limits();
  EXPECT_EQ(limits.flow_end, CoolantEnd::nothing);
  EXPECT_TRUE(std::isnan(limits.least_flow) && std::isnan(limits.least_share));
}

// Water boils at 120.2 °C under 2 bar (steam tables). The hottest wall is at the outlet.
TEST(CoolantLimits, BoilingEndsThem) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  const CoolantLimits limits = study(channel(2e5)).limits();
  constexpr double boiling = 393.35, steam_tables = 0.3;
  EXPECT_EQ(limits.inlet_end, CoolantEnd::boiling);
  EXPECT_NEAR(limits.highest_inlet, boiling - 2 * rise - through_the_wall,
              steam_tables + of_the_inlet + 2 * rise * cell_of_the_way);
  EXPECT_EQ(limits.flow_end, CoolantEnd::boiling);
  const double slowed = (boiling - inlet - through_the_wall) / (2 * rise);
  EXPECT_NEAR(flow / limits.least_flow, slowed, (of_the_flow + cell_of_the_way) * slowed);
}

// Air does not boil: the parts reach 150 °C in the mean of their piece.
TEST(CoolantLimits, PartsEndThem) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  thermal::Stack stack = channel(2e5);
  stack.cavities[0].fluid = thermal::Fluid::air;
  const CoolantLimits limits = study(stack).limits();
  constexpr double hottest = 423.15;
  EXPECT_EQ(limits.inlet_end, CoolantEnd::parts);
  EXPECT_NEAR(limits.highest_inlet, hottest - rise - through_the_wall,
              rise * cell_of_the_way + 0.002 + of_the_inlet);
  EXPECT_EQ(limits.flow_end, CoolantEnd::parts);
  const double slowed = (hottest - inlet - through_the_wall) / rise;
  EXPECT_NEAR(flow / limits.least_flow, slowed, (of_the_flow + 2 * cell_of_the_way) * slowed);
}

TEST(CoolantLimits, ALaneThatFailsHasNone) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Studied s = study(channel(2e5));
  s.lane.ber_limit = 1e-300;
  const CoolantLimits limits = s.limits();
  EXPECT_TRUE(std::isnan(limits.highest_inlet));
  EXPECT_TRUE(std::isnan(limits.least_flow));
  EXPECT_EQ(limits.inlet_end, CoolantEnd::lane);
  EXPECT_EQ(limits.inlet_lane, 3);
}

TEST(CoolantLimits, WithoutCoolantThereAreNone) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Studied s = study(channel(2e5));
  thermal::Stack stack = channel(2e5);
  stack.cavities.clear();
  s.module.package.stack.value = std::make_shared<const thermal::Stack>(stack);
  EXPECT_FALSE(coolant_limits(s.module, s.lane, stack, s.now.heat, 3, 1));
}

}  // namespace
}  // namespace waverack::module
