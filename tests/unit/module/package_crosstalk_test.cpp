// The crosstalk matrix of a package. Expected values: reciprocity of heat conduction without flow, and
// superposition: at the conductivities of the solved package the rises above the surroundings are K·P, if
// nothing else is warm.

#include <gtest/gtest.h>

#include <memory>

#include "needs_heat_solver.hpp"
#include "unit/module/example.hpp"
#include "waverack/module/package_result.hpp"

namespace waverack::module {
namespace {

constexpr double surroundings = 303.15;

// Silicon whose conductivity falls with the temperature, cooled at one end of the row of modulators alone.
PackageResult studied(Module& module, double exponent) {
  thermal::Stack stack;
  stack.width = 9e-3;
  stack.length = 2e-3;
  stack.materials = {
      {.name = "silicon", .conductivity = 130.0, .conductivity_exponent = exponent, .heat_capacity = 1.6e6}};
  stack.layers = {{.name = "die", .material = "silicon", .thickness = 3e-4, .cells = 2},
                  {.name = "sink", .material = "silicon", .thickness = 3e-4, .width = 1e-3}};
  stack.blocks = {{.name = "photonics", .layer = "die"}};
  stack.faces = {{.name = "cold",
                  .layer = "sink",
                  .side = thermal::Side::bottom,
                  .coefficient = 1e4,
                  .temperature = surroundings}};
  stack.grid.cell_x = 0.5e-3;
  module = nine_lanes();
  module.conversion_efficiency = 1.0;
  module.control_power = 0.0;
  module.package.sites = {{"photonics", {"mach_zehnder"}, Sharing::along_x}};
  module.package.stack.value = std::make_shared<const thermal::Stack>(stack);
  link::Lane lane = lane_with_external_laser();
  lanes::part_of<parts::MachZehnder>(lane.chain).bias_power = 0.1;
  lanes::part_of<parts::MachZehnder>(lane.chain).phase_drift = 0.0;
  PackageResult result;
  result.heat = solve_package(module, lane, stack);
  result.cooling.worst_lane = 0;
  add_consequences(module, lane, 1, result);
  return result;
}

TEST(PackageCrosstalk, IsReciprocalAndFallsWithTheDistance) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Module module;
  const PackageResult result = studied(module, 0.0);
  ASSERT_TRUE(result.crosstalk);
  const Crosstalk& crosstalk = *result.crosstalk;
  ASSERT_EQ(crosstalk.pieces, 9);
  const auto at = [&](std::size_t warmed, std::size_t heated) {
    return crosstalk.kelvin_per_watt[warmed * 9 + heated];
  };
  for (std::size_t i = 0; i < 9; ++i)
    for (std::size_t j = 0; j < i; ++j) EXPECT_NEAR(at(i, j), at(j, i), 1e-4 * at(i, j)) << i << ' ' << j;
  // Heat flows to the cold end, so all pieces beyond a warmed one are as warm as heat from the last makes it.
  for (std::size_t i = 1; i < 9; ++i) {
    EXPECT_GT(at(i, i), at(i - 1, i - 1)) << i;
    EXPECT_NEAR(at(0, i), at(0, 8), 0.05 * at(0, 8)) << i;
  }
}

// At the working temperatures, 40 to 100 K above the surroundings, silicon conducts a fifth less: a matrix of
// another temperature misses by as much in what the die adds.
TEST(PackageCrosstalk, ItsSumIsTheFullSolve) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  for (const double exponent : {0.0, -1.3}) {
    Module module;
    const PackageResult result = studied(module, exponent);
    const SiteHeat& site = result.heat.sites[0];
    ASSERT_TRUE(result.crosstalk);
    for (std::size_t j = 0; j < 9; ++j) {
      double rise = 0.0;
      for (std::size_t i = 0; i < 9; ++i)
        rise += result.crosstalk->kelvin_per_watt[j * 9 + i] * site.watts[i];
      EXPECT_NEAR(rise, site.temperature[j] - surroundings, 1e-3 * (site.temperature[j] - surroundings)) << j;
    }
  }
}

}  // namespace
}  // namespace waverack::module
