// Laws of the waveform solver.

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "lanes.hpp"
#include "waverack/link/block_runner.hpp"
#include "waverack/link/waveform_solver.hpp"
#include "waverack/signal/pattern.hpp"

namespace waverack::link {
namespace {

double ber_of(const SegmentCounts& counted) {
  return static_cast<double>(counted.counts.bit_errors) / static_cast<double>(counted.counts.bits);
}

SegmentCounts count_first(const Lane& lane, const CountOptions& options) {
  const Plan plan = make_plan(lane);
  return count_errors(plan, signal::prbs_pam4(13), fec::kp4, options).front();
}

// A receiver whose noise alone makes about one error in a thousand.
Lane noisy_waveform_lane() {
  parts::Receiver receiver = lanes::plain_receiver(0.75);
  receiver.noise_density = 0.22e-6;
  return lanes::electrical_lane(50e9, Modulation::pam4, lanes::ideal_transmitter(0.8), receiver);
}

bool same(const ErrorCounts& a, const ErrorCounts& b) {
  return a.symbols == b.symbols && a.bit_errors == b.bit_errors && a.events == b.events &&
         a.bursts == b.bursts && a.codewords == b.codewords && a.code_symbol_errors == b.code_symbol_errors &&
         a.bit_errors_squared == b.bit_errors_squared;
}

CountOptions options_of(std::uint64_t symbols, int threads = 1) {
  CountOptions options;
  options.symbols = symbols;
  options.threads = threads;
  return options;
}

TEST(WaveformLaws, TheSameOnAnyNumberOfThreads) {
  const SegmentCounts one = count_first(noisy_waveform_lane(), options_of(3'000'000, 1));
  const SegmentCounts three = count_first(noisy_waveform_lane(), options_of(3'000'000, 3));
  EXPECT_GT(one.counts.bit_errors, 1000U);
  EXPECT_TRUE(same(one.counts, three.counts));
}

TEST(WaveformLaws, StopsAtTheSamePlaceOnAnyNumberOfThreads) {
  CountOptions options = options_of(100'000'000, 1);
  options.precision = 0.05;
  const SegmentCounts one = count_first(noisy_waveform_lane(), options);
  options.threads = 3;
  const SegmentCounts three = count_first(noisy_waveform_lane(), options);
  EXPECT_TRUE(one.precise);
  EXPECT_LE(relative_precision(one.counts), 0.05);
  EXPECT_LT(one.counts.symbols, 100'000'000U);
  EXPECT_TRUE(same(one.counts, three.counts));
}

TEST(WaveformLaws, AnInterruptedRunKeepsWhatItHas) {
  CountOptions options = options_of(1'000'000'000'000);
  std::stop_source stop;
  options.stop = stop.get_token();
  options.progress = [&](const CountProgress& progress) {
    if (progress.symbols > 1'000'000) stop.request_stop();
  };
  const SegmentCounts counted = count_first(noisy_waveform_lane(), options);
  EXPECT_TRUE(counted.interrupted);
  EXPECT_GT(counted.counts.symbols, 1'000'000U);
  EXPECT_LT(counted.counts.symbols, 100'000'000U);
}

TEST(WaveformLaws, AnotherSeedAnotherCount) {
  CountOptions options = options_of(1'000'000);
  const SegmentCounts first = count_first(noisy_waveform_lane(), options);
  options.seed = 2;
  const SegmentCounts second = count_first(noisy_waveform_lane(), options);
  EXPECT_FALSE(same(first.counts, second.counts));
}

TEST(WaveformLaws, PrbsAndRandomSymbolsAreTheSameToALane) {
  CountOptions options = options_of(3'000'000);
  const SegmentCounts random = count_first(noisy_waveform_lane(), options);
  options.pattern = SymbolPattern::prbs31q;
  const SegmentCounts prbs = count_first(noisy_waveform_lane(), options);
  // Two counts of about 6000: five standard deviations of their ratio.
  EXPECT_NEAR(ber_of(prbs) / ber_of(random), 1.0,
              5.0 * std::sqrt(2.0 / static_cast<double>(random.counts.events)));
}

// Without noise nothing is wrong, in every part of the house: optical field, dispersion, gain control, two
// segments.
TEST(WaveformLaws, NoNoiseNoError) {
  Lane lane = lanes::complete_lane();
  Plan plan = make_plan(lane);
  for (Segment& segment : plan.segments) {
    segment.noises.clear();
    segment.reflectors.clear();
    segment.transmitter.random_jitter = segment.transmitter.dual_dirac_jitter = 0.0;
  }
  for (const SegmentCounts& counted :
       count_errors(plan, signal::prbs_pam4(13), fec::kp4, options_of(500'000)))
    EXPECT_EQ(counted.counts.bit_errors, 0U);
}

// The noiseless values of a block are those of the same symbols in the semi-analytic solver: both are one
// period of the same periodic signal.
TEST(WaveformLaws, NoiselessValuesAreThoseOfTheOtherSolver) {
  const Lane lane = lanes::complete_lane();
  Plan plan = make_plan(lane);
  Segment segment = plan.segments.back();
  segment.noises.clear();
  segment.reflectors.clear();
  segment.transmitter.random_jitter = segment.transmitter.dual_dirac_jitter = 0.0;
  BlockShape shape;
  std::vector<std::uint8_t> symbols = signal::prbs_pam4(13);
  symbols.resize(static_cast<std::size_t>(shape.symbols));
  SegmentOptions options;
  options.samples_per_symbol = shape.samples_per_symbol;
  const SolvedSegment solved = solve_segment(segment, plan.conditions, symbols, options);
  const BlockProgram program = compile_blocks(segment, plan.conditions, solved, shape);
  std::vector<std::uint8_t> sent(symbols.size() * 32), decided(sent.size());
  for (std::size_t k = 0; k < symbols.size(); ++k)
    std::fill_n(sent.begin() + static_cast<long>(32 * k), 32, symbols[k]);
  BlockRunner runner(program);
  runner.run(sent, Stream{1, 0, 0, 0}, decided);
  const std::vector<float> expected =
      dsp::equalise(solved.equaliser, solved.shape, solved.propagation.at_sampler, solved.target,
                    shape.samples_per_symbol, solved.phase);
  for (std::size_t k = 0; k < symbols.size(); ++k)
    for (const std::size_t record : {0U, 15U, 16U, 31U})
      // Levels lie 0.67 apart. The other solver cuts impulse responses at 1e-7 of their energy.
      ASSERT_NEAR(runner.values()[32 * k + record], expected[k], 2e-3) << k;
}

}  // namespace
}  // namespace waverack::link
