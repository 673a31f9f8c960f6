// What failing lasers take down: closed forms and counts.

#include "waverack/module/redundancy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "unit/module/example.hpp"
#include "waverack/module/laser_supply.hpp"

namespace waverack::module {
namespace {

constexpr double hour = 3600.0, year = 8760.0 * hour;

double light_fails(double fit, int lasers) {
  return redundancy_of(fit * 1e-9 / hour, year, lasers, 0).light_fails;
}

// Facts, photonics 10: 32 lasers of 10 FIT 0.28 % a year, 8 of 100 FIT 0.70 %, 16 of 200 FIT 2.76 %.
// Tolerance: the printed digit.
TEST(Redundancy, FailuresOfAYear) {
  EXPECT_NEAR(100.0 * light_fails(10, 32), 0.28, 0.005);
  EXPECT_NEAR(100.0 * light_fails(100, 8), 0.70, 0.005);
  EXPECT_NEAR(100.0 * light_fails(200, 16), 2.76, 0.005);
}

// Facts, photonics 9: of lanes that work with 0.999 and 0.995, 32 of 32 do with 0.9685 and 0.8518; at least
// 32 of 33 with 0.99948 and 0.9881; of 34 with 0.999994 and 0.99933. The same law for lasers.
TEST(Redundancy, SparesByTheBinomialLaw) {
  const double rows[2][3] = {{0.9685, 0.99948, 0.999994}, {0.8518, 0.9881, 0.99933}};
  const double digits[2][3] = {{5e-5, 5e-6, 5e-7}, {5e-5, 5e-5, 5e-6}};
  const double fails[2] = {0.001, 0.005};
  for (int i = 0; i < 2; ++i)
    for (int spares = 0; spares < 3; ++spares)
      EXPECT_NEAR(1.0 - too_few_survive(32, 32 + spares, fails[i]), rows[i][spares], digits[i][spares]);
}

// Nothing is known of a laser that states no failures.
TEST(Redundancy, NeedsARate) {
  const Redundancy unknown = redundancy_of(0.0, year, 8, 1);
  EXPECT_EQ(unknown.lasers, 9);
  EXPECT_TRUE(std::isnan(unknown.light_fails));
}

// Without spares 1 − (1 − p)^n; with one of two 1 − (1 − p)² − 2p(1 − p) = p².
TEST(Redundancy, KeepsSmallProbabilities) {
  EXPECT_NEAR(too_few_survive(1, 2, 1e-9), 1e-18, 1e-26);
  EXPECT_NEAR(too_few_survive(8, 8, 1e-12), 8e-12, 1e-20);
  EXPECT_EQ(too_few_survive(0, 4, 0.5), 0.0);
  EXPECT_EQ(too_few_survive(4, 4, 0.0), 0.0);
}

struct Row {
  std::string what;
  int lanes, dark;
  double modules;
  bool operator==(const Row&) const = default;
};

std::vector<Row> rows(const LaserResult& laser) {
  std::vector<Row> list;
  for (const BlastRadius& item : laser.blast_radius)
    list.push_back({item.what, item.lanes, item.dark, item.modules});
  return list;
}

LaserResult supply(int lanes_of_module, int fibres, int wavelengths, int spares, int neighbours = 0) {
  link::Lane lane = lane_with_external_laser();
  lane.light.front().failures.rate = 100e-9 / hour;
  lanes::part_of<parts::CwLaser>(lane.light).laser_module = {fibres, wavelengths, spares, 0.0, 0.0};
  lane.neighbours.longer = neighbours;
  Module module = nine_lanes();
  module.lanes = lanes_of_module;
  return solve_laser_supply(module, lane, solved_lane(3.0), {});
}

// Facts, cluster 7.2: an ELS of 8 lasers with 4 lanes each takes 32 lanes down; an engine of 32 lanes is one
// engine. Two of 16 fibres feed two engines.
TEST(BlastRadius, CountsLanes) {
  EXPECT_THAT(rows(supply(32, 8, 1, 0)),
              testing::ElementsAre(Row{"fibre", 1, 1, 1}, Row{"laser", 4, 4, 1}, Row{"laser_fibre", 4, 4, 1},
                                   Row{"laser_module", 32, 32, 1}, Row{"module", 32, 32, 1}));
  EXPECT_THAT(rows(supply(32, 16, 1, 0)).back(), (Row{"laser_module", 64, 64, 2}));
}

// A spare keeps the lanes of a laser alight, not those of its fibre.
TEST(BlastRadius, ASpareStandsInForALaser) {
  const std::vector<Row> list = rows(supply(32, 8, 1, 1));
  EXPECT_THAT(list, testing::Contains(Row{"laser", 4, 0, 0}));
  EXPECT_THAT(list, testing::Contains(Row{"laser_fibre", 4, 4, 1}));
}

// Four wavelengths in a fibre: a signal fibre takes four lanes, a laser fibre of four lasers sixteen.
TEST(BlastRadius, WavelengthsShareAFibre) {
  const LaserResult laser = supply(32, 2, 4, 0, 3);
  EXPECT_THAT(rows(laser), testing::Contains(Row{"fibre", 4, 4, 1}));
  EXPECT_THAT(rows(laser), testing::Contains(Row{"laser_fibre", 16, 16, 1}));
  EXPECT_EQ(laser.fibres.laser, 2);
  EXPECT_EQ(laser.fibres.signal, 16);
  EXPECT_EQ(laser.fibres.wavelengths, 4);
}

// A laser inside the module has neither fibre nor module of its own.
TEST(BlastRadius, OfInternalLasers) {
  Module module = nine_lanes();
  const LaserResult laser = solve_laser_supply(module, lane_to_sum(), solved_lane(3.0), {});
  EXPECT_THAT(rows(laser),
              testing::ElementsAre(Row{"fibre", 1, 1, 1}, Row{"laser", 4, 4, 1}, Row{"module", 9, 9, 1}));
  EXPECT_FALSE(laser.laser_modules);
  EXPECT_EQ(laser.fibres.laser, 0);
  EXPECT_EQ(laser.fibres.signal, 18);
  EXPECT_EQ(laser.redundancy.lasers, 3);
}

// 8 lasers of 0.6 W in a laser module for 32 lanes: 4.8 W. A module of 9 lanes takes 3 of 8 lasers.
TEST(LaserModules, AreShared) {
  const LaserResult laser = supply(9, 8, 1, 1);
  ASSERT_TRUE(laser.laser_modules);
  EXPECT_NEAR(laser.laser_modules->share, 3.0 / 8.0, 1e-12);
  EXPECT_NEAR(laser.laser_modules->power_w, 4.8, 1e-12);
  EXPECT_EQ(laser.laser_modules->lanes, 32);
  EXPECT_EQ(laser.redundancy.lasers, 9);
  EXPECT_EQ(laser.redundancy.needed, 8);
}

// Facts, cluster 2: 32 engines of 3.2T make a switch of 102.4T; with half of 16 fibres each they need 16
// laser modules. 1 − (1 − q)^16 for the whole.
TEST(SwitchSupply, CountsWholeLaserModules) {
  ModuleResult module;
  module.mac_rate = 3.2e12;
  module.laser = supply(32, 16, 1, 0);
  const SwitchSupply of_switch = solve_switch_supply(module, 102.4e12);
  EXPECT_EQ(of_switch.modules, 32);
  EXPECT_EQ(of_switch.lasers, 256);
  EXPECT_EQ(of_switch.laser_modules, 16);
  EXPECT_EQ(of_switch.laser_fibres, 256);
  EXPECT_EQ(of_switch.signal_fibres, 2048);
  EXPECT_NEAR(of_switch.laser_w, 16 * 9.6, 1e-9);
  EXPECT_NEAR(of_switch.light_fails, 1.0 - std::pow(1.0 - module.laser.redundancy.light_fails, 16), 1e-12);
}

}  // namespace
}  // namespace waverack::module
