// Light of other wavelengths and polarisations at the photodiode of a whole lane.

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>

#include "lanes.hpp"
#include "tone.hpp"
#include "waverack/link/plan.hpp"
#include "waverack/link/propagate.hpp"
#include "waverack/link/solve.hpp"
#include "waverack/signal/special.hpp"

namespace waverack {
namespace {

// Two levels, a front end so wide that there is no intersymbol interference, and the noise of the TIA alone,
// which does not follow the light.
link::Lane plain_lane(double noise_density) {
  parts::Tia tia = lanes::linear_tia();
  tia.noise_density = noise_density;
  parts::HostTransmitter transmitter = lanes::ideal_transmitter(0.5);
  return lanes::optical_lane(53.125e9, link::Modulation::pam2, transmitter, lanes::ideal_laser(1e-3),
                             lanes::ideal_modulator(), lanes::ideal_photodiode(0.9), tia,
                             lanes::plain_receiver(4.0));
}

double error_ratio(const link::Lane& lane) {
  link::SolveOptions options;
  options.penalties = options.margins = options.charts = false;
  return link::solve(lane, options).ber_pre_fec;
}

parts::WdmFilter wide_filter(double isolation_db) {
  parts::WdmFilter filter;
  filter.order = 10;
  filter.bandwidth = 18e-9;
  filter.insertion_loss = 1.0;
  filter.isolation = from_db(isolation_db);
  filter.return_loss = from_db(200.0);
  return filter;
}

// Each neighbour adds ±x of the own amplitude, x its power ratio behind the demultiplexer, so the error ratio
// is the mean of Q(q·(1 + Σ ±x)) over all signs, q that of the lane alone. Tolerance 1 %: target of the
// project for closed forms.
TEST(WdmNeighbours, ErrorRatioInClosedForm) {
  const double alone = error_ratio(plain_lane(130e-12));
  ASSERT_GT(alone, 1e-12);
  ASSERT_LT(alone, 1e-3);
  const double q = signal::inverse_q(alone);
  for (const double isolation_db : {25.0, 18.0, 14.0}) {
    link::Lane lane = plain_lane(130e-12);
    lane.chain.insert(lane.chain.begin() + 2, lanes::instance(wide_filter(isolation_db)));
    lane.neighbours.shorter = 2;
    lane.neighbours.longer = 1;
    lane.neighbours.power_ratio = from_db(2.0);
    const double x = std::pow(10.0, 0.1 * (2.0 - isolation_db));
    double expected = 0.0;
    for (int signs = 0; signs < 8; ++signs) {
      double sum = 1.0;
      for (int bit = 0; bit < 3; ++bit) sum += (signs >> bit & 1) ? x : -x;
      expected += 0.125 * 0.5 * std::erfc(q * sum / std::numbers::sqrt2);
    }
    EXPECT_NEAR(error_ratio(lane) / expected, 1.0, 0.01) << isolation_db;
  }
}

// Two demultiplexers in a row keep out twice the decibels; a multiplexer keeps nothing out.
TEST(WdmNeighbours, FiltersMultiply) {
  link::Lane lane = plain_lane(130e-12);
  lane.chain.insert(lane.chain.begin() + 2, lanes::instance(wide_filter(14.0), "first"));
  lane.chain.insert(lane.chain.begin() + 3, lanes::instance(wide_filter(20.0), "second"));
  parts::WdmFilter joins = wide_filter(30.0);
  joins.role = parts::WdmRole::multiplexer;
  lane.chain.insert(lane.chain.begin() + 2, lanes::instance(joins, "joins"));
  lane.neighbours.longer = 1;
  const link::Plan plan = link::make_plan(lane);
  ASSERT_EQ(plan.segments.front().neighbours.size(), 1u);
  EXPECT_NEAR(plan.segments.front().neighbours.front().ratio, std::pow(10.0, -3.4), 1e-9);
  EXPECT_NEAR(plan.segments.front().neighbours.front().wavelength, 1331e-9, 1e-15);
}

TEST(WdmNeighbours, WithoutDemultiplexerIsTold) {
  link::Lane lane = plain_lane(130e-12);
  lane.neighbours.longer = 1;
  const link::Plan plan = link::make_plan(lane);
  ASSERT_EQ(plan.warnings.size(), 1u);
  EXPECT_EQ(plan.warnings.front().message, "no demultiplexer keeps out the light of 1331.00 nm");
}

// What the neighbours cost is among the penalties. By the formula above for two of −14 dB: at 2.4e-4 the lane
// needs 0.166 dB more. Tolerance: 0.01 dB, for the 1 % of the error ratio.
TEST(WdmNeighbours, CostMargin) {
  link::Lane lane = plain_lane(130e-12);
  lane.chain.insert(lane.chain.begin() + 2, lanes::instance(wide_filter(14.0)));
  lane.neighbours.shorter = lane.neighbours.longer = 1;
  for (const link::Penalty& penalty : link::solve(lane).penalties)
    if (penalty.impairment == "neighbours") {
      EXPECT_NEAR(penalty.penalty_db, 0.166, 0.01);
      return;
    }
  FAIL() << "no penalty of the neighbours";
}

// The fundamental of an alternating pattern at twice `frequency`, behind modulator, `part` and photodiode.
std::complex<double> tone(parts::Instance part, double frequency) {
  link::Lane lane =
      lanes::optical_lane(2.0 * frequency, link::Modulation::pam2, lanes::ideal_transmitter(0.02),
                          lanes::ideal_laser(1e-3), lanes::ideal_modulator(), lanes::ideal_photodiode(1.0),
                          lanes::linear_tia(), lanes::plain_receiver(4.0));
  lane.chain.insert(lane.chain.begin() + 2, std::move(part));
  return fundamental(lane);
}

// Half of the light 4 ps late: cos(πfτ), delayed by 2 ps, with its null at 125 GHz. Tolerance: single
// precision, and the third harmonic of the square pattern.
TEST(DifferentialGroupDelay, ToneThroughTheLane) {
  parts::Polarisation delayed, straight;
  delayed.delay = 4e-12;
  straight.delay = 0.0;
  for (const double frequency : {10e9, 40e9, 90e9, 140e9}) {
    const std::complex<double> ratio = tone(lanes::instance(delayed), frequency) /
                                       tone(lanes::instance(straight), frequency) *
                                       std::polar(1.0, std::numbers::pi * frequency * 4e-12);
    EXPECT_NEAR(ratio.real(), std::cos(std::numbers::pi * frequency * 4e-12), 0.002) << frequency;
    EXPECT_NEAR(ratio.imag(), 0.0, 0.002) << frequency;
  }
}

// A splitter-rotator with both paths alike and half of the light in each is the same as that delay.
TEST(DifferentialGroupDelay, SplitterDelaysLikeFibre) {
  parts::PolarisationSplitter splitter;
  splitter.delay = 4e-12;
  splitter.pdl = splitter.insertion_loss = 1.0;
  parts::Polarisation fibre;
  fibre.delay = 4e-12;
  fibre.pdl = 1.0;
  for (const double frequency : {40e9, 90e9})
    EXPECT_NEAR(
        std::abs(tone(lanes::instance(splitter), frequency) / tone(lanes::instance(fibre), frequency) - 1.0),
        0.0, 1e-6);
}

// A test point in front of the photodiode is a photodiode too: its eye sees the delay.
TEST(DifferentialGroupDelay, IsInTheEyeOfATestPoint) {
  const auto transition = [](double delay) {
    link::Lane lane = plain_lane(130e-12);
    parts::Polarisation part;
    part.delay = delay;
    lane.chain.insert(lane.chain.begin() + 2, lanes::instance(part));
    parts::TestPoint probe;
    probe.bandwidth_ratio = 0.75;
    lane.chain.insert(lane.chain.begin() + 3, lanes::instance(probe));
    link::SolveOptions options;
    options.penalties = options.margins = false;
    return link::solve(lane, options).test_points.front().transition_time;
  };
  EXPECT_GT(transition(8e-12), transition(0.0) + 2e-12);
}

}  // namespace
}  // namespace waverack
