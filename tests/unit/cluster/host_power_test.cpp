#include "waverack/cluster/host_power.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "unit/base/message_of.hpp"

namespace waverack::cluster {
namespace {

constexpr double baud = 53.125e9, pico = 1e-12;

// Energies and losses of the anchors: facts, photonics 6.3 and standards 5.1.
TEST(HostPower, GivesTheAnchorsBack) {
  EXPECT_NEAR(host_energy({}, 4.0, baud).value, 1.1 * pico, 1e-18);
  EXPECT_NEAR(host_energy({}, 12.0, baud).value, 1.1 * pico, 1e-18);
  EXPECT_NEAR(host_energy({}, 16.0, baud).value, 3.25 * pico, 1e-18);
  EXPECT_NEAR(host_energy({}, 28.0, baud).value, 5.5 * pico, 1e-18);
  EXPECT_NEAR(host_energy({}, 28.0, baud).low, 4.5 * pico, 1e-18);
  EXPECT_NEAR(host_energy({}, 28.0, baud).high, 6.5 * pico, 1e-18);
}

TEST(HostPower, IsLinearInDecibelsBetweenAnchorsAndBeyondTheLast) {
  EXPECT_NEAR(host_energy({}, 22.0, baud).value, (3.25 + 5.5) / 2 * pico, 1e-18);
  EXPECT_NEAR(host_energy({}, 40.0, baud).value, (5.5 + 2.25) * pico, 1e-18);
}

TEST(HostPower, NeverFallsWithTheLoss) {
  Ranged before = host_energy({}, 0.0, baud);
  for (double loss = 0.25; loss < 60.0; loss += 0.25) {
    const Ranged here = host_energy({}, loss, baud);
    EXPECT_GE(here.value, before.value);
    EXPECT_GE(here.low, before.low);
    EXPECT_GE(here.high, before.high);
    before = here;
  }
}

// LR at 224 Gb/s in 3 nm draws 3 to 5 pJ/bit (facts: photonics 6.3).
TEST(HostPower, LongReachInThreeNanometresIsWithinWhatIsPublished) {
  HostPower host;
  host.node = 3e-9;
  const Ranged energy = host_energy(host, 28.0, 106.25e9);
  EXPECT_GT(energy.value, 3.0 * pico);
  EXPECT_LT(energy.value, 5.0 * pico);
  EXPECT_NEAR(energy.value, 5.5 * pico * std::pow(0.6, 0.46), 1e-18);
}

TEST(HostPower, GoesWithTheStatedPowersOfNodeAndRate) {
  HostPower host;
  host.anchors = {{"one", 10.0, exactly(2 * pico), 8e-9, 50e9}};
  host.node = 2e-9;
  host.node_exponent = 0.5;
  host.rate_exponent = 1.0;
  EXPECT_NEAR(host_energy(host, 30.0, 100e9).value, 2.0 * pico,
              1e-20);  // half for the node, twice for the rate
}

TEST(HostPower, AnchorsThatFallAreRefused) {
  HostPower host;
  host.anchors = {{"A", 10.0, exactly(2 * pico), 5e-9, baud}, {"B", 100.0, exactly(1 * pico), 5e-9, baud}};
  EXPECT_EQ(
      message_of([&] { host_energy(host, 15.0, baud); }),
      "choice.host.anchor.B: 'B' is no step up from 'A' (allowed: more loss, and at least the energy of the "
      "anchor before it)");
}

}  // namespace
}  // namespace waverack::cluster
