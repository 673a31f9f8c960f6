// Counts and ways of small graphs, counted by hand.

#include "waverack/cluster/classify.hpp"

#include <gtest/gtest.h>

#include "unit/base/message_of.hpp"

namespace waverack::cluster {
namespace {

constexpr NodeKind gpu = NodeKind::gpu, nvs = NodeKind::nv_switch, sw = NodeKind::packet_switch;

// Two servers of two GPUs, an NVSwitch each, two leaves (rails) and a spine.
Graph rails(double second_rate = 400e9) {
  Graph graph;
  graph.nodes = {gpu, gpu, gpu, gpu, nvs, nvs, sw, sw, sw};
  graph.classes = {
      {2880e9, 25e-9, 0.0}, {400e9, 500e-9, 0.0}, {second_rate, 600e-9, 0.0}, {800e9, 500e-9, 0.0}};
  graph.links = {{0, 4, 0}, {0, 6, 1}, {1, 4, 0}, {7, 1, 2}, {2, 5, 0},
                 {2, 6, 1}, {3, 5, 0}, {3, 7, 2}, {8, 6, 3}, {7, 8, 3}};
  return graph;
}

TEST(Classify, ClassesByEndsAndRate) {
  const ClassifiedGraph found = classify(rails());
  const Topology& t = found.topology;
  ASSERT_EQ(t.links.size(), 3U);
  EXPECT_EQ(t.links[0].name, "gpu-nvswitch");
  EXPECT_EQ(t.links[0].count, 4);
  EXPECT_EQ(t.links[0].rate, 2880e9);
  // Latencies do not tell classes apart, and a class is named from the endpoints up.
  EXPECT_EQ(t.links[1].name, "nic-leaf");
  EXPECT_EQ(t.links[1].count, 4);
  EXPECT_EQ(t.links[1].tier, 0);
  EXPECT_EQ(t.links[1].a.kind, EndKind::nic);
  EXPECT_EQ(t.links[1].b.tier, 0);
  EXPECT_EQ(t.links[2].name, "leaf-spine");
  EXPECT_EQ(t.links[2].count, 2);
  EXPECT_EQ(t.links[2].tier, 1);
  EXPECT_EQ(t.links[2].a.tier, 0);
  EXPECT_EQ(t.links[2].b.tier, 1);
  ASSERT_EQ(t.switches.size(), 3U);
  EXPECT_EQ(t.switches[0].name, "nvswitch");
  EXPECT_EQ(t.switches[0].count, 2);
  EXPECT_EQ(t.switches[0].ports_used, 4);
  EXPECT_EQ(t.switches[1].name, "leaf");
  EXPECT_EQ(t.switches[1].ports_used, 6);
  EXPECT_EQ(t.switches[2].name, "spine");
  EXPECT_EQ(t.switches[2].ports_used, 2);
  EXPECT_EQ(t.endpoints, 8);
  EXPECT_EQ(found.class_of_link, (std::vector<std::uint16_t>{0, 1, 0, 1, 0, 1, 0, 1, 2, 2}));
  EXPECT_EQ(found.tier_of_node[8], 1);
  // Server, rail, other: 1, 1 and 3 switches from every GPU.
  EXPECT_DOUBLE_EQ(t.mean_switches, 5.0 / 3.0);
  EXPECT_EQ(t.diameter_switches, 3);
  EXPECT_EQ(t.bisection, 0.0);
}

TEST(Classify, OneFabricAlone) {
  const Topology out = classify(rails(), Fabric::scale_out).topology;
  ASSERT_EQ(out.links.size(), 2U);
  EXPECT_EQ(out.links[0].name, "nic-leaf");
  EXPECT_EQ(out.switches.size(), 2U);
  EXPECT_EQ(out.endpoints, 4);
  EXPECT_DOUBLE_EQ(out.mean_switches, 7.0 / 3.0);
  // 4 · 400G at the hosts, 2 · 800G above: half of either.
  EXPECT_DOUBLE_EQ(out.bisection, 800e9);
  const ClassifiedGraph up = classify(rails(), Fabric::scale_up);
  ASSERT_EQ(up.topology.links.size(), 1U);
  EXPECT_EQ(up.topology.switches.size(), 1U);
  EXPECT_EQ(up.class_of_link[1], not_classified);
  EXPECT_EQ(up.tier_of_node[6], not_classified);
  // Of three others, the one of the same server is reached.
  EXPECT_DOUBLE_EQ(up.topology.mean_switches, 1.0);
  ASSERT_EQ(up.topology.warnings.size(), 1U);
  EXPECT_NE(up.topology.warnings[0].message.find("66.7 % of the pairs"), std::string::npos);
}

TEST(Classify, RatesTellClassesApart) {
  const Topology t = classify(rails(200e9)).topology;
  ASSERT_EQ(t.links.size(), 4U);
  EXPECT_EQ(t.links[1].name, "nic-leaf-200G");
  EXPECT_EQ(t.links[1].count, 2);
  EXPECT_EQ(t.links[2].name, "nic-leaf-400G");
  EXPECT_EQ(t.links[2].count, 2);
}

TEST(Classify, SwitchesOfOneTierJoined) {
  Graph graph;
  graph.nodes = {gpu, gpu, sw, sw};
  graph.classes = {{400e9, 0.0, 0.0}};
  graph.links = {{0, 2, 0}, {1, 3, 0}, {2, 3, 0}, {2, 3, 0}};
  const Topology t = classify(graph).topology;
  ASSERT_EQ(t.links.size(), 2U);
  EXPECT_EQ(t.links[1].name, "leaf-leaf");
  EXPECT_EQ(t.links[1].count, 2);
  EXPECT_EQ(t.bisection, 0.0);
  EXPECT_EQ(t.diameter_switches, 2);
}

TEST(Classify, GpusPassNothingOn) {
  Graph graph;
  graph.nodes = {gpu, gpu, gpu, sw, sw};
  graph.classes = {{400e9, 0.0, 0.0}};
  graph.links = {{0, 3, 0}, {1, 3, 0}, {1, 4, 0}, {2, 4, 0}};
  const Topology t = classify(graph).topology;
  EXPECT_EQ(t.mean_switches, 1.0);
  ASSERT_EQ(t.warnings.size(), 1U);
  EXPECT_NE(t.warnings[0].message.find("33.3 % of the pairs"), std::string::npos);
}

TEST(Classify, ASwitchThatNoGpuReaches) {
  Graph graph;
  graph.nodes = {gpu, gpu, sw, sw, sw};
  graph.classes = {{400e9, 0.0, 0.0}};
  graph.links = {{0, 2, 0}, {1, 2, 0}, {3, 4, 0}};
  EXPECT_EQ(message_of([&] { classify(graph); }), "no GPU reaches switch 3");
}

}  // namespace
}  // namespace waverack::cluster
