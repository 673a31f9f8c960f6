#include <gtest/gtest.h>

#include "waverack/cluster/step_time.hpp"

namespace waverack::cluster {
namespace {

Topology two_tiers(double bisection) {
  Topology topology;
  topology.endpoints = 1024;
  for (const int tier : {0, 1}) {
    LinkClass link;
    link.tier = tier;
    link.a = {tier == 0 ? EndKind::nic : EndKind::switch_port, tier - 1};
    link.b = {EndKind::switch_port, tier};
    link.count = 1024;
    topology.links.push_back(link);
  }
  topology.diameter_switches = 3;
  topology.mean_switches = 2.9;
  topology.bisection = bisection;
  return topology;
}

TEST(NetworkView, FromANetwork) {
  Network network;
  network.name = "scale_out";
  network.port_rate = 400e9;
  network.ports_per_gpu = 2;
  Switch box;
  box.latency = exactly(250e-9);
  network.switches.value = std::make_shared<const Switch>(box);
  const LinkLatency links[2];
  const NetworkView full = network_view(network, two_tiers(512 * 400e9), links);
  EXPECT_EQ(full.rate, 800e9);
  EXPECT_NEAR(full.path.mean.switches, 2.9 * 250e-9, 1e-18);
  EXPECT_EQ(full.oversubscription, 1.0);
  EXPECT_EQ(full.switching_time, 0.0);
  // 4 to 1 of the 95 % that leave a leaf.
  EXPECT_NEAR(network_view(network, two_tiers(128 * 400e9), links).oversubscription, 4.0 * 0.95, 1e-12);
  // Of other networks half of the traffic crosses the cut.
  Topology torus = two_tiers(128 * 400e9);
  torus.links.pop_back();
  EXPECT_NEAR(network_view(network, torus, std::span(links).first(1)).oversubscription, 2.0, 1e-12);
  // Domains apart, whose bisection is that of one.
  torus.diameter_switches = 1;
  EXPECT_EQ(network_view(network, torus, std::span(links).first(1)).oversubscription, 1.0);
}

TEST(NetworkView, KnowsHowLongItsCircuitSwitchesTake) {
  Network network;
  network.port_rate = 400e9;
  CircuitSwitch device;
  device.switching_time = 10e-3;
  network.circuit_switch.value = std::make_shared<const CircuitSwitch>(device);
  Topology topology = two_tiers(512 * 400e9);
  const LinkLatency links[2];
  EXPECT_EQ(network_view(network, topology, links).switching_time, 0.0);  // it has none on its ways
  topology.circuit_switches.push_back({"faces", 48, 48 * 128, 1});
  EXPECT_EQ(network_view(network, topology, links).switching_time, 10e-3);
}

}  // namespace
}  // namespace waverack::cluster
