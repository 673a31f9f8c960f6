// What a drawn pattern has in it beside the noise that noise_test.cpp holds against the solver.

#include "waverack/link/drawn_pattern.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>

#include "lanes.hpp"
#include "waverack/signal/pattern.hpp"
#include "waverack/signal/slope.hpp"

namespace waverack::link {
namespace {

Lane lane_of(const parts::HostTransmitter& transmitter) {
  return lanes::electrical_lane(50e9, Modulation::pam4, transmitter, lanes::plain_receiver(0.75));
}

std::vector<float> at_sampler(const Lane& lane, std::span<const std::uint8_t> symbols,
                              const Drawing& drawing = {}) {
  const Plan plan = make_plan(lane);
  const Segment& segment = plan.segments.front();
  return draw_pattern(segment, plan.conditions, symbols, drawing, segment.elements.size()).real;
}

double mean_square(std::span<const float> values) {
  double sum = 0.0;
  for (const float v : values) sum += static_cast<double>(v) * v;
  return sum / static_cast<double>(values.size());
}

std::vector<float> difference(std::vector<float> a, std::span<const float> b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] -= b[i];
  return a;
}

// σ² + A² of the mean square slope. 1024 displacements: four standard deviations of the mean of their squares
// are 18 % of the random part, 4·(2σ⁴)^½/32.
TEST(DrawnPattern, JitterDisplacesTheWaveform) {
  constexpr double sigma = 0.004, dirac = 0.008;
  parts::HostTransmitter transmitter = lanes::ideal_transmitter(0.8);
  transmitter.random_jitter = transmitter.dual_dirac_jitter = 0.0;
  const std::vector<std::uint8_t> symbols = signal::ssprq();
  const std::vector<float> still = at_sampler(lane_of(transmitter), symbols);
  transmitter.random_jitter = sigma;
  transmitter.dual_dirac_jitter = dirac;
  const std::vector<float> moved = difference(at_sampler(lane_of(transmitter), symbols), still);
  const double expected = sigma * sigma + dirac * dirac;
  EXPECT_NEAR(mean_square(moved) / mean_square(signal::slope_per_symbol(still, 16)), expected,
              0.18 * sigma * sigma + 0.02 * expected);
}

// An aggressor like the lane itself through a flat coupling has that share of its power. 65 536 random
// symbols and a pattern nearly as random: 2 %.
TEST(DrawnPattern, AggressorsSendRandomSymbols) {
  constexpr double s21 = 0.05;
  Lane lane = lane_of(lanes::ideal_transmitter(0.8));
  const std::vector<std::uint8_t> symbols = signal::prbs_pam4(15);
  const std::vector<float> alone = at_sampler(lane, symbols);
  network::Network network;
  network.name = "flat.s2p";
  network.ports = 2;
  for (const double f : {0.0, 250e9, 500e9}) {
    network.frequencies.push_back(f);
    network.s.insert(network.s.end(), {0.0, s21, s21, 0.0});
  }
  Aggressor aggressor;
  aggressor.name = "neighbour";
  aggressor.into = lane.chain.front().name;
  aggressor.kind = Side::near_end;
  aggressor.file = {"flat.s2p", std::make_shared<const network::Network>(std::move(network))};
  lane.aggressor.push_back(aggressor);
  const std::vector<float> together = at_sampler(lane, symbols);
  EXPECT_NEAR(mean_square(difference(together, alone)) / mean_square(alone), s21 * s21, 0.02 * s21 * s21);
}

std::complex<double> harmonic(std::span<const float> record, int k) {
  std::complex<double> sum = 0.0;
  for (std::size_t n = 0; n < record.size(); ++n)
    sum += static_cast<double>(record[n]) *
           std::polar(1.0, -2.0 * std::numbers::pi * k * static_cast<double>(n) /
                               static_cast<double>(record.size()));
  return sum;
}

// A capacitor is jf/(jf + f_c) at every harmonic of a pattern that repeats, however slow it is.
TEST(DrawnPattern, HighPassesWanderWithThePattern) {
  constexpr double corner = 20e6;
  Lane lane = lane_of(lanes::ideal_transmitter(0.8));
  const std::vector<std::uint8_t> symbols = signal::prbs_pam4(9);
  const std::vector<float> direct = at_sampler(lane, symbols);
  parts::AcCoupling capacitor;
  capacitor.corner = corner;
  lane.chain.insert(lane.chain.begin() + 1, lanes::instance(capacitor));
  const std::vector<float> blocked = at_sampler(lane, symbols);
  EXPECT_NEAR(std::abs(harmonic(blocked, 0)) / static_cast<double>(blocked.size()), 0.0, 1e-6);
  for (const int k : {1, 2, 5}) {
    const std::complex<double> jf(0.0, k * 50e9 / 511.0);
    const std::complex<double> found = harmonic(blocked, k) / harmonic(direct, k);
    EXPECT_NEAR(std::abs(found / (jf / (jf + corner)) - 1.0), 0.0, 1e-3) << k;
  }
}

}  // namespace
}  // namespace waverack::link
