#include "waverack/parts/linear_driver.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "waverack/parts/memoryless.hpp"
#include "waverack/parts/second_order.hpp"

namespace waverack::parts {
namespace {

double apply_one(const LinearDriver& part, double in) {
  const auto v = static_cast<float>(in);
  float out = 0.0f;
  apply(part, Conditions{}, std::span<const float>(&v, 1), std::span<float>(&out, 1));
  return out;
}

// 12 dB of voltage is a factor of 3.981; 1 dB down at 0.5460 of the saturation (tanh(x)/x = 10^(-1/20), x =
// 0.6126).
TEST(LinearDriver, GainAndCompression) {
  const LinearDriver part;
  EXPECT_NEAR(apply_one(part, 1e-4) / 1e-4, 3.981, 1e-3);
  const double in = 0.6126 * 0.5 * part.saturation_swing / 3.98107;
  EXPECT_NEAR(20.0 * std::log10(apply_one(part, in) / (3.98107 * in)), -1.0, 2e-3);
  EXPECT_NEAR(2.0 * apply_one(part, in) / part.saturation_swing, 0.5460, 1e-3);
  EXPECT_NEAR(apply_one(part, 100.0), 3.0, 1e-6);
}

// The output density, integrated through the maximally flat second-order response: noise bandwidth
// π/(2√2)·f_3dB.
TEST(LinearDriver, NoiseAtTheOutput) {
  LinearDriver part;
  part.noise_density = 8e-9;
  const NoiseSource source = noise(part, Conditions{})[0];
  const Response h = input_response(part, Conditions{});
  double variance = 0.0;
  const double step = 1e7;
  for (double f = 0.5 * step; f < 20.0 * part.bandwidth; f += step)
    variance += source.density(f) * std::norm(h(f)) * 3.98107 * 3.98107 * step;
  EXPECT_TRUE(source.at_input);
  EXPECT_NEAR(variance / (64e-18 * M_PI / (2.0 * std::sqrt(2.0)) * part.bandwidth), 1.0, 1e-3);
}

TEST(SecondOrder, BandwidthAndPeakingAreAsStated) {
  for (const double peaking_db : {0.0, 1.0, 3.0, 6.0}) {
    const Response h = second_order_low_pass(40e9, from_db(peaking_db));
    double largest = 0.0;
    for (double f = 0.0; f < 60e9; f += 1e7) largest = std::max(largest, std::norm(h(f)));
    EXPECT_NEAR(10.0 * std::log10(largest), peaking_db, 1e-4);
    EXPECT_NEAR(std::norm(h(40e9)), 0.5, 1e-9);
  }
}

}  // namespace
}  // namespace waverack::parts
