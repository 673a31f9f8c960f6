#include "waverack/cluster/latency.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace waverack::cluster {
namespace {

Technology optics() {
  Technology technology;
  technology.latency = 200e-9;       // a DSP at each end (facts: cluster 8.2)
  technology.fec_latency = 62.6e-9;  // 800G at 1 GHz (same)
  technology.delay_per_metre = 4.9e-9;
  return technology;
}

TEST(LinkLatency, FromItsParts) {
  const Technology dsp = optics();
  Technology copper = dsp;
  copper.latency = 6e-9;
  copper.delay_per_metre = 4.6e-9;
  const LinkUse uses[] = {{&copper, 0.25, 0.0, 2.0, 1e-12}, {&dsp, 0.75, 10.0, 50.0, 3e-12}};
  const LinkLatency link = link_latency(uses);
  EXPECT_NEAR(link.mean.modules, 0.25 * 6e-9 + 0.75 * 200e-9, 1e-18);
  EXPECT_NEAR(link.mean.fec, 62.6e-9, 1e-18);
  EXPECT_NEAR(link.mean.medium, 0.25 * 4.6e-9 + 0.75 * 30 * 4.9e-9, 1e-18);
  EXPECT_NEAR(link.worst.medium, 50 * 4.9e-9, 1e-18);
  EXPECT_NEAR(link.worst.total(), 200e-9 + 62.6e-9 + 245e-9, 1e-16);
  EXPECT_NEAR(link.loss, 0.25e-12 + 0.75 * 3e-12, 1e-24);
}

// A folded Clos network built of whole groups, all pairs counted: `leaf` endpoints below a leaf, `pod` below
// the second tier.
Topology clos(std::int64_t endpoints, std::int64_t leaf, std::int64_t pod) {
  Topology topology;
  topology.endpoints = endpoints;
  const int tiers = pod > 0 ? 3 : 2;
  for (int tier = 0; tier < tiers; ++tier) {
    LinkClass link;
    link.tier = tier;
    link.a = {tier == 0 ? EndKind::nic : EndKind::switch_port, tier - 1};
    link.b = {EndKind::switch_port, tier};
    link.count = endpoints;
    topology.links.push_back(link);
    topology.switches.push_back({"", tier, endpoints / leaf, 0});
  }
  topology.diameter_switches = 2 * tiers - 1;
  const double n = static_cast<double>(endpoints - 1);
  const double same = static_cast<double>(leaf - 1) / n;
  const double near = pod > 0 ? static_cast<double>(pod - 1) / n : 1.0;
  topology.mean_switches = same + 3.0 * (near - same) + 5.0 * (1.0 - near);
  return topology;
}

LinkLatency plain(double mean, double worst, double loss = 0.0) {
  LinkLatency link;
  link.mean.modules = mean;
  link.worst.modules = worst;
  link.loss = loss;
  return link;
}

TEST(PathLatency, SharesOfAThreeTierClos) {
  const LinkLatency links[] = {plain(1e-7, 2e-7, 1e-12), plain(3e-7, 4e-7, 2e-12), plain(5e-7, 6e-7, 4e-12)};
  const PathLatency path = path_latency(clos(8192, 32, 1024), links, 250e-9);
  ASSERT_EQ(path.classes.size(), 3u);
  EXPECT_NEAR(path.classes[0].share, 31.0 / 8191.0, 1e-9);
  EXPECT_NEAR(path.classes[1].share, (1023.0 - 31.0) / 8191.0, 1e-6);
  EXPECT_NEAR(path.classes[2].share, (8191.0 - 1023.0) / 8191.0, 1e-6);
  EXPECT_NEAR(path.classes[0].mean.total(), 2e-7 + 250e-9, 1e-16);
  EXPECT_NEAR(path.classes[2].mean.total(), 2 * (1e-7 + 3e-7 + 5e-7) + 5 * 250e-9, 1e-15);
  EXPECT_NEAR(path.classes[2].worst.total(), 2 * (2e-7 + 4e-7 + 6e-7) + 5 * 250e-9, 1e-15);
  EXPECT_NEAR(path.classes[2].loss, 14e-12, 1e-17);
  double mean = 0.0;
  for (const PathClass& c : path.classes) mean += c.share * c.mean.total();
  EXPECT_NEAR(path.mean.total(), mean, 1e-18);
  EXPECT_DOUBLE_EQ(path.worst.total(), path.classes[2].worst.total());
  EXPECT_EQ(path.classes[1].name, "same pod");
}

TEST(PathLatency, TwoTiersAndOne) {
  const LinkLatency links[] = {plain(1e-7, 1e-7), plain(3e-7, 3e-7)};
  const PathLatency two = path_latency(clos(1024, 64, 0), links, 0.0);
  ASSERT_EQ(two.classes.size(), 2u);
  EXPECT_NEAR(two.classes[0].share, 63.0 / 1023.0, 1e-12);
  EXPECT_NEAR(two.mean_links, 2 * 63.0 / 1023.0 + 4 * 960.0 / 1023.0, 1e-12);
  Topology one = clos(64, 64, 0);
  one.links.resize(1);
  one.switches.resize(1);
  one.diameter_switches = 1;
  one.mean_switches = 1.0;
  const PathLatency single = path_latency(one, std::span(links).first(1), 600e-9);
  ASSERT_EQ(single.classes.size(), 1u);
  EXPECT_NEAR(single.mean.total(), 2e-7 + 600e-9, 1e-16);
}

TEST(PathLatency, OtherNetworksHaveOneClass) {
  // A dragonfly: 3 switches on the mean way, 4 at most; local and global links one to one.
  Topology dragonfly;
  dragonfly.endpoints = 1000;
  for (const int i : {0, 1, 2}) {
    LinkClass link;
    link.tier = i;
    link.a = {i == 0 ? EndKind::nic : EndKind::switch_port, i == 0 ? -1 : 0};
    link.b = {EndKind::switch_port, 0};
    link.count = 1000;
    dragonfly.links.push_back(link);
  }
  dragonfly.diameter_switches = 4;
  dragonfly.mean_switches = 3.0;
  const LinkLatency links[] = {plain(1e-7, 1e-7), plain(2e-7, 2e-7), plain(6e-7, 6e-7)};
  const PathLatency path = path_latency(dragonfly, links, 100e-9);
  ASSERT_EQ(path.classes.size(), 1u);
  EXPECT_NEAR(path.mean.total(), 2 * 1e-7 + 2e-7 + 6e-7 + 3 * 100e-9, 1e-15);
  EXPECT_NEAR(path.mean_links, 4.0, 1e-12);
  EXPECT_NEAR(path.worst.total(), 2 * 1e-7 + 1.5 * 8e-7 + 4 * 100e-9, 1e-15);
}

TEST(PathLatency, GpusOfATorusPassTrafficOn) {
  // A ring of four: neighbours one link away, the opposite one two; one GPU between at most, a third on
  // average.
  Topology torus;
  torus.endpoints = 8;
  LinkClass link;
  link.a = link.b = {EndKind::nic, -1};
  link.count = 4;
  torus.links = {link};
  torus.diameter_switches = 1;
  torus.mean_switches = 1.0 / 3.0;
  const LinkLatency links[] = {plain(1e-7, 2e-7)};
  const PathLatency path = path_latency(torus, links, 0.0);
  EXPECT_NEAR(path.mean_links, 4.0 / 3.0, 1e-12);
  EXPECT_NEAR(path.mean.total(), 4.0 / 3.0 * 1e-7, 1e-18);
  EXPECT_NEAR(path.worst.total(), 2 * 2e-7, 1e-18);
}

}  // namespace
}  // namespace waverack::cluster
