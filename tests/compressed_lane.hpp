#pragma once
// A lane that bends its levels: the driver is driven into saturation, the modulator over most of its sine,
// and the TIA compresses, too. What the receiver's products of samples are for.

#include "lanes.hpp"

namespace waverack::lanes {

inline link::Lane compressed_lane(int volterra_second, int volterra_third) {
  parts::HostTransmitter transmitter = ideal_transmitter(0.5);
  transmitter.rise_time = 7.5e-12;
  transmitter.sndr = from_db(36.0);
  transmitter.random_jitter = 0.008;
  transmitter.dual_dirac_jitter = 0.008;
  parts::LinearDriver driver;
  driver.bandwidth = 40e9;
  driver.gain = from_db(9.0);
  driver.saturation_swing = 0.85;
  driver.noise_density = 4e-9;
  parts::CwLaser laser = ideal_laser(1e-3);
  laser.rin = from_db(-146.0);
  parts::Photodiode photodiode = ideal_photodiode(0.9);
  photodiode.bandwidth = 50e9;
  parts::Tia tia;
  tia.offset_loop_corner = 0.0;
  tia.bandwidth = 40e9;
  tia.output_swing = 10.0;  // the gain control is out of the way
  tia.saturation_swing = 0.9;
  tia.noise_density = 25e-12;
  parts::Receiver receiver = plain_receiver(0.75);
  receiver.noise_density = 3e-9;
  receiver.ffe_pre = 3;
  receiver.ffe_post = 8;
  receiver.volterra_second = volterra_second;
  receiver.volterra_third = volterra_third;
  parts::MachZehnder modulator = ideal_modulator();
  modulator.bias_voltage = 0.05;  // off the middle of the sine, so that levels are bent to one side, too
  link::Lane lane = optical_lane(53.125e9, link::Modulation::pam4, transmitter, laser, modulator, photodiode,
                                 tia, receiver);
  lane.chain.insert(lane.chain.begin() + 1, instance(driver));
  return lane;
}

}  // namespace waverack::lanes
