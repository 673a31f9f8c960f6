#include "waverack/dsp/adaptive_rows.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "waverack/base/random.hpp"
#include "waverack/dsp/batch_receiver.hpp"
#include "waverack/signal/batch_kernels.hpp"

namespace waverack::dsp {
namespace {

using signal::batch_records;
const std::vector<float> target{-1.0f, -1.0f / 3.0f, 1.0f / 3.0f, 1.0f};
const std::vector<float> thresholds{-2.0f / 3.0f, 0.0f, 2.0f / 3.0f};
constexpr double level_power = 5.0 / 9.0;  // of PAM4 between −1 and 1

// PAM4 through the symbol-spaced channel 1 + pre·D⁻¹ + post·D, with an offset and white noise.
struct NoisyChannel {
  double pre = -0.1, post = 0.15, offset = 0.2, noise = 0.05;
};

struct Batch {
  Batch(const NoisyChannel& channel, int symbols, std::uint32_t block, double gain = 1.0)
      : sent(static_cast<std::size_t>(symbols) * batch_records), samples(symbols) {
    std::vector<double> uniform(sent.size());
    fill_uniform(Stream{5, 0, 0, block}, uniform);
    std::vector<float> noise(sent.size());
    fill_normal(Stream{5, 1, 0, block}, std::span<float>(noise));
    for (std::size_t i = 0; i < sent.size(); ++i) sent[i] = static_cast<std::uint8_t>(4.0 * uniform[i]);
    const auto count = static_cast<std::size_t>(symbols);
    for (std::size_t k = 0; k < count; ++k)
      for (std::size_t r = 0; r < batch_records; ++r) {
        const auto level = [&](std::size_t at) {
          return static_cast<double>(target[sent[at % count * batch_records + r]]);
        };
        const double x = level(k) + channel.pre * level(k + 1) + channel.post * level(k + count - 1) +
                         channel.offset + channel.noise * noise[k * batch_records + r];
        samples.data()[k * batch_records + r] = static_cast<float>(gain * x);
      }
  }
  std::vector<std::uint8_t> sent;
  signal::BatchBuffer samples;
};

struct Outcome {
  explicit Outcome(int symbols) : y(symbols), decisions(static_cast<std::size_t>(symbols) * batch_records) {
    std::fill_n(y.data(), decisions.size(), 0.0f);
  }
  signal::BatchBuffer y;
  std::vector<std::uint8_t> decisions;
};

// Without a step it is the receiver of fixed taps, which has tests of its own.
TEST(AdaptiveRows, WithoutAStepItIsTheFixedReceiver) {
  constexpr int symbols = 40;
  for (const int q : {1, 2}) {
    const EqualiserShape shape{3, 5, q, 2, 1.0};
    Equaliser equaliser;
    for (int i = 0; i < (shape.pre + shape.post + 1) * q; ++i)
      equaliser.forward.push_back(2.0 * std::cos(1.3 * i) / (1.0 + i));
    equaliser.feedback = {0.3, -0.1};
    equaliser.bias = 0.05;
    const Batch batch(NoisyChannel{}, symbols * q, 0, 0.4);
    Outcome fixed(symbols), adaptive(symbols);
    equalise_rows(equaliser, shape, symbols, batch.samples.data(), fixed.y.data());
    decide_with_feedback(equaliser.feedback, target, thresholds, symbols, batch.sent.data(), fixed.y.data(),
                         fixed.decisions.data());
    AdaptiveRows rows(equaliser, shape, {0.0, 0.1, 0.7}, target, thresholds, symbols);
    rows.run(batch.samples.data(), batch.sent.data(), 0, symbols, adaptive.y.data(),
             adaptive.decisions.data());
    for (std::size_t i = 0; i < symbols * batch_records; ++i)
      ASSERT_NEAR(adaptive.y.data()[i], fixed.y.data()[i], 2e-5) << q << ' ' << i;  // order of sums
    EXPECT_EQ(adaptive.decisions, fixed.decisions);
  }
}

// The rule in double precision, one record after the other.
struct Reference {
  Equaliser equaliser;  // forward taps on samples
  void run(const EqualiserShape& shape, const LmsRule& rule, std::size_t record, int first, int end,
           const Batch& batch, int symbols, std::vector<double>& y) {
    const long q = shape.samples_per_symbol, length = symbols * q;
    std::vector<double> past;
    for (std::size_t n = 0; n < equaliser.feedback.size(); ++n)
      past.push_back(
          target[batch.sent[(static_cast<std::size_t>(symbols) - 1 - n) * batch_records + record]]);
    for (int k = 0; k < symbols; ++k) {
      std::vector<double> x;
      for (long t = 0; t < static_cast<long>(equaliser.forward.size()); ++t) {
        const long at = (((k + shape.pre) * q - t) % length + length) % length;
        x.push_back(batch.samples.data()[static_cast<std::size_t>(at) * batch_records + record]);
      }
      double value = equaliser.bias;
      for (std::size_t t = 0; t < x.size(); ++t) value += equaliser.forward[t] * x[t];
      for (std::size_t n = 0; n < past.size(); ++n) value -= equaliser.feedback[n] * past[n];
      double decided = target[0];
      for (std::size_t i = 0; i < thresholds.size(); ++i)
        if (value > thresholds[i]) decided = target[i + 1];
      if (k >= first && k < end) {
        const double move = rule.step * (decided - value);
        equaliser.bias += move;
        for (std::size_t t = 0; t < x.size(); ++t) {
          const double step = move * (x[t] - rule.mean) / rule.rms / rule.rms;
          equaliser.forward[t] += step;
          equaliser.bias -= step * rule.mean;
        }
        for (std::size_t n = 0; n < past.size(); ++n)
          equaliser.feedback[n] =
              std::clamp(equaliser.feedback[n] - move * past[n], -shape.feedback_limit, shape.feedback_limit);
      }
      past.insert(past.begin(), decided);
      past.pop_back();
      y.push_back(value);
    }
  }
};

TEST(AdaptiveRows, FollowsTheRuleFromBlockToBlock) {
  constexpr int symbols = 64;
  const EqualiserShape shape{1, 2, 1, 1, 0.12};  // the echo wants 0.15: the limit counts
  Equaliser start;
  start.forward = {0.0, 2.5, 0.0, 0.0};  // of a gain of 0.4
  start.feedback = {0.0};
  const LmsRule rule{0.02, 0.08, 0.3};
  AdaptiveRows rows(start, shape, rule, target, thresholds, symbols);
  std::vector<Reference> references(batch_records, Reference{start});
  for (std::uint32_t block = 0; block < 6; ++block) {
    const Batch batch(NoisyChannel{}, symbols, block, 0.4);
    Outcome outcome(symbols);
    rows.run(batch.samples.data(), batch.sent.data(), 8, 56, outcome.y.data(), outcome.decisions.data());
    for (const std::size_t r : {0U, 13U, 16U, 31U}) {
      std::vector<double> expected;
      references[r].run(shape, rule, r, 8, 56, batch, symbols, expected);
      // Single precision; no value lies this close to a threshold.
      for (std::size_t k = 0; k < symbols; ++k)
        ASSERT_NEAR(outcome.y.data()[k * batch_records + r], expected[k], 2e-5)
            << block << ' ' << r << ' ' << k;
      const Equaliser found = rows.taps_of(static_cast<int>(r));
      for (std::size_t t = 0; t < 4; ++t)
        EXPECT_NEAR(found.forward[t], references[r].equaliser.forward[t], 1e-4);
      EXPECT_NEAR(found.bias, references[r].equaliser.bias, 1e-4);
      EXPECT_NEAR(found.feedback[0], references[r].equaliser.feedback[0], 1e-5);
      EXPECT_LE(found.feedback[0], 0.12 + 1e-6);
    }
  }
  EXPECT_GT(rows.taps_of(0).feedback[0], 0.05);
  rows.restart();
  for (std::size_t t = 0; t < 4; ++t) EXPECT_NEAR(rows.taps_of(5).forward[t], start.forward[t], 1e-6);
  EXPECT_NEAR(rows.taps_of(5).bias, 0.0, 1e-6);
}

// What adaptation needs of a channel whose symbols are independent: correlations by hand.
AdaptationSums sums_of(const NoisyChannel& channel, const EqualiserShape& shape) {
  const int taps = shape.pre + shape.post + 1;
  const double h[3] = {channel.pre, 1.0, channel.post};  // of the next symbol, this one, the last one
  AdaptationSums sums;
  sums.correlation.assign(static_cast<std::size_t>(taps * taps), channel.offset * channel.offset);
  sums.cross.assign(static_cast<std::size_t>(taps), 0.0);
  sums.mean.assign(static_cast<std::size_t>(taps), channel.offset);
  sums.target = {level_power};
  for (int i = 0; i < taps; ++i) {
    for (int j = 0; j < taps; ++j)
      for (int a = 0; a < 3; ++a)
        for (int b = 0; b < 3; ++b)
          if (i + a == j + b)
            sums.correlation[static_cast<std::size_t>(i * taps + j)] += h[a] * h[b] * level_power;
    // Tap i sees the sample that comes this many symbols later.
    const int later = shape.pre - i;
    if (std::abs(later) <= 1) sums.cross[static_cast<std::size_t>(i)] = h[1 + later] * level_power;
  }
  return sums;
}

// From a single unit cursor the taps go to those of least mean square error J, and then wander about them
// with the excess error M·J, M = μ·tr(R)/(2 − μ·tr(R)) (A. H. Sayed, Fundamentals of Adaptive Filtering,
// section 6.5). It is measured twice: by the taps of 32 records after each block, and by the error itself.
// Tolerance: 6 % of M for its assumption that taps and inputs are independent, and four standard errors.
TEST(AdaptiveRows, ConvergesFromAUnitCursorToTheBestTaps) {
  constexpr int symbols = 1000, blocks = 25, run_in = 5;
  constexpr double snapshots = static_cast<double>(batch_records) * (blocks - run_in);
  const EqualiserShape shape{3, 4, 1, 0, 1.0};
  const NoisyChannel channel;
  const AdaptationSums sums = sums_of(channel, shape);
  std::vector<double> noise(8, 0.0);
  noise[0] = channel.noise * channel.noise;
  const Equaliser best = adapt(sums, noise, shape);
  Equaliser start;
  start.forward.assign(8, 0.0);
  start.forward[3] = 1.0;
  LmsRule rule;
  rule.mean = channel.offset;
  rule.rms = std::sqrt(sums.correlation[0] - channel.offset * channel.offset + noise[0]);
  for (const double step : {0.1, 0.25}) {
    rule.step = step / 9.0;  // eight taps of unit power and the bias
    AdaptiveRows rows(start, shape, rule, target, thresholds, symbols);
    std::vector<double> mean_taps(8, 0.0);
    double error = 0.0, excess = 0.0;
    for (std::uint32_t block = 0; block < blocks; ++block) {
      const Batch batch(channel, symbols, block);
      Outcome outcome(symbols);
      rows.run(batch.samples.data(), batch.sent.data(), 0, symbols, outcome.y.data(),
               outcome.decisions.data());
      if (block < run_in) continue;
      EXPECT_EQ(outcome.decisions, batch.sent);
      for (std::size_t i = 0; i < symbols * batch_records; ++i) {
        const double off = static_cast<double>(outcome.y.data()[i]) - target[batch.sent[i]];
        error += off * off / (snapshots * symbols);
      }
      for (int r = 0; r < static_cast<int>(batch_records); ++r) {
        const Equaliser taps = rows.taps_of(r);
        const double off_bias = taps.bias - best.bias;
        double square = off_bias * off_bias;
        for (std::size_t i = 0; i < 8; ++i) {
          const double off = taps.forward[i] - best.forward[i];
          mean_taps[i] += taps.forward[i] / snapshots;
          square += off * (2.0 * off_bias * channel.offset + off * noise[0]);
          for (std::size_t j = 0; j < 8; ++j)
            square += off * (taps.forward[j] - best.forward[j]) * sums.correlation[8 * i + j];
        }
        excess += square / snapshots;
      }
    }
    const double least = best.mean_square_error, misadjustment = step / (2.0 - step);
    EXPECT_NEAR(excess / least / misadjustment, 1.0, 0.06 + 4.0 * std::sqrt(2.0 / 9.0 / snapshots)) << step;
    EXPECT_NEAR(error / least - 1.0, misadjustment,
                0.06 * misadjustment + 4.0 * std::sqrt(2.0 / (snapshots * symbols)))
        << step;
    // Each tap wanders by √(μ·J/2) in units of the inputs' rms.
    const double wander = std::sqrt(0.5 * rule.step * least) / rule.rms;
    for (std::size_t t = 0; t < 8; ++t)
      EXPECT_NEAR(mean_taps[t], best.forward[t], 4.0 * wander / std::sqrt(snapshots)) << step << ' ' << t;
  }
}

}  // namespace
}  // namespace waverack::dsp
