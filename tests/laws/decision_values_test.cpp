// What the waveform solver keeps of its decisions and draws as eyes, against what it counts and what the
// semi-analytic solver expects.

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "lanes.hpp"
#include "waverack/link/sampler_eye.hpp"
#include "waverack/link/solve.hpp"
#include "waverack/link/waveform_solver.hpp"
#include "waverack/signal/pattern.hpp"

namespace waverack::link {
namespace {

using Histogram = DecisionHistogram;

double middle(int bin) { return Histogram::start + (bin + 0.5) * Histogram::step; }

// A filter that leaves some interference, an equaliser, and errors at about 1e-3.
Lane noisy_lane() {
  parts::Receiver receiver = lanes::plain_receiver(0.5);
  receiver.noise_density = 0.26e-6;
  receiver.ffe_pre = 2;
  receiver.ffe_post = 4;
  return lanes::electrical_lane(50e9, Modulation::pam4, lanes::ideal_transmitter(0.8), receiver);
}

SegmentCounts count_first(const Lane& lane, std::uint64_t symbols, int threads = 1) {
  CountOptions options;
  options.symbols = symbols;
  options.threads = threads;
  options.eyes = true;
  return count_errors(make_plan(lane), signal::prbs_pam4(13), fec::kp4, options).front();
}

struct Moments {
  double mean = 0.0, variance = 0.0;
};
template <class Weight>
Moments moments(const Weight& weight) {
  double sum = 0.0, first = 0.0, second = 0.0;
  for (int bin = 0; bin < Histogram::bins; ++bin) {
    const double w = weight(static_cast<std::size_t>(bin)), x = middle(bin);
    sum += w;
    first += w * x;
    second += w * x * x;
  }
  const double mean = first / sum;
  return {mean, second / sum - mean * mean};
}

TEST(DecisionValues, EverySymbolIsInTheHistogram) {
  const SegmentCounts counted = count_first(noisy_lane(), 2'000'000);
  ASSERT_EQ(counted.values.levels(), 4);
  std::uint64_t all = 0, surely_wrong = 0, perhaps_wrong = 0;
  for (int level = 0; level < 4; ++level)
    for (int bin = 0; bin < Histogram::bins; ++bin) {
      const std::uint64_t count = counted.values.counts(level)[static_cast<std::size_t>(bin)];
      all += count;
      // What lies beyond the thresholds of its level is a symbol error; only the bins of the thresholds leave
      // it open.
      const double low = middle(bin) - 0.5 * Histogram::step, high = low + Histogram::step;
      const double floor = level > 0 ? counted.thresholds[static_cast<std::size_t>(level) - 1] : -10.0,
                   ceiling = level < 3 ? counted.thresholds[static_cast<std::size_t>(level)] : 10.0;
      if (high <= floor || low >= ceiling) surely_wrong += count;
      if (low < floor || high > ceiling) perhaps_wrong += count;
    }
  EXPECT_EQ(all, counted.counts.symbols);
  EXPECT_GT(surely_wrong, 500u);
  EXPECT_LE(surely_wrong, counted.counts.symbol_errors);
  EXPECT_GE(perhaps_wrong, counted.counts.symbol_errors);
}

// Tolerance: five standard errors, and for the variance 1 % for the cuts of impulse responses and noise bins.
// A bin widens its values by step²/12 on both sides.
TEST(DecisionValues, HaveTheMomentsOfTheOtherSolver) {
  const SegmentCounts counted = count_first(noisy_lane(), 2'000'000);
  for (int level = 0; level < 4; ++level) {
    const auto counts = counted.values.counts(level);
    const std::vector<double>& expected = counted.expected_density[static_cast<std::size_t>(level)];
    const double symbols =
        static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
    const Moments found = moments([&](std::size_t bin) { return static_cast<double>(counts[bin]); });
    const Moments wanted = moments([&](std::size_t bin) { return expected[bin]; });
    EXPECT_NEAR(std::accumulate(expected.begin(), expected.end(), 0.0) * Histogram::step, 1.0, 1e-4) << level;
    EXPECT_NEAR(found.mean, wanted.mean, 1e-4 + 5.0 * std::sqrt(wanted.variance / symbols)) << level;
    EXPECT_NEAR(found.variance / wanted.variance, 1.0, 0.01 + 5.0 * std::sqrt(2.0 / symbols)) << level;
  }
}

// Bin by bin down to 1e-5 of the symbols: Pearson's statistic is chi-square distributed. Bins of fewer than
// 25 expected symbols are left out; five standard deviations, and for each bin 3 % of model error.
TEST(DecisionValues, HaveTheDensityOfTheOtherSolver) {
  const SegmentCounts counted = count_first(noisy_lane(), 4'000'000);
  int bins = 0;
  for (int level = 0; level < 4; ++level) {
    const auto counts = counted.values.counts(level);
    const double symbols =
        static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
    double statistic = 0.0, degrees = 0.0;
    for (std::size_t bin = 1; bin + 1 < Histogram::bins; ++bin) {
      const double expected =
          counted.expected_density[static_cast<std::size_t>(level)][bin] * symbols * Histogram::step;
      if (expected < 25.0) continue;
      const double off = static_cast<double>(counts[bin]) - expected;
      statistic += off * off / (expected + 0.03 * 0.03 * expected * expected);
      degrees += 1.0;
      ++bins;
    }
    EXPECT_LT(statistic, degrees + 5.0 * std::sqrt(2.0 * degrees)) << level;
  }
  EXPECT_GT(bins, 200);
}

TEST(DecisionValues, TheSameOnAnyNumberOfThreadsAndWithTapsThatFollow) {
  Lane lane = noisy_lane();
  lanes::part_of<parts::Receiver>(lane.chain).adaptation_step = 0.2;
  const SegmentCounts one = count_first(lane, 2'000'000, 1), three = count_first(lane, 2'000'000, 3);
  EXPECT_EQ(one.counts.bit_errors, three.counts.bit_errors);
  EXPECT_EQ(one.counts.bursts, three.counts.bursts);
  for (int level = 0; level < 4; ++level)
    EXPECT_TRUE(std::ranges::equal(one.values.counts(level), three.values.counts(level)));
}

TEST(DecisionValues, GuideTapsOnlyWhileTheyAreMostlyRight) {
  SolveOptions options;
  options.threads = 1;
  options.penalties = options.charts = options.margins = false;
  Lane lane = noisy_lane();
  parts::Receiver& receiver = lanes::part_of<parts::Receiver>(lane.chain);
  receiver.adaptation_step = 0.1;
  EXPECT_TRUE(solve(lane, options).warnings.empty());
  receiver.noise_density *= 2.0;
  const LaneResult result = solve(lane, options);
  EXPECT_GT(result.ber_pre_fec, 1e-2);
  ASSERT_EQ(result.warnings.size(), 1u);
  EXPECT_EQ(result.warnings[0].path, "lane.chain.receiver");
}

TEST(DecisionValues, AreNotThereForSequences) {
  Lane lane = noisy_lane();
  lanes::part_of<parts::Receiver>(lane.chain).mlse_memory = 1;
  const SegmentCounts counted = count_first(lane, 100'000);
  EXPECT_EQ(counted.values.levels(), 0);
  EXPECT_TRUE(counted.expected_density.empty());
}

// The columns of an eye on both sides of the sampling instant, and what they hold of each row's amplitude.
std::vector<double> at_sampling_instant(const EyeImage& eye) {
  std::vector<double> share;
  double sum = 0.0;
  for (int r = 0; r < eye.rows; ++r) {
    const auto at = static_cast<std::size_t>(r * eye.columns + eye.columns / 2);
    share.push_back(static_cast<double>(eye.density[at]) + eye.density[at - 1]);
    sum += share.back();
  }
  for (double& value : share) value /= sum;
  return share;
}

// At the sampling instant the eye behind the equaliser holds what was decided on, all levels together; the
// one before it the same less gain and bias, if the equaliser has one tap. Half the sum of the differences of
// two distributions: 262 144 symbols on some 200 rows leave 0.01, the width of a row and of a column and the
// cubic between samples the rest. A noise that is wrong by a tenth makes 0.05.
TEST(SamplerEye, HoldsTheDecisionsAtTheSamplingInstant) {
  for (const char* equaliser : {"taps", "one tap", "feedback"}) {
    Lane lane = noisy_lane();
    parts::Receiver& receiver = lanes::part_of<parts::Receiver>(lane.chain);
    const bool one_tap = equaliser == std::string_view("one tap");
    if (one_tap) receiver.ffe_pre = receiver.ffe_post = 0;
    if (equaliser == std::string_view("feedback")) receiver.dfe_taps = 2;
    const Plan plan = make_plan(lane);
    SegmentOptions own;
    own.samples_per_symbol = 8;
    const SolvedSegment solved =
        solve_segment(plan.segments.front(), plan.conditions, signal::prbs_pam4(13), own);
    const std::vector<EyeImage> eyes =
        sampler_eyes(plan.segments.front(), plan.conditions, solved, BlockShape{}, CountOptions{});
    ASSERT_EQ(eyes.size(), 2u);
    EXPECT_EQ(eyes[0].amplitude_unit, "V");
    EXPECT_EQ(eyes[1].amplitude_unit, "1");
    const auto distance = [&](const EyeImage& eye, double gain, double bias) {
      const std::vector<double> found = at_sampling_instant(eye);
      double sum = 0.0;
      for (int r = 0; r < eye.rows; ++r) {
        const double value = gain * (eye.amplitude_start + (r + 0.5) * eye.amplitude_step) + bias;
        double expected = 0.0;
        for (int level = 0; level < 4; ++level)
          expected += 0.25 * solved.statistics->density(level, value) * std::abs(gain) * eye.amplitude_step;
        sum += 0.5 * std::abs(found[static_cast<std::size_t>(r)] - expected);
      }
      return sum;
    };
    EXPECT_LT(distance(eyes[1], 1.0, 0.0), 0.03) << equaliser;
    if (one_tap) {
      EXPECT_LT(distance(eyes[0], solved.equaliser.forward[0], solved.equaliser.bias), 0.03);
    }
  }
}

TEST(SamplerEye, IsDrawnWhereItIsAskedFor) {
  CountOptions options;
  options.symbols = 100'000;
  options.threads = 1;
  const Lane lane = noisy_lane();
  const Plan plan = make_plan(lane);
  const auto eyes = [&] { return count_errors(plan, signal::prbs_pam4(13), fec::kp4, options).front().eyes; };
  EXPECT_TRUE(eyes().empty());
  options.eyes = true;
  const std::vector<EyeImage> drawn = eyes();
  ASSERT_EQ(drawn.size(), 2u);
  for (const EyeImage& eye : drawn)
    EXPECT_EQ(*std::max_element(eye.density.begin(), eye.density.end()), 1.0f);
}

}  // namespace
}  // namespace waverack::link
