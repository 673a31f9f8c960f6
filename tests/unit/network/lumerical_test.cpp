#include "waverack/network/lumerical.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numbers>

#include "unit/base/message_of.hpp"

namespace waverack::network {
namespace {

using Complex = std::complex<double>;
using std::numbers::pi;
using testing::ElementsAre;

// Two modes with the same port names, three digits in the exponent, single quotes.
const std::string without_port_lines =
    "('port 1','TE',1,'port 1',1,'transmission')\n(2,3)\n1.9e+014\t0.1\t0\n2e+014\t0.2\t0\n"
    "('port 2','TE',1,'port 1',1,'transmission')\n(2,3)\n1.9e+014\t0.7\t1.5\n2e+014\t0.8\t2.5\n"
    "('port 2','TM',2,'port 1',2,'transmission')\n(2,3)\n1.9e+014\t0.3\t0\n2e+014\t0.4\t0\n";

// Port lines, double quotes, a blank in the shape, falling frequencies, CRLF.
const std::string with_port_lines =
    "[\"in\",\"LEFT\"]\r\n[\"out\",\"RIGHT\"]\r\n"
    "(\"out\",\"mode 1\",1,\"in\",1,\"transmission\")\r\n(2, 3)\r\n2.3e+14 0.5 3.0\r\n2.2e+14 0.6 1.0\r\n"
    "(\"in\",\"mode 1\",1,\"out\",1,\"transmission\")\r\n(2, 3)\r\n2.3e+14 0.5 3.0\r\n2.2e+14 0.6 1.0\r\n";

std::string lumerical_refusal(const std::string& text) {
  return message_of([&] { parse_lumerical(text, "y.sparam"); });
}

TEST(Lumerical, ModesOfTheSamePortsStayApart) {
  const LumericalFile file = parse_lumerical(without_port_lines, "y.sparam");
  EXPECT_THAT(file.ports, ElementsAre("port 1", "port 2"));
  ASSERT_EQ(file.blocks.size(), 3u);
  EXPECT_NEAR(std::abs(file.find(2, 1, 1, 1)->s[0]), 0.7, 1e-15);
  EXPECT_NEAR(std::abs(file.find(2, 2, 1, 2)->s[0]), 0.3, 1e-15);
  EXPECT_EQ(file.find(2, 2, 1, 2)->mode_name, "TM");
  EXPECT_EQ(file.find(1, 1, 2, 1), nullptr);
  const Network te = network_of(file, 1), tm = network_of(file, 2);
  EXPECT_NEAR(std::abs(te.at(1, 2, 1)), 0.8, 1e-15);  // the output is named first
  EXPECT_EQ(te.at(1, 1, 2), 0.0);
  EXPECT_NEAR(std::abs(tm.at(1, 2, 1)), 0.4, 1e-15);
  EXPECT_THAT(te.remarks, ElementsAre("2 of 4 entries of mode 1 are missing and count as 0"));
}

// The first block often names another port first.
TEST(Lumerical, PortsGoByTheNumberInTheirNames) {
  const LumericalFile file = parse_lumerical(
      "('opt_10','TE',1,'opt_2',1,'transmission')\n(1,3)\n2e14 0.3 "
      "0\n('opt_2','TE',1,'opt_10',1,'transmission')\n"
      "(1,3)\n2e14 0.4 0\n",
      "y.sparam");
  EXPECT_THAT(file.ports, ElementsAre("opt_2", "opt_10"));
  EXPECT_NEAR(std::abs(network_of(file, 1).at(0, 2, 1)), 0.3, 1e-15);
}

// The phase of the file rises with frequency behind a delay; that of exp(+j2πft) falls.
TEST(Lumerical, TimeConvention) {
  const LumericalFile file = parse_lumerical(without_port_lines, "y.sparam");
  const std::vector<Complex>& s = file.find(2, 1, 1, 1)->s;
  EXPECT_NEAR(std::arg(s[0]), -1.5, 1e-12);
  EXPECT_NEAR(std::arg(s[1]), -2.5, 1e-12);
}

TEST(Lumerical, PortLinesAndFallingFrequencies) {
  const LumericalFile file = parse_lumerical(with_port_lines, "gc.dat");
  EXPECT_THAT(file.ports, ElementsAre("in", "out"));
  const Network network = network_of(file, 1);
  EXPECT_THAT(network.frequencies, ElementsAre(2.2e14, 2.3e14));
  EXPECT_NEAR(std::abs(network.at(0, 2, 1)), 0.6, 1e-15);
  EXPECT_NEAR(std::arg(network.at(1, 2, 1)), -3.0, 1e-12);
}

// Option 3 of the format: the phase column leaves out 2π·τ_g·(f − f_c).
TEST(Lumerical, GroupDelayOfTheHeader) {
  const LumericalFile file = parse_lumerical(
      "('a','TE',1,'b',1,'transmission',1e-13)\n(3,3)\n1.9e14 1 0\n1.95e14 1 0\n2e14 1 0\n", "wg.sparam");
  const std::vector<Complex>& s = file.blocks[0].s;
  EXPECT_NEAR(std::abs(std::arg(s[0])), 2.0 * pi * 1e-13 * 0.05e14, 1e-9);  // π, on either side of the cut
  EXPECT_NEAR(std::arg(s[1]), 0.0, 1e-12);
  EXPECT_NEAR(std::remainder(std::arg(s[2]) - std::arg(s[0]) + 2.0 * pi * 1e-13 * 0.1e14, 2.0 * pi), 0.0,
              1e-9);
}

// A curve that was traced from a plot may step back.
TEST(Lumerical, RowsOutOfOrderAreSorted) {
  const LumericalFile file = parse_lumerical(
      "('a','TE',1,'b',1,'transmission')\n(3,3)\n2e14 0.3 0\n1.8e14 0.1 0\n1.9e14 0.2 0\n", "gc.dat");
  EXPECT_THAT(file.blocks[0].frequencies, ElementsAre(1.8e14, 1.9e14, 2e14));
  EXPECT_NEAR(std::abs(file.blocks[0].s[1]), 0.2, 1e-15);
  EXPECT_THAT(file.remarks, ElementsAre("rows of 1 entries are out of order and were sorted by frequency"));
}

TEST(Lumerical, Refusals) {
  const std::string header = "('a','TE',1,'b',1,'transmission')\n";
  EXPECT_EQ(lumerical_refusal(""),
            "y.sparam: the file holds no S-parameters (allowed: (\"port 1\",\"mode 1\",1,\"port "
            "2\",1,\"transmission\"))");
  EXPECT_EQ(
      lumerical_refusal("1 2 3\n"),
      "y.sparam:1: '1 2 3' is no header (allowed: (\"port 1\",\"mode 1\",1,\"port 2\",1,\"transmission\"))");
  EXPECT_EQ(
      lumerical_refusal("('a','TE',1,'b',1)\n"),
      "y.sparam:1: a header of 5 entries (allowed: (\"port 1\",\"mode 1\",1,\"port 2\",1,\"transmission\"))");
  EXPECT_EQ(lumerical_refusal("('a','TE',1,'b',1,'modulation')\n"),
            "y.sparam:1: the data are of the kind 'modulation' (allowed: transmission)");
  EXPECT_EQ(lumerical_refusal(header),
            "y.sparam:1: the file ends behind the header of 'a' mode 1 from 'b' mode 1 (allowed: a "
            "shape such as (101, 3))");
  EXPECT_EQ(lumerical_refusal(header + "(2,5)\n"),
            "y.sparam:2: '5' is out of range (allowed: a whole number from 3 to 3)");
  EXPECT_EQ(lumerical_refusal(header + "(2.5,3)\n"),
            "y.sparam:2: '2.5' is out of range (allowed: a whole number from 1 to 10000000)");
  EXPECT_EQ(lumerical_refusal(header + "(3,3)\n1e14 1 0\n2e14 1 0\n"),
            "y.sparam:4: 'a' mode 1 from 'b' mode 1 has 2 rows (allowed: 3 rows, as its shape says)");
  EXPECT_EQ(lumerical_refusal(header + "(3,3)\n1e14 1 0\n" + header),
            "y.sparam:4: 'a' mode 1 from 'b' mode 1 has 1 rows (allowed: 3 rows, as its shape says)");
  EXPECT_EQ(lumerical_refusal(header + "(1,3)\n1e14 1 0\n2e14 1 0\n"),
            "y.sparam:4: '2e14 1 0' is no header (allowed: (\"port 1\",\"mode 1\",1,\"port "
            "2\",1,\"transmission\"))");
  EXPECT_EQ(lumerical_refusal(header + "(1,3)\n1e14 1\n"),
            "y.sparam:3: a row of 2 numbers (allowed: frequency, magnitude, phase)");
  EXPECT_EQ(lumerical_refusal(header + "(1,3)\n1e14 nan 0\n"), "y.sparam:3: 'nan' is not a finite number");
  EXPECT_EQ(lumerical_refusal(header + "(1,3)\n0 1 0\n"),
            "y.sparam:3: the frequency 0 Hz is out of range (allowed: 1 µHz to 1e18 Hz)");
  EXPECT_EQ(lumerical_refusal(header + "(1,3)\n1e14 -1 0\n"),
            "y.sparam:3: the magnitude -1 is out of range (allowed: 0 to 1e9)");
  EXPECT_EQ(lumerical_refusal(header + "(3,3)\n1e14 1 0\n2e14 1 0\n1e14 1 0\n"),
            "y.sparam:5: the frequency 100 THz comes twice (allowed: every frequency once)");
  EXPECT_EQ(
      lumerical_refusal(header + "(1,3)\n1e14 1 0\n" + header),
      "y.sparam:4: 'a' mode 1 from 'b' mode 1 comes twice (allowed: each pair of ports and modes once)");
  EXPECT_EQ(lumerical_refusal("('a','TE\n"),
            "y.sparam:1: '('a','TE' is no header (allowed: (\"port 1\",\"mode 1\",1,\"port "
            "2\",1,\"transmission\"))");
  EXPECT_EQ(message_of([] { network_of(parse_lumerical(with_port_lines, "gc.dat"), 3); }),
            "gc.dat: there is no mode 3 (allowed: a mode of the file)");
}

// Largest sum over the outputs of |S|², over inputs and frequencies.
double column_power(const Network& network) {
  double largest = 0.0;
  for (std::size_t k = 0; k < network.points(); ++k)
    for (int from = 1; from <= network.ports; ++from) {
      double sum = 0.0;
      for (int to = 1; to <= network.ports; ++to) sum += std::norm(network.at(k, to, from));
      largest = std::max(largest, sum);
    }
  return largest;
}

// Of facts: photonics 13.3, at the grid point nearest to 193.41 THz; half of the last printed digit.
class SharedLumerical : public testing::Test {
 protected:
  void read(const std::string& file, int mode) {
    const std::filesystem::path path = std::filesystem::path(WAVERACK_SOURCE_DIR).parent_path() / "shared" /
                                       "data" / "photonic_sparams" / file;
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "there is no file " << path;
    std::ifstream stream(path, std::ios::binary);
    network =
        network_of(parse_lumerical(std::string(std::istreambuf_iterator<char>(stream), {}), file), mode);
    for (std::size_t k = 0; k < network.points(); ++k)
      if (std::abs(network.frequencies[k] - 193.41e12) < std::abs(network.frequencies[at] - 193.41e12))
        at = k;
  }
  double power(int to, int from) const { return std::norm(network.at(at, to, from)); }
  // Group delay between the ends of the band [s]; the steps of the files are fine enough.
  double group_delay(int to, int from) const {
    double turn = 0.0;
    for (std::size_t k = 1; k < network.points(); ++k)
      turn += std::arg(network.at(k, to, from) * std::conj(network.at(k - 1, to, from)));
    return -turn / (2.0 * pi * (network.frequencies.back() - network.frequencies.front()));
  }

  Network network;
  std::size_t at = 0;
};

TEST_F(SharedLumerical, YBranchTe) {
  read("y_branch/Ybranch_Thickness =220 width=500.sparam", 1);
  if (IsSkipped()) return;
  EXPECT_NEAR(power(2, 1), 0.4811, 0.5e-4);
  EXPECT_NEAR(power(3, 1), 0.4810, 0.5e-4);
  EXPECT_NEAR(power(1, 2), 0.4874, 0.5e-4);
  EXPECT_NEAR(power(1, 1), 1.3e-3, 0.5e-4);
  EXPECT_NEAR(column_power(network), 0.9643, 0.5e-4);
  EXPECT_NEAR(largest_asymmetry(network).value, 0.0054, 0.5e-4);
  EXPECT_NEAR(group_delay(2, 1), 0.178e-12, 0.01e-12);  // forwards in time
}

TEST_F(SharedLumerical, YBranchTm) {
  read("y_branch/Ybranch_Thickness =220 width=500.sparam", 2);
  if (IsSkipped()) return;
  EXPECT_NEAR(power(2, 1), 0.4814, 0.5e-4);
  EXPECT_NEAR(power(3, 1), 0.4814, 0.5e-4);
  EXPECT_NEAR(power(1, 1), 6e-5, 0.5e-5);
  EXPECT_NEAR(column_power(network), 0.9646, 0.5e-4);
  EXPECT_NEAR(largest_asymmetry(network).value, 0.0030, 0.5e-4);
}

TEST_F(SharedLumerical, DirectionalCoupler) {
  read("directional_coupler/dc_gap=200nm_Lc=15um.sparam", 1);
  if (IsSkipped()) return;
  EXPECT_NEAR(power(3, 1), 0.5784, 0.5e-4);
  EXPECT_NEAR(power(4, 1), 0.3979, 0.5e-4);
  EXPECT_NEAR(column_power(network), 0.9840, 0.5e-4);
  EXPECT_EQ(largest_asymmetry(network).value, 0.0);
}

TEST_F(SharedLumerical, HalfRingCoupler) {
  read(
      "half_ring/"
      "te_ebeam_dc_halfring_straight_gap=100nm_radius=10um_width=500nm_thickness=220nm_CoupleLength=0um.dat",
      1);
  if (IsSkipped()) return;
  EXPECT_NEAR(power(3, 1), 0.9234, 0.5e-4);
  EXPECT_NEAR(power(1, 4), 0.0764, 0.5e-4);  // S41 differs by 5e-5
  EXPECT_NEAR(column_power(network), 0.9999, 0.5e-4);
  EXPECT_LE(largest_asymmetry(network).value, 0.0027 + 0.5e-4);
  // No column has more power than 1, and still two inputs together gain.
  EXPECT_THAT(doubts(network),
              ElementsAre("the network is not passive: its largest singular value is 1.009 at 199.7 THz"));
}

TEST_F(SharedLumerical, OBandGratingCoupler) {
  read("grating_coupler_o_band/GC_TE_1310_8degOxide_BB.dat", 1);
  if (IsSkipped()) return;
  EXPECT_EQ(network.points(), 195u);
  EXPECT_THAT(network.remarks,
              ElementsAre("rows of 4 entries are out of order and were sorted by frequency"));
  EXPECT_LT(network.frequencies.front(), 229e12);  // 1310 nm is inside of the falling rows
  EXPECT_GT(network.frequencies.back(), 229e12);
}

}  // namespace
}  // namespace waverack::network
