// The reference table of receiver noise through the solver of a lane.

#include <gtest/gtest.h>

#include <cmath>
#include <iostream>
#include <numbers>

#include "lanes.hpp"
#include "waverack/link/segment.hpp"
#include "waverack/signal/pattern.hpp"
#include "waverack/signal/special.hpp"

namespace waverack {
namespace {

constexpr double noise_bandwidth = 60e9;

// The error ratio of one eye: a PAM2 lane between two neighbouring levels of the PAM4 signal, so that the
// levels are equally spaced whatever the modulator's law is. A Gaussian of 60 GHz noise bandwidth is the only
// filter; the symbols are long enough for each level to settle and to have the noise of its own power.
double eye_error_ratio(double lower_power, double upper_power) {
  const double bandwidth = noise_bandwidth / (0.5 * std::sqrt(std::numbers::pi / std::numbers::ln2));
  // P = P_L/2·(1 + sin(π·v/V_π)), V_π = 1 V: the laser at the sum of both levels, and the drive for their
  // ratio.
  const double laser = lower_power + upper_power;
  const double drive = std::asin((upper_power - lower_power) / laser) / std::numbers::pi;
  parts::CwLaser light = lanes::ideal_laser(laser);
  light.rin = from_db(-145.0);
  parts::Tia tia = lanes::linear_tia();
  tia.noise_density = 16e-12;
  const link::Lane lane = lanes::optical_lane(
      bandwidth / 2.0, link::Modulation::pam2, lanes::ideal_transmitter(2.0 * drive), light,
      lanes::ideal_modulator(), lanes::ideal_photodiode(0.9), tia, lanes::plain_receiver(2.0));
  link::Plan plan = link::make_plan(lane);
  plan.segments.front().elements.back().response = signal::gaussian_filter(bandwidth);
  std::vector<std::uint8_t> symbols = signal::prbs_pam4(13);
  for (std::uint8_t& symbol : symbols) symbol >>= 1;
  return link::solve_segment(plan.segments.front(), plan.conditions, symbols, {}).outcome.ber;
}

// Source: facts, photonics 6.4 [computed]: PAM4, ER 4 dB, 0.9 A/W, 16 pA/√Hz, 60 GHz of noise bandwidth, RIN
// −145 dB/Hz, no intersymbol interference. Tolerance: Q to 0.5 %, twice the last printed digit, of which the
// best threshold against the table's (I2 − I1)/(σ1 + σ2) takes 0.3 %; the BER follows with Q², hence 7 %.
TEST(ReceiverNoise, TableOfFourOpticalPowers) {
  const struct {
    double oma_dbm, ber, q_top, q_bottom;
  } rows[] = {{-8, 1.1e-6, 4.48, 5.27},
              {-6, 1.5e-9, 5.71, 7.42},
              {-4, 3.2e-12, 6.67, 9.68},
              {-3, 2.8e-13, 7.02, 10.7}};
  for (const auto& row : rows) {
    const double oma = lanes::from_dbm(row.oma_dbm), extinction = from_db(4.0);
    const double lowest = oma / (extinction - 1.0);
    double ber = 0.0;
    std::vector<double> q;
    for (int eye = 0; eye < 3; ++eye) {
      const double error_ratio = eye_error_ratio(lowest + oma * eye / 3.0, lowest + oma * (eye + 1) / 3.0);
      q.push_back(signal::inverse_q(error_ratio));
      ber += 0.25 * error_ratio;
    }
    EXPECT_NEAR(q[2] / row.q_top, 1.0, 0.005) << row.oma_dbm << " dBm";
    EXPECT_NEAR(q[0] / row.q_bottom, 1.0, 0.005) << row.oma_dbm << " dBm";
    EXPECT_NEAR(ber / row.ber, 1.0, 0.07) << row.oma_dbm << " dBm";
    std::cout << row.oma_dbm << " dBm: BER " << ber << ", Q top " << q[2] << ", bottom " << q[0] << "\n";
  }
}

}  // namespace
}  // namespace waverack
