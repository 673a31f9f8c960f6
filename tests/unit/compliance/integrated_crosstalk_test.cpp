#include "waverack/compliance/integrated_crosstalk.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "two_ports.hpp"
#include "waverack/base/error.hpp"

namespace waverack::compliance {
namespace {

constexpr double icn_symbol_rate = 10e9;

network::Network flat(double transmission) {
  return two_port(0.0, 20e6, 5001, [=](double) { return transmission; });
}

// Transmitters and receiver of any bandwidth: what is left is the spectrum of rectangular pulses.
IntegratedCrosstalkSettings open() {
  IntegratedCrosstalkSettings settings;
  settings.far_end_bandwidth_ratio = settings.near_end_bandwidth_ratio = 1e3;
  settings.receiver_bandwidth_ratio = 1e3;
  settings.lowest_frequency = 0.0;
  settings.highest_frequency = 100e9;
  return settings;
}

// Random pulses of ±A through a flat path of gain c have the rms A·c. Up to n symbol rates the integral of
// sinc² lacks about 1/(π²n) of its whole.
TEST(IntegratedCrosstalk, OfFlatPathsIsTheAmplitude) {
  IntegratedCrosstalkSettings settings = open();
  settings.far_end_amplitude = 0.5;
  settings.near_end_amplitude = 0.8;
  const std::vector<network::Network> far_end{flat(0.01), flat(0.02)}, near_end{flat(0.03)};
  const double share = std::sqrt(1.0 - 1.0 / (std::numbers::pi * std::numbers::pi * 10.0));
  const IntegratedCrosstalk icn = integrated_crosstalk(far_end, near_end, icn_symbol_rate, settings);
  EXPECT_NEAR(icn.far_end, 0.5 * std::hypot(0.01, 0.02) * share, 1e-6);
  EXPECT_NEAR(icn.near_end, 0.8 * 0.03 * share, 2e-6);
  EXPECT_DOUBLE_EQ(icn.total, std::hypot(icn.far_end, icn.near_end));
  settings.density = CrosstalkDensity::highest_frequency;
  EXPECT_NEAR(integrated_crosstalk(far_end, near_end, icn_symbol_rate, settings).total,
              icn.total * std::sqrt(icn_symbol_rate / settings.highest_frequency), 1e-12);
}

// A path that carries a narrow band alone: A²/f_b·W times the band, both signs of the frequency.
TEST(IntegratedCrosstalk, WeighsTheBand) {
  IntegratedCrosstalkSettings settings = open();
  settings.far_end_bandwidth_ratio = 0.5;
  settings.receiver_bandwidth_ratio = 0.5;
  const std::vector<network::Network> band{
      two_port(0.0, 20e6, 5001, [](double f) { return std::abs(f - 5e9) < 0.1e9 - 1e6 ? 0.1 : 0.0; })};
  // At half of the symbol rate: sinc² = (2/π)², and ½ each from transmitter and receiver. The band has 9
  // points, 0.18 GHz; the weight bends by 1e-3 over it.
  const double weight = 4.0 / (std::numbers::pi * std::numbers::pi) / 4.0;
  const double expected = std::sqrt(2.0 * 0.36 / icn_symbol_rate * weight * 0.01 * 0.18e9);
  EXPECT_NEAR(integrated_crosstalk(band, {}, icn_symbol_rate, settings).total / expected, 1.0, 2e-3);
  settings.highest_frequency = 4e9;
  EXPECT_EQ(integrated_crosstalk(band, {}, icn_symbol_rate, settings).total, 0.0);
}

TEST(IntegratedCrosstalk, RefusesShortData) {
  const std::vector<network::Network> short_data{two_port(0.0, 20e6, 200, [](double) { return 0.1; })};
  EXPECT_THROW(integrated_crosstalk(short_data, {}, icn_symbol_rate), Error);
  EXPECT_EQ(integrated_crosstalk({}, {}, icn_symbol_rate).total, 0.0);
}

}  // namespace
}  // namespace waverack::compliance
