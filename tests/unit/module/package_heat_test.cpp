// A module in its package. Expected values: a uniform slab is one thermal resistance, so that watts and
// temperature are a straight line's fixed point; tolerances are those of the linear solver and of the rounds
// (1 mK).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "needs_heat_solver.hpp"
#include "unit/module/example.hpp"
#include "waverack/module/package_lanes.hpp"

namespace waverack::module {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr double millikelvin = 1e-3, ambient = 303.15;

// 9 x 4 mm of silicon, 1 mm thick, cooled from above; two blocks side by side, each over half of the length.
thermal::Stack slab(double coefficient) {
  thermal::Stack stack;
  stack.width = 9e-3;
  stack.length = 4e-3;
  stack.materials = {{.name = "slab", .conductivity = 1e4, .heat_capacity = 1e6}};
  stack.layers = {{.name = "die", .material = "slab", .thickness = 1e-3}};
  stack.blocks = {{.name = "electronics", .layer = "die", .length = 2e-3, .power = 5.0},
                  {.name = "photonics", .layer = "die", .y = 2e-3, .length = 2e-3, .power = 7.0}};
  stack.faces = {{.name = "air", .layer = "die", .coefficient = coefficient, .temperature = ambient}};
  stack.grid.cell_x = 0.5e-3;
  return stack;
}

Module packaged(std::vector<Site> sites) {
  Module module = nine_lanes();
  module.conversion_efficiency = 1.0;
  module.control_power = 0.0;
  module.package.sites = std::move(sites);
  return module;
}

template <class P>
P& part_of(link::Lane& lane) {
  for (parts::Instance& instance : lane.chain)
    if (P* part = std::get_if<P>(&instance.part)) return *part;
  throw std::logic_error("no such part");
}

// Nine drivers of 0.2 W·(1 + d·(T − 25 °C)) on one slab of resistance R = 1/(h·A) at T = T_a + R·P,
// conduction in the slab aside (k is 1e4): P = 1.8·(1 + d·(T_a − 298.15))/(1 − 1.8·d·R).
TEST(PackageHeat, WattsAndTemperaturesMeet) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  const double h = 2000.0, resistance = 1.0 / (h * 36e-6), drift = 0.01;
  link::Lane lane = lane_with_external_laser();
  part_of<parts::LinearDriver>(lane).power_drift = drift;
  const Module module = packaged({{"electronics", {"linear_driver"}, Sharing::together}});
  thermal::Stack stack = slab(h);
  stack.blocks[1].power = 0.0;
  const PackageHeat heat = solve_package(module, lane, stack);
  const double watts = 1.8 * (1.0 + drift * (ambient - 298.15)) / (1.0 - 1.8 * drift * resistance);
  EXPECT_NEAR(heat.sites[0].watts[0], watts, 1e-3);
  EXPECT_NEAR(heat.heat, watts, 1e-3);
  EXPECT_NEAR(heat.sites[0].temperature[0], ambient + resistance * watts, 0.02 * resistance * watts);
  EXPECT_LT(heat.last_change, millikelvin);
  EXPECT_LT(heat.steady.energy_balance, 1e-8);
}

// Blocks without a site keep the watts of the stack.
TEST(PackageHeat, OtherBlocksKeepTheirPower) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  const Module module =
      packaged({{"electronics", {"linear_driver", "tia", "mach_zehnder"}, Sharing::together}});
  link::Lane lane = lane_with_external_laser();
  part_of<parts::LinearDriver>(lane).power_drift = 0.0;
  part_of<parts::Tia>(lane).power_drift = 0.0;
  part_of<parts::MachZehnder>(lane).phase_drift = 0.0;
  const PackageHeat heat = solve_package(module, lane, slab(1e4));
  EXPECT_NEAR(heat.heat, 9 * 0.26 + 7.0, 1e-9);
  EXPECT_TRUE(heat.warnings.empty());
}

// Lanes along x: one piece each, and lanes that share a laser share its piece.
TEST(PackageHeat, LanesHavePiecesOfTheirOwn) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  const Module module = packaged(
      {{"electronics", {"cw_laser"}, Sharing::along_x}, {"photonics", {"mach_zehnder"}, Sharing::along_x}});
  PackageHeat heat = solve_package(module, lane_to_sum(), slab(1e4));
  EXPECT_EQ(heat.sites[0].temperature.size(), 3u);  // nine lanes, four to a laser
  EXPECT_EQ(heat.sites[1].temperature.size(), 9u);
  EXPECT_NEAR(heat.sites[0].watts[0], 0.6, 1e-9);
  const std::size_t laser_of[] = {0, 0, 0, 0, 1, 1, 1, 1, 2};
  heat.sites[0].temperature = {310.0, 320.0, 330.0};
  for (std::size_t lane = 0; lane < 9; ++lane)
    heat.sites[1].temperature[lane] = 340.0 + static_cast<double>(lane);
  for (std::size_t lane = 0; lane < 9; ++lane) {
    const link::Lane here = lane_at(lane_to_sum(), module, heat, static_cast<int>(lane));
    EXPECT_EQ(here.light.front().temperature, heat.sites[0].temperature[laser_of[lane]]) << lane;
    EXPECT_EQ(here.chain[2].temperature, heat.sites[1].temperature[lane]) << lane;
    EXPECT_FALSE(here.chain[1].temperature);
  }
}

// A temperature that the design states for a part is not replaced.
TEST(PackageHeat, StatedTemperaturesStay) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  const Module module = packaged({{"photonics", {"mach_zehnder"}, Sharing::together}});
  link::Lane lane = lane_with_external_laser();
  lane.chain[2].temperature = 350.0;
  EXPECT_EQ(lane_at(lane, module, solve_package(module, lane, slab(1e4)), 0).chain[2].temperature, 350.0);
}

TEST(PackageHeat, WatsOfTheModuleAreThoseAtWork) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  link::Lane lane = lane_with_external_laser();
  part_of<parts::LinearDriver>(lane).power_drift = 0.01;
  const Module module = packaged({{"electronics", {"linear_driver"}, Sharing::along_x}});
  const PackageHeat heat = solve_package(module, lane, slab(2000.0));
  const ModuleResult cold = solve(module, lane, solved_lane(3.0), {}),
                     warm = solve(module, lane, solved_lane(3.0), {}, &heat);
  double watts = 0.0;
  for (const double piece : heat.sites[0].watts) watts += piece;
  EXPECT_GT(watts, 1.8);
  // The last round's temperatures give these watts, so the table differs from them by less than a
  // millikelvin's.
  EXPECT_NEAR(warm.power_w.module - cold.power_w.module, watts - 1.8, 1e-4);
}

TEST(PackageHeat, SaysWhatHasNoPlace) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  const Module module = packaged({{"electronics", {"linear_driver", "tia"}, Sharing::together}});
  const PackageHeat heat = solve_package(module, lane_with_external_laser(), slab(1e4));
  ASSERT_EQ(heat.warnings.size(), 1u);
  EXPECT_THAT(heat.warnings[0].message, HasSubstr("mach_zehnder"));
}

std::string error_of(std::vector<Site> sites) {
  try {
    solve_package(packaged(std::move(sites)), lane_with_external_laser(), slab(1e4));
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(PackageHeat, RefusesSitesThatCannotBe) {
  EXPECT_THAT(error_of({{"electronic", {"tia"}}}), HasSubstr("no block 'electronic'"));
  EXPECT_THAT(error_of({{"electronics", {"tiа"}}}), HasSubstr("no part"));
  EXPECT_THAT(error_of({{"electronics", {"tia"}}, {"photonics", {"tia"}}}), HasSubstr("at another site"));
  EXPECT_THAT(error_of({{"electronics", {"tia"}}, {"electronics", {"linear_driver"}}}),
              HasSubstr("two sites"));
}

// Equally warm lanes are solved once and come out alike; a warmer one has less margin.
TEST(PackageLanes, EveryLaneAtItsTemperature) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Module module = packaged({{"electronics", {"tia"}, Sharing::along_x}});
  const link::Lane lane = lanes::complete_lane();
  PackageHeat heat = solve_package(module, lane, slab(1e4));
  heat.sites[0].temperature.assign(9, 300.0);
  heat.sites[0].temperature[3] = 380.0;
  const std::vector<LaneState> states = solve_lanes(module, lane, heat, 2);
  ASSERT_EQ(states.size(), 9u);
  EXPECT_EQ(states[0].margin_db, states[8].margin_db);
  EXPECT_LT(states[3].margin_db, states[0].margin_db);
  EXPECT_EQ(worst_lane(states).lane, 3);
  EXPECT_EQ(states[7].lane, 7);
}

}  // namespace
}  // namespace waverack::module
