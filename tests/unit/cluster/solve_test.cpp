#include <gtest/gtest.h>

#include "waverack/cluster/cluster.hpp"

// Expected values by hand from the facts, cluster 4.1 and 5.4.

namespace waverack::cluster {
namespace {

// A module that is nothing but its watts: energies per bit under the boundaries.
module::ModuleResult module_of(double rate, double optics_w, double host_w) {
  module::ModuleResult result;
  result.mac_rate = rate;
  result.power_w = {optics_w, optics_w, optics_w + host_w, optics_w + host_w};
  result.energy_per_bit = {optics_w / rate, optics_w / rate, (optics_w + host_w) / rate,
                           (optics_w + host_w) / rate};
  return result;
}

// 800 Gb/s at 16.5 W, and an engine of 4 × 800 Gb/s at 4 × 4.5 W: the facts' table of watts per GPU.
const module::ModuleResult dsp = module_of(800e9, 16.5, 0.0);
const module::ModuleResult solved_engine = module_of(3200e9, 18.0, 0.0);

// 32,768 endpoints on radix 128: three tiers.

TEST(ClusterSolve, OpticsPerEndpointOfPluggables) {
  Cluster cluster;
  const ClusterResult result = solve(cluster, "DSP", dsp);
  EXPECT_EQ(result.tiers, 3);
  EXPECT_NEAR(result.comparison[0].optics_w / 32768.0, 99.0, 1e-9);  // L = 3 (facts: cluster 5.4)
  EXPECT_DOUBLE_EQ(result.modules.value, 6.0 * 32768);
  EXPECT_FALSE(result.rack_density.has_value());
  cluster.gpus = 8192;
  EXPECT_NEAR(solve(cluster, "DSP", dsp).comparison[0].optics_w / 8192.0, 66.0, 1e-9);  // L = 2
}

TEST(ClusterSolve, CopackagedEnginesLeaveTheNicPluggable) {
  Cluster cluster;
  cluster.nic_keeps_pluggable = true;
  const Baseline baseline{"DSP", dsp, 0.0};
  const ClusterResult result = solve(cluster, "CPO", solved_engine, &baseline);
  // 16.5 + 5 · 4.5 = 39 W per GPU, inside the facts' 34 to 44 W.
  EXPECT_NEAR(result.comparison[0].optics_w / 32768.0, 39.0, 1e-9);
  EXPECT_DOUBLE_EQ(result.modules.value, 5.0 * 32768 / 4.0);
  EXPECT_EQ(result.comparison[0].nic_module, "DSP");
  // 60 W of 99 W saved per GPU against 1889 W of rack: 2.8 to 3.5 % in the facts, the switches on top.
  ASSERT_TRUE(result.rack_density.has_value());
  EXPECT_GT(result.rack_density->value, 1.025);
  EXPECT_LT(result.rack_density->value, 1.035);
  EXPECT_TRUE(result.warnings.empty());
}

TEST(ClusterSolve, ASwitchOnlyModuleWithoutBaselineIsWarnedAbout) {
  Cluster cluster;
  cluster.nic_keeps_pluggable = true;
  const ClusterResult result = solve(cluster, "CPO", solved_engine);
  ASSERT_EQ(result.warnings.size(), 1u);
  EXPECT_EQ(result.warnings[0].path, "cluster.nic_keeps_pluggable");
}

TEST(ClusterSolve, SavingsShrinkFromModuleToFacility) {
  Cluster cluster;
  cluster.nic_keeps_pluggable = true;
  const Baseline baseline{"DSP", dsp, 0.0};
  const ClusterResult result = solve(cluster, "CPO", solved_engine, &baseline);
  ASSERT_EQ(result.savings.size(), 6u);
  EXPECT_EQ(result.savings[0].boundary, "module");
  EXPECT_NEAR(result.savings[0].saving, 1.0 - 4.5 / 16.5, 1e-12);
  EXPECT_LT(result.savings[2].saving, result.savings[0].saving);  // switch
  EXPECT_LT(result.savings[4].saving, 0.05);                      // cluster
  EXPECT_EQ(result.savings[5].boundary, "facility");
}

TEST(ClusterSolve, HostSerDesChangesTheSwitch) {
  // 2 W less of SerDes at each of 128 ports.
  const module::ModuleResult near_host = module_of(800e9, 10.0, 1.0), far_host = module_of(800e9, 10.0, 3.0);
  const Cluster cluster;
  const Baseline baseline{"far", far_host, 0.0};
  const ClusterResult result = solve(cluster, "near", near_host, &baseline);
  EXPECT_NEAR(result.comparison[1].switch_w - result.comparison[0].switch_w, 128 * 2.0, 1e-9);
  // And at the network cards: 6 ends per GPU in three tiers.
  EXPECT_NEAR(result.comparison[1].network_w - result.comparison[0].network_w, 32768 * 6 * 2.0, 1e-6);
}

// By hand: of 8 endpoints on one switch of radix 8, 85 % of 1889 W each, and the switch with the optics in it
// where the network is cooled by liquid; optics on network cards stay in air.
TEST(ClusterSolve, OpticsInSwitchesAreCooledAsTheyAre) {
  Cluster cluster;
  cluster.gpus = cluster.switch_radix = 8;
  cluster.switch_power = 140.0;
  cluster.network_liquid_share = 1.0;
  const ClusterResult result = solve(cluster, "DSP", dsp);
  const double gpus = 8 * 1889.0, optics = 8 * 16.5;
  EXPECT_NEAR(result.comparison[0].liquid_share,
              (0.85 * gpus + 140.0 + optics) / (gpus + 140.0 + 2.0 * optics), 1e-12);
}

// 12 endpoints on radix 8 in two tiers: 12 ends at cards and 36 at five switches, of whose 40 ports four are
// idle and drive nothing.
TEST(ClusterSolve, IdlePortsDriveNothing) {
  const module::ModuleResult near_host = module_of(800e9, 10.0, 1.0), far_host = module_of(800e9, 10.0, 3.0);
  Cluster cluster;
  cluster.gpus = 12;
  cluster.switch_radix = 8;
  const Baseline baseline{"far", far_host, 0.0};
  const ClusterResult result = solve(cluster, "near", near_host, &baseline);
  EXPECT_EQ(result.switches.value, 5.0);
  EXPECT_NEAR(result.comparison[1].network_w - result.comparison[0].network_w, 48 * 2.0, 1e-9);
}

// Facts, thermal 13: the same hall with 600 Pa of room fans has 1.250 in air and 1.129 with 90 % of the heat
// in liquid, as printed, whatever draws the watts; TUE counts fans of a tenth of what stands in air and a
// fiftieth of the rest.
TEST(ClusterSolve, ThePueIsThatOfTheHall) {
  Cluster cluster;
  cluster.facility.room_fan_pressure = 600.0;
  for (const auto& [liquid, pue] : {std::pair{0.0, 1.250}, {0.9, 1.129}}) {
    cluster.gpu_liquid_share = liquid;
    cluster.network_liquid_share = liquid;
    cluster.optics_power_spread = 0.0;
    const ClusterResult result = solve(cluster, "none", module_of(800e9, 0.0, 0.0));
    EXPECT_NEAR(result.comparison[0].liquid_share, liquid, 1e-12);
    EXPECT_NEAR(result.pue.value, pue, 0.0006);
    const double fans = 0.1 * (1.0 - liquid) + 0.02 * liquid;
    EXPECT_NEAR(result.tue.value, result.pue.value * (1.0 + fans), 1e-12);
    EXPECT_NEAR(result.it_w.value, (32768 * 1889.0 + 1280 * 2240.0) * (1.0 + fans), 1e-3);
  }
}

TEST(ClusterSolve, EqualModulesSaveNothing) {
  const Cluster cluster;
  const Baseline baseline{"same", dsp, 0.0};
  const ClusterResult result = solve(cluster, "DSP", dsp, &baseline);
  for (const Saving& saving : result.savings) EXPECT_NEAR(saving.saving, 0.0, 1e-12) << saving.boundary;
  EXPECT_DOUBLE_EQ(result.rack_density->value, 1.0);
}

TEST(ClusterSolve, ModulesPerNodeThreeWays) {
  // 81.92 Tb/s in modules of 800G: 103, 128 and 128.0; in engines of 3.2T: 32.0 (facts: cluster 2).
  const ModulesPerNode pluggables = solve({}, "DSP", dsp).node;
  EXPECT_EQ(pluggables.bare, 103);
  EXPECT_EQ(pluggables.power_of_two, 128);
  EXPECT_NEAR(pluggables.ratio_with_fill, 128.0, 1e-9);
  EXPECT_EQ(pluggables.with_fill, 128);
  const ModulesPerNode engines = solve({}, "CPO", solved_engine).node;
  EXPECT_EQ(engines.bare, 26);
  EXPECT_NEAR(engines.ratio_with_fill, 32.0, 1e-9);
  EXPECT_EQ(engines.with_fill, 32);
}

TEST(ClusterSolve, EstimatesBracketTheValue) {
  const Baseline baseline{"DSP", dsp, 0.0};
  const ClusterResult result = solve({}, "CPO", solved_engine, &baseline);
  for (const Estimate& e : {result.network_w, result.it_w, result.pue, result.tue, *result.rack_density}) {
    EXPECT_LT(e.low, e.value);
    EXPECT_LT(e.value, e.high);
  }
  EXPECT_DOUBLE_EQ(result.gpus.low, result.gpus.high);
}

// Theory: cluster, section 4: the ratio gains most where the network is heavy and the endpoints are light.
// All in air, fans cancel: 8 endpoints, one switch, 16 ends of 16.5 or 4.5 W.
TEST(ClusterSolve, DensityHasItsEndsWhereTheNetworkIsHeavyAndLight) {
  Cluster cluster;
  cluster.gpus = cluster.switch_radix = 8;
  cluster.gpu_liquid_share = 0.0;
  cluster.switch_power = 140.0;
  const Baseline baseline{"DSP", dsp, 0.0};
  const ClusterResult result = solve(cluster, "CPO", solved_engine, &baseline);
  const auto density = [](double gpus, double box, double optics) {
    const double rest = 8 * 1889.0 * gpus + 140.0 * box;
    return (rest + 16 * 16.5 * optics) / (rest + 16 * 4.5 * optics);
  };
  EXPECT_NEAR(result.rack_density->value, density(1.0, 1.0, 1.0), 1e-12);
  EXPECT_NEAR(result.rack_density->low, density(1.03, 0.84, 0.85), 1e-12);
  EXPECT_NEAR(result.rack_density->high, density(0.97, 1.16, 1.15), 1e-12);
}

TEST(ClusterSolve, AGivenPueOverridesTheHall) {
  Cluster cluster;
  cluster.pue = 1.3;
  const ClusterResult result = solve(cluster, "DSP", dsp);
  EXPECT_DOUBLE_EQ(result.pue.value, 1.3);
  EXPECT_NEAR(result.comparison[0].facility_w, 1.3 * result.it_w.value, 1e-6);
  // Fans are what IT has beyond the electronics.
  const double electronics = 32768 * (1889.0 + 6 * 16.5) + 1280 * 2240.0;
  EXPECT_NEAR(result.tue.value, 1.3 * result.it_w.value / electronics, 1e-9);
}

}  // namespace
}  // namespace waverack::cluster
