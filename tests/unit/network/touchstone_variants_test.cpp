// Dialects of the format: every file of the shared folder touchstone_variants is read, or refused with its
// line. The README there states ports, points and ranges; the numbers below are read from the files by eye.

#include <gmock/gmock.h>

#include <cmath>
#include <complex>
#include <set>

#include "unit/base/message_of.hpp"
#include "unit/network/expect_near.hpp"
#include "unit/network/shared_data.hpp"
#include "waverack/network/reference.hpp"

namespace waverack::network {
namespace {

using Complex = std::complex<double>;
using testing::ElementsAre;
using testing::HasSubstr;

const Expected variants[] = {
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
    {"ts/ex_9.s1p", 1, 5, 100e6, 500e6, 75.0},
    {"ts/ex_11.s2p", 2, 1, 2e3, 2e3, 1.0},
    // Version 2. Where the ports have several references, 50 ohm replace them.
    {"ts/ansys.ts", 3, 1, 0.0, 0.0},
    {"ts/ex_2.ts", 1, 5, 1e6, 5e6},
    {"ts/ex_3.ts", 2, 2, 1e9, 2e9},
    {"ts/ex_4.ts", 4, 1, 1e9, 1e9},
    {"ts/ex_5.ts", 4, 2, 5e9, 6e9},
    {"ts/ex_6.ts", 4, 2, 5e9, 6e9},
    {"ts/ex_7.ts", 1, 5, 100e6, 500e6, 20.0},
    {"ts/ex_10.ts", 1, 5, 100e6, 500e6, 20.0},
    {"ts/ex_12.ts", 2, 1, 2e3, 2e3, 1.0},
    {"ts/ex_12_g.ts", 2, 1, 2e3, 2e3, 1.0},
    {"ts/ex_16.ts", 6, 1, 5e6, 5e6},
    {"ts/ex_17.ts", 2, 2, 2e9, 22e9},
    {"skrf_tests/cst_example_6ports_V2.ts", 6, 1001, 0.0, 60e6, 15.063},
    {"skrf_tests/helic_example_6ports_V2.ts", 6, 17, 0.0, 960e3},
};

// The file, and the message without the name of the file.
const std::pair<const char*, const char*> refused[] = {
    {"io/comments.s3p", ": the file holds no network data (allowed: an option line and data lines)"},
    {"io/double_option_line.s2p",
     ":2: the reference '(10+10j)' is not real (allowed: R and a resistance in ohms)"},
    {"io/simple_touchstone.s2p",
     ":2: the reference '(50+50j)' is not real (allowed: R and a resistance in ohms)"},
    {"skrf_tests/tmp_skrf_oneport_powerwave.s1p",
     ":14: the option line ends after R (allowed: R and a resistance in ohms)"},
    {"ts/ex_1.ts", ": the file holds no network data (allowed: an option line and data lines)"},
};

Network variant(const std::string& file) { return read("touchstone_variants/" + file); }

Complex polar(double magnitude, double degrees) { return std::polar(magnitude, degrees * M_PI / 180.0); }

// The same network as the file states it, with its own references.
Network with_references(const std::string& file, const std::vector<double>& references) {
  Network network = variant(file);
  const auto n = static_cast<std::size_t>(network.ports);
  for (std::size_t k = 0; k < network.points(); ++k)
    EXPECT_TRUE(change_references({&network.s[k * n * n], n * n},
                                  std::vector<double>(n, network.reference_resistance), references));
  return network;
}

TEST(SharedVariants, PortsPointsAndRanges) {
  NEEDS_SHARED_DATA();
  for (const Expected& expected : variants) {
    const std::string file = "touchstone_variants/" + std::string(expected.file);
    expect_contents(
        {file.c_str(), expected.ports, expected.points, expected.first, expected.last, expected.reference});
  }
}

TEST(SharedVariants, WhatIsRefusedNamesItsLine) {
  NEEDS_SHARED_DATA();
  for (const auto& [file, message] : refused)
    EXPECT_EQ(message_of([&] { variant(file); }), std::filesystem::path(file).filename().string() + message);
}

TEST(SharedVariants, EveryFileOfTheFolderIsListed) {
  NEEDS_SHARED_DATA();
  std::set<std::string> listed, found;
  for (const Expected& expected : variants) listed.insert(expected.file);
  for (const auto& [file, message] : refused) listed.insert(file);
  const std::filesystem::path folder = shared_data() / "touchstone_variants";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && entry.path().filename() != "LICENSE.txt")
      found.insert(std::filesystem::relative(entry.path(), folder).generic_string());
  EXPECT_EQ(listed, found);
}

TEST(SharedVariants, FilesOfVersionOne) {
  NEEDS_SHARED_DATA();
  const Network ex_13 = variant("ts/ex_13.s2p");
  EXPECT_EQ(ex_13.at(0, 2, 1), Complex(-0.0003, -0.0021));
  EXPECT_EQ(ex_13.at(2, 2, 2), Complex(0.3419, 0.3336));
  const Network ex_14 = variant("ts/ex_14.s4p");
  expect_near(ex_14.at(0, 1, 3), polar(0.42, -66.58), 1e-12);
  expect_near(ex_14.at(2, 4, 1), polar(0.62, -114.19), 1e-12);
  // 2 GHz, .95 −26 | 3.57 157 | .04 76 | .66 −14 as S11, S21, S12, S22.
  const Network ex_18 = variant("ts/ex_18.s2p");
  expect_near(ex_18.at(0, 2, 1), polar(3.57, 157), 1e-12);
  expect_near(ex_18.at(0, 1, 2), polar(0.04, 76), 1e-12);
}

// Two exports of one device, in decibels and in magnitudes, from two runs of the solver that agree to about
// 1e-4.
TEST(SharedVariants, DecibelsAndMagnitudesAgree) {
  NEEDS_SHARED_DATA();
  const Network db = variant("skrf_tests/hfss_threeport_DB_50Ohm.s3p");
  const Network ma = variant("skrf_tests/hfss_threeport_MA_50Ohm.s3p");
  for (std::size_t i = 0; i < 9; ++i) EXPECT_NEAR(std::abs(db.s[i]), std::abs(ma.s[i]), 2e-4) << i;
}

// A one-port's S = (Z − R)/(Z + R).
TEST(SharedVariants, ImpedancesOfBothVersions) {
  NEEDS_SHARED_DATA();
  const Complex z = polar(11.0, 10.0);
  expect_near(variant("ts/ex_2.ts").at(0, 1, 1), (z - 50.0) / (z + 50.0), 1e-12);
  // Version 1 writes 0.99 for 74.25 ohm of 75, version 2 the ohms; the references are 75 and 20 ohm.
  const Network one = renormalise(variant("ts/ex_9.s1p"), 20.0), two = variant("ts/ex_7.ts");
  ASSERT_EQ(one.frequencies, two.frequencies);
  for (std::size_t k = 0; k < 5; ++k) expect_near(one.s[k], two.s[k], 1e-12);
  EXPECT_EQ(two.s, variant("ts/ex_10.ts").s);
  EXPECT_THAT(two.remarks, ElementsAre("the Z-parameters of the file are converted to S-parameters"));
}

TEST(SharedVariants, HybridParameters) {
  NEEDS_SHARED_DATA();
  const Network h = variant("ts/ex_12.ts"), g = variant("ts/ex_12_g.ts");
  EXPECT_EQ(h.s, variant("ts/ex_11.s2p").s);
  // The circuit: a source of 1 ohm at port 1, and 1 ohm at port 2, so V2 = −I2.
  const Complex h11 = polar(.95, -26), h21 = polar(3.57, 157), h12 = polar(.04, 76), h22 = polar(.66, -14);
  const Complex input = h11 - h12 * h21 / (1.0 + h22);
  expect_near(h.at(0, 1, 1), (input - 1.0) / (input + 1.0), 1e-12);
  expect_near(h.at(0, 2, 1), -2.0 * h21 / ((1.0 + h22) * (1.0 + input)), 1e-12);
  // G is the inverse of H, but for g12, where −76.963 degrees are written as −76.627.
  for (std::size_t i = 0; i < 4; ++i) expect_near(g.s[i], h.s[i], 1e-3);
}

TEST(SharedVariants, TwoPortOrderOfVersionTwo) {
  NEEDS_SHARED_DATA();
  const Network ex_3 = variant("ts/ex_3.ts");
  for (int k = 0; k < 2; ++k)
    for (int i = 1; i <= 2; ++i)
      for (int j = 1; j <= 2; ++j)
        EXPECT_EQ(ex_3.at(static_cast<std::size_t>(k), i, j), Complex(100.0 * (k + 1) + 10.0 * i + j));
}

// S' at 50 ohm by way of the impedances, Z = √R·(1 + S)(1 − S)⁻¹·√R, as a two-port can be written by hand:
// the file states 50 and 25 ohm; the rows are those of ex_18 at 50 ohm.
TEST(SharedVariants, ReferencesOfTheirOwn) {
  NEEDS_SHARED_DATA();
  const Network two = variant("ts/ex_17.ts"), one = variant("ts/ex_18.s2p");
  EXPECT_THAT(two.remarks,
              ElementsAre("the references of the ports, 50, 25 ohm, are replaced by 50 ohm at all of them"));
  const Complex s11 = one.at(0, 1, 1), s12 = one.at(0, 1, 2), s21 = one.at(0, 2, 1), s22 = one.at(0, 2, 2);
  const Complex d = (1.0 - s11) * (1.0 - s22) - s12 * s21;
  const double r = std::sqrt(50.0 * 25.0);
  const Complex z11 = 50.0 * ((1.0 + s11) * (1.0 - s22) + s12 * s21) / d, z12 = 2.0 * r * s12 / d,
                z21 = 2.0 * r * s21 / d, z22 = 25.0 * ((1.0 - s11) * (1.0 + s22) + s12 * s21) / d;
  const Complex e = (z11 + 50.0) * (z22 + 50.0) - z12 * z21;
  expect_near(two.at(0, 1, 1), ((z11 - 50.0) * (z22 + 50.0) - z12 * z21) / e, 1e-12);
  expect_near(two.at(0, 2, 1), 100.0 * z21 / e, 1e-12);
  expect_near(two.at(0, 1, 2), 100.0 * z12 / e, 1e-12);
  expect_near(two.at(0, 2, 2), ((z11 + 50.0) * (z22 - 50.0) - z12 * z21) / e, 1e-12);
}

TEST(SharedVariants, FullAndLowerMatrixAreOneDevice) {
  NEEDS_SHARED_DATA();
  EXPECT_EQ(variant("ts/ex_5.ts").s, variant("ts/ex_6.ts").s);
  const Network ex_5 = with_references("ts/ex_5.ts", {50.0, 75.0, 0.01, 0.01});
  expect_near(ex_5.at(0, 1, 4), polar(0.53, -79.34), 1e-9);
  expect_near(ex_5.at(1, 3, 2), polar(0.53, -79.34), 1e-9);
  const Network ex_4 = with_references("ts/ex_4.ts", {50.0, 75.0, 0.01, 0.01});
  expect_near(ex_4.at(0, 1, 2), 12.0, 1e-6);
  expect_near(ex_4.at(0, 4, 3), 43.0, 1e-6);
  // The references stand on lines of their own, with comments.
  const Network ansys = with_references("ts/ansys.ts", {1.0, 50.0, 50.0});
  expect_near(ansys.at(0, 1, 3), 0.2736474275082125, 1e-12);
  expect_near(ansys.at(0, 3, 3), -0.9349795164531121, 1e-12);
}

// D2,3 D6,5 C2,3 C6,5 S4 S1: with a₂ = (c + d)/√2 and a₃ = (c − d)/√2, S22 = ½(Sdd + Sdc + Scd + Scc) and so
// on.
TEST(SharedVariants, MixedMode) {
  NEEDS_SHARED_DATA();
  const Network ex_16 = with_references("ts/ex_16.ts", {50.0, 75.0, 75.0, 50.0, 0.01, 0.01});
  const Complex dd(8.0, 9.0), dc(3.0, -2.0), cd(3.0, -2.0), cc(5.8, 6.0);
  expect_near(ex_16.at(0, 2, 2), 0.5 * (dd + dc + cd + cc), 1e-9);
  expect_near(ex_16.at(0, 3, 3), 0.5 * (dd - dc - cd + cc), 1e-9);
  expect_near(ex_16.at(0, 2, 3), 0.5 * (-dd + dc - cd + cc), 1e-9);
  // Between the pairs: rows D2,3 and C2,3, columns D6,5 and C6,5; b₂ = (b_c + b_d)/√2, a₅ = (c − d)/√2.
  expect_near(ex_16.at(0, 2, 5),
              0.5 * (-Complex(2.0, -1.0) + Complex(1.0, 3.0) - Complex(1.8, -2.0) + Complex(1.2, 0.8)), 1e-9);
  expect_near(ex_16.at(0, 4, 4), {4.7, -6.0}, 1e-9);
  expect_near(ex_16.at(0, 4, 1), {-1.0, 2.0}, 1e-9);
  expect_near(ex_16.at(0, 1, 1), {5.5, -7.0}, 1e-9);
}

// Field solvers write the impedances of their ports into comments. One device, exported at its waveguide
// impedances and at 50 ohm: with the impedances of the comments the first becomes the second.
TEST(SharedVariants, ImpedancesInComments) {
  NEEDS_SHARED_DATA();
  const std::string file = "skrf_tests/hfss_threeport_MA.s3p";
  Network own = variant(file);
  EXPECT_THAT(own.remarks, ElementsAre(HasSubstr("a comment states the port impedance 526.441 + 0j ohm")));
  const Network at_50 = variant("skrf_tests/hfss_threeport_MA_50Ohm.s3p");
  EXPECT_THAT(at_50.remarks, testing::IsEmpty());
  const std::string text = text_of_file(shared_data() / "touchstone_variants" / file);
  const std::vector<double> fifty(3, 50.0);
  std::size_t at = 0;
  for (std::size_t k = 0; k < own.points(); ++k) {
    at = text.find("Port Impedance", at) + 14;
    std::vector<double> impedances(3);
    double imaginary = 0.0;
    ASSERT_EQ(std::sscanf(&text[at], "%lf %lf %lf %lf %lf", &impedances[0], &imaginary, &impedances[1],
                          &imaginary, &impedances[2]),
              5);
    ASSERT_TRUE(change_references({&own.s[9 * k], 9}, impedances, fifty));
    for (std::size_t i = 9 * k; i < 9 * (k + 1); ++i) ASSERT_LT(std::abs(own.s[i] - at_50.s[i]), 1e-11) << k;
  }
  for (const char* name : {"io/ansys_modal_data.s2p", "io/hfss_oneport.s1p", "skrf_tests/hfss_19.2.s10p",
                           "skrf_tests/hfss_oneport_powerwave.s1p"})
    EXPECT_THAT(variant(name).remarks, ElementsAre(HasSubstr("which is not applied"))) << name;
}

}  // namespace
}  // namespace waverack::network
