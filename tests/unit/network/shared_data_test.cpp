// Files of other programs and laboratories, where they are at hand. What each holds is stated in the README
// of the shared data, and what COM makes of the channels in its reference results (facts: com-reference 2 and
// 3).

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "unit/base/message_of.hpp"
#include "unit/network/impulse.hpp"
#include "waverack/network/channel_response.hpp"
#include "waverack/network/mixed_mode.hpp"
#include "waverack/network/touchstone.hpp"

namespace waverack::network {
namespace {

namespace fs = std::filesystem;

fs::path shared_data() { return fs::path(WAVERACK_SOURCE_DIR).parent_path() / "shared" / "data"; }

std::string text_of_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

Network read(const std::string& name) {
  return parse_touchstone(text_of_file(shared_data() / name), fs::path(name).filename().string());
}

#define NEEDS_SHARED_DATA() \
  if (!fs::exists(shared_data())) GTEST_SKIP() << "there is no folder " << shared_data()

struct Expected {
  const char* file;
  int ports;
  std::size_t points;
  double first, last;  // [Hz]
  double reference = 50.0;
};

void expect_contents(const Expected& expected) {
  SCOPED_TRACE(expected.file);
  const Network network = read(expected.file);
  EXPECT_EQ(network.ports, expected.ports);
  EXPECT_EQ(network.points(), expected.points);
  EXPECT_EQ(network.s.size(), expected.points * static_cast<std::size_t>(expected.ports * expected.ports));
  EXPECT_NEAR(network.frequencies.front(), expected.first, 1e-9 * expected.first);
  EXPECT_NEAR(network.frequencies.back(), expected.last, 1e-9 * expected.last);
  EXPECT_EQ(network.reference_resistance, expected.reference);
}

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

TEST(SharedVariants, PortsPointsAndRanges) {
  NEEDS_SHARED_DATA();
  const Expected list[] = {
      {"hfss_multiport/2019R2/test_multiport.s1p", 1, 5, 900e6, 1.1e9},
      {"hfss_multiport/2019R2/test_multiport.s2p", 2, 5, 900e6, 1.1e9},
      {"hfss_multiport/2019R2/test_multiport.s3p", 3, 5, 900e6, 1.1e9},
      {"hfss_multiport/2019R2/test_multiport.s4p", 4, 5, 900e6, 1.1e9},
      {"hfss_multiport/2019R2/test_multiport.s5p", 5, 5, 900e6, 1.1e9},
      {"hfss_multiport/2019R2/test_multiport.s8p", 8, 5, 900e6, 1.1e9},
      {"hfss_multiport/2019R2/test_multiport.s16p", 16, 5, 900e6, 1.1e9},
      {"hfss_multiport/2019R2/test_multiport.s21p", 21, 5, 900e6, 1.1e9},
      {"hfss_multiport/2019R2/test_multiport.s22p", 22, 5, 900e6, 1.1e9},
      {"hfss_multiport/2020R2/test_multiport.s1p", 1, 5, 900e6, 1.1e9},
      {"hfss_multiport/2020R2/test_multiport.s2p", 2, 5, 900e6, 1.1e9},
      {"hfss_multiport/2020R2/test_multiport.s3p", 3, 5, 900e6, 1.1e9},
      {"hfss_multiport/2020R2/test_multiport.s4p", 4, 5, 900e6, 1.1e9},
      {"hfss_multiport/2020R2/test_multiport.s5p", 5, 5, 900e6, 1.1e9},
      {"hfss_multiport/2020R2/test_multiport.s8p", 8, 5, 900e6, 1.1e9},
      {"hfss_multiport/2020R2/test_multiport.s16p", 16, 5, 900e6, 1.1e9},
      {"hfss_multiport/2020R2/test_multiport.s21p", 21, 1, 1e9, 1e9},
      {"hfss_multiport/2020R2/test_multiport.s22p", 22, 5, 900e6, 1.1e9},
      {"io/ansys_modal_data.s2p", 2, 2, 0.0, 1e9},
      {"io/ansys_terminal_data.s4p", 4, 2, 0.0, 1e9},
      {"io/hfss_oneport.s1p", 1, 401, 500e9, 750e9},
      {"io/hfss_twoport.s2p", 2, 101, 75e9, 110e9},
      {"io/test_encoding_ISO-8859-1.s2p", 2, 1, 1e9, 1e9},
      {"io/test_encoding_unknown.s2p", 2, 1, 1e9, 1e9},
      {"io/test_encoding_UTF-8-SIG.s2p", 2, 1, 1e9, 1e9},
      {"skrf_tests/Agilent_E5071B.s4p", 4, 205, 500e6, 4.5e9, 75.0},
      {"skrf_tests/Clarity_example.S2P", 2, 40, 50e6, 2e9},
      {"skrf_tests/cst_example_4ports.s4p", 4, 601, 0.0, 60e6},
      {"skrf_tests/cst_example_6ports.s6p", 6, 1001, 0.0, 60e6},
      {"skrf_tests/designer_variable_coupler_ideal_20deg.s4p", 4, 1, 1.5e9, 1.5e9},
      {"skrf_tests/designer_wilkinson_splitter.s3p", 3, 1, 1e9, 1e9},
      {"skrf_tests/fet.s2p", 2, 101, 30e9, 40e9},
      {"skrf_tests/hfss_18.2.s3p", 3, 11, 20e6, 21e6},
      {"skrf_tests/hfss_19.2.s8p", 8, 3, 45e6, 45.2e6},
      {"skrf_tests/hfss_19.2.s10p", 10, 11, 3.6e9, 3.8e9},
      {"skrf_tests/hfss_oneport_powerwave.s1p", 1, 2, 29.5e9, 37e9},
      {"skrf_tests/hfss_threeport_DB.s3p", 3, 451, 2.9e9, 7.5e9},
      {"skrf_tests/hfss_threeport_DB_50Ohm.s3p", 3, 451, 2.9e9, 7.5e9},
      {"skrf_tests/hfss_threeport_MA.s3p", 3, 451, 2.9e9, 7.5e9},
      {"skrf_tests/hfss_threeport_MA_50Ohm.s3p", 3, 451, 2.9e9, 7.5e9},
      {"skrf_tests/hfss_threeport_MA_without_gamma_z0_50Ohm.s3p", 3, 451, 2.9e9, 7.5e9},
      {"skrf_tests/ntwk1.s2p", 2, 91, 1e9, 10e9},
      {"skrf_tests/ntwk4.s2p", 2, 301, 70e9, 85e9},
      {"skrf_tests/ntwk4_n.s2p", 2, 301, 70e9, 85e9},
      {"skrf_tests/ntwk.s32p", 32, 3, 0.0, 40e6},
      {"skrf_tests/ntwk_arbitrary_frequency.s2p", 2, 4, 1.0, 20.0},
      {"skrf_tests/ntwk_noise.s2p", 2, 11, 1e9, 2e9},
      {"skrf_tests/ntwk_noise_interp.s2p", 2, 13, 100e6, 10e9},
      {"skrf_tests/PowerSI_example.S8P", 8, 300, 10e6, 3e9},
      {"skrf_tests/RS_ZNB8.s4p", 4, 1001, 40e6, 60e6},
      {"skrf_tests/RS_ZVR_1.20_beta_f.s2p", 2, 1, 1e3, 1e3},
      {"skrf_tests/thru.s2p", 2, 4, 1e9, 100e9},
      {"ts/ex_8.s1p", 1, 1, 2e6, 2e6},
      {"ts/ex_13.s2p", 2, 3, 1e9, 10e9},
      {"ts/ex_14.s4p", 4, 3, 5e9, 7e9},
      {"ts/ex_18.s2p", 2, 2, 2e9, 22e9},
  };
  for (const Expected& expected : list) {
    const std::string file = "touchstone_variants/" + std::string(expected.file);
    expect_contents(
        {file.c_str(), expected.ports, expected.points, expected.first, expected.last, expected.reference});
  }
}

TEST(SharedVariants, WhatIsRefusedNamesItsLine) {
  NEEDS_SHARED_DATA();
  const auto refusal = [](const std::string& file) {
    return message_of([&] { read("touchstone_variants/" + file); });
  };
  for (const auto& [file, line] : {std::pair{"ts/ansys.ts", 1},
                                   {"ts/ex_1.ts", 3},
                                   {"ts/ex_2.ts", 2},
                                   {"ts/ex_3.ts", 3},
                                   {"ts/ex_4.ts", 5},
                                   {"ts/ex_5.ts", 4},
                                   {"ts/ex_6.ts", 5},
                                   {"ts/ex_7.ts", 2},
                                   {"ts/ex_10.ts", 2},
                                   {"ts/ex_12.ts", 2},
                                   {"ts/ex_12_g.ts", 2},
                                   {"ts/ex_16.ts", 3},
                                   {"ts/ex_17.ts", 3},
                                   {"skrf_tests/cst_example_6ports_V2.ts", 15},
                                   {"skrf_tests/helic_example_6ports_V2.ts", 1}})
    EXPECT_EQ(refusal(file),
              fs::path(file).filename().string() + ":" + std::to_string(line) +
                  ": this is Touchstone 2: '[Version] 2.0' (allowed: Touchstone 1.x, without keywords in "
                  "brackets)");
  EXPECT_EQ(refusal("io/comments.s3p"),
            "comments.s3p: the file holds no network data (allowed: an option line and data lines)");
  EXPECT_EQ(
      refusal("io/double_option_line.s2p"),
      "double_option_line.s2p:2: the reference '(10+10j)' is not real (allowed: R and a resistance in ohms)");
  EXPECT_EQ(
      refusal("io/simple_touchstone.s2p"),
      "simple_touchstone.s2p:2: the reference '(50+50j)' is not real (allowed: R and a resistance in ohms)");
  EXPECT_EQ(refusal("skrf_tests/tmp_skrf_oneport_powerwave.s1p"),
            "tmp_skrf_oneport_powerwave.s1p:14: the option line ends after R (allowed: R and a resistance in "
            "ohms)");
  EXPECT_EQ(refusal("ts/ex_9.s1p"), "ex_9.s1p:2: the file holds Z-parameters (allowed: S-parameters)");
  EXPECT_EQ(refusal("ts/ex_11.s2p"), "ex_11.s2p:2: the file holds H-parameters (allowed: S-parameters)");
}

// Two exports of one device, in decibels and in magnitudes, from two runs of the solver that agree to about
// 1e-4; and the columns of a transistor.
TEST(SharedVariants, ValuesOfTheDialectsAgree) {
  NEEDS_SHARED_DATA();
  const Network db = read("touchstone_variants/skrf_tests/hfss_threeport_DB_50Ohm.s3p");
  const Network ma = read("touchstone_variants/skrf_tests/hfss_threeport_MA_50Ohm.s3p");
  for (std::size_t i = 0; i < 9; ++i) EXPECT_NEAR(std::abs(db.s[i]), std::abs(ma.s[i]), 2e-4) << i;
  // ex_18: 2 GHz, .95 −26 | 3.57 157 | .04 76 | .66 −14 as S11, S21, S12, S22.
  const Network transistor = read("touchstone_variants/ts/ex_18.s2p");
  EXPECT_NEAR(std::abs(transistor.at(0, 2, 1)), 3.57, 1e-12);
  EXPECT_NEAR(std::abs(transistor.at(0, 1, 2)), 0.04, 1e-12);
}

}  // namespace
}  // namespace waverack::network
