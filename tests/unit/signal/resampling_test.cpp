// Sines between samples: the expected values are the sines themselves.

#include "waverack/signal/resampling.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace waverack::signal {
namespace {

std::vector<float> sampled_sine(double frequency, std::size_t count, double start = 0.0, double step = 1.0) {
  std::vector<float> samples;
  for (std::size_t n = 0; n < count; ++n)
    samples.push_back(static_cast<float>(
        std::sin(2.0 * std::numbers::pi * frequency * (start + step * static_cast<double>(n)) + 0.3)));
  return samples;
}

double largest_difference(const std::vector<float>& a, const std::vector<float>& b) {
  double largest = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i)
    largest = std::max(largest, std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
  return largest;
}

// Steps finer and coarser than the record; frequencies up to 0.42 cycles of the slower rate. The bound is
// that of the header, from Kaiser's formula for the window.
TEST(Resampling, SinesWithinTheBandComeOutAsTheyAre) {
  for (const double step : {0.21, 0.77, 1.0, 2.33, 4.6})
    for (const double share : {0.0, 0.02, 0.2, 0.35, 0.42}) {
      const double frequency = share / std::max(1.0, step), start = resampling_reach(step) + 0.37;
      const auto samples = sampled_sine(frequency, 2000);
      EXPECT_LT(
          largest_difference(resampled(samples, start, step, 300), sampled_sine(frequency, 300, start, step)),
          3e-4)
          << step << ' ' << share;
    }
}

TEST(Resampling, FasterSinesLeaveNoAliasesInAThinnedRecord) {
  for (const double step : {2.33, 4.6})
    for (const double share : {0.58, 0.8, 1.1}) {
      const auto thinned = resampled(sampled_sine(share / step, 3000), resampling_reach(step), step, 300);
      EXPECT_LT(largest_difference(thinned, std::vector<float>(300, 0.0f)), 3e-4) << step << ' ' << share;
    }
}

TEST(Resampling, BeyondItsEndsTheRecordStaysAsItIs) {
  const std::vector<float> step_up{1, 1, 1, 1, 2, 2, 2, 2};
  EXPECT_NEAR(resampled(step_up, 100.0, 1.0, 1)[0], 2.0, 1e-6);
  EXPECT_NEAR(resampled(step_up, -100.0, 1.0, 1)[0], 1.0, 1e-6);
}

}  // namespace
}  // namespace waverack::signal
