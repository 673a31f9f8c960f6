#include "waverack/network/touchstone_writer.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <random>

#include "unit/base/message_of.hpp"
#include "unit/network/shared_data.hpp"

namespace waverack::network {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// Any numbers.
Network random_network(int ports, std::size_t points) {
  Network network;
  network.name = fmt::format("random.s{}p", ports);
  network.ports = ports;
  network.reference_resistance = 42.5;
  std::mt19937_64 random(static_cast<std::uint64_t>(ports));
  std::normal_distribution<double> normal;
  for (std::size_t k = 0; k < points; ++k) {
    network.frequencies.push_back(1e7 * static_cast<double>(k) + (k > 0 ? 1.0 / 3.0 : 0.0));
    for (int i = 0; i < ports * ports; ++i) network.s.emplace_back(normal(random), 1e-9 * normal(random));
  }
  return network;
}

void expect_equal(const Network& a, const Network& b) {
  EXPECT_EQ(a.ports, b.ports);
  EXPECT_EQ(a.reference_resistance, b.reference_resistance);
  EXPECT_EQ(a.frequencies, b.frequencies);
  EXPECT_EQ(a.s, b.s);
}

TEST(TouchstoneWriter, WhatIsWrittenReadsBack) {
  for (const int ports : {1, 2, 3, 4, 5, 8, 32}) {
    const Network network = random_network(ports, 3);
    expect_equal(parse_touchstone(touchstone_text(network), network.name), network);
    expect_equal(parse_touchstone(touchstone_2_text(network), "random.ts"), network);
  }
}

TEST(TouchstoneWriter, MixedModeReadsBack) {
  const Network network = random_network(5, 3);
  const std::vector<Mode> modes{{Mode::Kind::common, 4, 2},
                                {Mode::Kind::differential, 1, 5},
                                {Mode::Kind::single_ended, 3},
                                {Mode::Kind::differential, 2, 4},
                                {Mode::Kind::common, 1, 5}};
  const std::string text = touchstone_text(network, modes);
  EXPECT_THAT(text, HasSubstr("[Mixed-Mode Order] C4,2 D1,5 S3 D2,4 C1,5\n"));
  const Network back = parse_touchstone(text, "random.ts");
  EXPECT_EQ(back.reference_resistance, 42.5);
  for (std::size_t i = 0; i < network.s.size(); ++i)
    ASSERT_LT(std::abs(back.s[i] - network.s[i]), 4e-15) << i;
  EXPECT_EQ(message_of([&] { touchstone_text(network, std::span(modes).first(4)); }),
            "random.s5p: D1,5 stands alone (allowed: every port as S, or in D and C of one pair)");
}

// The specification's order of two-ports, and at most four pairs in a line.
TEST(TouchstoneWriter, LooksLikeTheSpecification) {
  Network two = random_network(2, 1);
  two.name = "a\nb\x1b[2J";
  two.s = {11.0, 12.0, 21.0, 22.5};
  two.remarks = {"as measured"};
  EXPECT_EQ(touchstone_text(two), "! ab[2J\n! as measured\n# Hz S RI R 42.5\n0 11 0 21 0 12 0 22.5 0\n");
  const std::string five = touchstone_text(random_network(5, 1));
  std::size_t longest = 0, spaces = 0;
  for (const char c : five.substr(five.find('\n'))) {
    spaces = c == '\n' ? 0 : spaces + (c == ' ');
    longest = std::max(longest, spaces);
  }
  EXPECT_LE(longest, 9u);
}

TEST(TouchstoneWriter, RealFilesReadBack) {
  NEEDS_SHARED_DATA();
  for (const char* file :
       {"touchstone_variants/skrf_tests/ntwk.s32p", "touchstone_variants/skrf_tests/PowerSI_example.S8P",
        "channels/pychopmarg_example2/example2_THRU.s4p"}) {
    const Network network = read(file);
    expect_equal(parse_touchstone(touchstone_text(network), network.name), network);
  }
}

}  // namespace
}  // namespace waverack::network
