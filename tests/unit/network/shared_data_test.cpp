// Files of other programs and laboratories, where they are at hand. What each holds is stated in the README
// of the shared data, and what COM makes of the channels in its reference results (facts: com-reference 2 and
// 3).

#include "unit/network/shared_data.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "unit/base/message_of.hpp"
#include "unit/network/impulse.hpp"
#include "waverack/network/channel_response.hpp"
#include "waverack/network/mixed_mode.hpp"

namespace waverack::network {
namespace {

const std::string lim = "channels/lim_3ck_c2m_ch1/112G_cascaded_CDR6_Module_";
const std::string lim_end = "_1_etch1100_TX7_L10_Full_Footprint.s4p";
const std::string samtec = "channels/samtec_c2m_il14/C2M__Z100_IL14_WC_BOR_H_L_H_";
const std::string backplane = "channels/pychopmarg_example2/example2_";
const std::string truncated =
    "channels/truncated/112G_cascaded_CDR6_Module_FEXT2_1_etch1100_TX7_L23_Full_Footprint.s4p";

TEST(SharedChannels, PortsPointsAndRanges) {
  NEEDS_SHARED_DATA();
  for (const char* which : {"FEXT1", "FEXT2", "NEXT1", "NEXT2", "Thru"})
    expect_contents({(lim + which + lim_end).c_str(), 4, 5001, 0.0, 50e9});
  for (const char* which : {"FEXT1", "FEXT2", "FEXT3", "THRU"})
    expect_contents({(samtec + which + ".s4p").c_str(), 4, 5001, 0.0, 50e9});
  for (const char* which : {"FEXT1", "FEXT2", "NEXT1", "NEXT2", "NEXT3", "THRU"})
    expect_contents({(backplane + which + ".s4p").c_str(), 4, 4001, 0.0, 40e9});
  expect_contents({"erl/sparam_res.s4p", 4, 1601, 0.0, 160e9});
}

// The last number of the file runs on for 671,784 characters.
TEST(SharedChannels, TruncatedFileIsReadWithARemark) {
  NEEDS_SHARED_DATA();
  const Network network = read(truncated);
  EXPECT_EQ(network.points(), 556u);
  EXPECT_EQ(network.frequencies.back(), 5.55e9);
  EXPECT_EQ(network.remarks,
            std::vector<std::string>{
                "line 2787: a number of 671784 characters makes the data at 5.55 GHz suspect"});
}

struct Through {
  std::string file;
  double loss_db;    // differential insertion loss
  double frequency;  // at which it is stated [Hz]
};

const std::vector<Through> throughs{{lim + "Thru" + lim_end, 14.4011, 26.5625e9},
                                    {samtec + "THRU.s4p", 13.9351, 26.5625e9}};

// Insertion loss of COM 4.50 at the Nyquist frequency of 53.125 GBd (facts: com-reference 2 and 3, tolerance
// in 7). All files count their ports 1 to 2 and 3 to 4.
TEST(SharedChannels, InsertionLossAsComFindsIt) {
  NEEDS_SHARED_DATA();
  for (const Through& through : throughs) {
    const Network network = read(through.file);
    const PairPorts ports = infer_ports(network);
    EXPECT_EQ(ports, (PairPorts{1, 3, 2, 4})) << through.file;
    const Channel channel = channel_response(differential(network, ports));
    EXPECT_NEAR(-20.0 * std::log10(std::abs(channel.response(through.frequency))), through.loss_db, 0.01)
        << through.file;
  }
  EXPECT_EQ(infer_ports(read(backplane + "THRU.s4p")), (PairPorts{1, 3, 2, 4}));
}

// Crosstalk files have no through path, and so no ports that could be inferred.
TEST(SharedChannels, CrosstalkIsNotTakenForAChannel) {
  NEEDS_SHARED_DATA();
  for (const std::string& file : {lim + "FEXT1" + lim_end, lim + "NEXT2" + lim_end, samtec + "FEXT2.s4p",
                                  backplane + "NEXT1.s4p", backplane + "FEXT2.s4p", truncated})
    EXPECT_NE(message_of([&] { infer_ports(read(file)); }).find("do not tell which ports belong together"),
              std::string::npos)
        << file;
}

TEST(SharedChannels, ChannelsArePassiveAndReciprocal) {
  NEEDS_SHARED_DATA();
  for (const std::string& file : {throughs[0].file, throughs[1].file, backplane + "THRU.s4p"}) {
    const Network network = read(file);
    EXPECT_LT(largest_singular_value(network).value, 1.0) << file;
    EXPECT_LT(largest_asymmetry(network).value, 1e-4) << file;  // seven digits are printed
  }
  // The ERL file is an active part: S31 … S42 reach 14.6 at 42.1 GHz, with reverse terms below 0.001.
  const Network active = read("erl/sparam_res.s4p");
  EXPECT_GT(largest_singular_value(active).value, 14.6);
  EXPECT_EQ(largest_singular_value(active).frequency, 42.1e9);
  EXPECT_GT(largest_asymmetry(active).value, 14.0);
}

// At 16 samples per symbol of 53.125 GBd. Data that end at f cannot place a front better than about one
// period of f; ahead of that the response is silent to −40 dB.
TEST(SharedChannels, NothingArrivesBeforeTheFront) {
  NEEDS_SHARED_DATA();
  for (const std::string& file : {throughs[0].file, throughs[1].file, backplane + "THRU.s4p"}) {
    const Channel channel = channel_response(differential(read(file), {1, 3, 2, 4}));
    const Impulse impulse(channel.response, 850e9);
    EXPECT_LT(impulse.energy_before(-1.0 / channel.last_frequency), 1e-4) << file;
    EXPECT_GT(impulse.energy_before(100e-12), 0.5) << file;
  }
}

// Points of the file are met, and H stays below 1 between and beyond them.
TEST(SharedChannels, ResponseFollowsTheFile) {
  NEEDS_SHARED_DATA();
  const Network two = differential(read(throughs[0].file), {1, 3, 2, 4});
  const Channel channel = channel_response(two);
  for (std::size_t k = 1; k < two.points(); ++k) {
    const std::complex<double> h = channel.response(two.frequencies[k]) *
                                   std::polar(1.0, -2.0 * M_PI * two.frequencies[k] * channel.latency);
    ASSERT_LT(std::abs(h - two.at(k, 2, 1)), 1e-9) << two.frequencies[k];
  }
  for (double f = 0.0; f < 425e9; f += 3.3e6) ASSERT_LE(std::abs(channel.response(f)), 1.0) << f;
  EXPECT_EQ(channel.remarks, std::vector<std::string>{
                                 "the value at 0 Hz is 5.4 degrees off the real axis: its magnitude counts"});
}

}  // namespace
}  // namespace waverack::network
