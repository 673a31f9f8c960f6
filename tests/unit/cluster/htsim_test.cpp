// The form: facts, cluster 11.1. Counts: the formulas of facts 4.1, and small trees counted by hand.

#include "waverack/cluster/htsim.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "unit/base/message_of.hpp"
#include "waverack/cluster/classify.hpp"

namespace waverack::cluster {
namespace {

// A fat tree of switches with four ports: 2·(4/2)^3 hosts, (2·3 − 1)·16/4 switches, 3·16 links.
constexpr std::string_view fat_tree_4 = R"(# k = 4
Nodes 16
Tiers 3
Podsize 4

Tier 0
Downlink_speed_Gbps 100
Radix_Down 2
Radix_Up 2
Downlink_Latency_ns 500
Switch_Latency_ns 250
Tier 1
downlink_speed_gbps 100
RADIX_DOWN 2
Radix_Up 2
Downlink_Latency_ns 600
Queue_Up 1001
Tier 2
Downlink_speed_Gbps 100
Radix_Down 4
Downlink_Latency_ns 700)";

HtsimTopology parse_htsim_text(std::string_view text) { return parse_htsim(text, "t"); }

std::string message(std::string_view text) {
  return message_of([&] { parse_htsim_text(text); });
}

std::string with(std::string_view old, std::string_view piece) {
  std::string text(fat_tree_4);
  text.replace(text.find(old), old.size(), piece);
  return text;
}

TEST(Htsim, ReadsTiers) {
  const HtsimTopology t = parse_htsim_text(fat_tree_4);
  EXPECT_EQ(t.nodes, 16);
  EXPECT_EQ(t.tiers, 3);
  EXPECT_EQ(t.pod_size, 4);
  EXPECT_EQ(t.tier[0].switch_latency_ns, 250);
  EXPECT_EQ(t.tier[1].rate_gbps, 100);
  EXPECT_EQ(t.tier[1].radix_down, 2);
  EXPECT_EQ(t.tier[1].queue_up, 1001);
  EXPECT_EQ(t.tier[2].latency_ns, 700);
  EXPECT_EQ(t.tier[2].bundle, 1);
  EXPECT_TRUE(t.warnings.empty());
  EXPECT_EQ(t.leaves() + t.spines() + t.cores(), 5 * 16 / 4);
  EXPECT_EQ(t.link_count(0) + t.link_count(1) + t.link_count(2), 3 * 16);
}

TEST(Htsim, RoundTrip) {
  HtsimTopology t = parse_htsim_text(fat_tree_4);
  t.comments = {"a comment"};
  t.tier[1].comments = {"another Radix_Up 3"};
  const std::string text = write_htsim(t);
  const HtsimTopology again = parse_htsim_text(text);
  EXPECT_TRUE(again.warnings.empty());
  t.comments.clear();
  t.tier[1].comments.clear();
  EXPECT_EQ(write_htsim(again), write_htsim(t));
  EXPECT_EQ(again.tier[1].queue_up, 1001);
  EXPECT_EQ(again.tier[2].latency_ns, 700);
  EXPECT_EQ(again.nodes, 16);
}

// The graph and the closed form are two ways to the same counts.
void expect_same(const HtsimTopology& t) {
  const Topology counted = classify(graph_of(t)).topology, closed = topology_of(t);
  ASSERT_EQ(counted.links.size(), closed.links.size());
  for (std::size_t i = 0; i < closed.links.size(); ++i) {
    EXPECT_EQ(counted.links[i].name, closed.links[i].name);
    EXPECT_EQ(counted.links[i].count, closed.links[i].count);
    EXPECT_EQ(counted.links[i].rate, closed.links[i].rate);
    EXPECT_EQ(counted.links[i].tier, closed.links[i].tier);
    EXPECT_EQ(counted.switches[i].count, closed.switches[i].count);
    EXPECT_EQ(counted.switches[i].name, closed.switches[i].name);
    EXPECT_EQ(counted.switches[i].ports_used, closed.switches[i].ports_used);
  }
  EXPECT_EQ(counted.endpoints, closed.endpoints);
  EXPECT_EQ(counted.radix, closed.radix);
  EXPECT_EQ(counted.diameter_switches, closed.diameter_switches);
  EXPECT_NEAR(counted.mean_switches, closed.mean_switches, 1e-12);
  EXPECT_DOUBLE_EQ(counted.bisection, closed.bisection);
}

TEST(Htsim, GraphAndClosedFormAgree) {
  const HtsimTopology t = parse_htsim_text(fat_tree_4);
  expect_same(t);
  // Of 15 others, one is behind the same leaf, two are in the pod: (1 + 3·2 + 5·12)/15.
  EXPECT_NEAR(topology_of(t).mean_switches, 67.0 / 15.0, 1e-12);
  EXPECT_DOUBLE_EQ(topology_of(t).bisection, 8 * 100e9);
  EXPECT_EQ(topology_of(t).radix, 4);
}

TEST(Htsim, OversubscribedTiersAndBundles) {
  // 32 hosts, 4 leaves of 8, 2 links up in a bundle of 2: one spine of 8 ports.
  const HtsimTopology bundled = parse_htsim_text(
      "Nodes 32\nTiers 2\nPodsize 32\nTier 0\nDownlink_speed_Gbps 100\nRadix_Down 8\nRadix_Up 2\n"
      "Oversubscribed 4\nDownlink_Latency_ns 1\nTier 1\nDownlink_speed_Gbps 100\nRadix_Down 8\nBundle 2\n"
      "Downlink_Latency_ns 1\n");
  EXPECT_EQ(bundled.spines(), 1);
  EXPECT_EQ(bundled.link_count(1), 8);
  expect_same(bundled);
  // Cores at half the rate, in bundles of two: twice as many links.
  const HtsimTopology halved = parse_htsim_text(
      "Nodes 8\nTiers 3\nPodsize 4\nTier 0\nDownlink_speed_Gbps 200\nRadix_Down 2\nRadix_Up 2\n"
      "Downlink_Latency_ns 1\nTier 1\nDownlink_speed_Gbps 200\nRadix_Down 2\nRadix_Up 4\nDownlink_Latency_ns "
      "1\n"
      "Tier 2\nDownlink_speed_Gbps 100\nRadix_Down 4\nBundle 2\nDownlink_Latency_ns 1\n");
  EXPECT_EQ(halved.cores(), 4);
  EXPECT_EQ(halved.link_count(2), 16);
  expect_same(halved);
}

// As htsim wires: spine p of every pod to cores p, p + 2.
TEST(Htsim, WiringOfTheCores) {
  const Graph graph = graph_of(parse_htsim_text(fat_tree_4));
  std::map<std::uint32_t, std::set<std::uint32_t>> cores_of;
  for (const GraphLink& link : graph.links)
    if (link.link_class == 2) cores_of[link.a].insert(link.b);
  ASSERT_EQ(cores_of.size(), 8U);
  for (const auto& [spine, cores] : cores_of) {
    const std::uint32_t place = (spine - 24) % 2;
    EXPECT_EQ(cores, (std::set<std::uint32_t>{32 + place, 34 + place})) << spine;
  }
}

TEST(Htsim, UnknownKeysAreWarnedOf) {
  const HtsimTopology t = parse_htsim_text(with("Queue_Up 1001", "Queu_Up 1001\nNodes 17"));
  ASSERT_EQ(t.warnings.size(), 2U);
  EXPECT_EQ(t.warnings[0].message,
            "line 17: htsim passes over the unknown key 'Queu_Up' (did you mean 'Queue_Up'?)");
  EXPECT_EQ(t.warnings[1].message, "line 18: htsim passes over Nodes behind the first tier");
  EXPECT_EQ(t.tier[1].queue_up, 0);
  EXPECT_EQ(t.nodes, 16);
  EXPECT_EQ(parse_htsim_text(with("Tiers 3", "Tiers\t3")).warnings.at(0).message,
            "line 3: htsim takes one space between Tiers and its value");
  EXPECT_EQ(parse_htsim_text(with("Tiers 3", "Tiers 3 or so")).warnings.at(0).message,
            "line 3: 'or so' behind the value of Tiers is passed over");
  EXPECT_EQ(parse_htsim_text(with("Podsize 4", "Bundle 4\nPodsize 4")).warnings.at(0).message,
            "line 4: htsim passes over Bundle in front of the first tier");
}

TEST(Htsim, Mistakes) {
  EXPECT_EQ(message(""), "t: Nodes is missing (allowed: the number of hosts in front of the tiers)");
  EXPECT_EQ(message(with("Nodes 16", "Nodes -16")),
            "t:2: Nodes is '-16' (allowed: a whole number from 1 to 2147483647)");
  EXPECT_NE(message(with("Nodes 16", "Nodes 16.5")).find("t:2: Nodes is '16.5'"), std::string::npos);
  EXPECT_NE(message(with("Nodes 16", "Nodes 3000000000")).find("t:2: Nodes is"), std::string::npos);
  EXPECT_EQ(message(with("Nodes 16", "Nodes")), "t:2: Nodes lacks its value (allowed: a whole number)");
  EXPECT_EQ(message(with("Nodes 16", "Nodes 16\nNodes 16")), "t:3: Nodes stands in line 2 already");
  EXPECT_EQ(message(with("Tiers 3", "Tiers 4")), "t:4: 4 tiers (allowed: 2 or 3 tiers)");
  EXPECT_EQ(message(with("Tier 2", "Tier 3")), "t:18: a tier 3 (allowed: 0 to 2)");
  EXPECT_EQ(message(with("Tier 2", "Tier 1")), "t:18: Tier stands in line 12 already");
  EXPECT_EQ(message(with("Downlink_Latency_ns 500", "Downlink_Latency_ns 0")),
            "t:10: Downlink_Latency_ns is '0' (allowed: a whole number from 1 to 2147483647)");
  EXPECT_EQ(message(with("Downlink_Latency_ns 700", "")),
            "t:18: tier 2 lacks Downlink_Latency_ns (allowed: a whole number from 1)");
  EXPECT_EQ(message(with("Podsize 4", "Podsize 5")), "t:4: 16 nodes are no whole number of pods of 5");
  EXPECT_NE(message(with("Radix_Down 2\n", "Radix_Down 3\n")).find("no whole number of leaves"),
            std::string::npos);
  EXPECT_NE(message(with("Radix_Up 2", "Radix_Up 1")).find("is not Oversubscribed 1"), std::string::npos);
  EXPECT_NE(message(with("RADIX_DOWN 2", "RADIX_DOWN 4")).find("t:6: tier 0: 16 hosts at 100 Gb/s"),
            std::string::npos);
  EXPECT_NE(message(with("Radix_Down 4", "Radix_Down 8")).find("t:12: tier 1: 16 links at 100 Gb/s"),
            std::string::npos);
  EXPECT_NE(message(with("100\nRadix_Down 4", "100\nRadix_Down 4\nBundle 3")).find("no multiple of Bundle 3"),
            std::string::npos);
  EXPECT_NE(message(std::string("Nodes \0", 7)).find("t:1: Nodes is '?'"), std::string::npos);
}

// Numbers as large as htsim's, which must neither overflow nor be listed one by one.
TEST(Htsim, HugeTrees) {
  const HtsimTopology t = parse_htsim_text(
      "Nodes 2147483647\nTiers 2\nPodsize 2147483647\nTier 0\nDownlink_speed_Gbps 2147483647\nRadix_Down 1\n"
      "Radix_Up 1\nDownlink_Latency_ns 1\nTier 1\nDownlink_speed_Gbps 2147483647\nRadix_Down 2147483647\n"
      "Downlink_Latency_ns 1\n");
  EXPECT_EQ(topology_of(t).links[1].count, 2147483647);
  EXPECT_NE(message_of([&] { graph_of(t); }).find("more than can be listed"), std::string::npos);
}

}  // namespace
}  // namespace waverack::cluster
