#include "waverack/dsp/batch_receiver.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "waverack/base/random.hpp"
#include "waverack/signal/batch_kernels.hpp"

namespace waverack::dsp {
namespace {

using signal::batch_records;

struct RandomRows {
  explicit RandomRows(int rows, std::uint32_t source = 0)
      : buffer(rows), count(static_cast<std::size_t>(rows) * batch_records) {
    fill_normal(Stream{3, source, 0, 0}, std::span<float>(buffer.data(), count));
  }
  float at(std::size_t n, std::size_t r) const { return buffer.data()[n * batch_records + r]; }
  signal::BatchBuffer buffer;
  std::size_t count;
};

// Every record through the equaliser of one record, which has tests of its own.
TEST(BatchReceiver, EqualisesEachRecordAsAPeriod) {
  for (const int q : {1, 2}) {
    constexpr int symbols = 24;
    EqualiserShape shape{3, 6, q, 0, 1.0};
    Equaliser equaliser;
    for (int i = 0; i < (shape.pre + shape.post + 1) * q; ++i)
      equaliser.forward.push_back(std::cos(1.3 * i) / (1.0 + i));
    equaliser.bias = 0.25;
    RandomRows samples(symbols * q), y(symbols);
    equalise_rows(equaliser, shape, symbols, samples.buffer.data(), y.buffer.data());
    for (const std::size_t r : {0U, 17U, 31U}) {
      std::vector<float> record;
      for (int n = 0; n < symbols * q; ++n) record.push_back(samples.at(static_cast<std::size_t>(n), r));
      const std::vector<float> expected =
          equalise(equaliser, shape, record, std::vector<float>(symbols, 0.0f), q, 0);
      for (std::size_t k = 0; k < symbols; ++k) ASSERT_NEAR(y.at(k, r), expected[k], 1e-5) << q << ' ' << k;
    }
  }
}

TEST(BatchReceiver, Clips) {
  RandomRows samples(1);
  const std::vector<std::pair<float, float>> cases{
      {0.1f, 0.1f}, {-0.9f, -0.9f}, {7.0f, 1.0f}, {-7.0f, -1.0f}};
  for (std::size_t i = 0; i < cases.size(); ++i) samples.buffer.data()[i] = cases[i].first;
  clip_rows(1.0f, batch_records, samples.buffer.data());
  for (std::size_t i = 0; i < cases.size(); ++i) EXPECT_EQ(samples.buffer.data()[i], cases[i].second);
}

TEST(BatchReceiver, JitterMovesAlongTheSlope) {
  RandomRows y(1, 1), slope(1, 2), normals(1, 3), signs(1, 4);
  const RandomRows before(1, 1);
  displace_rows(0.02f, 0.1f, batch_records, slope.buffer.data(), normals.buffer.data(), signs.buffer.data(),
                y.buffer.data());
  for (std::size_t r = 0; r < batch_records; ++r)
    EXPECT_NEAR(
        y.at(0, r),
        before.at(0, r) + slope.at(0, r) * (0.02f * normals.at(0, r) + std::copysign(0.1f, signs.at(0, r))),
        1e-6);
}

TEST(BatchReceiver, Decides) {
  RandomRows y(3);
  std::vector<std::uint8_t> decisions(3 * batch_records);
  const std::vector<float> thresholds{-0.6f, 0.1f, 0.7f};
  decide_rows(thresholds, 3, y.buffer.data(), decisions.data());
  for (std::size_t i = 0; i < 3 * batch_records; ++i) {
    int expected = 0;
    for (const float t : thresholds) expected += y.buffer.data()[i] > t;
    ASSERT_EQ(decisions[i], expected);
  }
}

// A channel 1 + 0.5·D: the feedback tap takes the echo away, and one wrong decision goes on as long as it
// should.
TEST(BatchReceiver, FeedbackTakesDecisionsAlsoWrongOnes) {
  constexpr int symbols = 40;
  const std::vector<float> target{-1.0f, -1.0f / 3.0f, 1.0f / 3.0f, 1.0f},
      thresholds{-2.0f / 3.0f, 0.0f, 2.0f / 3.0f};
  std::vector<std::uint8_t> sent(symbols * batch_records);
  for (std::size_t k = 0; k < symbols; ++k)
    for (std::size_t r = 0; r < batch_records; ++r)
      sent[k * batch_records + r] = static_cast<std::uint8_t>((3 * k + 5 * r + k * k) % 4);
  RandomRows y(symbols);
  for (std::size_t k = 0; k < symbols; ++k)
    for (std::size_t r = 0; r < batch_records; ++r) {
      const std::size_t earlier = (k + symbols - 1) % symbols;
      y.buffer.data()[k * batch_records + r] =
          target[sent[k * batch_records + r]] + 0.5f * target[sent[earlier * batch_records + r]];
    }
  std::vector<std::uint8_t> decisions(sent.size());
  RandomRows clean = RandomRows(symbols);
  std::copy_n(y.buffer.data(), y.count, clean.buffer.data());
  const std::vector<double> taps{0.5};
  decide_with_feedback(taps, target, thresholds, symbols, sent.data(), clean.buffer.data(), decisions.data());
  EXPECT_EQ(decisions, sent);

  // Record 4 gets a disturbance of three quarters of a level distance at symbol 10. Followed by hand:
  y.buffer.data()[10 * batch_records + 4] += sent[10 * batch_records + 4] < 3 ? 0.5f : -0.5f;
  std::vector<std::uint8_t> by_hand;
  float past = target[sent[(symbols - 1) * batch_records + 4]];
  for (std::size_t k = 0; k < symbols; ++k) {
    const float value = y.at(k, 4) - 0.5f * past;
    std::uint8_t decision = 0;
    for (const float t : thresholds) decision = static_cast<std::uint8_t>(decision + (value > t));
    past = target[decision];
    by_hand.push_back(decision);
  }
  decide_with_feedback(taps, target, thresholds, symbols, sent.data(), y.buffer.data(), decisions.data());
  int wrong = 0;
  for (std::size_t k = 0; k < symbols; ++k) {
    EXPECT_EQ(decisions[k * batch_records + 4], by_hand[k]) << k;
    wrong += by_hand[k] != sent[k * batch_records + 4];
    EXPECT_EQ(decisions[k * batch_records + 5], sent[k * batch_records + 5]);
  }
  EXPECT_GE(wrong, 1);
}

}  // namespace
}  // namespace waverack::dsp
