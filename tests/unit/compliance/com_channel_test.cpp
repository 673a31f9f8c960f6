// What a sheet of COM says of a channel by itself.

#include "waverack/compliance/com_channel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numbers>

#include "unit/compliance/com_fixture.hpp"

namespace waverack::compliance {
namespace {

using std::numbers::pi;

std::complex<double> lossless(double f) { return delayed(1.0, f, 0.3e-9); }

// A matched lossless channel of 0.3 ns whose port 1 ends in the ball's capacitance beside R_d: port 2 sees
// Γ = (1 − 100 Ω·Y)/(1 + 100 Ω·Y) with Y = 1/(2R_d) + jωC_p/2 behind twice the delay.
TEST(ComReturnLoss, PortTwoSeesTheTransmittersPackage) {
  ComSheet sheet = small_sheet();
  sheet.package_in_erl = sheet.erl.second_port_only = true;
  sheet.erl.fixture_delay = {0.0, 0.1e-9};
  sheet.transmitter_device.ball_capacitance = 200e-15;
  sheet.transmitter_device.termination = 60.0;
  const auto reflected = [&](double f) {
    const std::complex<double> y(1.0 / 120.0, 2.0 * pi * f * 200e-15 / 2.0);
    return lossless(f) * lossless(f) * (1.0 - 100.0 * y) / (1.0 + 100.0 * y);
  };
  const EffectiveReturnLoss found = com_return_loss(sheet, two_port(0.0, 20e6, 2001, lossless));
  const EffectiveReturnLoss expected = effective_return_loss(
      two_port(0.0, 20e6, 2001, lossless, reflected), {sheet.signal.symbol_rate, 4, 1e-5, 16}, sheet.erl);
  EXPECT_NEAR(found.erl_db, expected.ports[1].erl_db, 1e-9);
  EXPECT_LT(found.erl_db, 20.0);
  EXPECT_THAT(found.remarks.back(), testing::HasSubstr("package none"));
}

TEST(ComReturnLoss, TheWorstPackageCounts) {
  ComSheet sheet = small_sheet();
  sheet.package_in_erl = sheet.erl.second_port_only = true;
  sheet.package_line.impedances = {70.0};
  sheet.package_line.delay = 6e-9;
  sheet.cases = {{"none", {0.0}, {0.0}, {0.0}}, {"mismatched", {0.02}, {0.0}, {0.0}}};
  const network::Network channel = two_port(0.0, 20e6, 2001, lossless);
  const EffectiveReturnLoss worst = com_return_loss(sheet, channel);
  EXPECT_THAT(worst.remarks.back(), testing::HasSubstr("mismatched"));
  sheet.package_in_erl = false;
  EXPECT_GT(com_return_loss(sheet, channel).erl_db, worst.erl_db + 10.0);
}

TEST(ComChannelSettings, AreThoseOfTheSheet) {
  ComSheet sheet = small_sheet();
  sheet.transmitter.rise_time = 20e-12;
  sheet.erl.length = 77;
  sheet.signal.detector_error_ratio = 1e-3;
  const ChannelSettings settings = channel_settings(sheet);
  EXPECT_EQ(settings.symbol_rate, 25e9);
  EXPECT_EQ(settings.error_ratio, 1e-3);
  EXPECT_EQ(settings.erl.length, 77);
  EXPECT_NEAR(settings.edge, 0.5, 1e-12);  // 20 ps of 40 ps
  sheet.transmitter.rise_time = 1e-12;
  EXPECT_EQ(channel_settings(sheet).edge, 0.3);
}

}  // namespace
}  // namespace waverack::compliance
