// The closed forms of noise in coherent parts, against formulas from elsewhere.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waverack/base/physical_constants.hpp"
#include "waverack/coherent/spectra.hpp"
#include "waverack/parts/coherent_dsp_power.hpp"
#include "waverack/parts/coherent_front_end.hpp"
#include "waverack/parts/coherent_receiver.hpp"
#include "waverack/parts/coherent_transmitter.hpp"
#include "waverack/parts/iq_modulator.hpp"

namespace waverack::parts {
namespace {

// A full-scale sine, 3.01 dB below the full scale, has 6.02·E + 1.76 dB over the Nyquist band (IEEE 1241);
// each dB of back-off beyond costs one, each doubling of the rate gains 3.01.
TEST(CoherentNoise, QuantisationFollowsTheEffectiveBits) {
  EXPECT_NEAR(-10.0 * std::log10(quantisation_ratio(6.0, 2.0, 1.0)), 6.02 * 6.0 + 1.76, 0.02);
  EXPECT_NEAR(-10.0 * std::log10(quantisation_ratio(5.0, 20.0, 2.0)), 6.02 * 5.0 + 1.76 - 10.0 + 3.01, 0.02);
  EXPECT_EQ(quantisation_ratio(0.0, 2.0, 1.0), 0.0);
}

// Image rejection of 1 dB of gain and of 5 degrees, from tables of image-reject mixers: 24.8 dB, and
// tan²(2.5°).
TEST(CoherentNoise, ImagesOfBranchErrors) {
  EXPECT_NEAR(-10.0 * std::log10(image_ratio(std::pow(10.0, 0.1), 0.0)), 24.8, 0.05);
  const double angle = 5.0 * std::numbers::pi / 180.0;
  EXPECT_NEAR(image_ratio(1.0, angle), std::pow(std::tan(angle / 2.0), 2), 1e-12);
}

// Without roll-off it is the mean of tan²(πfτ) over the band. With r = 1 the raised cosine is cos²(πu/2), and
// for a small skew s the integral is (πs)²·(5/24 − 2/π²), or, where dispersion separates what folds together,
// (πs)²·(1/4 − 15/(8π²)).
TEST(CoherentNoise, ImagesOfASkew) {
  const auto share_of = [](double roll_off) {
    return [roll_off](double u) { return coherent::raised_cosine(u, roll_off); };
  };
  for (const double skew : {0.01, 0.1, 0.24}) {
    const double angle = std::numbers::pi * skew / 2.0;
    for (const double turn : {0.0, 900.0})
      EXPECT_NEAR(skew_image_ratio(skew, share_of(0.0), turn) / (std::tan(angle) / angle - 1.0), 1.0, 1e-5);
  }
  const double square = std::pow(std::numbers::pi * 1e-3, 2), pi2 = std::numbers::pi * std::numbers::pi;
  EXPECT_NEAR(skew_image_ratio(1e-3, share_of(1.0), 0.0) / (square * (5.0 / 24.0 - 2.0 / pi2)), 1.0, 1e-3);
  EXPECT_NEAR(skew_image_ratio(1e-3, share_of(1.0), 4000.0) / (square * (0.25 - 15.0 / (8.0 * pi2))), 1.0,
              1e-3);
}

// A bias that is off by b half-wave voltages lets sin²(πb/2)·E[cos²] pass beside E[sin²] of signal; of a
// normal phase E[cos²] = (1 + exp(−2σ²))/2.
TEST(CoherentNoise, CarrierOfABiasError) {
  IqModulator modulator;
  modulator.v_pi = 4.0;
  modulator.bias_error = 0.02;
  const double sigma = std::numbers::pi * 1.0 / 8.0;
  EXPECT_NEAR(carrier_ratio(modulator, 1.0),
              std::pow(std::sin(std::numbers::pi * 0.01), 2) * (1.0 + std::exp(-2.0 * sigma * sigma)) /
                  (1.0 - std::exp(-2.0 * sigma * sigma)),
              1e-12);
}

// Where the local oscillator is strong the shot noise of each polarisation is that of the signal's photons:
// SNR = ℛ·S/(q·R), S its light behind the hybrid (facts: coherent 6, item 6).
TEST(CoherentNoise, ShotNoiseLimit) {
  CoherentFrontEnd front;
  front.hybrid_loss = 2.0;
  front.responsivity = 0.8;
  Conditions conditions;
  conditions.symbol_rate = 60e9;
  conditions.local_oscillator.power = 1.0;
  const double power = 1e-6;
  EXPECT_NEAR(
      noise_ratios(front, conditions, power).shot / (elementary_charge * 60e9 / (0.8 * power / 2.0 / 2.0)),
      1.0, 1e-5);
  // Thermal noise and the oscillator's power: half the oscillator, twice the noise.
  const double amplifier = noise_ratios(front, conditions, power).amplifier;
  conditions.local_oscillator.power = 0.5;
  EXPECT_NEAR(noise_ratios(front, conditions, power).amplifier / amplifier, 2.0, 1e-9);
}

// 2400 ps/nm at 118.2 GBd: 591 taps with two samples a symbol and a roll-off of 0.1, 20000 at 60.1: 1275
// (facts: coherent 9.6).
TEST(CoherentNoise, TapsOfTheDispersionFilter) {
  Conditions conditions;
  conditions.symbol_rate = 118.203350603e9;
  conditions.local_oscillator.wavelength = speed_of_light / 193.4e12;
  EXPECT_NEAR(dispersion_taps(2.4, conditions) * 1.1 / 1.15, 591.0, 3.0);
  conditions.symbol_rate = 60.138546798e9;
  EXPECT_NEAR(dispersion_taps(20.0, conditions) * 1.1 / 1.15, 1275.0, 5.0);
}

// Watts rise with the node's name, and every operation counts in proportion.
TEST(CoherentNoise, WattsOfTheChip) {
  DspEnergy energy;
  DspWork work;
  work.symbol_rate = 100e9;
  work.information_rate = 800e9;
  work.equaliser_taps = 17;
  work.phases = 32;
  work.soft_sweeps = 3.0;
  const DspWatts one = receiving_watts(energy, work);
  EXPECT_NEAR(one.equaliser, node_scale(energy) * energy.multiplication * 16 * 17 * 100e9, 1e-9);
  EXPECT_NEAR(one.decoder, node_scale(energy) * 3 * energy.soft_row * 800e9 / 111, 1e-9);
  work.phases = 64;
  EXPECT_NEAR(receiving_watts(energy, work).carrier / one.carrier, 2.0, 1e-12);
  energy.node = 7e-9;
  EXPECT_DOUBLE_EQ(node_scale(energy), 1.0);
}

}  // namespace
}  // namespace waverack::parts
