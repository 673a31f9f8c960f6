// Real records of any smooth size against the sum that defines them.

#include "waverack/signal/fft_real.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

#include "waverack/base/error.hpp"

namespace waverack::signal {
namespace {

class RealInverse : public testing::TestWithParam<std::size_t> {};

TEST_P(RealInverse, IsItsDefinition) {
  const std::size_t half = GetParam(), n = 2 * half;
  std::mt19937 draw(7);
  std::uniform_real_distribution<double> uniform(-1.0, 1.0);
  std::vector<std::complex<double>> spectrum(half + 1);
  for (auto& value : spectrum) value = {uniform(draw), uniform(draw)};
  const std::vector<double> record = RealInversePlan(half).record(spectrum);
  ASSERT_EQ(record.size(), n);
  for (std::size_t m = 0; m < n; ++m) {
    double sum = spectrum.front().real() + (m % 2 == 0 ? 1.0 : -1.0) * spectrum.back().real();
    for (std::size_t k = 1; k < half; ++k) {
      const double angle = 2.0 * std::numbers::pi * static_cast<double>(k * m % n) / static_cast<double>(n);
      sum += 2.0 * (spectrum[k].real() * std::cos(angle) - spectrum[k].imag() * std::sin(angle));
    }
    EXPECT_NEAR(record[m], sum / static_cast<double>(n), 1e-13) << m;
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, RealInverse,
                         testing::Values(1, 2, 3, 4, 5, 8, 11, 12, 49, 61, 85, 136, 210, 340));

TEST(SmoothSize, IsTheNearestWithoutLargePrimes) {
  EXPECT_EQ(smooth_size(85000), 85000u);  // 2³·5⁴·17
  EXPECT_EQ(smooth_size(67), 66u);        // a prime above 61; 66 = 2·3·11
  EXPECT_EQ(smooth_size(0), 1u);
  EXPECT_THROW(RealInversePlan(67), Error);
  EXPECT_THROW(RealInversePlan(0), Error);
}

}  // namespace
}  // namespace waverack::signal
