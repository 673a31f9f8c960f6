#include "waverack/dsp/equaliser.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <utility>

#include "unit/dsp/pulse_record.hpp"

namespace waverack::dsp {
namespace {

// Random PAM4 through a pulse, with an offset that the bias has to take away.
PulseRecord equaliser_record(const std::vector<double>& pulse, int samples, std::size_t n = 4096) {
  std::mt19937 random(3);
  std::vector<float> target;
  for (std::size_t k = 0; k < n; ++k)
    target.push_back(-1.0f + 2.0f / 3.0f * static_cast<float>(random() % 4));
  return through_pulse(std::move(target), pulse, 0.3, samples);
}

// The inverse of 1 + a·z⁻¹ is Σ (−a)^n z^−n: with many taps and no noise the MMSE solution is the inverse.
TEST(Equaliser, InvertsAShortChannel) {
  const double a = 0.3;
  const PulseRecord c = equaliser_record({1.0, a}, 2);
  const EqualiserShape shape{2, 16, 1, 0, 1e9};
  const std::vector<double> noise(19, 0.0);
  const Equaliser e = adapt(adaptation_sums(c.waveform, c.target, 2, 0, shape), noise, shape);
  for (int n = 0; n < 6; ++n) EXPECT_NEAR(e.forward[2 + n], std::pow(-a, n), 2e-4) << n;
  EXPECT_LT(e.mean_square_error, 1e-6);
  const std::vector<float> y = equalise(e, shape, c.waveform, c.target, 2, 0);
  for (std::size_t k = 0; k < y.size(); ++k) ASSERT_NEAR(y[k], c.target[k], 1e-3);
}

// One tap in white noise: the MMSE gain is S/(S + N) (Wiener), S the variance of the target.
TEST(Equaliser, WienerGain) {
  const PulseRecord c = equaliser_record({1.0}, 1);
  const EqualiserShape shape{0, 0, 1, 0, 1e9};
  const std::vector<double> noise{0.2};
  double mean = 0.0, power = 0.0;
  for (const float t : c.target) mean += t, power += t * t;
  mean /= static_cast<double>(c.target.size());
  const double variance = power / static_cast<double>(c.target.size()) - mean * mean;
  const Equaliser e = adapt(adaptation_sums(c.waveform, c.target, 1, 0, shape), noise, shape);
  EXPECT_NEAR(e.forward[0], variance / (variance + 0.2), 1e-4);
  EXPECT_NEAR(e.mean_square_error, variance * 0.2 / (variance + 0.2), 1e-4);
}

// A feedback tap takes a post-cursor away without noise enhancement: forward stays 1.
TEST(Equaliser, FeedbackRemovesThePostCursor) {
  const PulseRecord c = equaliser_record({1.0, 0.5}, 1);
  const EqualiserShape shape{0, 0, 1, 1, 1e9};
  const std::vector<double> noise{1e-6};
  const Equaliser e = adapt(adaptation_sums(c.waveform, c.target, 1, 0, shape), noise, shape);
  EXPECT_NEAR(e.forward[0], 1.0, 1e-3);
  EXPECT_NEAR(e.feedback[0], 0.5, 1e-3);
}

TEST(Equaliser, FeedbackLimitHolds) {
  const PulseRecord c = equaliser_record({1.0, 0.5}, 1);
  const EqualiserShape shape{0, 4, 1, 1, 0.2};
  const std::vector<double> noise(5, 1e-6);
  const Equaliser e = adapt(adaptation_sums(c.waveform, c.target, 1, 0, shape), noise, shape);
  EXPECT_NEAR(e.feedback[0], 0.2, 1e-9);
  EXPECT_NEAR(e.forward[1], -0.3, 0.02);  // the rest of the post-cursor is left to the forward taps
}

// Half-symbol taps see the same symbols at both halves here; the mean square error cannot be worse than with
// symbol-spaced taps.
TEST(Equaliser, HalfSymbolSpacing) {
  const PulseRecord c = equaliser_record({1.0, 0.3, -0.1}, 2);
  const EqualiserShape whole{2, 6, 1, 0, 1e9}, half{2, 6, 2, 0, 1e9};
  std::vector<double> noise(18, 0.0);
  noise[0] = 0.01;
  const double mse_whole =
      adapt(adaptation_sums(c.waveform, c.target, 2, 0, whole), noise, whole).mean_square_error;
  const double mse_half =
      adapt(adaptation_sums(c.waveform, c.target, 2, 0, half), noise, half).mean_square_error;
  EXPECT_LE(mse_half, mse_whole * 1.0001);
}

}  // namespace
}  // namespace waverack::dsp
