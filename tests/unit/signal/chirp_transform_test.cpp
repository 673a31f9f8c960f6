#include "waverack/signal/chirp_transform.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace waverack::signal {
namespace {

using Complex = std::complex<double>;

std::vector<Complex> samples(std::size_t count) {
  std::vector<Complex> x;
  for (std::size_t k = 0; k < count; ++k)
    x.emplace_back(std::cos(0.7 * static_cast<double>(k * k)), 1.0 / static_cast<double>(k + 1));
  return x;
}

// The sum itself, for more and for fewer values than samples, and turns that no power of two divides.
TEST(ChirpTransform, IsTheSum) {
  for (const auto& [size, count] : {std::pair{37, 100}, std::pair{100, 37}, std::pair{1, 5}, std::pair{9, 1}})
    for (const double turns : {0.013, -1.0 / 37.0, 2.25}) {
      const std::vector<Complex> x = samples(static_cast<std::size_t>(size));
      const std::vector<Complex> y = chirp_transform(x, turns, static_cast<std::size_t>(count));
      ASSERT_EQ(y.size(), static_cast<std::size_t>(count));
      for (std::size_t n = 0; n < y.size(); ++n) {
        Complex sum = 0.0;
        for (std::size_t k = 0; k < x.size(); ++k)
          sum += x[k] * std::polar(1.0, 2.0 * std::numbers::pi * turns * static_cast<double>(k * n));
        // Rounding: phases reach 5e4 rad, which a double keeps to 1e-11.
        EXPECT_NEAR(std::abs(y[n] - sum), 0.0, 1e-10) << size << " " << turns << " " << n;
      }
    }
}

TEST(ChirpTransform, OfNothingIsNothing) {
  EXPECT_EQ(chirp_transform({}, 0.1, 3), std::vector<Complex>(3));
  EXPECT_TRUE(chirp_transform(samples(4), 0.1, 0).empty());
}

}  // namespace
}  // namespace waverack::signal
