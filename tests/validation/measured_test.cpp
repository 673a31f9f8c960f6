// Published measured results, with the parameters of the papers.

#include <gtest/gtest.h>

#include <cmath>
#include <iostream>
#include <numbers>

#include "lanes.hpp"
#include "waverack/link/margin.hpp"
#include "waverack/link/solve.hpp"
#include "waverack/signal/pattern.hpp"
#include "waverack/signal/special.hpp"

namespace waverack {
namespace {

std::vector<std::uint8_t> symbols_for(link::Modulation modulation) {
  std::vector<std::uint8_t> symbols = signal::prbs_pam4(13);
  if (modulation == link::Modulation::pam2)
    for (std::uint8_t& symbol : symbols) symbol >>= 1;
  return symbols;
}

// Outer OMA at the photodiode at which the lane has the error ratio `ber` [dBm]. The modulator is ideal and
// at quadrature, so the OMA is known from laser power and drive.
double sensitivity_dbm(const link::Lane& lane, double oma_dbm, double ber) {
  const link::Plan plan = link::make_plan(lane);
  return oma_dbm - link::attenuation_margin_db(plan.segments.front(), plan.conditions,
                                               symbols_for(lane.modulation), {}, ber);
}

// A transmitter with a Gaussian edge, an ideal modulator driven to `extinction`, and a receiver whose
// bandwidth is the TIA's; one tap, so no equalisation.
link::Lane receiver_under_test(double symbol_rate, link::Modulation modulation, double rise_time, double oma,
                               double extinction, double responsivity, double bandwidth,
                               double noise_density) {
  const double depth = (extinction - 1.0) / (extinction + 1.0);
  parts::HostTransmitter transmitter = lanes::ideal_transmitter(2.0 * std::asin(depth) / std::numbers::pi);
  transmitter.rise_time = rise_time;
  parts::Tia tia = lanes::linear_tia();
  tia.bandwidth = bandwidth;
  tia.noise_density = noise_density;
  return lanes::optical_lane(symbol_rate, modulation, transmitter, lanes::ideal_laser(oma / depth),
                             lanes::ideal_modulator(), lanes::ideal_photodiode(responsivity), tia,
                             lanes::plain_receiver(4.0));
}

// Source: D. Patel, A. Sharif-Bakhtiar, T. Chan Carusone, JSSC 2022, doi:10.1109/JSSC.2022.3218558, abstract
// (facts: photonics 6.2): 112 Gb/s PAM4, 63 dBohm, 32 GHz, 16.9 pA/√Hz on average, −8.2 dBm at a symbol error
// ratio of 4.8e-4 without equalisation. Not published there: transmitter, responsivity (0.85 A/W assumed),
// whether −8.2 dBm is OMA (taken as such). Free parameter: none. Verdict: a transmitter with a 4 ps edge
// needs −10.7 dBm, one with 8 ps −8.4 dBm, so the measured value lies inside what an unknown transmitter
// moves; the test keeps both ends.
TEST(Measured, SensitivityOfA16NanometreTia) {
  const auto sensitivity = [](double rise_time) {
    return sensitivity_dbm(receiver_under_test(56e9, link::Modulation::pam4, rise_time, 1e-3, from_db(4.5),
                                               0.85, 32e9, 16.9e-12),
                           0.0, 2.4e-4);
  };
  const double published = -8.2, fast = sensitivity(4e-12), slow = sensitivity(8e-12);
  std::cout << "published " << published << " dBm; edge of 4 ps: " << fast << ", of 8 ps: " << slow << "\n";
  EXPECT_LT(fast, published);
  EXPECT_NEAR(slow, published, 0.5);
  // White noise of 16.9 pA/√Hz in the 35.5 GHz of a maximally flat 32 GHz amplifier without interference: OMA
  // = 6·3.414·3.19 µA/0.85 = −11.2 dBm. Nothing may come out below that.
  EXPECT_GT(fast, -11.2);
}

// Source: G. Coudyzer, P. Ossieur, J. Bauwelinck, X. Yin, "A 25Gbaud PAM-4 linear burst-mode receiver …",
// abstract (biblio.ugent.be/publication/8673050): one receiver, 25 GBd, BER 1e-2: −18.1 dBm with NRZ, −11.4
// dBm with PAM4. Free parameter: the noise density, fitted on the NRZ point. Assumed: 17.5 GHz, 0.8 A/W, ER 8
// dB, edge 12 ps; the result moves by less than 0.1 dB for 15 to 25 GHz. Verdict: missed by 2.0 dB. Three
// eyes instead of one cost 4.77 dB less 0.1 dB for the formula of the error ratio, and our lane gives just
// that; the other 2 dB of the paper (unequal levels of its transmitter, interference that hurts PAM4 more,
// thresholds that a burst receiver cannot place freely) are in no part of this lane.
TEST(Measured, BurstReceiverFromNrzToPam4) {
  const double published_nrz = -18.1, published_pam4 = -11.4;
  const auto at = [](link::Modulation modulation, double noise) {
    return sensitivity_dbm(
        receiver_under_test(25e9, modulation, 12e-12, 1e-4, from_db(8.0), 0.8, 17.5e9, noise), -10.0, 1e-2);
  };
  // The TIA's noise is nearly all there is: decibel for decibel, so a few steps of iteration suffice.
  double noise = 20e-12;
  for (int i = 0; i < 3; ++i) noise *= from_db(published_nrz - at(link::Modulation::pam2, noise));
  EXPECT_NEAR(at(link::Modulation::pam2, noise), published_nrz, 0.02);
  const double pam4 = at(link::Modulation::pam4, noise);
  std::cout << "noise " << noise / 1e-12 << " pA/√Hz; PAM4 published " << published_pam4 << " dBm, ours "
            << pam4 << "\n";
  EXPECT_NEAR(pam4 - published_nrz, 10.0 * std::log10(3.0), 0.2);
  EXPECT_NEAR(published_pam4 - pam4, 2.0, 0.2);
}

// An LPO lane of 200 Gb/s with the parts of the designs; `rin` is the parameter that is fitted.
link::Lane lpo_lane(double modulator_bandwidth, double rin) {
  parts::HostTransmitter transmitter;
  transmitter.swing = 0.5;
  transmitter.rise_time = 4e-12;
  transmitter.sndr = from_db(33.0);
  transmitter.random_jitter = 0.004;
  transmitter.dual_dirac_jitter = 0.0;
  parts::LinearDriver driver;
  driver.bandwidth = 60e9;
  driver.saturation_swing = 3.0;
  parts::MachZehnder modulator;
  modulator.rf_loss = 0.0;
  modulator.rc_bandwidth = modulator_bandwidth;
  parts::CwLaser laser;
  laser.output_power = lanes::from_dbm(13.0);
  laser.rin = rin;
  parts::Photodiode photodiode;
  photodiode.bandwidth = 103e9;
  parts::Tia tia;
  tia.bandwidth = 60e9;
  tia.noise_density = 17e-12;
  tia.output_swing = 0.6;
  tia.saturation_swing = 1.17;
  parts::Receiver receiver;
  receiver.noise_density = 2.45e-9;
  receiver.bandwidth_ratio = 0.58;
  receiver.ffe_pre = 5;
  receiver.ffe_post = 15;
  link::Lane lane = lanes::optical_lane(106.25e9, link::Modulation::pam4, transmitter, laser, modulator,
                                        photodiode, tia, receiver);
  lane.chain.insert(lane.chain.begin() + 1, lanes::instance(driver));
  return lane;
}

double ber_of(const link::Lane& lane) {
  const link::Plan plan = link::make_plan(lane);
  return link::solve_segment(plan.segments.front(), plan.conditions, symbols_for(lane.modulation), {})
      .outcome.ber;
}

// Source: DesignCon 2025 proceedings p. 234 (fliphtml5.com/mddwo/rsnb; facts: photonics 4.1): 1.6 Tb/s LPO,
// eight lanes over 500 m. With a modulator chip of 45 GHz or more the loopback BER is 5e-10 to 1e-9, below 40
// GHz it is remarkably worse; the receiver reaches 1e-4 at −4.16 dBm (OMA or average is not said). Not
// published there: everything else. Assumed: the parts of lpo_lane. Free parameter: RIN, fitted on 7e-10 at
// 45 GHz (−151.7 dB/Hz). Verdict: the fall below 40 GHz is reproduced (6 times worse at 38 GHz), the
// sensitivity is −4.0 dBm of average power. Missed: above 45 GHz the paper stays within a factor of 2, our
// lane gets 16 times better up to 60 GHz. Its lane is limited by something that does not see the modulator's
// bandwidth; ours has noise and residual interference only.
TEST(Measured, LpoAgainstModulatorBandwidth) {
  double low = -156.0, high = -148.0;
  while (high - low > 0.01) {
    const double middle = 0.5 * (low + high);
    (ber_of(lpo_lane(45e9, from_db(middle))) < 7e-10 ? low : high) = middle;
  }
  const double rin = from_db(low);
  const double at_38 = ber_of(lpo_lane(38e9, rin)), at_45 = ber_of(lpo_lane(45e9, rin)),
               at_60 = ber_of(lpo_lane(60e9, rin));
  const link::Lane lane = lpo_lane(45e9, rin);
  link::SolveOptions options;
  options.penalties = options.charts = false;
  const link::LaneResult solved = link::solve(lane, options);
  const link::Plan plan = link::make_plan(lane);
  const double margin = link::attenuation_margin_db(plan.segments.front(), plan.conditions,
                                                    symbols_for(lane.modulation), {}, 1e-4);
  const double average = 10.0 * std::log10(solved.received_average_power / 1e-3) - margin;
  std::cout << "RIN " << low << " dB/Hz; BER at 38, 45, 60 GHz: " << at_38 << ", " << at_45 << ", " << at_60
            << "; 1e-4 at OMA " << 10.0 * std::log10(solved.received_oma_outer / 1e-3) - margin
            << " dBm, average " << average << " dBm\n";
  EXPECT_NEAR(at_45 / 7e-10, 1.0, 0.05);
  EXPECT_GT(at_38 / at_45, 5.0);
  EXPECT_NEAR(average, -4.16, 0.5);
  // The miss, held in a band so that a change of it shows.
  EXPECT_GT(at_45 / at_60, 8.0);
  EXPECT_LT(at_45 / at_60, 30.0);
}

// Source: G. Gangasani et al., LSSC 8, 33 (2025), doi:10.1109/LSSC.2025.3526877, abstract (facts:
// photonics 6.3): 113 Gb/s PAM4 over XSR channels of 1 to 12 dB at half the symbol rate, FFE with 3 taps, BER
// below 1e-9. Assumed: the transmitter and the noise of the COM sheets (facts: standards 5.4), three taps in
// the receiver. Free parameter: none. Verdict: inside the published bound by far (4e-16 at 12 dB). The paper
// gives no more than the bound, so this says that the lane is possible, not how exact the model is.
TEST(Measured, XsrSerdes) {
  double before = 0.0;
  for (const double loss_db : {1.0, 6.0, 12.0}) {
    parts::HostTransmitter transmitter;
    transmitter.swing = 0.6;
    parts::PackageLine line;
    line.loss = from_db(loss_db);
    line.loss_frequency = 28.25e9;
    parts::Receiver receiver;
    receiver.noise_density = 4.47e-9;
    receiver.ffe_pre = receiver.ffe_post = 1;
    link::Lane lane = lanes::electrical_lane(56.5e9, link::Modulation::pam4, transmitter, receiver);
    lane.chain.insert(lane.chain.begin() + 1, lanes::instance(line));
    const double ber = ber_of(lane);
    std::cout << loss_db << " dB: BER " << ber << "\n";
    EXPECT_LT(ber, 1e-9) << loss_db;
    EXPECT_GT(ber, before);
    before = ber;
  }
}

// Source: Cancela and Pires 2020 (facts: photonics 7.3): with multi-path interference of −24 dB PAM4 loses 1
// dB of Q at a BER of 1e-3, by their model of a skew-normal sum. Not known to us: extinction ratio,
// polarisation, decibel of Q. Free parameter: none. One pair of reflectors, ER 10 dB; penalty 20·log10 of the
// Q that belongs to the error ratio. Verdict: missed. Eq. 8 of the theory page takes every path at full
// coherence, one polarisation and without the receiver's filter: 2.8 dB (1.4 dB with 10·log10). With half the
// beat power, as for random polarisation, 1.7 dB (0.8 dB).
TEST(Measured, MultiPathInterference) {
  const auto penalty_db = [](double interference_db) {
    link::Lane lane =
        receiver_under_test(50e9, link::Modulation::pam4, 4e-12, 1e-4, from_db(10.0), 0.9, 60e9, 15e-12);
    parts::Connector joint;
    joint.insertion_loss = 1.0;
    joint.return_loss = from_db(-0.5 * interference_db);
    lane.chain.insert(lane.chain.begin() + 2,
                      {lanes::instance(joint, "near"), lanes::instance(joint, "far")});
    const link::Plan plan = link::make_plan(lane);
    const auto statistics = [&](bool reflections) {
      link::SegmentOptions options;
      options.without.reflections = !reflections;
      return link::solve_segment(plan.segments.front(), plan.conditions, symbols_for(lane.modulation),
                                 options)
          .statistics;
    };
    const double noise = statistics(false)->noise_scale_at(1e-3);
    const double ber = statistics(true)->errors(noise).ber;
    return 20.0 * std::log10(signal::inverse_q(1e-3 / 0.75) / signal::inverse_q(ber / 0.75));
  };
  const double aligned = penalty_db(-24.0), random = penalty_db(-27.0);
  std::cout << "published 1 dB; one polarisation " << aligned << " dB, random polarisation " << random
            << " dB\n";
  EXPECT_NEAR(aligned, 2.8, 0.2);
  EXPECT_NEAR(random, 1.7, 0.2);
}

}  // namespace
}  // namespace waverack
