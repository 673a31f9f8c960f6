#include "waverack/compliance/window_errors.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace waverack::compliance {
namespace {

// Four levels a third of the swing apart, each with samples up to ±0.15 swings away.
// Data-aided, each level is a class; folded, all are one.
EqualisedWindow window_of(int classes) {
  WindowSamples samples;
  samples.margin = 1;
  samples.count = 4 * 301;
  samples.stretches = 1;
  samples.records = {{{std::vector<float>(static_cast<std::size_t>(samples.stride()))}, {}}};
  for (int level = 0; level < 4; ++level)
    for (int i = 0; i < 301; ++i) {
      const float away = 0.001f * static_cast<float>(i - 150);
      samples.records[0][0][samples.symbols.size() + 1] = -0.5f + static_cast<float>(level) / 3.0f + away;
      samples.symbols.push_back(static_cast<std::uint8_t>(level));
    }
  const std::vector<double> one{1.0};
  return equalise_window(samples, 0, one, 0,
                         classes == 1 ? ErrorCounting::folded : ErrorCounting::data_aided);
}

// Against the closed form for every bin: folded errors by the distance to the threshold, data-aided ones by
// the distance on the side of the symbol. From noise that is much more than a bin to such that is few of
// them, where a table takes over (2e-5 right). Exact but for the quadrature and what is further than 9 rms
// away.
TEST(WindowErrors, AgreeWithTheClosedForms) {
  const NormalTable table;
  const ThresholdPlaces thresholds{-1.0 / 3.0, 0.013, 1.0 / 3.0};
  for (const int classes : {1, 4}) {
    const EqualisedWindow window = window_of(classes);
    ASSERT_EQ(window.classes, classes);
    for (const double noise : {0.2, 0.05, 0.02, 0.007, 0.004}) {
      double value = 0.0, slope = 0.0;
      for (int c = 0; c < classes; ++c)
        for (int n = 0; n < 3; ++n)
          for (int b = window.first[static_cast<std::size_t>(c)];
               b <= window.last[static_cast<std::size_t>(c)]; ++b) {
            const double beyond = window.start + b * window.step - thresholds[static_cast<std::size_t>(n)];
            const bool above = classes == 1 ? beyond >= 0.0 : c > n;
            const double u = (above ? beyond : -beyond) / noise,
                         mass = window.mass[static_cast<std::size_t>(c * window.bins + b)];
            value += mass * 0.5 * std::erfc(u / std::numbers::sqrt2);
            slope += mass * u * std::exp(-0.5 * u * u) / std::sqrt(2.0 * std::numbers::pi);
          }
      const ErrorRatio found = error_ratio(window, thresholds, noise, table);
      const double tolerance = noise > 0.006 ? 1e-7 : 1e-4;
      EXPECT_NEAR(found.value / value, 1.0, tolerance) << classes << " " << noise;
      EXPECT_NEAR(found.slope, slope, tolerance * value) << classes << " " << noise;
    }
  }
}

}  // namespace
}  // namespace waverack::compliance
