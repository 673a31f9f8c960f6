#include "waverack/signal/slope.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace waverack::signal {
namespace {

// A sine of w radians per sample keeps (8 sin w − sin 2w)/(6w) of its slope w (five-point formula on a sine),
// at every sample of the period, the ends included.
TEST(Slope, OfASineIsShortByWhatTheFormulaLeavesOut) {
  constexpr int sps = 8, symbols = 30;
  for (const int periods : {1, 7, 15, 30}) {  // 15: half the symbol rate
    const double w = 2.0 * std::numbers::pi * periods / (symbols * sps);
    std::vector<float> samples;
    for (int n = 0; n < symbols * sps; ++n) samples.push_back(static_cast<float>(std::sin(w * n + 0.3)));
    const double kept = (8.0 * std::sin(w) - std::sin(2.0 * w)) / (6.0 * w);
    EXPECT_NEAR(kept, 1.0, std::pow(w, 4) / 30.0);  // what the header states
    const std::vector<float> slope = slope_per_symbol(samples, sps);
    for (int n = 0; n < symbols * sps; ++n)  // 1e-5: rounding of single precision
      ASSERT_NEAR(slope[static_cast<std::size_t>(n)], kept * w * sps * std::cos(w * n + 0.3), 1e-5);
  }
}

}  // namespace
}  // namespace waverack::signal
