#include "waverack/network/touchstone.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "unit/network/expect_near.hpp"
#include "unit/network/touchstone_refusal.hpp"

namespace waverack::network {
namespace {

using Complex = std::complex<double>;

// The option line's defaults are those of the specification, version 1.1: GHz S MA R 50.
TEST(Touchstone, DefaultsOfTheOptionLine) {
  const Network network = parse_touchstone("#\n2 0.5 90\n", "a.s1p");
  EXPECT_EQ(network.ports, 1);
  EXPECT_EQ(network.name, "a.s1p");
  EXPECT_EQ(network.reference_resistance, 50.0);
  EXPECT_EQ(network.frequencies, std::vector<double>{2e9});
  expect_near(network.at(0, 1, 1), {0.0, 0.5});
  EXPECT_TRUE(network.remarks.empty());
}

TEST(Touchstone, OptionsInAnyOrderAndCase) {
  const Network network = parse_touchstone("  # r 75 Ri s kHZ\n2 0.5 -0.25\n", "a.S1P");
  EXPECT_EQ(network.reference_resistance, 75.0);
  EXPECT_EQ(network.frequencies, std::vector<double>{2e3});
  expect_near(network.at(0, 1, 1), {0.5, -0.25});
}

TEST(Touchstone, FrequencyUnits) {
  for (const auto& [unit, factor] : {std::pair{"Hz", 1.0}, {"kHz", 1e3}, {"MHz", 1e6}, {"GHz", 1e9}})
    EXPECT_DOUBLE_EQ(parse_touchstone(std::string("# ") + unit + "\n1.5 0 0\n", "a.s1p").frequencies.at(0),
                     1.5 * factor);
}

// −6 dB is 10^(−6/20) = 0.501187; 30 degrees have the cosine 0.866025 and the sine 0.5.
TEST(Touchstone, NumberFormats) {
  expect_near(parse_touchstone("# DB\n1 -6 30\n", "a.s1p").at(0, 1, 1),
              {0.501187233627 * 0.866025403784, 0.250593616814}, 1e-11);
  expect_near(parse_touchstone("# MA\n1 2 -30\n", "a.s1p").at(0, 1, 1), {1.73205080757, -1.0}, 1e-11);
  expect_near(parse_touchstone("# RI\n1 -3e-1 +4.5E0\n", "a.s1p").at(0, 1, 1), {-0.3, 4.5});
}

// Version 1 writes two-ports by columns, S11 S21 S12 S22, and all others by rows.
TEST(Touchstone, OrderOfTheMatrix) {
  const Network two = parse_touchstone("# RI\n1 11 0 21 0 12 0 22 0\n", "a.s2p");
  const Network three = parse_touchstone("# RI\n1 11 0 12 0 13 0\n21 0 22 0 23 0\n31 0 32 0 33 0\n", "a.s3p");
  for (const Network* network : {&two, &three})
    for (int i = 1; i <= network->ports; ++i)
      for (int j = 1; j <= network->ports; ++j) EXPECT_EQ(network->at(0, i, j), Complex(10.0 * i + j));
}

TEST(Touchstone, MatricesMayBeWrapped) {
  const std::string wrapped = "# RI\n1 1 0 2 0\n 3 0 4 0 5 0\n6 0 7 0 8 0 9 0\n";
  const std::string straight = "# RI\n1 1 0 2 0 3 0 4 0 5 0 6 0 7 0 8 0 9 0";
  EXPECT_EQ(parse_touchstone(wrapped, "a.s3p").s, parse_touchstone(straight, "a.s3p").s);
}

TEST(Touchstone, CommentsLineEndsAndByteOrderMark) {
  const std::string text =
      "\xef\xbb\xbf! made by hand \xe9\xff\r\n\r\n# Hz S RI R 50 ! reference\r\n!\r\n1 0.25 0 ! first\r! "
      "last\r2\t0.5 0";
  const Network network = parse_touchstone(text, "a.s1p");
  EXPECT_EQ(network.frequencies, (std::vector<double>{1.0, 2.0}));
  EXPECT_EQ(network.s, (std::vector<Complex>{0.25, 0.5}));
}

TEST(Touchstone, SecondOptionLineIsIgnored) {
  const Network network = parse_touchstone("# MHz RI R 75\n# GHz Z MA R 50\n1 0.5 0\n", "a.s1p");
  EXPECT_EQ(network.reference_resistance, 75.0);
  EXPECT_EQ(network.frequencies.at(0), 1e6);
}

TEST(Touchstone, NoiseSectionOfATwoPortIsIgnored) {
  const Network network = parse_touchstone(
      "# RI\n4 0 0 1 0 1 0 0 0\n8 0 0 1 0 1 0 0 0\n4 .7 .64 69 .38\n18 2.7 .46 -33 .4\n", "a.s2p");
  EXPECT_EQ(network.frequencies, (std::vector<double>{4e9, 8e9}));
  EXPECT_EQ(touchstone_refusal("# RI\n4 0 0 1 0 1 0 0 0\n2 .7 .64 69 .38\n4 .7 .64 69\n"),
            "line.s2p:4: a line of the noise section has 4 numbers (allowed: 5 numbers)");
}

TEST(Touchstone, LongNumbersAreRemarked) {
  const std::string pi = "3." + std::string(100, '1');
  const Network network = parse_touchstone("# Hz RI\n1 " + pi + " 0\n2 " + pi + " 0\n3 0 0\n", "a.s1p");
  EXPECT_NEAR(network.at(0, 1, 1).real(), 3.1111111111, 1e-9);
  EXPECT_EQ(network.remarks,
            (std::vector<std::string>{"line 2: a number of 102 characters makes the data at 1 Hz suspect",
                                      "2 lines have numbers of more than 64 characters"}));
}

TEST(TouchstoneRefusal, NothingInTheFile) {
  EXPECT_EQ(touchstone_refusal(""), "line.s2p: the file is empty");
  EXPECT_EQ(touchstone_refusal("\xef\xbb\xbf \r\n\t\n"), "line.s2p: the file is empty");
  const std::string none =
      "line.s2p: the file holds no network data (allowed: an option line and data lines)";
  EXPECT_EQ(touchstone_refusal("! a comment\n"), none);
  EXPECT_EQ(touchstone_refusal("# GHz S MA R 50\n! S11 S21\n"), none);
}

TEST(TouchstoneRefusal, NameWithoutPorts) {
  for (const char* name :
       {"line", "line.txt", "line.s0p", "line.sp", "line.s1000p", "line.s-1p", "line.s2q", "s2p"})
    EXPECT_EQ(touchstone_refusal("# GHz\n", name),
              std::string(name) +
                  ": the name does not say how many ports there are (allowed: an "
                  "ending from .s1p to .s999p)");
}

TEST(TouchstoneRefusal, OptionLine) {
  EXPECT_EQ(
      touchstone_refusal("\n# THz S RI R 50\n"),
      "line.s2p:2: the option line has an unknown word 'THz' (allowed: Hz, kHz, MHz, GHz; S, Y, Z, H, G; RI, "
      "MA, DB; R and a resistance in ohms)");
  EXPECT_EQ(touchstone_refusal("# GHz S RI R"),
            "line.s2p:1: the option line ends after R (allowed: R and a resistance in ohms)");
  EXPECT_EQ(touchstone_refusal("# R (50+50j)"),
            "line.s2p:1: the reference '(50+50j)' is not real (allowed: R and a resistance in ohms)");
  EXPECT_EQ(touchstone_refusal("# R 0"),
            "line.s2p:1: the reference resistance is '0' (allowed: a resistance above 0 ohm)");
  EXPECT_EQ(touchstone_refusal("# R fifty"), "line.s2p:1: 'fifty' is not a number");
  EXPECT_EQ(touchstone_refusal("1 0 0 1 0 1 0 0 0\n# GHz\n"),
            "line.s2p:1: there are data before the option line (allowed: a line such as '# GHz S MA R 50' "
            "above them)");
}

TEST(TouchstoneRefusal, WhatIsNotAFiniteNumber) {
  const std::string good = "# GHz RI\n1 0 0 1 0 1 0 0 0\n";
  EXPECT_EQ(touchstone_refusal(good + "2 0 0 1 0 abc 0 0 0\n"), "line.s2p:3: 'abc' is not a number");
  EXPECT_EQ(touchstone_refusal(good + "2 0 0 1 0 1.2.3 0 0 0\n"), "line.s2p:3: '1.2.3' is not a number");
  EXPECT_EQ(touchstone_refusal(good + "2 0 0 1 0 1,5 0 0 0\n"), "line.s2p:3: '1,5' is not a number");
  EXPECT_EQ(touchstone_refusal(good + "2 0 0 1 0 0x10 0 0 0\n"), "line.s2p:3: '0x10' is not a number");
  EXPECT_EQ(touchstone_refusal(good + "2 0 0 1 0 +-1 0 0 0\n"), "line.s2p:3: '+-1' is not a number");
  EXPECT_EQ(touchstone_refusal(good + "2 0 0 1 0 nan 0 0 0\n"), "line.s2p:3: 'nan' is not a finite number");
  EXPECT_EQ(touchstone_refusal(good + "2 0 0 1 0 -INF 0 0 0\n"), "line.s2p:3: '-INF' is not a finite number");
  EXPECT_EQ(touchstone_refusal(good + "inf 0 0 1 0 1 0 0 0\n"), "line.s2p:3: 'inf' is not a finite number");
  EXPECT_EQ(touchstone_refusal(good + "2 0 0 1 0 1e999 0 0 0\n"),
            "line.s2p:3: '1e999' is too large or too small for a number");
  EXPECT_EQ(touchstone_refusal(good + std::string("2 0 0 \0\x1b[2J 0 1 0 0 0\n", 23)),
            "line.s2p:3: '??[2J' is not a number");
  EXPECT_EQ(touchstone_refusal(good + std::string(1000000, 'x')),
            "line.s2p:3: '" + std::string(24, 'x') + "…' is not a number");
}

TEST(TouchstoneRefusal, ValuesOutOfRange) {
  EXPECT_EQ(touchstone_refusal("# DB\n1 4000 0\n", "a.s1p"),
            "a.s1p:2: the S-parameter 4000 0 is out of range (allowed: a magnitude of at most 1e9)");
  EXPECT_EQ(touchstone_refusal("# DB\n1 1e300 0\n", "a.s1p"),
            "a.s1p:2: the S-parameter 1e+300 0 is out of range (allowed: a magnitude of at most 1e9)");
  EXPECT_EQ(touchstone_refusal("# RI\n1 0 1e200\n", "a.s1p"),
            "a.s1p:2: the S-parameter 0 1e+200 is out of range (allowed: a magnitude of at most 1e9)");
  EXPECT_EQ(touchstone_refusal("# GHz\n-1 0 0\n", "a.s1p"),
            "a.s1p:2: the frequency -1e+09 Hz is out of range (allowed: 0 Hz, or 1 µHz to 1e18 Hz)");
  EXPECT_EQ(touchstone_refusal("# GHz\n1e300 0 0\n", "a.s1p"),
            "a.s1p:2: the frequency inf Hz is out of range (allowed: 0 Hz, or 1 µHz to 1e18 Hz)");
}

TEST(TouchstoneRefusal, FrequenciesThatDoNotRise) {
  EXPECT_EQ(touchstone_refusal("# GHz\n2 0 0\n1.5 0 0\n", "a.s1p"),
            "a.s1p:3: the frequency 1.5 GHz follows 2 GHz (allowed: frequencies that rise)");
  EXPECT_EQ(touchstone_refusal("# GHz\n2 0 0\n2 0 0\n", "a.s1p"),
            "a.s1p:3: the frequency 2 GHz follows 2 GHz (allowed: frequencies that rise)");
  // Nine numbers are network data, wherever the frequency goes.
  EXPECT_EQ(touchstone_refusal("# GHz RI\n2 0 0 1 0 1 0 0 0\n1 0 0 1 0 1 0 0 0\n"),
            "line.s2p:3: the frequency 1 GHz follows 2 GHz (allowed: frequencies that rise)");
}

TEST(TouchstoneRefusal, TruncatedLastMatrix) {
  EXPECT_EQ(touchstone_refusal("# GHz RI\n1 0 0 1 0 1 0 0 0\n2 0 0 1 0 1 0\n"),
            "line.s2p:3: the file ends inside the matrix at 2 GHz, after 7 numbers (allowed: 9 numbers for "
            "each frequency, "
            "as the ending .s2p says)");
  EXPECT_EQ(touchstone_refusal("# GHz RI\n1 0 0 1 0 1 0 0 0\n2 0 0 1\n"),
            "line.s2p:3: 4 numbers cannot start a matrix: a frequency and pairs are an odd count (allowed: 9 "
            "numbers for "
            "each frequency, as the ending .s2p says)");
}

const std::string four_port =
    "# GHz RI\n1 0 0 0 0 0 0 0 0\n0 0 0 0 0 0 0 0\n0 0 0 0 0 0 0 0\n0 0 0 0 0 0 0 0\n"
    "2 0 0 0 0 0 0 0 0\n0 0 0 0 0 0 0 0\n0 0 0 0 0 0 0 0\n0 0 0 0 0 0 0 0\n";

TEST(TouchstoneRefusal, PortsThatTheEndingDoesNotSay) {
  EXPECT_EQ(parse_touchstone(four_port, "a.s4p").points(), 2u);
  EXPECT_EQ(touchstone_refusal(four_port, "a.s2p"),
            "a.s2p:3: 8 numbers cannot start a matrix: a frequency and pairs are an odd count (allowed: 9 "
            "numbers for each "
            "frequency, as the ending .s2p says)");
  EXPECT_EQ(touchstone_refusal(four_port, "a.s1p"),
            "a.s1p:2: there are more numbers at 1 GHz than a matrix takes (allowed: 3 numbers for each "
            "frequency, as the "
            "ending .s1p says)");
  EXPECT_EQ(touchstone_refusal(four_port, "a.s3p"),
            "a.s3p:4: there are more numbers at 1 GHz than a matrix takes (allowed: 19 numbers for each "
            "frequency, as the "
            "ending .s3p says)");
  EXPECT_EQ(touchstone_refusal(four_port, "a.s5p"),
            "a.s5p:6: 9 numbers cannot continue the matrix at 1 GHz: pairs are an even count (allowed: 51 "
            "numbers for each "
            "frequency, as the ending .s5p says)");
}

}  // namespace
}  // namespace waverack::network
