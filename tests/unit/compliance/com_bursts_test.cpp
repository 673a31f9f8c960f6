// Errors behind errors, against closed forms and against a receiver that decides symbol by symbol.

#include "waverack/compliance/com_bursts.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "waverack/signal/special.hpp"

namespace waverack::compliance {
namespace {

ComNoiseDensity gaussian(double sigma) { return {signal::delta(0.0, 1e-3), sigma}; }

// The worst case of the field: a first tap of 1 goes on with 3/4 in PAM4 and 1/2 in NRZ (facts:
// standards 8.2; ieee802.org/3/cd/email/msg00209). The wrong value stands in the middle between the wrong
// levels' neighbours, so one side errs for sure and the other never.
TEST(ComBursts, AFirstTapOfOneGoesOnWithThreeQuarters) {
  const std::vector<double> tap = {1.0};
  EXPECT_NEAR(com_bursts(4, 1.0, gaussian(0.1), tap).propagation[0], 0.75, 1e-9);
  EXPECT_NEAR(com_bursts(2, 1.0, gaussian(0.1), tap).propagation[0], 0.5, 1e-9);
}

// Two taps: the mean of Q((1 ± 2b₁ ± 2b₂)/σ) over the signs, times 3/2.
TEST(ComBursts, EachTapAddsItsOwnError) {
  const std::vector<double> taps = {0.3, -0.1};
  const double sigma = 0.25;
  const ComBursts bursts = com_bursts(4, 1.0, gaussian(sigma), taps);
  ASSERT_EQ(bursts.propagation.size(), 2u);
  const auto q = [&](double distance) { return signal::q_function(distance / sigma); };
  const double alone = 1.5 * q(1.0), after_one = 1.5 * 0.5 * (q(0.4) + q(1.6)),
               after_two = 1.5 * 0.25 * (q(0.2) + q(0.6) + q(1.4) + q(1.8));
  EXPECT_NEAR(bursts.propagation[0], after_one, 1e-9);
  EXPECT_NEAR(bursts.propagation[1], after_two, 1e-9);
  ASSERT_EQ(bursts.probability.size(), 3u);
  EXPECT_NEAR(bursts.probability[0], alone, 1e-12);
  EXPECT_NEAR(bursts.probability[2], alone * after_one * after_two, 1e-12);
}

TEST(ComBursts, WithoutFeedbackErrorsAreIndependent) {
  const ComBursts bursts = com_bursts(4, 1.0, gaussian(0.25), {});
  EXPECT_TRUE(bursts.propagation.empty());
  EXPECT_EQ(bursts.probability.size(), 1u);
}

// A receiver with one tap of 0.6 decides two million symbols; about 60 000 errors, so the ratio is known to
// 0.002.
TEST(ComBursts, IsWhatASymbolBySymbolReceiverDoes) {
  const std::vector<double> tap = {0.6};
  const double sigma = 0.45;
  std::mt19937_64 draw(11);
  std::uniform_int_distribution<int> level(0, 3);
  std::normal_distribution<double> noise(0.0, sigma);
  int before = 0, decided_before = 0, errors = 0, pairs = 0;
  bool wrong_before = false;
  for (int i = 0; i < 2'000'000; ++i) {
    const int sent = 2 * level(draw) - 3;
    const double value = sent + tap[0] * before - tap[0] * decided_before + noise(draw);
    const int decided = value < -2.0 ? -3 : value < 0.0 ? -1 : value < 2.0 ? 1 : 3;
    const bool wrong = decided != sent;
    errors += wrong_before;
    pairs += wrong_before && wrong;
    before = sent;
    decided_before = decided;
    wrong_before = wrong;
  }
  const ComBursts bursts = com_bursts(4, 1.0, gaussian(sigma), tap);
  EXPECT_NEAR(bursts.propagation[0], static_cast<double>(pairs) / errors, 0.008);
}

}  // namespace
}  // namespace waverack::compliance
