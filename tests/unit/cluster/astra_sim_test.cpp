// The form: facts, cluster 11.5; 1 GB is 2^30 bytes. Counts by hand.

#include "waverack/cluster/astra_sim.hpp"

#include <gtest/gtest.h>

#include "unit/base/message_of.hpp"

namespace waverack::cluster {
namespace {

constexpr std::string_view three =
    "# 2 x 8 x 4\n\n"
    "topology: [ Ring, FullyConnected, Switch ]  # Ring, Switch, FullyConnected\n"
    "npus_count: [ 2, 8, 4 ]\n"
    "bandwidth: [200.0, 100, 50.0]  # GB/s\n"
    "latency: [ 50.0, 936.25, 2000.0 ]  # ns\n";

AstraNetwork parse(std::string_view text) { return parse_astra_network(text, "n.yml"); }

std::string message(std::string_view old, std::string_view piece) {
  std::string text(three);
  text.replace(text.find(old), old.size(), piece);
  return message_of([&] { parse(text); });
}

TEST(AstraSim, ReadsDimensions) {
  const AstraNetwork network = parse(three);
  ASSERT_EQ(network.dimensions.size(), 3U);
  EXPECT_EQ(network.npus(), 64);
  EXPECT_EQ(network.dimensions[1].block, AstraBlock::fully_connected);
  EXPECT_EQ(network.dimensions[1].npus, 8);
  EXPECT_EQ(network.dimensions[1].rate, 100.0 * 1073741824.0 * 8.0);
  EXPECT_EQ(network.dimensions[1].latency, 936.25e-9);
}

TEST(AstraSim, ClassesOfLinks) {
  const Topology t = topology_of(parse(three));
  ASSERT_EQ(t.links.size(), 3U);
  EXPECT_EQ(t.links[0].name, "dim-1-ring");
  EXPECT_EQ(t.links[0].count, 32);  // one link in each ring of two
  EXPECT_EQ(t.links[1].name, "dim-2-full");
  EXPECT_EQ(t.links[1].count, 8 * 28);
  EXPECT_EQ(t.links[2].name, "dim-3-switch");
  EXPECT_EQ(t.links[2].count, 64);
  ASSERT_EQ(t.switches.size(), 1U);
  EXPECT_EQ(t.switches[0].count, 16);
  EXPECT_EQ(t.switches[0].ports_used, 64);
  EXPECT_EQ(t.endpoints, 64 + 2 * 224 + 64);
  // 48 of 63 others have another place at the switch.
  EXPECT_NEAR(t.mean_switches, 48.0 / 63.0, 1e-12);
  EXPECT_EQ(topology_of(parse("topology: [ Ring ]\nnpus_count: [ 8 ]\nbandwidth: [ 1 ]\nlatency: [ 0 ]\n"))
                .links.at(0)
                .count,
            8);
}

TEST(AstraSim, Mistakes) {
  EXPECT_EQ(message("50.0]", "tbd]"),
            "n.yml:5: the bandwidth is 'tbd' (allowed: a number from 1e-06 to 1e+09)");
  EXPECT_EQ(
      message("8, 4 ]", "8 ]"),
      "n.yml:4: npus_count has 2 entries, and the list in front of it has 3 (allowed: an entry for each "
      "dimension)");
  EXPECT_EQ(
      message("FullyConnected, Switch ]", "FullConnected, Switch ]"),
      "n.yml:3: 'FullConnected' is no building block (allowed: Ring, FullyConnected, Switch). Did you mean "
      "'FullyConnected'?");
  EXPECT_EQ(message("[ 2, 8, 4 ]", "64"),
            "n.yml:4: a value that is no list in one line (allowed: [ …, … ], an entry for each dimension)");
  EXPECT_EQ(message("[ 2, 8, 4 ]", "[ 2, -8, 4 ]"),
            "n.yml:4: the number of NPUs is '-8' (allowed: a whole number from 1 to 1000000000)");
  EXPECT_EQ(message("[ 2, 8, 4 ]", "[ 100000, 100000, 4 ]"), "n.yml:4: more than 2147483648 NPUs");
  EXPECT_EQ(message("latency: [ 50.0, 936.25, 2000.0 ]", ""),
            "n.yml:6: latency is missing (allowed: latency: [ …, … ])");
  EXPECT_EQ(message("npus_count", "topology"), "n.yml:4: topology stands in line 3 already");
  EXPECT_EQ(message("latency: [", "latency ["),
            "n.yml:6: a line without a key (allowed: key: [ …, … ], a list in one line)");
  EXPECT_NE(message("936.25", "-1").find("n.yml:6: the latency is '-1'"), std::string::npos);
}

TEST(AstraSim, OtherKeysAreWarnedOf) {
  const AstraNetwork network = parse(std::string(three) + "latencies: [ 1 ]\n");
  ASSERT_EQ(network.warnings.size(), 1U);
  EXPECT_EQ(network.warnings[0].message, "line 7: the key 'latencies' is not read (did you mean 'latency'?)");
}

}  // namespace
}  // namespace waverack::cluster
