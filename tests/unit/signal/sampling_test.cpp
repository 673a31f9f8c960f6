#include "waverack/signal/sampling.hpp"

#include <gtest/gtest.h>

#include <numbers>

namespace waverack::signal {
namespace {

// A sine with `cycles` periods in `count` samples, against which interpolation is exact only in the limit.
Waveform sine_waveform(int count, int cycles, int samples_per_symbol) {
  Waveform waveform{std::vector<float>(static_cast<std::size_t>(count)), 1.0, samples_per_symbol};
  for (int i = 0; i < count; ++i)
    waveform.samples[static_cast<std::size_t>(i)] =
        static_cast<float>(std::sin(2.0 * std::numbers::pi * cycles * i / count));
  return waveform;
}

double worst_error(const Waveform& waveform, int cycles) {
  double worst = 0.0;
  const double count = static_cast<double>(waveform.samples.size());
  for (double t = -3.0; t < count; t += 0.0937)
    worst = std::max(worst,
                     std::abs(value_at(waveform, t) - std::sin(2.0 * std::numbers::pi * cycles * t / count)));
  return worst;
}

// One period per symbol: the highest frequency the header speaks of.
TEST(Sampling, ErrorOfASineAtTheSymbolRate) {
  EXPECT_LT(worst_error(sine_waveform(800, 100, 8), 100), 0.01);
  EXPECT_LT(worst_error(sine_waveform(1600, 100, 16), 100), 0.0011);
}

// Catmull-Rom reproduces samples and straight lines.
TEST(Sampling, ExactOnSamplesAndLines) {
  Waveform ramp{std::vector<float>(64), 1.0, 4};
  for (std::size_t i = 0; i < 64; ++i) ramp.samples[i] = static_cast<float>(i);
  for (const double t : {2.0, 17.25, 40.9}) EXPECT_NEAR(value_at(ramp, t), t, 1e-5);
  EXPECT_FLOAT_EQ(value_at(ramp, -3.0), 61.0f);
  EXPECT_FLOAT_EQ(value_at(ramp, 64.0 * 5 + 7), 7.0f);
}

// The blocked walk, one time, and single values are the same numbers; across the end of the period too, and
// for a number of symbols that is no multiple of a block.
TEST(Sampling, AllWaysAgree) {
  const Waveform waveform = sine_waveform(700 * 8, 333, 8);
  const std::vector<double> times{-5.3, 0.0, 3.99, 11.5};
  std::size_t visited = 0;
  visit_samples(waveform, times, [&](std::size_t t, std::size_t first, std::span<const float> values) {
    for (std::size_t i = 0; i < values.size(); ++i)
      ASSERT_NEAR(values[i], value_at(waveform, times[t] + 8.0 * static_cast<double>(first + i)), 2e-6);
    visited += values.size();
  });
  EXPECT_EQ(visited, 2800u);
  const std::vector<float> one = sampled(waveform, 11.5);
  ASSERT_EQ(one.size(), 700u);
  EXPECT_NEAR(one[699], value_at(waveform, 11.5 + 8.0 * 699), 2e-6);
}

}  // namespace
}  // namespace waverack::signal
