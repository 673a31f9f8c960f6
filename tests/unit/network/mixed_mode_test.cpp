#include "waverack/network/mixed_mode.hpp"

#include <gtest/gtest.h>

#include "unit/base/message_of.hpp"
#include "unit/network/two_port.hpp"

namespace waverack::network {
namespace {

using Complex = std::complex<double>;

// A four-port whose S_ij is unlike any other.
Network numbered() {
  Network network;
  network.name = "pair.s4p";
  network.ports = 4;
  network.frequencies = {1e9};
  for (int i = 1; i <= 4; ++i)
    for (int j = 1; j <= 4; ++j) network.s.emplace_back(0.1 * i, 0.01 * j * j);
  return network;
}

// Two lines side by side: 1 → 2 and 3 → 4 with the transmissions `a` and `b` (both ways), and `x` from each
// input to the other line's output.
Network line_pair(std::vector<double> frequencies, Complex a, Complex b, Complex x) {
  Network network;
  network.name = "pair.s4p";
  network.ports = 4;
  for (std::size_t k = 0; k < frequencies.size(); ++k)
    for (const Complex s : {Complex(0), a, Complex(0), x, a, Complex(0), x, Complex(0),  //
                            Complex(0), x, Complex(0), b, x, Complex(0), b, Complex(0)})
      network.s.push_back(s);
  network.frequencies = std::move(frequencies);
  return network;
}

// Bockelman and Eisenstadt (1995), with the ports in+ = 1, in− = 3, out+ = 2, out− = 4, written out:
//   Sdd21 = ½(S21 − S23 − S41 + S43)   Sdd11 = ½(S11 − S13 − S31 + S33)   Scc21 = ½(S21 + S23 + S41 + S43)
//   Scd21 = ½(S21 − S23 + S41 − S43)   Sdc21 = ½(S21 + S23 − S41 − S43)
TEST(MixedMode, DefinitionOfTheModes) {
  const Network single = numbered();
  const Network mixed = mixed_mode(single, {1, 3, 2, 4});
  const auto s = [&](int i, int j) { return single.at(0, i, j); };
  EXPECT_LT(std::abs(mixed.at(0, 2, 1) - 0.5 * (s(2, 1) - s(2, 3) - s(4, 1) + s(4, 3))), 1e-15);
  EXPECT_LT(std::abs(mixed.at(0, 1, 1) - 0.5 * (s(1, 1) - s(1, 3) - s(3, 1) + s(3, 3))), 1e-15);
  EXPECT_LT(std::abs(mixed.at(0, 4, 3) - 0.5 * (s(2, 1) + s(2, 3) + s(4, 1) + s(4, 3))), 1e-15);
  EXPECT_LT(std::abs(mixed.at(0, 4, 1) - 0.5 * (s(2, 1) - s(2, 3) + s(4, 1) - s(4, 3))), 1e-15);
  EXPECT_LT(std::abs(mixed.at(0, 2, 3) - 0.5 * (s(2, 1) + s(2, 3) - s(4, 1) - s(4, 3))), 1e-15);
}

// Equal lines: Sdd21 is the line less the coupling, Scc21 the line plus the coupling, and nothing converts.
TEST(MixedMode, CoupledLines) {
  const Network mixed = mixed_mode(line_pair({1e9}, 0.8, 0.8, 0.1), {1, 3, 2, 4});
  EXPECT_NEAR(mixed.at(0, 2, 1).real(), 0.7, 1e-15);
  EXPECT_NEAR(mixed.at(0, 4, 3).real(), 0.9, 1e-15);
  EXPECT_NEAR(std::abs(mixed.at(0, 4, 1)), 0.0, 1e-15);
  EXPECT_NEAR(std::abs(mixed.at(0, 2, 3)), 0.0, 1e-15);
}

// Skew: the second line is late by a quarter turn. |Sdd21| = |1 + exp(−jπ/2)|/2 = cos(π/4).
TEST(MixedMode, SkewConvertsModes) {
  const Network mixed = mixed_mode(line_pair({1e9}, 1.0, Complex(0.0, -1.0), 0.0), {1, 3, 2, 4});
  EXPECT_NEAR(std::abs(mixed.at(0, 2, 1)), std::sqrt(0.5), 1e-15);
  EXPECT_NEAR(std::abs(mixed.at(0, 4, 1)), std::sqrt(0.5), 1e-15);
}

TEST(MixedMode, DifferentialTwoPort) {
  const Network network = numbered();
  const Network mixed = mixed_mode(network, {1, 3, 2, 4}), two = differential(network, {1, 3, 2, 4});
  EXPECT_EQ(two.ports, 2);
  EXPECT_EQ(two.reference_resistance, 100.0);
  for (int i = 1; i <= 2; ++i)
    for (int j = 1; j <= 2; ++j) EXPECT_EQ(two.at(0, i, j), mixed.at(0, i, j));
}

TEST(MixedMode, SingleEndedTwoPort) {
  const Network two = single_ended(numbered(), 4, 2);
  EXPECT_EQ(two.at(0, 2, 1), numbered().at(0, 2, 4));
  EXPECT_EQ(two.at(0, 1, 1), numbered().at(0, 4, 4));
  EXPECT_EQ(two.reference_resistance, 50.0);
}

TEST(MixedMode, PortsThatAreNotThere) {
  const Network network = numbered();
  EXPECT_EQ(message_of([&] {
              differential(network, {1, 2, 3, 5});
            }),
            "pair.s4p: there is no port 5 (allowed: 1 to 4)");
  EXPECT_EQ(message_of([&] {
              differential(network, {0, 2, 3, 4});
            }),
            "pair.s4p: there is no port 0 (allowed: 1 to 4)");
  EXPECT_EQ(message_of([&] {
              differential(network, {1, 2, 3, 1});
            }),
            "pair.s4p: port 1 is named twice (allowed: every port once)");
  EXPECT_EQ(message_of([&] { single_ended(network, 2, 2); }),
            "pair.s4p: port 2 is named twice (allowed: every port once)");
}

// Through paths at −1.9 dB (0.8), coupling at −20 dB.
TEST(Pairing, FollowsTheLinesOfTheFile) {
  const Network network = line_pair({1e9, 2e9}, 0.8, 0.8, 0.1);
  EXPECT_EQ(infer_ports(network), (PairPorts{1, 3, 2, 4}));
  // The same lines with the ports counted another way: 1 → 3 and 2 → 4; 1 → 4 and 2 → 3.
  for (const auto& [order, expected] : {std::pair{PairPorts{1, 3, 2, 4}, PairPorts{1, 2, 3, 4}},
                                        {PairPorts{1, 4, 2, 3}, PairPorts{1, 2, 4, 3}}}) {
    Network other = network;
    for (std::size_t k = 0; k < network.points(); ++k)
      for (int i = 0; i < 4; ++i)
        for (int j = 0; j < 4; ++j)
          other.at(k, order[static_cast<std::size_t>(i)], order[static_cast<std::size_t>(j)]) =
              network.at(k, i + 1, j + 1);
    EXPECT_EQ(infer_ports(other), expected);
  }
}

// 20·log10(0.5) = −6.0 dB against 20·log10(0.25) = −12.0 dB: only 6 dB better.
TEST(Pairing, AmbiguousPortsAreRefused) {
  EXPECT_EQ(message_of([] { infer_ports(line_pair({1e9}, 0.5, 0.5, 0.25)); }),
            "pair.s4p: the data do not tell which ports belong together: at low frequency no pairing is "
            "above -10 dB and 10 "
            "dB better than the others (allowed: `ports` as [in+, in-, out+, out-]: [1, 3, 2, 4] with -6.0 "
            "dB, [1, 2, 4, 3] "
            "with -12.0 dB, [1, 2, 3, 4] with -200.0 dB)");
}

// A file of crosstalk: the strongest pairing is 20 dB better than the others, but transmits −30 dB.
TEST(Pairing, CouplingIsNoChannel) {
  EXPECT_NE(message_of([] { infer_ports(line_pair({1e9}, 0.0316, 0.0316, 0.003)); }), "no error");
  EXPECT_EQ(infer_ports(line_pair({1e9}, 0.34, 0.34, 0.003)), (PairPorts{1, 3, 2, 4}));
}

// A pair counts as its weaker line.
TEST(Pairing, OneLineAloneIsNoPair) {
  EXPECT_NE(message_of([] { infer_ports(line_pair({1e9}, 1.0, 0.01, 0.0)); }), "no error");
}

// Beyond 500 MHz the lines may do what they like.
TEST(Pairing, OnlyLowFrequenciesCount) {
  Network network = line_pair(grid(0.0, 2e9, 100e6), 0.9, 0.9, 0.05);
  for (std::size_t k = 6; k < network.points(); ++k)
    for (std::complex<double>* s = &network.at(k, 1, 1); s != &network.at(k, 1, 1) + 16; ++s) *s = 0.0;
  EXPECT_NEAR(pairings(network)[0].through_db, 20.0 * std::log10(0.9), 1e-9);
}

TEST(Pairing, OtherNumbersOfPorts) {
  Network three = numbered();
  three.ports = 3;
  EXPECT_EQ(message_of([&] { infer_ports(three); }),
            "pair.s4p: the ports of a 3-port cannot be paired without being told (allowed: `ports` with [in, "
            "out] or [in+, "
            "in-, out+, out-])");
}

}  // namespace
}  // namespace waverack::network
