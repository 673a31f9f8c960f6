// Watts and laser budgets by hand.

#include <gtest/gtest.h>

#include <cmath>

#include "lanes.hpp"
#include "waverack/link/solve.hpp"
#include "waverack/module/module.hpp"

namespace waverack {
namespace {

// A lane whose parts draw the watts of facts, photonics 8.3, column "CPO-MZM 100G" [computed/memory, a
// plausible split]: driver 1.3, TIA 0.5, bias and control 0.5, DC-DC loss 10 %, XSR SerDes 1.1, all in pJ/bit
// at 100 Gb/s.
link::Lane lane_of_known_watts(parts::CwLaser laser, parts::LaserPath path) {
  parts::HostTransmitter transmitter = lanes::ideal_transmitter(0.4);
  transmitter.power = 0.055;
  parts::Receiver receiver = lanes::plain_receiver(0.75);
  receiver.power = 0.055;
  parts::LinearDriver driver;
  driver.power = 0.13;
  parts::MachZehnder modulator = lanes::ideal_modulator();
  modulator.bias_power = 0.03;
  parts::Tia tia = lanes::linear_tia();
  tia.power = 0.05;
  link::Lane lane = lanes::optical_lane(53.125e9, link::Modulation::pam4, transmitter, laser, modulator,
                                        lanes::ideal_photodiode(0.9), tia, receiver);
  lane.chain.insert(lane.chain.begin() + 1, lanes::instance(driver));
  lane.light.front().place = parts::Place::laser;
  lane.light.push_back(lanes::instance(path));
  return lane;
}

parts::CwLaser source_of(double power_dbm, double electrical_watts, int channels) {
  parts::CwLaser laser = lanes::ideal_laser(lanes::from_dbm(power_dbm));
  laser.wall_plug_efficiency = laser.output_power * channels / electrical_watts;
  laser.overhead = 0.0;
  return laser;
}

// Sources: facts, photonics 5.3 [computed from claim and notes]. Furukawa: 16 channels of 20 dBm in 13 W,
// each split four ways: 64 lanes, 2.0 pJ/bit at 100G. IPEC-PELS: 8 of 21 dBm in 15 W: 32 lanes, 4.7 pJ/bit;
// efficiencies 12.3 and 6.7 %. Tolerance: the printed digit.
TEST(ModulePower, ExternalLasers) {
  const struct {
    double power_dbm, watts;
    int channels;
    double efficiency, picojoule, at_200g;
  } rows[] = {{20.0, 13.0, 16, 0.123, 2.0, 1.0}, {21.0, 15.0, 8, 0.067, 4.7, 2.3}};
  for (const auto& row : rows) {
    const parts::CwLaser laser = source_of(row.power_dbm, row.watts, row.channels);
    EXPECT_NEAR(laser.wall_plug_efficiency, row.efficiency, 5e-4);
    parts::LaserPath path;
    path.ways = 4;
    module::Module module;
    module.lanes = 4 * row.channels;
    module.mac_rate_per_lane = 100e9;
    const link::Lane lane = lane_of_known_watts(laser, path);
    module::ModuleResult result = module::solve(module, lane, link::LaneResult{}, {});
    EXPECT_EQ(result.laser.lasers, row.channels);
    EXPECT_NEAR(result.laser.wall_plug_w, row.watts, 1e-9);
    const double picojoule = (result.energy_per_bit.with_laser - result.energy_per_bit.module) / 1e-12;
    EXPECT_NEAR(picojoule, row.picojoule, 0.05);
    module.mac_rate_per_lane = 200e9;
    result = module::solve(module, lane, link::LaneResult{}, {});
    EXPECT_NEAR((result.energy_per_bit.with_laser - result.energy_per_bit.module) / 1e-12, row.at_200g, 0.05);
  }
}

// 32 lanes by hand: module (0.13 + 0.03 + 0.05)·32 + 0.64 W of control = 7.36 W, over 0.9 = 8.1778 W; 8
// lasers at 15 W; host 0.11·32 = 3.52 W; cooling 0.15 of (8.1778 + 15 + 3.52) = 4.0047 W. Over 3.2
// Tb/s: 2.556, 7.243, 8.343 and 9.595 pJ/bit. Tolerance: rounding.
TEST(ModulePower, FourBoundaries) {
  parts::LaserPath path;
  path.ways = 4;
  module::Module module;
  module.lanes = 32;
  module.mac_rate_per_lane = 100e9;
  module.control_power = 0.64;
  module.conversion_efficiency = 0.9;
  module.cooling_power_ratio = 0.15;
  const module::ModuleResult result =
      module::solve(module, lane_of_known_watts(source_of(21.0, 15.0, 8), path), link::LaneResult{}, {});
  EXPECT_NEAR(result.power_w.module, 8.17778, 1e-5);
  EXPECT_NEAR(result.power_w.with_laser, 23.17778, 1e-5);
  EXPECT_NEAR(result.power_w.with_host, 26.69778, 1e-5);
  EXPECT_NEAR(result.power_w.with_cooling, 30.70244, 1e-5);
  EXPECT_NEAR(result.energy_per_bit.module / 1e-12, 2.55556, 1e-5);
  EXPECT_NEAR(result.energy_per_bit.with_laser / 1e-12, 7.24306, 1e-5);
  EXPECT_NEAR(result.energy_per_bit.with_host / 1e-12, 8.34306, 1e-5);
  EXPECT_NEAR(result.energy_per_bit.with_cooling / 1e-12, 9.59451, 1e-5);
}

// Source: facts, photonics 7.4: losses per lane in order 0.5, 0.5, 1.5, 0.3, 3.5, 3 (modulation), 1.5,
// 0.7, 1.5 = 13.0 dB and the ideal 1:4 split of 6.0 dB; OMA −5 dBm at ER 4.5 dB is −4.8 dBm on average, 8.2
// dBm of continuous light per lane and 14.2 dBm per fibre, class HP because MP is 14 dBm ± 1.5 dB. The lane
// is solved: the drive gives the ER, the power follows. Tolerance 0.06 dB, the printed digit; average power
// 0.03 dB more because the sine law moves the inner levels outwards by 1.1 % of the outer ones without moving
// the mean.
TEST(ModulePower, LaserBudgetOfTheFacts) {
  const double extinction = from_db(4.5);
  const double drive = std::asin((extinction - 1.0) / (extinction + 1.0)) / std::numbers::pi;
  parts::CwLaser laser = lanes::ideal_laser(lanes::from_dbm(14.2));
  parts::LaserPath path;
  path.ways = 4;
  path.connectors = 2;
  path.connector_loss = from_db(0.5);
  path.coupling_loss = from_db(1.5);
  path.split_excess_loss = from_db(0.3);
  parts::MachZehnder modulator = lanes::ideal_modulator();
  modulator.insertion_loss = from_db(3.5);
  parts::HostTransmitter transmitter = lanes::ideal_transmitter(2.0 * drive);
  transmitter.rise_time = 4e-12;
  parts::Tia tia = lanes::linear_tia();
  tia.noise_density = 16e-12;
  link::Lane lane = lanes::optical_lane(53.125e9, link::Modulation::pam4, transmitter, laser, modulator,
                                        lanes::ideal_photodiode(0.9), tia, lanes::plain_receiver(0.75));
  lane.pattern = link::Pattern::ssprq;
  lane.light.front().place = parts::Place::laser;
  lane.light.push_back(lanes::instance(path));
  int index = 0;
  for (const double loss_db : {1.5, 0.7, 1.5}) {
    parts::Connector joint;
    joint.insertion_loss = from_db(loss_db);
    joint.return_loss = from_db(200.0);
    lane.chain.insert(lane.chain.begin() + 2 + index,
                      lanes::instance(joint, "joint_" + std::to_string(index)));
    ++index;
  }
  link::SolveOptions options;
  options.penalties = options.charts = false;
  link::LaneResult solved = link::solve(lane, options);
  EXPECT_NEAR(10.0 * std::log10(solved.received_average_power / 1e-3), -4.8, 0.06);
  EXPECT_NEAR(10.0 * std::log10(solved.received_oma_outer / 1e-3), -5.0, 0.06);

  // This light is what the lane needs: no margin left and no head room asked for.
  solved.margin_db = 0.0;
  module::Module module;
  module.lanes = 32;
  module.laser_head_room = 1.0;
  const module::ModuleResult result = module::solve(module, lane, solved, {});
  EXPECT_NEAR(result.laser.power_needed_dbm, 14.2, 1e-6);
  EXPECT_EQ(result.laser.elsfp_class, "HP");
  double sum = 0.0;
  for (const module::LaserStep& step : result.laser.ladder) sum += step.loss_db;
  EXPECT_NEAR(sum, 13.0 + 6.02, 0.06);
  EXPECT_NEAR(result.laser.ladder.back().power_dbm_after, -4.8, 0.06);
  // The optical margin makes the laser weaker, the head room stronger, both one for one.
  solved.margin_db = 2.5;
  module.laser_head_room = from_db(1.0);
  EXPECT_NEAR(module::solve(module, lane, solved, {}).laser.power_needed_dbm, 14.2 - 2.5 + 1.0, 1e-6);
}

}  // namespace
}  // namespace waverack
