// Version 2 of the format, and what version 1 has besides S-parameters. Examples of the specification are in
// touchstone_variants_test.cpp.

#include <gmock/gmock.h>

#include <complex>

#include "unit/network/expect_near.hpp"
#include "unit/network/touchstone_refusal.hpp"

namespace waverack::network {
namespace {

using Complex = std::complex<double>;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string head = "[Version] 2.0\n# GHz S RI R 50\n[Number of Ports] 2\n";
const std::string order = "[Two-Port Data Order] 21_12\n";
const std::string point = "1 11 0 21 0 12 0 22 0\n";

TEST(TouchstoneTwo, AllThatMayStandAroundTheData) {
  const Network network = parse_touchstone(
      "! a comment\n[VERSION] 2.1\n# GHz S RI R 50\n[number of ports] 2\n" + order +
          "[Number of Frequencies] 1\n[Number of Noise Frequencies] 1\n[Reference] 75 ! port 1\n\n 75\n"
          "[Matrix Format] full\n[Begin Information]\n[Manufacturer] somebody\n1 2 3\n[End Information]\n"
          "[Network Data]\n1 11 0 21\n0 12 0 22 0\n[Noise Data]\n1 .7 .6 69 19\n[End]\nanything [ at all\n",
      "line.s2p");
  EXPECT_EQ(network.reference_resistance, 75.0);
  EXPECT_EQ(network.s, (std::vector<Complex>{11.0, 12.0, 21.0, 22.0}));
  EXPECT_TRUE(network.remarks.empty());
}

TEST(TouchstoneTwo, OrderOfTwoPorts) {
  EXPECT_EQ(parse_touchstone(head + order + "[Network Data]\n" + point, "a.ts").at(0, 2, 1), 21.0);
  EXPECT_EQ(
      parse_touchstone(head + "[Two-Port Data Order] 12_21\n[Network Data]\n" + point, "a.ts").at(0, 1, 2),
      21.0);
  EXPECT_EQ(touchstone_2_refusal(head + "[Network Data]\n" + point),
            "line.ts:5: a two-port of Touchstone 2 does not say in which order its parameters come (allowed: "
            "[Two-Port Data Order] with 12_21 or 21_12)");
}

TEST(TouchstoneTwo, Triangles) {
  const std::string three = "[Version] 2.0\n# GHz S RI\n[Number of Ports] 3\n[Matrix Format] ";
  const Network lower =
      parse_touchstone(three + "Lower\n[Network Data]\n1 11 0\n21 0 22 0\n31 0 32 0 33 0\n", "a.ts");
  EXPECT_EQ(lower.s, (std::vector<Complex>{11, 21, 31, 21, 22, 32, 31, 32, 33}));
  const Network upper =
      parse_touchstone(three + "Upper\n[Network Data]\n1 11 0 12 0 13 0\n22 0 23 0\n33 0\n", "a.ts");
  EXPECT_EQ(upper.s, (std::vector<Complex>{11, 12, 13, 12, 22, 23, 13, 23, 33}));
  EXPECT_THAT(
      touchstone_2_refusal(three + "Lower\n[Network Data]\n1 11 0\n21 0 22 0\n"),
      HasSubstr("after 7 numbers (allowed: 13 numbers for each frequency, as the number of ports and the "
                "matrix format say)"));
}

// A series impedance Z between two ports of R: S11 = Z/(Z + 2R), S21 = 2R/(Z + 2R). Y has +1/Z and −1/Z; an
// ideal line has no Z- or Y-parameters of its own, but H: V1 = V2, I2 = −I1.
TEST(TouchstoneTwo, OtherParameters) {
  const std::string y = " 0 0.01 0 -0.01 0 -0.01 0 0.01 0\n";
  const Network two = parse_touchstone(
      "[Version] 2.0\n# GHz Y RI R 25\n[Number of Ports] 2\n" + order + "[Network Data]\n" + y, "a.ts");
  expect_near(two.at(0, 1, 1), 100.0 / 150.0);
  expect_near(two.at(0, 2, 1), 50.0 / 150.0);
  EXPECT_THAT(two.remarks, ElementsAre("the Y-parameters of the file are converted to S-parameters"));
  // Version 1 states them in units of 1/R.
  const Network one = parse_touchstone("# GHz Y RI R 25\n 0 0.25 0 -0.25 0 -0.25 0 0.25 0\n", "a.s2p");
  for (std::size_t i = 0; i < 4; ++i) expect_near(one.s[i], two.s[i]);
  for (const char* name : {"H", "G"}) {
    const Network line =
        parse_touchstone(std::string("# GHz ") + name + " RI\n1 0 0 -1 0 1 0 0 0\n", "a.s2p");
    expect_near(line.at(0, 1, 1), 0.0);
    expect_near(line.at(0, 2, 1), name[0] == 'H' ? 1.0 : -1.0);
  }
  EXPECT_EQ(touchstone_refusal("# GHz Z RI\n1 -1 0\n", "a.s1p"),
            "a.s1p:2: the parameters at 1 GHz have no S-parameters with a real reference (allowed: values "
            "below 1e9)");
  EXPECT_THAT(touchstone_refusal("# GHz H RI\n1 1 0\n", "a.s1p"),
              HasSubstr("these are H- or G-parameters of 1 ports"));
  EXPECT_THAT(touchstone_refusal("# GHz Z RI R 50 75\n1 1 0 1 0 1 0 1 0\n", "a.s2p"),
              HasSubstr("(allowed: one resistance)"));
}

// A matched load of 75 ohm reflects (75 − 50)/(75 + 50) = 0.2 at a port of 50 ohm.
TEST(TouchstoneTwo, ReferencesOnTheOptionLine) {
  const Network network = parse_touchstone("# GHz S RI R 50 75\n1 0 0 0 0 0 0 0 0\n", "a.s2p");
  EXPECT_EQ(network.reference_resistance, 50.0);
  expect_near(network.at(0, 1, 1), 0.0);
  expect_near(network.at(0, 2, 2), 0.2);
  EXPECT_EQ(
      touchstone_refusal("# S RI R 50 75 100 GHz\n1 0 0 0 0 0 0 0 0\n", "a.s2p"),
      "a.s2p:2: there are 3 reference resistances for 2 ports (allowed: one for all ports or one for each)");
}

// 100 ohm between two conductors and nothing to ground: Z_d = 100 ohm; a common current finds 10 kohm.
TEST(TouchstoneTwo, MixedModeImpedances) {
  const Network pair =
      parse_touchstone("[Version] 2.0\n# GHz Z RI R 50\n[Number of Ports] 2\n" + order +
                           "[Mixed-Mode Order] D1,2 C1,2\n[Network Data]\n1 100 0 0 0 0 0 10000 0\n",
                       "a.ts");
  // Z11 = Z_c + Z_d/4: half of the differential voltage for a current of 1 into one conductor is
  // Z_d·(1/2)·(1/2).
  const double z11 = 10000.0 + 25.0, z12 = 10000.0 - 25.0;
  const double d = (z11 + 50.0) * (z11 + 50.0) - z12 * z12;
  expect_near(pair.at(0, 1, 1), ((z11 - 50.0) * (z11 + 50.0) - z12 * z12) / d);
  expect_near(pair.at(0, 2, 1), 100.0 * z12 / d);
}

TEST(TouchstoneTwo, RefusedKeywords) {
  EXPECT_EQ(touchstone_2_refusal("[Version] 3.0\n"),
            "line.ts:1: this is Touchstone '3.0' (allowed: version 1 without keywords, 2.0 or 2.1)");
  EXPECT_EQ(touchstone_refusal("# GHz\n[Number of Ports] 2\n", "a.s2p"),
            "a.s2p:2: the keyword '[Number of Ports]' comes before [Version] (allowed: [Version] 2.0 first)");
  EXPECT_EQ(touchstone_2_refusal("[Version 2.0\n"),
            "line.ts:1: the keyword '[Version 2.0' has no closing bracket (allowed: [Keyword])");
  EXPECT_EQ(touchstone_2_refusal("[Version]\n"), "line.ts:1: [Version] has no value");
  EXPECT_THAT(touchstone_2_refusal("[Version] 2.0\n[Colour] red\n"),
              HasSubstr("line.ts:2: the keyword '[Colour]' is not known"));
  EXPECT_EQ(
      touchstone_refusal("[Version] 2.0\n[Number of Ports] 4\n", "a.s2p"),
      "a.s2p:2: [Number of Ports] is 4, and the ending of the name says 2 (allowed: the same number, or the "
      "ending .ts)");
  EXPECT_EQ(touchstone_2_refusal("[Version] 2.0\n[Number of Ports] 1000000000\n"),
            "line.ts:2: [Number of Ports] is '1000000000' (allowed: 1 to 999)");
  EXPECT_EQ(touchstone_2_refusal("[Version] 2.0\n[Reference] 50\n"),
            "line.ts:2: [Reference] comes before the number of ports (allowed: [Number of Ports] first)");
  EXPECT_EQ(touchstone_2_refusal(head + "[Reference] 50\n[Network Data]\n"),
            "line.ts:5: [Reference] has too few values (allowed: 2, one for each port)");
  EXPECT_EQ(touchstone_2_refusal(head + "[Reference] 50 -1\n"),
            "line.ts:4: the reference resistance is '-1' (allowed: a resistance above 0 ohm)");
  EXPECT_EQ(touchstone_2_refusal(head + "[Matrix Format] Banded\n"),
            "line.ts:4: [Matrix Format] is 'Banded' (allowed: Full, Lower or Upper)");
  EXPECT_EQ(touchstone_2_refusal(head + "[Two-Port Data Order] 11_22\n"),
            "line.ts:4: [Two-Port Data Order] is '11_22' (allowed: 12_21 or 21_12)");
  EXPECT_EQ(touchstone_2_refusal(head + "[Begin Information]\n[End]\n"),
            "line.ts:4: [Begin Information] has no end (allowed: [End Information])");
  EXPECT_EQ(
      touchstone_2_refusal(head + order + "[Number of Frequencies] 2\n[Network Data]\n" + point + "[End]\n"),
      "line.ts: the file holds 1 frequencies, and [Number of Frequencies] says 2 (allowed: as many as "
      "it says)");
  EXPECT_EQ(
      touchstone_2_refusal(head + order + "[Network Data]\n" + point + "[Reference] 75 75\n"),
      "line.ts:7: the keyword '[Reference] 75 75' stands behind the data (allowed: [Noise Data] or [End])");
  EXPECT_EQ(touchstone_2_refusal("[Version] 2.0\n# GHz\n1 0 0\n"),
            "line.ts: the name does not say how many ports there are (allowed: [Number of Ports])");
  EXPECT_EQ(touchstone_2_refusal("[Version] 2.0\n[Number of Ports] 1\n1 0 0\n"),
            "line.ts:3: there are data before the option line (allowed: a line such as '# GHz S MA R 50' "
            "above them)");
}

TEST(TouchstoneTwo, ModesThatAreNoCompleteSet) {
  const auto modes = [](const std::string& list) {
    return touchstone_2_refusal("[Version] 2.0\n# GHz\n[Number of Ports] 3\n[Mixed-Mode Order] " + list +
                                "\n");
  };
  const std::string allowed = " (allowed: every port as S, or in D and C of one pair)";
  EXPECT_EQ(modes("D1,2 C1,2 S4"), "line.ts:4: [Mixed-Mode Order]: there is no port 4" + allowed);
  EXPECT_EQ(modes("D1,2 C1,3 S2"), "line.ts:4: [Mixed-Mode Order]: D1,2 stands alone" + allowed);
  EXPECT_EQ(modes("D1,1 C1,1 S2"), "line.ts:4: [Mixed-Mode Order]: port 1 is paired with itself" + allowed);
  EXPECT_EQ(modes("S1 S1 S2"), "line.ts:4: [Mixed-Mode Order]: port 1 is named twice" + allowed);
  EXPECT_EQ(modes("D1,2 C1,2 S1"), "line.ts:4: [Mixed-Mode Order]: port 1 is named twice" + allowed);
  for (const char* word : {"X1", "S", "D1", "D1,", "D1,2,3", "C,2", "S1.5"})
    EXPECT_THAT(modes(word), HasSubstr(std::string("[Mixed-Mode Order] has '") + word + "'")) << word;
  EXPECT_EQ(touchstone_2_refusal("[Version] 2.0\n# GHz\n[Number of Ports] 2\n" + order +
                                 "[Reference] 50 75\n[Mixed-Mode Order] D1,2 C1,2\n"
                                 "[Network Data]\n1 0 0 0 0 0 0 0 0\n"),
            "line.ts:8: the ports of D1,2 have two references (allowed: one for both)");
}

}  // namespace
}  // namespace waverack::network
