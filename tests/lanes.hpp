#pragma once
// Lanes built in code for validation and laws. "Ideal" parts have no memory, no noise and no mismatch, so
// that a case can switch on the one effect that it checks.

#include <string>
#include <utility>

#include "waverack/base/decibel.hpp"
#include "waverack/link/lane.hpp"
#include "waverack/parts/part.hpp"

namespace waverack::lanes {

// Bandwidth of parts that shall have none, and the SNDR of a transmitter without noise.
inline constexpr double very_wide = 1e16;  // [Hz]
inline constexpr double no_noise = 1e30;   // power ratio

inline double from_dbm(double dbm) { return 1e-3 * from_db(dbm); }

template <class P>
parts::Instance instance(P part, std::string name = std::string(parts::PartTraits<P>::type)) {
  parts::Instance result;
  result.name = std::move(name);
  result.place = parts::PartTraits<P>::place;
  result.part = std::move(part);
  return result;
}

// The part of type P in a chain.
template <class P>
P& part_of(std::vector<parts::Instance>& chain) {
  for (parts::Instance& item : chain)
    if (auto* part = std::get_if<P>(&item.part)) return *part;
  throw std::logic_error("no such part in the chain");
}

inline parts::HostTransmitter ideal_transmitter(double swing) {
  parts::HostTransmitter part;
  part.swing = swing;
  part.taps = {1.0};
  part.main_tap = 0;
  part.r_lm = 1.0;
  part.rise_time = 0.0;
  part.sndr = no_noise;
  part.random_jitter = part.dual_dirac_jitter = 0.0;
  return part;
}

// A single tap: gain and offset only.
inline parts::Receiver plain_receiver(double bandwidth_ratio) {
  parts::Receiver part;
  part.bandwidth_ratio = bandwidth_ratio;
  part.noise_density = 0.0;
  part.ffe_pre = part.ffe_post = 0;
  return part;
}

// Linear phase, no loss, perfect extinction, no reflection; V_pi = 1 V, at quadrature.
inline parts::MachZehnder ideal_modulator() {
  parts::MachZehnder part;
  part.v_pi_l = part.length = 1e-2;
  part.bias_voltage = 0.0;
  part.built_in_voltage = 1e9;
  part.insertion_loss = 1.0;
  part.phase_shifter_loss = part.loss_change = 0.0;
  part.static_extinction = from_db(200.0);
  part.rf_loss = 0.0;
  part.rc_bandwidth = very_wide;
  part.return_loss = from_db(200.0);
  return part;
}

inline parts::CwLaser ideal_laser(double power) {
  parts::CwLaser part;
  part.output_power = power;
  part.rin = 0.0;
  part.linewidth = 0.0;
  return part;
}

inline parts::Photodiode ideal_photodiode(double responsivity) {
  parts::Photodiode part;
  part.responsivity = responsivity;
  part.dark_current = 0.0;
  part.bandwidth = very_wide;
  part.return_loss = from_db(200.0);
  return part;
}

// Without noise, gain control, compression and wander.
inline parts::Tia linear_tia() {
  parts::Tia part;
  part.bandwidth = very_wide;
  part.output_swing = 1e6;
  part.saturation_swing = 1e6;
  part.noise_density = 0.0;
  part.offset_loop_corner = 0.0;
  return part;
}

inline link::Lane electrical_lane(double symbol_rate, link::Modulation modulation,
                                  parts::HostTransmitter transmitter, parts::Receiver receiver) {
  link::Lane lane;
  lane.symbol_rate = symbol_rate;
  lane.modulation = modulation;
  lane.fec = link::Fec::none;
  lane.pattern = link::Pattern::prbs13q;
  lane.chain = {instance(std::move(transmitter)), instance(receiver)};
  return lane;
}

// Transmitter, modulator, photodiode, TIA, receiver.
inline link::Lane optical_lane(double symbol_rate, link::Modulation modulation,
                               parts::HostTransmitter transmitter, parts::CwLaser laser,
                               parts::MachZehnder modulator, parts::Photodiode photodiode, parts::Tia tia,
                               parts::Receiver receiver) {
  link::Lane lane = electrical_lane(symbol_rate, modulation, std::move(transmitter), receiver);
  lane.light = {instance(laser)};
  lane.chain.insert(lane.chain.begin() + 1, {instance(modulator), instance(photodiode), instance(tia)});
  return lane;
}

// Two segments with a part of every type but the file channel and the other modulators, at defaults that make
// a working 53 GBd lane.
template <class Modulator = parts::MachZehnder>
link::Lane complete_lane(Modulator modulator = {}) {
  link::Lane lane;
  lane.pattern = link::Pattern::prbs13q;
  parts::CwLaser laser;
  laser.output_power = from_dbm(17.0);
  lane.light = {instance(laser), instance(parts::LaserPath{})};
  parts::LinearDriver driver;
  driver.gain = from_db(10.0);
  parts::Tia tia;
  tia.bandwidth = 40e9;
  parts::Twinax twinax;
  twinax.length = 0.2;
  parts::Connector first, second;
  second.return_loss = from_db(35.0);
  lane.chain = {instance(parts::HostTransmitter{}),
                instance(parts::PackageLine{}),
                instance(twinax),
                instance(parts::AcCoupling{}),
                instance(parts::Retimer{}),
                instance(driver),
                instance(std::move(modulator)),
                instance(parts::TestPoint{}, "tp2"),
                instance(first, "near"),
                instance(parts::Fibre{}),
                instance(second, "far"),
                instance(parts::Photodiode{}),
                instance(tia),
                instance(parts::Receiver{})};
  return lane;
}

}  // namespace waverack::lanes
