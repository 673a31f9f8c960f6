#include "waverack/cluster/racks.hpp"

#include <gtest/gtest.h>

#include <array>

#include "hall_bills.hpp"
#include "waverack/base/error.hpp"

// Expected values by hand.

namespace waverack::cluster {
namespace {

RackLimits limits() {
  RackLimits l;
  l.power = exactly(100e3);
  l.air_cooling = exactly(40e3);
  l.liquid_cooling = exactly(80e3);
  l.height_units = 40.0;
  l.cages_per_unit = 32.0;
  return l;
}

RackBox box(double air, double liquid, double height, int gpus = 8) {
  RackBox b;
  b.name = "box";
  b.count = 100;
  b.air_w = air;
  b.liquid_w = liquid;
  b.height_units = height;
  b.gpus = gpus;
  b.peak_flops = gpus * 1e15;
  return b;
}

TEST(Racks, EachLimitInTurn) {
  const auto filled = [](const RackBox& b) { return fill_racks(limits(), {b}).fills[0]; };
  const RackFill air = filled(box(11e3, 0, 4));
  EXPECT_EQ(air.limit, RackLimit::air_cooling);
  EXPECT_EQ(air.boxes_per_rack, 3.0);  // 40/11
  EXPECT_EQ(air.racks, 34.0);
  EXPECT_DOUBLE_EQ(air.rack_power_w, 33e3);
  const RackFill liquid = filled(box(1e3, 30e3, 4));
  EXPECT_EQ(liquid.limit, RackLimit::liquid_cooling);
  EXPECT_EQ(liquid.boxes_per_rack, 2.0);
  const RackFill power = filled(box(4e3, 7e3, 4));
  EXPECT_EQ(power.limit, RackLimit::power);
  EXPECT_EQ(power.boxes_per_rack, 9.0);
  const RackFill height = filled(box(1e3, 1e3, 8));
  EXPECT_EQ(height.limit, RackLimit::height);
  EXPECT_EQ(height.boxes_per_rack, 5.0);
}

TEST(Racks, PlugsMayNeedMoreHeightThanTheBox) {
  RackBox node = box(1e3, 0, 4), wide = box(1e3, 0, 2, 0);
  wide.plugs = 128.0;  // 204.8 Tb/s of 1.6T modules need 4 units (facts: cluster 9)
  const RackResult result = fill_racks(limits(), {node, wide});
  EXPECT_EQ(result.fills[1].limit, RackLimit::faceplate);
  EXPECT_DOUBLE_EQ(result.fills[1].height_units, 4.0);
  EXPECT_EQ(result.fills[1].boxes_per_rack, 10.0);
  EXPECT_EQ(result.network_racks, 10.0);
}

TEST(Racks, ABoxAboveTheLimitsTakesSeveralRacks) {
  const RackResult result = fill_racks(limits(), {box(30e3, 170e3, 40, 72)});
  EXPECT_EQ(result.fills[0].limit, RackLimit::liquid_cooling);
  EXPECT_NEAR(result.fills[0].boxes_per_rack, 1.0 / 3.0, 1e-12);  // 170/80
  EXPECT_EQ(result.compute_racks, 300.0);
  EXPECT_NEAR(result.gpus_per_rack, 24.0, 1e-9);
}

TEST(Racks, ABoxThatFillsItsRackFits) {
  EXPECT_EQ(fill_racks(limits(), {box(40e3, 60e3, 40)}).fills[0].boxes_per_rack, 1.0);
}

TEST(Racks, DensityOfComputing) {
  RackBox network_box = box(2e3, 0, 2, 0);
  network_box.count = 20;
  const RackResult result = fill_racks(limits(), {box(10e3, 0, 4), network_box});
  EXPECT_EQ(result.gpus_per_rack, 32.0);
  EXPECT_DOUBLE_EQ(result.flops_per_rack, 32e15);
  EXPECT_DOUBLE_EQ(result.rack_power_w, 40e3);
  EXPECT_DOUBLE_EQ(result.power_per_gpu_w, 1250.0);
  EXPECT_DOUBLE_EQ(result.gpus_per_rack_of_all, 800.0 / 26.0);  // 25 racks of nodes, 1 of switches
}

TEST(Racks, NoBoxWithAGpuIsAnError) { EXPECT_THROW(fill_racks(limits(), {box(1e3, 0, 4, 0)}), Error); }

// What a cut of 70 % of an optics share s gives in a rack limited by its power: 1/(1 − 0.7 s) − 1, and +40 %
// needs s = 41 % (facts: cluster 3.3, C6).
TEST(Racks, OpticsInARackLimitedByPower) {
  for (const double share : {0.04, 0.15, 0.408}) {
    const double node = 10e3;
    const RackResult before = fill_racks(limits(), {box(0, node, 1)});
    const RackResult after = fill_racks(limits(), {box(0, node * (1.0 - 0.7 * share), 1)});
    const DensityRatio ratio = density_over(after, before);
    EXPECT_NEAR(ratio.power, 1.0 / (1.0 - 0.7 * share), 1e-12);
    EXPECT_NEAR(ratio.room, ratio.power, 1e-12);
  }
  const DensityRatio needed = density_over(fill_racks(limits(), {box(0, 10e3 * (1.0 - 0.7 * 0.408), 1)}),
                                           fill_racks(limits(), {box(0, 10e3, 1)}));
  EXPECT_NEAR(needed.power, 1.40, 0.002);
}

// The change of the cooling class is what makes racks dense: 40 kW of air against 120 kW of liquid (same).
TEST(Racks, LiquidIsWhatMakesRacksDense) {
  RackLimits l = limits();
  l.power = exactly(200e3);
  l.liquid_cooling = exactly(120e3);
  RackBox liquid = box(0, 10e3, 2), air = box(10e3, 0, 2);
  liquid.count = air.count = 120;
  const DensityRatio ratio = density_over(fill_racks(l, {liquid}), fill_racks(l, {air}));
  EXPECT_DOUBLE_EQ(ratio.whole, 3.0);
  EXPECT_DOUBLE_EQ(ratio.power, 1.0);
}

TEST(Racks, BoxesOfABill) {
  std::vector<BillLine> bill{nodes(10, 8e3, 0.75),
                             bill_line(ItemKind::switch_box, "back-end", "leaf", 4, 2e3),
                             bill_line(ItemKind::module, "back-end", "leaf", 256, 15),
                             bill_line(ItemKind::module, "back-end", "nic", 80, 10),
                             bill_line(ItemKind::external_laser, "back-end", "leaf", 8, 10),
                             bill_line(ItemKind::network_card, "back-end", "nic", 80, 20)};
  Hall hall;
  hall.power_supplies = flat_stage(0.10);
  hall.server_fans_air = exactly(0.10);
  hall.server_fans_liquid = exactly(0.02);
  ComputeNode node;
  node.gpus = 8;
  node.peak_flops = 1e15;
  node.height_units = 6.0;
  Technology pluggable;
  pluggable.form = Form::pluggable;
  const std::vector<RackBox> boxes = rack_boxes(bill, std::array{pluggable}, hall, node, {});
  ASSERT_EQ(boxes.size(), 2u);
  // A node: 2 kW and 8 cards of 20 W in air, 8 modules of 10 W behind supplies; 6 kW in liquid.
  EXPECT_NEAR(boxes[0].air_w, 1.1 * (2e3 + 160.0 + 80.0 * 1.1) + 0.02 * 6e3, 1e-9);
  EXPECT_NEAR(boxes[0].liquid_w, 6e3, 1e-9);
  EXPECT_EQ(boxes[0].gpus, 8);
  EXPECT_DOUBLE_EQ(boxes[0].peak_flops, 8e15);
  EXPECT_EQ(boxes[1].name, "back-end leaf");
  EXPECT_EQ(boxes[1].plugs, 64.0);
  EXPECT_NEAR(boxes[1].power_w(), 1.1 * (2e3 + 1.1 * (64 * 15.0 + 2 * 10.0)), 1e-9);
  EXPECT_DOUBLE_EQ(boxes[1].height_units, 2.0);
  // Together they are the IT of the hall.
  const HallResult solved = solve_hall(hall, hall_year(hall, "hall"), bill);
  EXPECT_NEAR(10.0 * boxes[0].power_w() + 4.0 * boxes[1].power_w(), solved.it_w, 1e-6);
}

TEST(Racks, StatedMaximaFillThemEarlier) {
  std::vector<BillLine> bill{nodes(100, 9e3, 0.0), bill_line(ItemKind::switch_box, "n", "leaf", 10, 2900),
                             bill_line(ItemKind::module, "n", "leaf", 720, 25),
                             bill_line(ItemKind::module, "n", "nic", 800, 15)};
  bill[0].maximum_power = exactly(11e3);
  bill[1].maximum_power = exactly(7e3);
  const std::vector<BillLine> full = at_maximum(bill);
  EXPECT_EQ(full[0].power.value, 11e3);
  EXPECT_EQ(full[1].power.value, 7e3);  // 2.9 kW and 72 modules of 25 W are in it
  EXPECT_EQ(full[2].power.value, 0.0);
  EXPECT_EQ(full[3].power.value, 15.0);
  // Below what box and optics typically draw, a maximum says nothing.
  bill[1].maximum_power = exactly(4e3);
  EXPECT_EQ(at_maximum(bill)[1].power.value, 2900.0);
  EXPECT_EQ(at_maximum(bill)[2].power.value, 25.0);
  bill[0].maximum_power = {};  // not stated
  EXPECT_EQ(at_maximum(bill)[0].power.value, 9e3);
}

}  // namespace
}  // namespace waverack::cluster
