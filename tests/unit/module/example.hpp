#pragma once
// A module of nine lanes whose watts can be summed by hand.

#include "lanes.hpp"
#include "waverack/module/module.hpp"

namespace waverack::module {

inline Module nine_lanes() {
  Module module;
  module.lanes = 9;
  module.mac_rate_per_lane = 100e9;
  module.control_power = 1.0;
  module.conversion_efficiency = 0.8;
  module.cooling_power_ratio = 0.25;
  module.laser_head_room = from_db(1.0);
  return module;
}

// A laser of 20 dBm that takes 0.1 W/0.2·1.2 = 0.6 W and feeds four lanes; per lane 0.05 W and 0.1 W in the
// hosts, and in the module 0.2 W of driver, 0.02 W of heater and 0.04 W of TIA.
inline link::Lane lane_to_sum() {
  link::Lane lane;
  parts::CwLaser laser;
  laser.output_power = 0.1;
  laser.wall_plug_efficiency = 0.2;
  laser.efficiency_temperature = 0.0;
  laser.overhead = 0.2;
  parts::LaserPath path;
  path.ways = 4;
  path.connectors = 2;
  path.connector_loss = from_db(0.5);
  path.propagation_loss = 1.0;
  path.coupling_loss = from_db(1.5);
  path.split_excess_loss = from_db(0.3);
  lane.light = {lanes::instance(laser), lanes::instance(path)};

  parts::HostTransmitter transmitter;
  transmitter.power = 0.05;
  parts::LinearDriver driver;
  driver.power = 0.2;
  parts::MachZehnder modulator = lanes::ideal_modulator();
  modulator.insertion_loss = from_db(2.0);
  modulator.bias_power = 0.02;
  parts::Connector coupler;
  coupler.insertion_loss = from_db(1.5);
  parts::Fibre fibre;
  fibre.length = 500.0;
  fibre.attenuation = parts::from_db_per_cm(0.4e-5);  // 0.4 dB/km
  parts::Tia tia;
  tia.power = 0.04;
  parts::Receiver receiver;
  receiver.power = 0.1;
  lane.chain = {lanes::instance(transmitter), lanes::instance(driver),
                lanes::instance(modulator),   lanes::instance(coupler, "coupler_out"),
                lanes::instance(fibre),       lanes::instance(parts::Photodiode{}),
                lanes::instance(tia),         lanes::instance(receiver)};
  return lane;
}

// The same with its laser in a module of its own.
inline link::Lane lane_with_external_laser() {
  link::Lane lane = lane_to_sum();
  lane.light.front().place = parts::Place::laser;
  return lane;
}

// What the lane's solver tells a module.
inline link::LaneResult solved_lane(double margin_db, double received_average_power = 2e-3) {
  link::LaneResult result;
  result.optical = true;
  result.margin_db = margin_db;
  result.received_average_power = received_average_power;
  return result;
}

}  // namespace waverack::module
