#include "waverack/link/bandwidth.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "lanes.hpp"
#include "waverack/link/plan.hpp"

namespace waverack::link {
namespace {

constexpr double giga = 1e9;

// Facts, photonics 8.5: three equal blocks of 173 GHz combine to 100 GHz; 110, 130 and 130 GHz to 70.5 GHz.
TEST(Bandwidth, CombinesAsTheFactsSay) {
  const double equal[] = {173.2 * giga, 173.2 * giga, 173.2 * giga};
  EXPECT_NEAR(combined_bandwidth(equal) / giga, 100.0, 0.05);
  const double lane[] = {110 * giga, 130 * giga, 130 * giga};
  EXPECT_NEAR(combined_bandwidth(lane) / giga, 70.5, 0.05);
}

// The inverse: with two blocks of 173.2 GHz the third has to have as much, and beside 110 and 130 GHz no
// third block, however fast, makes 100 GHz: the two come to 84 GHz.
TEST(Bandwidth, NeededOfOneBlock) {
  const double two[] = {173.205 * giga, 173.205 * giga};
  EXPECT_NEAR(needed_bandwidth(100 * giga, two) / giga, 173.2, 0.05);
  const double slow[] = {110 * giga, 130 * giga};
  EXPECT_EQ(needed_bandwidth(100 * giga, slow), std::numeric_limits<double>::infinity());
  // √(1/(1/100² − 1/130²)) = 156.5 GHz beside a driver of 130 GHz.
  EXPECT_NEAR(needed_bandwidth(100 * giga, std::span(slow).subspan(1)) / giga, 156.5, 0.05);
}

Lane gaussian_like_lane() {
  Lane lane = lanes::complete_lane();
  for (parts::Instance& instance : lane.chain) {
    if (auto* driver = std::get_if<parts::LinearDriver>(&instance.part)) driver->bandwidth = 60e9;
    if (auto* modulator = std::get_if<parts::MachZehnder>(&instance.part)) {
      modulator->rc_bandwidth = 50e9;
      modulator->rf_loss = 0.0;
      modulator->rf_index_mismatch = 0.0;
    }
    if (auto* photodiode = std::get_if<parts::Photodiode>(&instance.part)) photodiode->bandwidth = 70e9;
    if (auto* tia = std::get_if<parts::Tia>(&instance.part)) tia->bandwidth = 40e9;
  }
  return lane;
}

// The blocks of the segment with light, each at the bandwidth that its part states; driver and modulator
// stand on the transmitting side.
TEST(Bandwidth, BlocksOfALane) {
  const Lane lane = gaussian_like_lane();
  const Bandwidths found = bandwidths_of(lane, make_plan(lane).conditions);
  ASSERT_EQ(found.blocks.size(), 4u);
  EXPECT_EQ(found.transmitting, 2u);
  const std::pair<const char*, double> stated[] = {
      {"linear_driver", 60e9}, {"mach_zehnder", 50e9}, {"photodiode", 70e9}, {"tia", 40e9}};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(found.blocks[i].name, stated[i].first);
    EXPECT_NEAR(found.blocks[i].bandwidth, stated[i].second, 1e6) << stated[i].first;
  }
  const auto rule = [](double a, double b) { return 1.0 / std::sqrt(1.0 / (a * a) + 1.0 / (b * b)); };
  EXPECT_NEAR(found.transmitter, rule(60e9, 50e9), 1e6);
  EXPECT_NEAR(found.combined, rule(rule(60e9, 50e9), rule(70e9, 40e9)), 1e6);
}

// The product of the responses is 3 dB down where the product of the single ones, written out, is: a
// second-order driver without peaking, 1/√(1 + (f/60)⁴), and one pole at 50 GHz.
TEST(Bandwidth, CascadeIsThatOfTheResponses) {
  const Lane lane = gaussian_like_lane();
  const Bandwidths found = bandwidths_of(lane, make_plan(lane).conditions);
  const double f = found.transmitter_cascade / giga;
  EXPECT_NEAR((1.0 + std::pow(f / 60.0, 4)) * (1.0 + std::pow(f / 50.0, 2)), 2.0, 1e-4);
  EXPECT_LT(found.cascade, found.transmitter_cascade);
}

TEST(Bandwidth, NoneWithoutLight) {
  const Lane lane = lanes::electrical_lane(53.125e9, Modulation::pam4, {}, {});
  EXPECT_TRUE(bandwidths_of(lane, make_plan(lane).conditions).blocks.empty());
}

}  // namespace
}  // namespace waverack::link
