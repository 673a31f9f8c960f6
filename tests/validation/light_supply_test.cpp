// Published laser modules, and the density of packages.

#include <gtest/gtest.h>

#include <cmath>

#include "waverack/design/solve.hpp"
#include "waverack/io/load.hpp"
#include "waverack/module/density.hpp"

namespace waverack {
namespace {

// The module of cpo-3.2t with another light; its lane is not solved.
module::ModuleResult with_light(const std::string& card, std::vector<std::string> settings = {}) {
  settings.push_back("lane.light.cw_laser.card=" + card);
  return baseline_of(io::load_design("cpo-3.2t", settings).loaded).module;
}

// Source: facts, photonics 5.3. Efficiency at the printed digit; the watts of the whole are those stated, to the
// rounding of an efficiency of three digits.
TEST(LightSupply, CardsOfPublishedModules) {
  const struct {
    const char* card;
    double efficiency_percent, digit, stated_w;
    int fibres;
  } rows[] = {{"els-8x4", 6.7, 0.05, 15.0, 8},
              {"els-16x20dbm", 12.3, 0.05, 13.0, 16},
              {"els-12x19dbm", 10.6, 0.05, 9.0, 12},
              {"els-8x19.5dbm", 5.9, 0.05, 12.0, 8},
              {"els-25dbm", 12.5, 0.05, 0.0, 8}};
  for (const auto& row : rows) {
    const module::LaserResult laser = with_light(row.card).laser;
    ASSERT_TRUE(laser.laser_modules) << row.card;
    EXPECT_NEAR(100.0 * laser.watts.efficiency, row.efficiency_percent, row.digit) << row.card;
    EXPECT_EQ(laser.laser_modules->fibres, row.fibres) << row.card;
    EXPECT_EQ(laser.laser_modules->stated_power_w, row.stated_w) << row.card;
    if (row.stated_w > 0.0) {
      EXPECT_NEAR(laser.laser_modules->power_w, row.stated_w, 0.005 * row.stated_w) << row.card;
    }
  }
}

// Source: facts, photonics 5.3, at a split of 1:4: 4.7 and 2.3 pJ/bit for IPEC-PELS at 100G and 200G per lane,
// 2.0 and 1.0 for Furukawa.
TEST(LightSupply, EnergyOfTheLight) {
  const auto picojoule = [](const char* card, const char* rate) {
    const module::ModuleResult result = with_light(card, {std::string("module.mac_rate_per_lane=") + rate});
    return result.laser.wall_plug_w / result.mac_rate / 1e-12;
  };
  EXPECT_NEAR(picojoule("els-8x4", "100 Gb/s"), 4.7, 0.05);
  EXPECT_NEAR(picojoule("els-8x4", "200 Gb/s"), 2.3, 0.05);
  EXPECT_NEAR(picojoule("els-16x20dbm", "100 Gb/s"), 2.0, 0.05);
  EXPECT_NEAR(picojoule("els-16x20dbm", "200 Gb/s"), 1.0, 0.05);
}

// The table of docs/theory/light-supply.md, section 2: the physics of els-dfb-cooled beside what makers state,
// all of which are upper limits. The lasers of 45 °C need 0.4 to 0.8 of that, and those of 30 °C come nearer.
TEST(LightSupply, PhysicsBesideWhatMakersState) {
  const struct {
    const char* power;
    int fibres;
    double case_c, stated_w, at_45c_w, at_30c_w;
  } rows[] = {{"21 dBm", 8, 55, 15, 0, 0},
              {"19 dBm", 12, 55, 9, 0, 0},
              {"19.5 dBm", 8, 55, 12, 0, 0},
              {"18 dBm", 8, 70, 15, 0, 0},
              {"20 dBm", 16, 55, 13, 0, 0}};
  for (const auto& row : rows) {
    const auto watts = [&](double cooler_c) {
      const std::string laser = "lane.light.diode_laser.";
      return with_light("els-dfb-cooled",
                        {laser + "output_power=" + row.power,
                         laser + "laser_module.fibres=" + std::to_string(row.fibres),
                         laser + "laser_module.case_rise=" + std::to_string(row.case_c - 25.0) + " K",
                         laser + "cooler.temperature=" + std::to_string(cooler_c) + " degC"})
          .laser.laser_modules->power_w;
    };
    EXPECT_NEAR(watts(45.0), row.at_45c_w, 0.05) << row.power;
    EXPECT_NEAR(watts(30.0), row.at_30c_w, 0.05) << row.power;
  }
}

// Source: facts, standards 9.1: about 140 Gb/s per mm of edge for the 3.2T module of the OIF. The faster variant
// needs neither more edge nor more fibres.
TEST(Density, OfTheEngines) {
  const auto of = [](const char* name) { return baseline_of(io::load_design(name).loaded).module; };
  const auto per_mm = [](const module::ModuleResult& result) {
    return module::rate_density(result.densities, "edge_pitch") * 1e-3 * 1e-9;
  };
  const module::ModuleResult half = of("cpo-3.2t"), full = of("cpo-6.4t");
  EXPECT_NEAR(per_mm(half), 140.0, 1.0);
  EXPECT_NEAR(per_mm(full), 2.0 * per_mm(half), 1e-9);
  EXPECT_EQ(full.laser.fibres.signal, half.laser.fibres.signal);
  EXPECT_EQ(full.laser.fibres.laser, half.laser.fibres.laser);
  EXPECT_LT(full.laser.fibres.edge, 1.0);  // they fit side by side
}

// Every built-in design says how much room it takes.
TEST(Density, EveryDesignHasAnOutline) {
  for (const std::string& name : io::design_names())
    EXPECT_EQ(baseline_of(io::load_design(name).loaded).module.densities.size(), 6u) << name;
}

}  // namespace
}  // namespace waverack
