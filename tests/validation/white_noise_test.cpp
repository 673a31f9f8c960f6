// Pulse-amplitude modulation in white noise, from the transmitter to the error ratio.

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <iostream>
#include <numbers>
#include <random>

#include "closed_forms.hpp"
#include "lanes.hpp"
#include "waverack/link/segment.hpp"
#include "waverack/link/solve.hpp"
#include "waverack/signal/pattern.hpp"

namespace waverack {
namespace {

// The x with Q(x) = probability, by bisection on the standard library's erfc.
double inverse(double probability) {
  double low = 0.0, high = 40.0;
  for (int i = 0; i < 200; ++i) {
    const double middle = 0.5 * (low + high);
    (q(middle) > probability ? low : high) = middle;
  }
  return low;
}

// An electrical lane whose only filter is a Gaussian of 1.5 symbol rates in the place of the receiver's front
// end: it has no overshoot, each symbol settles to 1e-8 at its centre, and the noise bandwidth is ½·√(π/ln
// 2)·f_3dB in closed form. (A Butterworth rings: the best sampling instant then takes some overshoot along,
// and no simple formula holds.)
double solved_ber(link::Modulation modulation, double q_argument) {
  constexpr double symbol_rate = 50e9, ratio = 1.5, swing = 1.0;
  const int levels = link::level_count(modulation);
  const double noise_bandwidth = 0.5 * std::sqrt(std::numbers::pi / std::numbers::ln2) * ratio * symbol_rate;
  const double half_distance = 0.5 * swing / (levels - 1);
  parts::Receiver receiver = lanes::plain_receiver(ratio);
  receiver.noise_density = half_distance / q_argument / std::sqrt(noise_bandwidth);
  const link::Lane lane =
      lanes::electrical_lane(symbol_rate, modulation, lanes::ideal_transmitter(swing), receiver);
  link::Plan plan = link::make_plan(lane);
  plan.segments.front().elements.back().response = signal::gaussian_filter(ratio * symbol_rate);
  std::vector<std::uint8_t> symbols = levels > 4 ? signal::prbs_symbols(13, levels) : signal::prbs_pam4(13);
  if (levels == 2)
    for (std::uint8_t& symbol : symbols) symbol >>= 1;
  return link::solve_segment(plan.segments.front(), plan.conditions, symbols, {}).outcome.ber;
}

// Source: Proakis, Digital Communications, 5th ed., eq. 4.3-5 with Gray coding: BER = ¾·Q(d/σ) for PAM4 and
// Q(d/σ) for PAM2, d half the distance of two levels. Tolerance: 1 % from 1e-2 to 1e-14, the target of the
// project.
TEST(WhiteNoise, Pam4) {
  for (int exponent = 2; exponent <= 14; exponent += 2) {
    const double ber = std::pow(10.0, -exponent);
    const double solved = solved_ber(link::Modulation::pam4, inverse(ber / 0.75));
    EXPECT_NEAR(solved / ber, 1.0, 0.01) << ber;
    std::cout << "BER " << ber << ": " << 100.0 * (solved / ber - 1.0) << " %\n";
  }
}

TEST(WhiteNoise, Pam2) {
  for (int exponent = 2; exponent <= 14; exponent += 3) {
    const double ber = std::pow(10.0, -exponent);
    EXPECT_NEAR(solved_ber(link::Modulation::pam2, inverse(ber)) / ber, 1.0, 0.01) << ber;
  }
}

// Same source: 2·(7/8)·Q(d/σ) symbol errors of 8 levels over three bits, 7/12·Q(d/σ).
TEST(WhiteNoise, Pam8) {
  for (int exponent = 2; exponent <= 14; exponent += 4) {
    const double ber = std::pow(10.0, -exponent);
    EXPECT_NEAR(solved_ber(link::Modulation::pam8, inverse(ber * 12.0 / 7.0)) / ber, 1.0, 0.01) << ber;
  }
}

// Six levels, five bits on two symbols: drawn pairs in drawn noise, each decided for the nearest of the 32
// pairs that exist. Tolerance 5 %: at Q(d/σ) = 1e-2 the solver leaves out what lies beyond a neighbour and
// what two neighbours of a missing corner share, both of the order of Q; three standard errors of the count
// are 2 %.
TEST(WhiteNoise, Pam6AgainstDrawnPairs) {
  constexpr double crossing = 1e-2;
  std::vector<std::uint8_t> bits;
  for (int value = 0; value < 32; ++value)
    for (int i = 4; i >= 0; --i) bits.push_back(static_cast<std::uint8_t>(value >> i & 1));
  const std::vector<std::uint8_t> pairs = signal::symbols_of_bits(bits, 6);
  std::mt19937_64 random(6);
  std::normal_distribution<double> noise(0.0, 0.5 / inverse(crossing));  // levels one apart
  constexpr unsigned draws = 200000;
  long wrong = 0;
  for (unsigned n = 0; n < draws; ++n) {
    const unsigned sent = n % 32;
    const double x = pairs[2 * sent] + noise(random), y = pairs[2 * sent + 1] + noise(random);
    unsigned nearest = 0;
    double least = 1e9;
    for (unsigned value = 0; value < 32; ++value) {
      const double dx = x - pairs[2 * value], dy = y - pairs[2 * value + 1];
      if (dx * dx + dy * dy >= least) continue;
      least = dx * dx + dy * dy;
      nearest = value;
    }
    wrong += std::popcount(sent ^ nearest);
  }
  const double drawn = static_cast<double>(wrong) / (5.0 * draws);
  EXPECT_NEAR(solved_ber(link::Modulation::pam6, inverse(crossing)) / drawn, 1.0, 0.05) << drawn;
}

// The lane's codeword error ratio is the binomial of its own error ratio. Source: facts, fec-and-kernels 5.1,
// formula. Tolerance 1e-6: sums in another order.
TEST(WhiteNoise, Kp4BehindTheLane) {
  parts::Receiver receiver = lanes::plain_receiver(0.75);
  receiver.noise_density = 240e-9;
  link::Lane lane =
      lanes::electrical_lane(50e9, link::Modulation::pam4, lanes::ideal_transmitter(1.0), receiver);
  lane.fec = link::Fec::kp4;
  link::SolveOptions options;
  options.penalties = options.charts = false;
  const link::LaneResult result = link::solve(lane, options);
  ASSERT_GT(result.ber_pre_fec, 1e-6);
  ASSERT_LT(result.ber_pre_fec, 1e-2);
  const double p = 1.0 - std::pow(1.0 - result.ber_pre_fec, 10);
  double expected = 0.0;
  for (int i = 16; i <= 544; ++i)
    expected += std::exp(std::lgamma(545.0) - std::lgamma(i + 1.0) - std::lgamma(545.0 - i) +
                         i * std::log(p) + (544 - i) * std::log1p(-p));
  EXPECT_NEAR(result.fec.codeword_error_ratio / expected, 1.0, 1e-6);
}

}  // namespace
}  // namespace waverack
