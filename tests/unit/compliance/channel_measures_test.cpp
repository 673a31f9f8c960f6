#include "waverack/compliance/channel_measures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "two_ports.hpp"
#include "waverack/base/error.hpp"

namespace waverack::compliance {
namespace {

ChannelSettings settings() {
  ChannelSettings s;
  s.symbol_rate = 20e9;
  s.erl.length = 200;
  return s;
}

// Every number of a channel whose parts are known one by one.
TEST(ChannelMeasures, CollectThePartsOfAChannel) {
  ChannelNetworks networks;
  networks.through = two_port(
      0.0, 20e6, 2001, [](double f) { return delayed(std::pow(10.0, -0.4 * f / 10e9), f, 2e-9); },
      [](double f) { return delayed(f > 7.99e9 && f < 8.01e9 ? 0.2 : 0.1, f, 1.5e-9); });
  networks.far_end.push_back(two_port(0.0, 20e6, 2001, [](double) { return 0.01; }));
  network::Network modes = networks.through;
  modes.ports = 4;
  modes.s.assign(modes.points() * 16, 0.0);
  for (std::size_t k = 0; k < modes.points(); ++k) {
    modes.at(k, 4, 1) = modes.frequencies[k] == 6e9 ? 0.03 : 0.001;
    modes.at(k, 4, 2) = modes.frequencies[k] == 7e9 ? 0.02 : 0.001;
    modes.at(k, 3, 1) = modes.frequencies[k] == 15e9 ? 0.5 : 0.002;  // beyond Nyquist
  }
  networks.modes = modes;
  const ChannelMeasures m = channel_measures(networks, settings());
  EXPECT_EQ(m.nyquist, 10e9);
  EXPECT_NEAR(m.loss_db, 8.0, 1e-9);
  EXPECT_NEAR(m.fit.at(10e9), 8.0, 1e-6);
  EXPECT_NEAR(m.return_loss[0].at_nyquist_db, 20.0, 1e-9);
  EXPECT_NEAR(m.return_loss[1].least_db, -20.0 * std::log10(0.2), 1e-9);
  EXPECT_NEAR(m.return_loss[1].least_frequency, 8e9, 1.0);
  ASSERT_TRUE(m.conversion);
  EXPECT_NEAR(m.conversion->through_db, 20.0 * std::log10(0.03), 1e-9);
  EXPECT_EQ(m.conversion->through_frequency, 6e9);
  EXPECT_NEAR(m.conversion->reflected_db, 20.0 * std::log10(0.02), 1e-9);
  EXPECT_EQ(m.conversion->reflected_frequency, 7e9);
  EXPECT_GT(m.crosstalk.total, 0.0);
  EXPECT_EQ(m.crosstalk.near_end, 0.0);
  // A loss without the phase that belongs to it: the front is early.
  EXPECT_NEAR(m.latency, 2e-9, 0.15e-9);
  EXPECT_GT(m.erl.erl_db, 15.0);
  EXPECT_FALSE(m.response.pulse.empty());
  EXPECT_FALSE(m.profile[1].impedance.empty());
}

TEST(ChannelMeasures, TellAnInvertedPair) {
  ChannelNetworks networks;
  for (const double sign : {1.0, -1.0}) {
    networks.through = two_port(0.0, 20e6, 2001, [=](double f) { return delayed(0.5, f, 1e-9) * sign; });
    const std::vector<std::string> remarks = channel_measures(networks, settings()).remarks;
    const bool told = std::any_of(remarks.begin(), remarks.end(), [](const std::string& r) {
      return r.find("inverted") != std::string::npos;
    });
    EXPECT_EQ(told, sign < 0.0);
  }
}

// What is written is read again, every unit included.
TEST(ChannelMeasures, HaveSettingsThatReadBack) {
  ChannelSettings before = settings();
  before.erl.loss_rate = 1e9;
  before.icn.density = CrosstalkDensity::highest_frequency;
  const Node written(write_fields(fields_of<ChannelSettings>(), &before));
  const ReadSources none;
  ReadContext context(none);
  const ChannelSettings after = read<ChannelSettings>(context, written, "");
  EXPECT_EQ(after.symbol_rate, before.symbol_rate);
  EXPECT_EQ(after.erl.loss_rate, 1e9);
  EXPECT_EQ(after.erl.length, 200);
  EXPECT_EQ(after.icn.density, CrosstalkDensity::highest_frequency);
  EXPECT_EQ(after.fit.transition_time, 7.5e-12);
}

TEST(ChannelMeasures, NeedDataToNyquist) {
  ChannelNetworks networks;
  networks.through = two_port(0.0, 20e6, 400, [](double) { return 0.5; });
  EXPECT_THROW(channel_measures(networks, settings()), Error);
}

}  // namespace
}  // namespace waverack::compliance
