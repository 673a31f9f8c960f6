// The watts of a module. Expected values: sums by hand over the lane of example.hpp, by equations 1 to 3 of
// docs/theory/module-power.md. They are exact, so the tolerance is that of rounding.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/module/example.hpp"

namespace waverack::module {
namespace {

constexpr double solve_rounding = 1e-12;

ModuleResult solved(const Module& module, const link::Lane& lane, const Provenance& provenance = {}) {
  return solve(module, lane, solved_lane(3.0), provenance);
}

const PowerItem& item(const ModuleResult& result, std::string_view name) {
  for (const PowerItem& candidate : result.items)
    if (candidate.name == name) return candidate;
  throw std::logic_error("no line " + std::string(name));
}

std::vector<std::string> names(const ModuleResult& result) {
  std::vector<std::string> list;
  for (const PowerItem& line : result.items) list.push_back(line.name);
  return list;
}

// In the module 9 · 0.26 W, three lasers of 0.6 W and 1 W of control: 5.14 W; converters of 80 % lose 1.285
// W. Hosts 9 · 0.15 W = 1.35 W. Cooling takes a quarter of 7.775 W.
TEST(ModulePower, WithAnInternalLaser) {
  const Boundaries watts = solved(nine_lanes(), lane_to_sum()).power_w;
  EXPECT_NEAR(watts.module, 6.425, solve_rounding);
  EXPECT_NEAR(watts.with_laser, 6.425, solve_rounding);
  EXPECT_NEAR(watts.with_host, 7.775, solve_rounding);
  EXPECT_NEAR(watts.with_cooling, 9.71875, solve_rounding);
}

// Outside, the 1.8 W of the lasers do not pass the converters: 3.34 W and 0.835 W inside.
TEST(ModulePower, WithAnExternalLaser) {
  const Boundaries watts = solved(nine_lanes(), lane_with_external_laser()).power_w;
  EXPECT_NEAR(watts.module, 4.175, solve_rounding);
  EXPECT_NEAR(watts.with_laser, 5.975, solve_rounding);
  EXPECT_NEAR(watts.with_host, 7.325, solve_rounding);
  EXPECT_NEAR(watts.with_cooling, 9.15625, solve_rounding);
}

// Both directions over the MAC rate of one: 900 Gb/s.
TEST(ModulePower, PerBit) {
  const ModuleResult result = solved(nine_lanes(), lane_with_external_laser());
  EXPECT_EQ(result.mac_rate, 900e9);
  EXPECT_NEAR(result.energy_per_bit.module, 4.175 / 900e9, 1e-24);
  EXPECT_NEAR(result.energy_per_bit.with_laser, 5.975 / 900e9, 1e-24);
  EXPECT_NEAR(result.energy_per_bit.with_host, 7.325 / 900e9, 1e-24);
  EXPECT_NEAR(result.energy_per_bit.with_cooling, 9.15625 / 900e9, 1e-24);
}

// 53.125 GBd of PAM4 carry 106.25 Gb/s, of PAM6 132.8 Gb/s.
TEST(ModulePower, WarnsOfARateThatTheLineDoesNotCarry) {
  Module module = nine_lanes();
  module.mac_rate_per_lane = 120e9;
  link::Lane lane = lane_to_sum();
  lane.symbol_rate = 53.125e9;
  const auto warnings = solved(module, lane).warnings;
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_EQ(warnings[0].path, "module.mac_rate_per_lane");
  EXPECT_EQ(warnings[0].message, "a lane carries 106.2 Gb/s on its line, less than the 120 Gb/s stated");
  lane.modulation = link::Modulation::pam6;
  EXPECT_THAT(solved(module, lane).warnings, testing::IsEmpty());
}

TEST(ModulePower, WithoutLight) {
  link::Lane lane;
  parts::HostTransmitter transmitter;
  transmitter.power = 0.05;
  lane.chain = {lanes::instance(transmitter), lanes::instance(parts::Receiver{})};
  lanes::part_of<parts::Receiver>(lane.chain).power = 0.1;
  const ModuleResult result = solve(nine_lanes(), lane, {}, {});
  EXPECT_FALSE(result.laser.present);
  EXPECT_NEAR(result.power_w.module, 1.25, solve_rounding);  // control and its converters
  EXPECT_EQ(result.power_w.with_laser, result.power_w.module);
  EXPECT_NEAR(result.power_w.with_host, 2.6, solve_rounding);
  EXPECT_THAT(result.warnings, testing::IsEmpty());
}

TEST(ModulePower, LinesOfTheTable) {
  const ModuleResult result = solved(nine_lanes(), lane_with_external_laser());
  // In the order of the chain, then lasers, control, losses, cooling; what draws nothing is left out.
  EXPECT_THAT(names(result),
              testing::ElementsAre("lane.chain.host_transmitter", "lane.chain.linear_driver",
                                   "lane.chain.mach_zehnder", "lane.chain.tia", "lane.chain.receiver",
                                   "lane.light.cw_laser", "module.control", "module.conversion_loss",
                                   "module.cooling"));
  const PowerItem& driver = item(result, "lane.chain.linear_driver");
  EXPECT_EQ(driver.meter, Meter::module);
  EXPECT_EQ(driver.count, 9);
  EXPECT_EQ(driver.unit_w, 0.2);
  EXPECT_NEAR(driver.total_w, 1.8, solve_rounding);
  EXPECT_EQ(item(result, "lane.chain.host_transmitter").meter, Meter::host);
  EXPECT_EQ(item(result, "lane.chain.receiver").meter, Meter::host);
  EXPECT_EQ(item(result, "lane.chain.mach_zehnder").label, "mach_zehnder, bias");
  const PowerItem& laser = item(result, "lane.light.cw_laser");
  EXPECT_EQ(laser.meter, Meter::laser);
  EXPECT_EQ(laser.count, 3);
  EXPECT_NEAR(laser.unit_w, 0.6, solve_rounding);
  EXPECT_NEAR(item(result, "module.conversion_loss").total_w, 0.835, solve_rounding);
  EXPECT_EQ(item(result, "module.cooling").meter, Meter::cooling);
  EXPECT_EQ(item(solved(nine_lanes(), lane_to_sum()), "lane.light.cw_laser").meter, Meter::module);
}

// Every line counts under one boundary, and the widest holds them all.
TEST(ModulePower, LinesAddUpToTheWidestBoundary) {
  for (const link::Lane& lane : {lane_to_sum(), lane_with_external_laser(), lanes::complete_lane()}) {
    const ModuleResult result = solved(nine_lanes(), lane);
    double sum = 0.0;
    for (const PowerItem& line : result.items) {
      EXPECT_NEAR(line.total_w, line.count * line.unit_w, solve_rounding) << line.name;
      sum += line.total_w;
    }
    EXPECT_NEAR(sum, result.power_w.with_cooling, solve_rounding);
  }
}

TEST(ModulePower, ARetimerIsTwoLines) {
  link::Lane lane = lane_to_sum();
  parts::Retimer retimer;
  retimer.input.power = 0.3;
  retimer.output.power = 0.07;
  lane.chain.insert(lane.chain.begin() + 1, lanes::instance(retimer, "dsp_tx"));
  const ModuleResult result = solved(nine_lanes(), lane);
  EXPECT_NEAR(item(result, "lane.chain.dsp_tx.input").total_w, 2.7, solve_rounding);
  EXPECT_NEAR(item(result, "lane.chain.dsp_tx.output").total_w, 0.63, solve_rounding);
  EXPECT_EQ(item(result, "lane.chain.dsp_tx.input").label, "dsp_tx, receiving half");
  EXPECT_EQ(item(result, "lane.chain.dsp_tx.output").label, "dsp_tx, sending half");
  // 6.425 W and what 80 % converters take for 3.33 W more.
  EXPECT_NEAR(result.power_w.module, 6.425 + 3.33 / 0.8, solve_rounding);
}

// A part's place decides where it counts: a driver on the host's die passes no converter.
TEST(ModulePower, APartThatIsMovedToTheHost) {
  link::Lane lane = lane_with_external_laser();
  lane.chain[1].place = parts::Place::host;
  const ModuleResult result = solved(nine_lanes(), lane);
  EXPECT_NEAR(result.power_w.module, (9 * 0.06 + 1.0) / 0.8, solve_rounding);
  EXPECT_NEAR(result.power_w.with_host, (9 * 0.06 + 1.0) / 0.8 + 1.8 + 9 * 0.35, solve_rounding);
}

// The heater of a ring gives what the light that the ring absorbs does not: both shift by as much per watt.
TEST(ModulePower, ARingIsItsHeater) {
  link::Lane lane = lane_to_sum();
  parts::MicroRing ring;
  ring.detuning = 1.0;
  ring.absorbed_heat = 1.0;
  ring.resonance_extinction = from_db(100.0);  // half of the light is absorbed at one half-width
  for (parts::Instance& item : lane.chain)
    if (parts::as<parts::MachZehnder>(item)) item = lanes::instance(ring);
  const ModuleResult result = solved(nine_lanes(), lane);
  const double light = 0.1 / 4.0 / from_db(2.0 * 0.5 + 1.5 + 0.3);
  EXPECT_EQ(item(result, "lane.chain.micro_ring").label, "micro_ring, heater");
  EXPECT_NEAR(item(result, "lane.chain.micro_ring").unit_w, 0.5 * 5.7 / 73.0 - 0.5 * light, 1e-6);
}

TEST(ModulePower, PerfectConvertersHaveNoLine) {
  Module module = nine_lanes();
  module.conversion_efficiency = 1.0;
  module.cooling_power_ratio = 0.0;
  const ModuleResult result = solved(module, lane_with_external_laser());
  EXPECT_NEAR(result.power_w.module, 3.34, solve_rounding);
  EXPECT_EQ(result.power_w.with_cooling, result.power_w.with_host);
  EXPECT_THAT(names(result), testing::Not(testing::Contains("module.conversion_loss")));
  EXPECT_THAT(names(result), testing::Not(testing::Contains("module.cooling")));
}

TEST(ModulePower, LinesTellWhatStandsBehindThem) {
  const auto origin = [](Kind kind, std::string source) {
    Origin result;
    result.kind = kind;
    result.source = std::move(source);
    return result;
  };
  const Provenance provenance{{"lane.chain.linear_driver.power", origin(Kind::datasheet, "sheet 1")},
                              {"lane.chain.mach_zehnder.bias_power", origin(Kind::measured, "sheet 2")},
                              {"lane.light.cw_laser.wall_plug_efficiency", origin(Kind::claim, "sheet 3")},
                              {"module.control_power", origin(Kind::assumed, "sheet 4")},
                              {"module.conversion_efficiency", origin(Kind::simulated, "sheet 5")},
                              {"module.cooling_power_ratio", origin(Kind::choice, "sheet 6")}};
  const ModuleResult result = solved(nine_lanes(), lane_to_sum(), provenance);
  const auto expect = [&](std::string_view name, Kind kind, std::string_view source) {
    EXPECT_EQ(item(result, name).kind, kind) << name;
    EXPECT_EQ(item(result, name).source, source) << name;
  };
  expect("lane.chain.linear_driver", Kind::datasheet, "sheet 1");
  expect("lane.chain.mach_zehnder", Kind::measured, "sheet 2");
  expect("lane.light.cw_laser", Kind::claim, "sheet 3");
  expect("module.control", Kind::assumed, "sheet 4");
  expect("module.conversion_loss", Kind::simulated, "sheet 5");
  expect("module.cooling", Kind::choice, "sheet 6");
  expect("lane.chain.tia", Kind::derived, "");
}

TEST(ModuleWarnings, AreNoneWhereTheLaserGivesEnough) {
  EXPECT_THAT(solve(nine_lanes(), lane_with_external_laser(), solved_lane(1.0001), {}).warnings,
              testing::IsEmpty());
}

// 20 dBm less a margin of 0.5 dB plus 1 dB of head room.
TEST(ModuleWarnings, OfALaserThatIsTooWeak) {
  const auto warnings = solve(nine_lanes(), lane_to_sum(), solved_lane(0.5), {}).warnings;
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings[0].path, "module.laser");
  EXPECT_EQ(warnings[0].message, "each laser gives 20.0 dBm but the lane needs 20.5 dBm with its head room");
}

// 27 dBm are beyond the 24.5 dBm of the highest class. That is no matter for a laser inside.
TEST(ModuleWarnings, OfAPowerBeyondAllClasses) {
  const auto external = solve(nine_lanes(), lane_with_external_laser(), solved_lane(-6.0), {}).warnings;
  ASSERT_EQ(external.size(), 2U);
  EXPECT_EQ(external[0].message, "each laser gives 20.0 dBm but the lane needs 27.0 dBm with its head room");
  EXPECT_EQ(external[1].path, "module.laser");
  EXPECT_EQ(external[1].message, "no ELSFP class gives the laser power that the lane needs");
  EXPECT_EQ(solve(nine_lanes(), lane_to_sum(), solved_lane(-6.0), {}).warnings.size(), 1U);
}

}  // namespace
}  // namespace waverack::module
