// Forward error correction in a lane: what is predicted of codewords, against codewords that are counted.

#include "waverack/link/lane_fec.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <iostream>
#include <numbers>

#include "lanes.hpp"
#include "raised_noise.hpp"
#include "waverack/fec/symbol_errors.hpp"
#include "waverack/link/waveform_solver.hpp"
#include "waverack/signal/pattern.hpp"
#include "waverack/signal/special.hpp"

namespace waverack {
namespace {

// PAM4 in white noise that leaves this bit error ratio, ¾·Q (counted_errors_test.cpp), with the inner code.
link::SegmentCounts behind_white_noise(double ber, std::uint64_t symbols) {
  constexpr double symbol_rate = 50e9, ratio = 1.5, swing = 1.0;
  const double noise_bandwidth = 0.5 * std::sqrt(std::numbers::pi / std::numbers::ln2) * ratio * symbol_rate;
  parts::Receiver receiver = lanes::plain_receiver(ratio);
  receiver.noise_density = swing / 6.0 / signal::inverse_q(ber / 0.75) / std::sqrt(noise_bandwidth);
  link::Lane lane =
      lanes::electrical_lane(symbol_rate, link::Modulation::pam4, lanes::ideal_transmitter(swing), receiver);
  lane.fec = link::Fec::kp4_inner;
  link::Plan plan = link::make_plan(lane);
  for (link::Element& element : plan.segments[0].elements)
    if (element.name == "receiver") element.response = signal::gaussian_filter(ratio * symbol_rate);
  link::CountOptions options;
  options.symbols = symbols;
  options.samples_per_symbol = 16;
  return link::count_errors(plan, signal::prbs_pam4(13), fec::kp4, options).front();
}

// facts: standards 8.3: at a bit error ratio of 4.85e-3 a decoder of four test bits leaves 2.80e-3 of the
// outer symbols wrong, within ±5 % (60 to 150 thousand blocks). Ours takes 8-bit reliabilities, for which it
// loses 2 to 5 % (inner_batch.hpp), and the count has 1 %. The symbols that are sent are no codewords.
TEST(LaneFec, InnerCodeOnSoftValuesOfTheLane) {
  const link::SegmentCounts counted = behind_white_noise(4.85e-3, 20'000'000);
  ASSERT_TRUE(counted.inner);
  EXPECT_GT(counted.inner->blocks, 200'000u);
  EXPECT_NEAR(fec::ber_before(*counted.inner) / 4.85e-3, 1.0, 0.02);
  const double symbols = fec::symbol_error_ratio(*counted.inner);
  std::cout << "outer symbols wrong behind the inner code: " << symbols << '\n';
  EXPECT_NEAR(symbols / 2.80e-3, 1.03, 0.08);
}

// A channel that leaves half of a symbol behind, taken away by feedback. What limits it is noise; where
// residual interference does, errors that follow depend on the symbols, which the model of bursts takes as
// independent.
link::Lane feedback_lane(bool precoding) {
  parts::Receiver receiver = lanes::plain_receiver(0.27);
  receiver.noise_density = 0.02e-6;
  receiver.ffe_pre = 8;
  receiver.ffe_post = 0;
  receiver.dfe_taps = 8;
  link::Lane lane =
      lanes::electrical_lane(53.125e9, link::Modulation::pam4, lanes::ideal_transmitter(0.8), receiver);
  lane.precoding = precoding;
  return lane;
}

struct Burst {
  double expected_ber = 0.0, errors_per_event = 1.0, tap = 0.0;
  link::ErrorCounts counts;
};
Burst burst_of(const link::Lane& lane, std::uint64_t symbols) {
  const std::vector<std::uint8_t> pattern = signal::prbs_pam4(13);
  link::Plan plan = link::make_plan(lane);
  raise_noise(plan, factor_for(lane, pattern, 8, 6e-4, 1e-3));
  link::SegmentOptions solve;
  solve.samples_per_symbol = 8;
  const link::SolvedSegment solved =
      link::solve_segment(plan.segments.front(), plan.conditions, pattern, solve);
  link::CountOptions options;
  options.symbols = symbols;
  Burst burst{solved.outcome.ber, solved.outcome.errors_per_event, solved.equaliser.feedback.front(),
              link::count_errors(plan, pattern, fec::kp4, options).front().counts};
  std::cout << "tap " << burst.tap << ", BER " << burst.expected_ber << ", counted "
            << static_cast<double>(burst.counts.bit_errors) / static_cast<double>(burst.counts.bits)
            << ", errors in a burst " << burst.errors_per_event << ", counted "
            << static_cast<double>(burst.counts.symbol_errors) / static_cast<double>(burst.counts.events)
            << '\n';
  return burst;
}

// What the chain of errors says of codewords with more than a few wrong symbols, against those counted, for
// one codeword and for four in turn. Tolerance: four standard deviations of the count, and 10 % of the number
// for what a geometric run leaves out.
void expect_codewords(const Burst& burst, const fec::ErrorChain& chain) {
  for (const std::size_t way : {0u, 2u}) {
    const auto& counted = burst.counts.codewords[way];
    double total = 0.0;
    for (const std::uint64_t count : counted) total += static_cast<double>(count);
    const std::vector<double> expected = fec::symbol_error_distribution(
        chain, fec::interleaved_layout(fec::kp4, link::ErrorCounts::interleavings[way]), fec::kp4.n, 64);
    for (const std::size_t above : {4u, 8u, 12u}) {
      double more = 0.0, more_counted = 0.0;
      for (std::size_t i = above; i < expected.size(); ++i) {
        more += expected[i] * total;
        more_counted += static_cast<double>(counted[i]);
      }
      std::cout << link::ErrorCounts::interleavings[way] << " in turn, at least " << above << ": " << more
                << ", counted " << more_counted << '\n';
      EXPECT_NEAR(more_counted, more, 4.0 * std::sqrt(more) + 0.1 * more + 1.0) << way << ' ' << above;
    }
  }
}

TEST(LaneFec, CodewordsBehindFeedback) {
  const Burst burst = burst_of(feedback_lane(false), 40'000'000);
  EXPECT_GT(burst.errors_per_event, 1.3);
  const double wrong = static_cast<double>(burst.counts.bit_errors) / static_cast<double>(burst.counts.bits);
  EXPECT_NEAR(wrong / burst.expected_ber, 1.0, 0.1);
  EXPECT_NEAR(static_cast<double>(burst.counts.symbol_errors) / static_cast<double>(burst.counts.events),
              burst.errors_per_event, 0.05);
  expect_codewords(burst, fec::chain_of_ber(wrong, 1.0 - 1.0 / burst.errors_per_event));
}

// A run leaves two wrong symbols behind the inverse of the precoder, however long it is.
TEST(LaneFec, CodewordsBehindAPrecoder) {
  const Burst burst = burst_of(feedback_lane(true), 40'000'000);
  const double wrong = static_cast<double>(burst.counts.bit_errors) / static_cast<double>(burst.counts.bits);
  EXPECT_NEAR(wrong / burst.expected_ber, 1.0, 0.1);
  EXPECT_NEAR(static_cast<double>(burst.counts.bit_errors) / static_cast<double>(burst.counts.events), 2.0,
              0.05);
  expect_codewords(burst, fec::chain_of_ber(wrong, 1.0 - 1.0 / burst.errors_per_event, true));
}

}  // namespace
}  // namespace waverack
