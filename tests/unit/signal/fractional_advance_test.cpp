#include "waverack/signal/fractional_advance.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace waverack::signal {
namespace {

std::vector<float> periodic_sine(int periods, int length, double advance) {
  std::vector<float> samples;
  for (int n = 0; n < length; ++n)
    samples.push_back(
        static_cast<float>(std::sin(2.0 * std::numbers::pi * periods * (n + advance) / length)));
  return samples;
}

// The bound of the header, from the remainder of Lagrange's formula: |Π(t − i)|/8!·(2πf)^8 is largest half
// way between two samples, where it is 1.07e-3·(2πf)^8. Beside it the rounding of eight products in single
// precision, 1e-6.
TEST(FractionalAdvance, MovesSinesWithinTheBoundOfTheRemainder) {
  constexpr int length = 256;
  for (const int periods : {1, 16, 32, 64})
    for (const double by : {-1.0, -0.8, -0.5, -0.1, 0.0, 0.25, 0.5, 1.0}) {
      const std::vector<float> moved = advanced(periodic_sine(periods, length, 0.0), by);
      const std::vector<float> expected = periodic_sine(periods, length, by);
      const double bound = 3.0e-6 * std::pow(2.0 * std::numbers::pi * periods / length, 16) + 1e-6;
      for (int n = 0; n < length; ++n) ASSERT_NEAR(moved[n], expected[n], bound) << periods << ' ' << by;
    }
}

TEST(FractionalAdvance, WholeSamplesAreARotation) {
  const std::vector<float> samples{1, 2, 3, 4, 5, 6, 7, 8, 9};
  EXPECT_EQ(advanced(samples, 0.0), samples);
  EXPECT_EQ(advanced(samples, 1.0), (std::vector<float>{2, 3, 4, 5, 6, 7, 8, 9, 1}));
  EXPECT_EQ(advanced(samples, -1.0), (std::vector<float>{9, 1, 2, 3, 4, 5, 6, 7, 8}));
}

}  // namespace
}  // namespace waverack::signal
