#include "waverack/cluster/topology_export.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "unit/base/message_of.hpp"
#include "waverack/cluster/simai.hpp"

namespace waverack::cluster {
namespace {

// k = 4: 16 hosts, 8 leaves, 8 spines, 4 cores.
HtsimTopology fat_tree() {
  HtsimTopology t;
  t.nodes = 16;
  t.pod_size = 4;
  t.tiers = 3;
  for (HtsimTier& tier : t.tier) {
    tier.rate_gbps = 100;
    tier.latency_ns = 500;
    tier.radix_down = tier.radix_up = 2;
  }
  t.tier[2].radix_down = 4;
  check(t, "t");
  return t;
}

LinkAnnotation note(std::size_t link_class, double share, double latency, double loss, double length) {
  return {link_class, share, latency, loss, 64, "dr8", length};
}

TEST(TopologyExport, EveryLinkGetsWhatItsClassIs) {
  const Graph graph = graph_of(fat_tree());
  const ClassifiedGraph found = classify(graph);
  // A quarter of 16 links between leaves and spines is longer; those to cores are left alone.
  const std::vector<LinkAnnotation> notes{note(0, 1.0, 210e-9, 1e-12, 2.0),
                                          note(1, 0.75, 300e-9, 2e-12, 20.0),
                                          note(1, 0.25, 500e-9, 3e-12, 60.0)};
  const Graph result = annotated(graph, found, notes);
  std::vector<int> counts(result.classes.size());
  for (const GraphLink& link : result.links) ++counts[link.link_class];
  EXPECT_EQ(counts, (std::vector<int>{16, 12, 4, 0, 0, 16}));
  EXPECT_EQ(result.classes[2].latency, 500e-9);
  EXPECT_EQ(result.classes[2].loss, 3e-12);
  EXPECT_EQ(result.classes[2].rate, 100e9);
  EXPECT_EQ(result.classes[5].latency, 500e-9);
  // The first of them get the first annotation.
  EXPECT_EQ(result.links[16].link_class, 1U);
  EXPECT_EQ(result.links[27].link_class, 1U);
  EXPECT_EQ(result.links[28].link_class, 2U);
  const std::string text = write_simai(result, true).text;
  EXPECT_NE(text.find("\n0 16 100Gbps 210ns 0.000000000001\n"), std::string::npos);
}

TEST(TopologyExport, LinksOfABundleAreOneOfTheirRates) {
  Graph graph;
  graph.nodes.assign(3, NodeKind::packet_switch);
  graph.classes = {{100e9, 1e-9, 0.0}, {100e9, 5e-9, 1e-12}};
  graph.links = {{0, 1, 0}, {1, 2, 0}, {1, 0, 1}, {0, 1, 0}};
  const BundledGraph found = bundled(graph);
  EXPECT_EQ(found.links_merged, 2);
  ASSERT_EQ(found.graph.links.size(), 2U);
  EXPECT_EQ(found.class_of, (std::vector<std::size_t>{0, 1}));
  const GraphClass& bundle = found.graph.classes[found.graph.links[0].link_class];
  EXPECT_EQ(bundle.rate, 300e9);
  EXPECT_EQ(bundle.latency, 5e-9);
  EXPECT_EQ(bundle.loss, 1e-12);
  EXPECT_EQ(found.graph.classes[found.graph.links[1].link_class].rate, 100e9);
  // Where every link has a pair of nodes of its own nothing changes.
  const Graph tree = graph_of(fat_tree());
  EXPECT_EQ(bundled(tree).links_merged, 0);
  EXPECT_EQ(bundled(tree).graph.links.size(), tree.links.size());
}

TEST(TopologyExport, TiersOfHtsimAreTheWorstOrTheMean) {
  const HtsimTopology tree = fat_tree();
  const std::vector<LinkAnnotation> notes{note(1, 0.75, 300.2e-9, 2e-12, 20.0),
                                          note(1, 0.25, 500.2e-9, 4e-12, 60.0)};
  const HtsimTopology worst = annotated(tree, topology_of(tree), notes, Reduction::worst);
  EXPECT_EQ(worst.tier[1].latency_ns, 501);
  EXPECT_EQ(worst.tier[0].latency_ns, 500);
  const std::string text = write_htsim(worst);
  EXPECT_NE(
      text.find(
          "# waverack: leaf-spine, share 0.25: dr8, 60 m, 500.2 ns, loss 4e-12 of frames of 64 octets\n"),
      std::string::npos)
      << text;
  EXPECT_NE(text.find("# waverack: the worst of the tier: 500.2 ns, loss 4e-12 of frames of 64 octets\n"),
            std::string::npos);
  EXPECT_TRUE(parse_htsim(text, "t").warnings.empty());
  const HtsimTopology mean = annotated(tree, topology_of(tree), notes, Reduction::mean);
  EXPECT_EQ(mean.tier[1].latency_ns, 350);
  EXPECT_NE(write_htsim(mean).find("# waverack: the mean of the tier: 350.2 ns, loss 2.5e-12 of frames"),
            std::string::npos);
}

TEST(TopologyExport, Mistakes) {
  const HtsimTopology tree = fat_tree();
  const auto message = [&](const LinkAnnotation& a, const LinkAnnotation& b) {
    return message_of([&] { annotated(tree, topology_of(tree), std::vector{a, b}, Reduction::worst); });
  };
  const LinkAnnotation good = note(0, 1.0, 1e-9, 0.0, 1.0);
  EXPECT_EQ(message(good, note(3, 1.0, 1e-9, 0.0, 1.0)), "an annotation of link class 3: there are 3");
  EXPECT_EQ(message(good, note(1, 0.5, 1e-9, 0.0, 1.0)), "links leaf-spine: shares add up to 0.5, not to 1");
  EXPECT_EQ(message(good, note(1, 1.0, -1.0, 0.0, 1.0)), "links leaf-spine: a latency of -1 s");
  EXPECT_EQ(message(good, note(1, 1.0, 1e-9, 1.5, 1.0)), "links leaf-spine: a frame loss of 1.5");
  LinkAnnotation other_frame = note(0, 0.5, 1e-9, 0.0, 1.0);
  other_frame.frame_octets = 1518;
  EXPECT_EQ(message(note(0, 0.5, 1e-9, 0.0, 1.0), other_frame),
            "losses of tier 0 are of frames of 64 and of 1518 octets");
}

void expect_same_tree(const HtsimTopology& a, const HtsimTopology& b) {
  EXPECT_EQ(write_htsim(a), write_htsim(b));
}

TEST(TopologyExport, AFatTreeIsFoundInItsGraph) {
  const HtsimTopology tree = fat_tree();
  HtsimTopology found = htsim_of(graph_of(tree), Reduction::worst);
  expect_same_tree(found, tree);
  ASSERT_EQ(found.warnings.size(), 1U);
  // The counts alone give the same, without latencies.
  found = htsim_of(topology_of(tree));
  for (HtsimTier& tier : found.tier) tier.latency_ns = 500;
  expect_same_tree(found, tree);
}

TEST(TopologyExport, BundlesAndOversubscriptionAreFound) {
  const HtsimTopology bundled = parse_htsim(
      "Nodes 8\nTiers 3\nPodsize 4\nTier 0\nDownlink_speed_Gbps 200\nRadix_Down 2\nRadix_Up 2\n"
      "Downlink_Latency_ns 7\nTier 1\nDownlink_speed_Gbps 200\nRadix_Down 2\nRadix_Up 4\nDownlink_Latency_ns "
      "7\n"
      "Tier 2\nDownlink_speed_Gbps 100\nRadix_Down 4\nBundle 2\nDownlink_Latency_ns 7\n",
      "t");
  expect_same_tree(htsim_of(graph_of(bundled), Reduction::mean), bundled);
  const HtsimTopology oversubscribed = parse_htsim(
      "Nodes 32\nTiers 2\nPodsize 32\nTier 0\nDownlink_speed_Gbps 100\nRadix_Down 8\nRadix_Up 2\n"
      "Oversubscribed 4\nDownlink_Latency_ns 1\nTier 1\nDownlink_speed_Gbps 100\nRadix_Down 4\n"
      "Downlink_Latency_ns 1\n",
      "t");
  expect_same_tree(htsim_of(graph_of(oversubscribed), Reduction::worst), oversubscribed);
  expect_same_tree(htsim_of(topology_of(oversubscribed)), oversubscribed);
}

// Hosts in another order are the same tree, as from rail to rail in SimAI's files.
TEST(TopologyExport, TheOrderOfNodesDoesNotMatter) {
  Graph graph = graph_of(fat_tree());
  for (GraphLink& link : graph.links) {
    const auto other = [&](std::uint32_t node) {
      return node < 16 ? 5 * node % 16 : node < 24 ? 16 + (3 * (node - 16)) % 8 : node;
    };
    link.a = other(link.a);
    link.b = other(link.b);
  }
  std::reverse(graph.links.begin(), graph.links.end());
  expect_same_tree(htsim_of(graph, Reduction::worst), fat_tree());
}

TEST(TopologyExport, WhatIsNoFatTreeIsRefused) {
  const Graph tree = graph_of(fat_tree());
  const auto message = [](const Graph& graph) {
    return message_of([&] { htsim_of(graph, Reduction::worst); });
  };
  // A host at another leaf.
  Graph graph = tree;
  graph.links[0].b = 17;
  EXPECT_EQ(message(graph), "htsim cannot state this topology: leaf 17 has 3 hosts and others have 1");
  // A cross of two links between pods: 8 leaves reach spines of other pods.
  graph = tree;
  std::swap(graph.links[16].b, graph.links[20].b);
  EXPECT_NE(message(graph).find("does not reach all spine of its group"), std::string::npos)
      << message(graph);
  // Cores that take both spines of a pod and none of another.
  graph = tree;
  std::swap(graph.links[32].a, graph.links[34].a);
  std::swap(graph.links[33].a, graph.links[35].a);
  EXPECT_EQ(message(graph), "no error");  // the planes of one pod exchanged: the same tree
  std::swap(graph.links[32].a, graph.links[34].a);
  EXPECT_NE(message(graph).find("htsim cannot state this topology"), std::string::npos) << message(graph);
  graph = tree;
  graph.classes[0].rate = 100.5e9;
  EXPECT_EQ(message(graph), "htsim cannot state this topology: links of 100.5 Gb/s: it takes whole Gb/s");
  graph = tree;
  graph.links.push_back({0, 17, 0});
  EXPECT_NE(message(graph).find("GPU 0 has 2 links"), std::string::npos);
  graph = tree;
  graph.links.push_back({16, 17, 0});
  EXPECT_NE(message(graph).find("links leaf-leaf"), std::string::npos) << message(graph);
}

TEST(TopologyExport, WholeNanoseconds) {
  EXPECT_EQ(whole_nanoseconds(500e-9, Reduction::worst), 500);
  EXPECT_EQ(whole_nanoseconds(0.1 + 0.2 - 0.3 + 500e-9, Reduction::worst), 500);
  EXPECT_EQ(whole_nanoseconds(500.4e-9, Reduction::worst), 501);
  EXPECT_EQ(whole_nanoseconds(500.4e-9, Reduction::mean), 500);
  EXPECT_EQ(whole_nanoseconds(0.0, Reduction::mean), 1);
}

}  // namespace
}  // namespace waverack::cluster
