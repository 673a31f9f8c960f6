#include "waverack/cluster/topology.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/cluster/networks.hpp"
#include "waverack/base/error.hpp"
#include "waverack/cluster/torus.hpp"

// Counts by the formulas of facts, cluster 4.1, worked out by hand for small networks.

namespace waverack::cluster {
namespace {

std::string error_of(const Network& network, std::int64_t gpus) {
  try {
    build_topology(network, gpus, "networks.back end");
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Topology, ClosOfTwoTiers) {
  // 32 endpoints, radix 8: 8 leaves of 4 down and 4 up, 4 spines of 8.
  const Topology t = build_topology(network_of(TopologyKind::clos, 8), 32, "n");
  ASSERT_EQ(t.switches.size(), 2u);
  EXPECT_EQ(t.switches[0].name, "leaf");
  EXPECT_EQ(t.switches[0].count, 8);
  EXPECT_EQ(t.switches[0].ports_used, 64);
  EXPECT_EQ(t.switches[1].name, "spine");
  EXPECT_EQ(t.switches[1].count, 4);
  EXPECT_EQ(t.switches[1].ports_used, 32);
  ASSERT_EQ(t.links.size(), 2u);
  EXPECT_EQ(t.links[0].name, "nic-leaf");
  EXPECT_EQ(t.links[0].count, 32);
  EXPECT_EQ(t.links[0].a.kind, EndKind::nic);
  EXPECT_EQ(t.links[1].name, "leaf-spine");
  EXPECT_EQ(t.links[1].count, 32);
  EXPECT_EQ(t.links[1].b.tier, 1);
  EXPECT_EQ(t.endpoints, 32);
  EXPECT_EQ(t.radix, 8);
  EXPECT_EQ(t.diameter_switches, 3);
  EXPECT_NEAR(t.mean_switches, (3.0 * 1.0 + 28.0 * 3.0) / 31.0, 1e-12);
  EXPECT_DOUBLE_EQ(t.bisection, 16 * 800e9);
}

// 25 endpoints, radix 8: 75 ports are 10 switches, 7 of them leaves of 4 ports down; 25 links up take 4
// spines of 8.
TEST(Topology, TellsWhereATierIsAPartOfASwitchShort) {
  Network network = network_of(TopologyKind::clos, 8);
  EXPECT_TRUE(build_topology(network, 32, "n").warnings.empty());
  const Topology t = build_topology(network, 25, "networks.n");
  EXPECT_EQ(t.switch_count(), 10);
  EXPECT_EQ(t.switches[0].whole, 7);
  EXPECT_EQ(t.switches[1].whole, 4);
  ASSERT_EQ(t.warnings.size(), 1u);
  EXPECT_EQ(t.warnings[0].path, "networks.n");
  EXPECT_EQ(t.warnings[0].message,
            "switches are counted by the ports of all tiers together: leaf 7, spine 3; with whole ones in "
            "every tier "
            "they are leaf 7, spine 4");
}

TEST(Topology, OversubscriptionDividesWhatIsAbove) {
  // Radix 12, 2:1: leaves of 8 down and 4 up. 96 endpoints: 12 leaves, 48 links up, 4 spines.
  Network network = network_of(TopologyKind::clos, 12);
  network.oversubscription = {2.0};
  const Topology t = build_topology(network, 96, "n");
  EXPECT_EQ(t.switches[0].count, 12);
  EXPECT_EQ(t.switches[1].count, 4);
  EXPECT_EQ(t.links[1].count, 48);
  EXPECT_DOUBLE_EQ(t.bisection, 24 * 800e9);  // half of the links up
}

TEST(Topology, MetaPodsOfSevenToOne) {
  // 24,576 GPUs in 8 pods of 3072, 7:1 above the pods (facts: cluster 4.3). Radix 64: pods of 96 leaves and
  // 48 whole spines' worth of ports down; 3072/7 links up from each.
  Network network = network_of(TopologyKind::clos, 64);
  network.tiers = 3;
  network.oversubscription = {1.0, 7.0};
  const Topology t = build_topology(network, 24576, "n");
  EXPECT_EQ(t.links[1].count, 24576);
  EXPECT_EQ(t.links[2].count, 3511);  // 24576/7, rounded up
  EXPECT_EQ(t.switches[0].count, 768);
  EXPECT_EQ(t.switches[1].count, 439);  // (24576 + 3511)/64 = 438.9
}

TEST(Topology, PlanesMultiplyRadixAndEnds) {
  // P planes of B/P: radix k·P, P·N ends at GPUs (facts: cluster 4.1); 10,368 GPUs: 108 switches in each.
  Network network = network_of(TopologyKind::clos, 144);
  network.planes = 2;
  const Topology t = build_topology(network, 10368, "n");
  EXPECT_EQ(t.radix, 288);
  EXPECT_EQ(t.endpoints, 10368);
  EXPECT_EQ(t.switch_count(), 2 * 108);
  EXPECT_EQ(t.links[0].count, 2 * 10368);
  EXPECT_DOUBLE_EQ(t.links[0].rate, 400e9);
}

TEST(Topology, RailsCountAsClosAndReachFurther) {
  const Topology clos = build_topology(network_of(TopologyKind::clos, 64), 2048, "n");
  const Topology rails = build_topology(network_of(TopologyKind::rail_optimised, 64), 2048, "n");
  EXPECT_EQ(rails.switch_count(), clos.switch_count());
  EXPECT_EQ(rails.link_count(), clos.link_count());
  EXPECT_DOUBLE_EQ(rails.mean_switches, clos.mean_switches);
  EXPECT_DOUBLE_EQ(clos.links[0].lengths[0].to, 3.0);    // middle of rack (facts: cluster 4.4)
  EXPECT_DOUBLE_EQ(rails.links[0].lengths[0].to, 50.0);  // end of row
}

TEST(Topology, RailOnlyHasNothingAboveTheRails) {
  // 8 rails of 64 GPUs, each one switch of 64 ports.
  const Topology t = build_topology(network_of(TopologyKind::rail_only, 64), 512, "n");
  ASSERT_EQ(t.switches.size(), 1u);
  EXPECT_EQ(t.switches[0].count, 8);
  EXPECT_EQ(t.links[0].count, 512);
  EXPECT_EQ(t.diameter_switches, 1);
  EXPECT_EQ(t.warnings.size(), 1u);
}

TEST(Topology, BalancedDragonfly) {
  // p = h = 2, a = 4: radix 7, 9 groups of 8, 72 endpoints; 9·6 local and 36 global links.
  const Topology t = build_topology(network_of(TopologyKind::dragonfly, 7), 72, "n");
  EXPECT_EQ(t.switches[0].count, 36);
  EXPECT_EQ(t.switches[0].ports_used, 36 * 7);
  ASSERT_EQ(t.links.size(), 3u);
  EXPECT_EQ(t.links[0].count, 72);
  EXPECT_EQ(t.links[1].count, 54);
  EXPECT_EQ(t.links[2].count, 36);
  EXPECT_EQ(t.diameter_switches, 4);
  // 1 host on the same router, 6 in the group, 64 elsewhere over 4 − 2/a routers.
  EXPECT_NEAR(t.mean_switches, (1.0 * 1.0 + 6.0 * 2.0 + 64.0 * 3.5) / 71.0, 1e-12);
  EXPECT_DOUBLE_EQ(t.bisection, 20 * 800e9);  // 4 groups to 5, one link each
}

TEST(Topology, TorusOfTwoDimensions) {
  Network network = network_of(TopologyKind::torus, 2);
  network.switches = {};
  network.dims = {4, 3};
  const Topology t = build_topology(network, 12, "n");
  EXPECT_EQ(t.link_count(), 24);  // N·n
  EXPECT_EQ(t.links[1].name, "wrap");
  EXPECT_EQ(t.links[1].count, 3 + 4);
  EXPECT_EQ(t.endpoints, 48);
  EXPECT_EQ(t.switch_count(), 0);
  EXPECT_EQ(t.diameter_switches, 2);
  EXPECT_NEAR(t.mean_switches, (12.0 * (1.0 + 2.0 / 3.0)) / 11.0 - 1.0, 1e-12);
  EXPECT_DOUBLE_EQ(t.bisection, 6 * 800e9);  // two cuts across rings of four, three rings
}

// Two ports along every direction: all links twice, wraps and neighbours alike.
TEST(Topology, TorusOfParallelPorts) {
  Network network = network_of(TopologyKind::torus, 2);
  network.switches = {};
  network.dims = {4, 3};
  network.ports_per_gpu = 2;
  const Topology t = build_topology(network, 12, "n");
  EXPECT_EQ(t.link_count(), 2 * 24);
  EXPECT_EQ(t.links[1].count, 2 * (3 + 4));
  EXPECT_EQ(t.endpoints, 2 * 48);
  EXPECT_DOUBLE_EQ(t.bisection, 2 * 6 * 800e9);
}

// A 64-chip cube has 96 optical face links, and 48 circuit switches join the cubes (facts: cluster 4.1);
// doubled links double both.
TEST(Topology, FacesOfCubesOfParallelPorts) {
  for (const int ports : {1, 2}) {
    Network network = cube_torus({8, 8, 8});
    network.ports_per_gpu = ports;
    const Torus torus = torus_of(network, 512, "n");
    EXPECT_EQ(torus.cube_ends, ports * 96);
    EXPECT_EQ(torus.circuit_switches, ports * 48);
    EXPECT_EQ(torus.far_links, ports * 8 * 48);  // every one ends at two of 8 cubes
  }
}

// 80 ports of a domain on switches of 36: three, not two (theory: topology, section 2).
TEST(Topology, ADomainTakesWholeSwitches) {
  Network network = network_of(TopologyKind::scale_up, 36);
  network.ports_per_gpu = 10;
  network.domain = 8;
  EXPECT_EQ(build_topology(network, 16, "n").switch_count(), 2 * 3);
}

TEST(Topology, CircuitSwitchesWithoutCirculatorsTakeTwoPaths) {
  Network network = cube_torus({16, 16, 16});
  CircuitSwitch device = circuit_switch();
  device.bidirectional = false;
  use_circuit_switch(network, device);
  const Topology t = build_topology(network, 4096, "n");
  EXPECT_EQ(t.circuit_switches[0].count, 48);
  EXPECT_EQ(t.circuit_switches[0].paths, 2 * 3072);  // 128 of each: all 128 ports that are not in reserve
}

TEST(Topology, CircuitSwitchesInPlaceOfTheTop) {
  // Radix 8: 6 blocks of one leaf, 4 links up each, 24/2 links between blocks.
  Network network = network_of(TopologyKind::clos, 8);
  network.tiers = 2;
  use_circuit_switch(network);
  const Topology t = build_topology(network, 20, "n");
  ASSERT_EQ(t.switches.size(), 1u);
  EXPECT_EQ(t.switches[0].count, 5);
  EXPECT_EQ(t.links[1].name, "leaf-leaf");
  EXPECT_EQ(t.links[1].count, 10);  // each of 5 leaves to each other
  EXPECT_EQ(t.links[1].circuit_switches, 1);
  EXPECT_EQ(t.circuit_switch_count(), 1);
  EXPECT_EQ(t.diameter_switches, 2);
  EXPECT_NEAR(t.mean_switches, (3.0 * 1.0 + 16.0 * 2.0) / 19.0, 1e-12);
  EXPECT_DOUBLE_EQ(t.bisection, 6 * 800e9);  // 2 leaves to 3
}

// Of P planes each joins its blocks itself: half the rate, twice the links. Radix 8 at 800 Gb/s is 16 at 400:
// 3 leaves of 8 down, each joined to the 2 others by 4 of its 8 links up; the cut crosses 2 pairs of leaves.
TEST(Topology, CircuitSwitchesJoinTheBlocksOfEveryPlane) {
  Network network = network_of(TopologyKind::clos, 8);
  network.tiers = 2;
  network.planes = 2;
  use_circuit_switch(network);
  const Topology t = build_topology(network, 24, "n");
  EXPECT_EQ(t.links[0].count, 2 * 24);
  EXPECT_EQ(t.links[1].count, 2 * 12);
  EXPECT_EQ(t.circuit_switches[0].paths, 2 * 12);
  EXPECT_DOUBLE_EQ(t.bisection, 2 * 8 * 400e9);
}

// More links up than down: what 8 endpoints can send, and not the 8 links between the blocks, is the
// narrowest.
TEST(Topology, EndpointsMayBeNarrowerThanTheBlocks) {
  Network network = network_of(TopologyKind::clos, 12);
  network.tiers = 2;
  network.oversubscription = {0.5};  // 4 down, 8 up
  use_circuit_switch(network);
  const Topology t = build_topology(network, 8, "n");
  EXPECT_EQ(t.links[1].count, 8);
  EXPECT_DOUBLE_EQ(t.bisection, 4 * 800e9);
}

TEST(Topology, LengthsOfTheFile) {
  Network network = network_of(TopologyKind::clos, 8);
  network.lengths = {{1, {{0.25, 10.0, 20.0}, {0.75, 20.0, 80.0}}}};
  const Topology t = build_topology(network, 32, "n");
  EXPECT_EQ(t.links[0].lengths_kind, Kind::assumed);
  EXPECT_THAT(t.links[0].lengths_source, testing::HasSubstr("facts: cluster 4.4"));
  EXPECT_EQ(t.links[1].lengths_kind, Kind::choice);
  ASSERT_EQ(t.links[1].lengths.size(), 2u);
  EXPECT_DOUBLE_EQ(t.links[1].lengths[1].to, 80.0);
}

// 512 GPUs, 32 in a rack, 4 racks in a row: 16 racks in 4 rows. Radix 64: leaves of 32 ports on 8 rails serve
// 256 GPUs, 8 racks in 2 rows; the first row is the middle one.
TEST(Topology, LengthsOfTheFloor) {
  Network network = network_of(TopologyKind::rail_optimised, 64);
  network.floor.gpus_per_rack = 32;
  network.floor.racks_per_row = 4;
  network.floor.rack_pitch = 0.5;
  network.floor.row_pitch = 3.0;
  network.floor.rise = 2.0;
  const Topology t = build_topology(network, 512, "n");
  EXPECT_EQ(t.links[0].lengths_kind, Kind::derived);
  ASSERT_EQ(t.links[0].lengths.size(), 2u);
  EXPECT_DOUBLE_EQ(t.links[0].lengths[0].share, 0.5);
  EXPECT_DOUBLE_EQ(t.links[0].lengths[0].from, 2.5);
  EXPECT_DOUBLE_EQ(t.links[0].lengths[0].to, 4.0);
  EXPECT_DOUBLE_EQ(t.links[0].lengths[1].share, 0.5);
  EXPECT_DOUBLE_EQ(t.links[0].lengths[1].from, 5.5);
  EXPECT_DOUBLE_EQ(t.links[0].lengths[1].to, 7.0);
  ASSERT_EQ(t.links[1].lengths.size(), 1u);
  EXPECT_DOUBLE_EQ(t.links[1].lengths[0].from, 2.0);
  EXPECT_DOUBLE_EQ(t.links[1].lengths[0].to, 8.0);  // two rows away
  network.lengths = {{0, {{1.0, 10.0, 20.0}}}};     // what is stated goes first
  EXPECT_DOUBLE_EQ(build_topology(network, 512, "n").links[0].lengths[0].to, 20.0);
  network.lengths.clear();
  network.floor.gpus_per_rack = 512;
  EXPECT_DOUBLE_EQ(build_topology(network, 512, "n").links[0].lengths[0].to, 2.0);
}

// A row that is not full weighs less: 5 racks in rows of 2.
TEST(Topology, LengthsOfAPartFilledFloor) {
  Floor floor;
  floor.gpus_per_rack = 1;
  floor.racks_per_row = 2;
  floor.rack_pitch = 1.0;
  floor.row_pitch = 10.0;
  floor.rise = 0.0;
  const std::vector<LengthBin> bins = lengths_from_racks(floor, 5);
  ASSERT_EQ(bins.size(), 2u);
  EXPECT_DOUBLE_EQ(bins[0].share, 0.4);  // the middle row
  EXPECT_DOUBLE_EQ(bins[1].share, 0.6);  // a full row and a half one, 10 m away
  EXPECT_DOUBLE_EQ(bins[1].from, 11.0);
  EXPECT_DOUBLE_EQ(bins[1].to, 12.0);
}

TEST(Topology, MistakesInLengths) {
  Network network = network_of(TopologyKind::clos, 8);
  network.lengths = {{1, {{0.25, 10.0, 20.0}, {0.7, 20.0, 80.0}}}};
  EXPECT_EQ(error_of(network, 32),
            "networks.back end.lengths[0].bins: the shares of the links add up to 0.95 (allowed: shares that "
            "add up "
            "to 1)");
  network.lengths = {{2, {{1.0, 10.0, 20.0}}}};
  EXPECT_EQ(
      error_of(network, 32),
      "networks.back end.lengths[0].tier: the network has no links of tier 2 (allowed: 0 to 1). Did you mean "
      "'1'?");
  network.lengths = {{1, {{1.0, 20.0, 10.0}}}};
  EXPECT_EQ(error_of(network, 32),
            "networks.back end.lengths[0].bins[0].to: links of 20 m to 10 m run backwards (allowed: at least "
            "20 m)");
  network.lengths = {{1, {{1.0, 1.0, 10.0}}}, {1, {{1.0, 1.0, 10.0}}}};
  EXPECT_THAT(error_of(network, 32), testing::HasSubstr("tier 1 is stated twice"));
  network.lengths = {{1, {}}};
  EXPECT_THAT(error_of(network, 32), testing::HasSubstr("add up to 0"));
}

TEST(Topology, MistakesInClos) {
  Network network = network_of(TopologyKind::clos, 64);
  network.tiers = 3;
  EXPECT_EQ(error_of(network, 100000),
            "networks.back end.tiers: 3 tiers of switches of radix 64 carry 65536 endpoints, not 100000 "
            "(allowed: a "
            "larger radix, more tiers or fewer endpoints)");
  EXPECT_THAT(error_of(network, 0), testing::HasSubstr("a network of 0 GPUs (allowed: 1 to "));
  EXPECT_THAT(error_of(network, -5), testing::HasSubstr("a network of -5 GPUs"));
  network.oversubscription = {1.0, 2.0, 3.0};
  EXPECT_THAT(error_of(network, 1000), testing::HasSubstr("oversubscription: 3 numbers for 3 tiers"));
  network = network_of(TopologyKind::clos, 64);
  network.switches = {};
  EXPECT_THAT(error_of(network, 1000),
              testing::HasSubstr("networks.back end.switches: the network names no switch"));
  network = network_of(TopologyKind::rail_optimised, 64);
  EXPECT_THAT(error_of(network, 1001),
              testing::HasSubstr("rails: 1001 GPUs do not fill servers with 8 rails"));
  network = network_of(TopologyKind::clos, 1);
  EXPECT_THAT(error_of(network, 8), testing::HasSubstr("a switch of 0.8 Tb/s has 1 ports of 800 Gb/s"));
}

TEST(Topology, MistakesInDragonflies) {
  Network network = network_of(TopologyKind::dragonfly, 7);
  EXPECT_THAT(error_of(network, 73),
              testing::HasSubstr("9 groups of 8 endpoints carry 72 endpoints, not 73"));
  network.hosts_per_router = 4;
  EXPECT_THAT(error_of(network, 72), testing::HasSubstr("routers_per_group: a dragonfly needs"));
  network.routers_per_group = 4;
  network.global_links_per_router = 2;
  EXPECT_THAT(error_of(network, 72), testing::HasSubstr("a router needs 9 ports"));
}

TEST(Topology, MistakesInTori) {
  Network network = network_of(TopologyKind::torus, 2);
  EXPECT_THAT(error_of(network, 64), testing::HasSubstr("dims: a torus needs its dimensions"));
  network.dims = {16, 16, 16};
  EXPECT_EQ(
      error_of(network, 4000),
      "networks.back end.dims: a torus of 16 x 16 x 16 has 4096 GPUs, not 4000 (allowed: dimensions whose "
      "product is 4000). Did you mean '[10, 20, 20]'?");
  network.dims = {16, -16, -16};
  EXPECT_THAT(error_of(network, 4096), testing::HasSubstr("dims[1]: -16 GPUs make no ring"));
  network = cube_torus({16, 16, 18});
  EXPECT_THAT(error_of(network, 16 * 16 * 18),
              testing::HasSubstr("dims[2]: 18 GPUs are no whole number of cubes"));
  network = cube_torus({32, 32, 16});
  EXPECT_THAT(error_of(network, 32 * 32 * 16),
              testing::HasSubstr("256 cubes need 256 paths through a circuit "
                                 "switch that has 128 ports to use"));
  network.circuit_switch = {};
  EXPECT_THAT(error_of(network, 32 * 32 * 16), testing::HasSubstr("cubes need circuit switches"));
}

TEST(Topology, MistakesElsewhere) {
  Network network = scale_up_domain();
  network.domain = 100;
  EXPECT_THAT(error_of(network, 100),
              testing::HasSubstr("one tier of switches of radix 72 joins no 100 GPUs"));
  network = network_of(TopologyKind::file, 64);
  EXPECT_THAT(error_of(network, 100), testing::HasSubstr("a topology file is read, not built"));
  network = network_of(TopologyKind::clos, 8);
  network.tiers = 2;
  use_circuit_switch(network);
  EXPECT_THAT(error_of(network, 18), testing::HasSubstr("18 endpoints do not fill two or more blocks of 4"));
}

}  // namespace
}  // namespace waverack::cluster
