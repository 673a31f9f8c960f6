#include "waverack/cluster/power.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "hall_bills.hpp"
#include "waverack/cluster/facility.hpp"

// Expected values by hand.

namespace waverack::cluster {
namespace {

// Two tiers of switches, one module for two ends at a switch and one for each end at a card.
std::vector<BillLine> bill_of(double module_w, double box_w) {
  std::vector<BillLine> bill{nodes(100, 1000, 0.5),
                             bill_line(ItemKind::switch_box, "back-end", "leaf", 4, box_w),
                             bill_line(ItemKind::switch_box, "back-end", "spine", 2, box_w),
                             bill_line(ItemKind::module, "back-end", "nic", 100, module_w),
                             bill_line(ItemKind::module, "back-end", "leaf", 100, 2 * module_w, 0.25),
                             bill_line(ItemKind::module, "back-end", "spine", 50, 2 * module_w)};
  const int tiers[] = {-1, 0, 1, 0, 0, 1};
  for (std::size_t i = 0; i < bill.size(); ++i) bill[i].tier = tiers[i];
  bill[3].ends = 100;
  bill[4].ends = 200;
  bill[5].ends = 100;
  for (BillLine& line : bill) line.rate = 800e9;
  bill[3].item = bill[4].item = bill[5].item = "dsp";
  return bill;
}

HallResult hall_of_bill(const std::vector<BillLine>& bill) {
  Hall hall;
  return solve_hall(hall, hall_year(hall, "hall"), bill);
}

TEST(Power, SumsByEveryKey) {
  const std::vector<BillLine> bill = bill_of(15, 2000);
  const auto sums = [&](PowerKey key) {
    std::string text;
    double all = 0.0;
    for (const PowerSum& sum : power_by(bill, key)) {
      text += sum.name + "=" + std::to_string(std::lround(sum.power_w)) + " ";
      all += sum.power_w;
    }
    EXPECT_DOUBLE_EQ(all, 100e3 + 12e3 + 6e3);
    return text;
  };
  EXPECT_EQ(sums(PowerKey::network), "nodes=100000 back-end=18000 ");
  EXPECT_EQ(sums(PowerKey::tier), "nodes=100000 back-end tier 0=12500 back-end tier 1=5500 ");
  EXPECT_EQ(sums(PowerKey::kind), "node=100000 switch_box=12000 module=6000 ");
  const std::vector<PowerSum> items = power_by(bill, PowerKey::item);
  EXPECT_EQ(items.back().name, "dsp");
  EXPECT_EQ(items.back().quantity, 250);
  EXPECT_DOUBLE_EQ(items.back().liquid_w, 0.25 * 3000);
  EXPECT_DOUBLE_EQ(network_power(bill), 18e3);
  EXPECT_DOUBLE_EQ(optics_power(bill), 6e3);
}

TEST(Power, SavingsAtEveryBoundary) {
  const std::vector<BillLine> before = bill_of(15, 2000), after = bill_of(5, 1900);
  Technology twin;
  twin.mac_rate = 1600e9;
  twin.host_power = 8.0;
  Technology near_twin = twin;
  near_twin.host_power = 2.0;
  const HallResult before_hall = hall_of_bill(before), after_hall = hall_of_bill(after);
  const std::vector<Technology> before_list{twin}, after_list{near_twin};
  const std::vector<Saving> list =
      savings({after, after_list, after_hall}, {before, before_list, before_hall});
  ASSERT_EQ(list.size(), 6u);
  EXPECT_EQ(list[0].boundary, "module");
  EXPECT_DOUBLE_EQ(list[0].baseline_w, 15.0);  // 6000 W over 400 ends
  EXPECT_DOUBLE_EQ(list[0].saving, 1.0 - 5.0 / 15.0);
  EXPECT_DOUBLE_EQ(list[1].baseline_w, 15.0 + 4.0);  // half of the host of 1.6 Tb/s at each end
  EXPECT_DOUBLE_EQ(list[1].value_w, 5.0 + 1.0);
  EXPECT_EQ(list[2].boundary, "switch");
  EXPECT_DOUBLE_EQ(list[2].baseline_w, (12000.0 + 4500.0) / 6.0);
  EXPECT_DOUBLE_EQ(list[2].value_w, (11400.0 + 1500.0) / 6.0);
  EXPECT_EQ(list[3].boundary, "network");
  EXPECT_DOUBLE_EQ(list[3].saving, 1.0 - 13400.0 / 18000.0);
  EXPECT_EQ(list[4].boundary, "cluster");
  EXPECT_DOUBLE_EQ(list[4].baseline_w, before_hall.it_w);
  EXPECT_EQ(list[5].boundary, "facility");
  EXPECT_DOUBLE_EQ(list[5].value_w, after_hall.facility_w);
  for (std::size_t i = 3; i < list.size(); ++i) EXPECT_LT(list[i].saving, list[i - 1].saving + 0.1);
}

// Switches that move to liquid with their optics: what is saved without that is what the optics save.
TEST(Power, CoolingIsToldFromOptics) {
  const std::vector<BillLine> before = bill_of(15, 2000);
  std::vector<BillLine> after = bill_of(5, 2000);
  for (std::size_t i : {1U, 2U, 4U, 5U}) after[i].liquid_share = 0.9;
  const std::vector<BillLine> alike = cooled_alike(after, before);
  Technology twin;
  twin.mac_rate = 1600e9;
  const std::vector<Technology> technologies{twin};
  for (std::size_t i : {1U, 2U, 4U, 5U}) EXPECT_EQ(alike[i].liquid_share, 0.0) << i;  // of the boxes
  EXPECT_EQ(alike[0].liquid_share, 0.5);

  const HallResult before_hall = hall_of_bill(before), after_hall = hall_of_bill(after),
                   alike_hall = hall_of_bill(alike);
  const std::vector<Saving> list =
      savings({after, technologies, after_hall, &alike_hall}, {before, technologies, before_hall});
  const auto saving = [&](std::string_view boundary) {
    for (const Saving& item : list)
      if (item.boundary == boundary) return item.saving;
    ADD_FAILURE() << boundary;
    return 0.0;
  };
  EXPECT_EQ(list.size(), boundaries().size());
  for (std::size_t b = 0; b < list.size(); ++b) EXPECT_EQ(list[b].boundary, boundaries()[b]);
  EXPECT_DOUBLE_EQ(saving("facility_cooled_alike"), 1.0 - alike_hall.facility_w / before_hall.facility_w);
  // 4 kW of optics in air less, at the meter as at the plugs; the cooling comes on top.
  EXPECT_GT(saving("cluster_cooled_alike"), 4e3 / before_hall.it_w);
  EXPECT_GT(saving("cluster"), saving("cluster_cooled_alike") + 0.005);
  EXPECT_GT(saving("facility"), saving("facility_cooled_alike") + 0.005);

  // Boxes at a place that the baseline has not are cooled as others of the network; other networks keep
  // theirs.
  std::vector<BillLine> odd{bill_line(ItemKind::switch_box, "back-end", "core", 1, 100, 0.9),
                            bill_line(ItemKind::switch_box, "front-end", "leaf", 1, 100, 0.9),
                            bill_line(ItemKind::module, "back-end", "nic", 1, 10, 0.3)};
  odd[0].tier = odd[1].tier = 0;
  const std::vector<BillLine> moved = cooled_alike(odd, before);
  EXPECT_EQ(moved[0].liquid_share, 0.0);
  EXPECT_EQ(moved[1].liquid_share, 0.9);
  EXPECT_EQ(moved[2].liquid_share, 0.3);
}

TEST(Power, ABoundaryWithoutWattsIsLeftOut) {
  const std::vector<BillLine> bill{nodes(10, 1000, 0.0)};
  const HallResult hall = hall_of_bill(bill);
  const std::vector<Saving> list = savings({bill, {}, hall}, {bill, {}, hall});
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0].boundary, "cluster");
  EXPECT_DOUBLE_EQ(list[0].saving, 0.0);
}

// The NVIDIA and Vertiv study (facts: thermal 12.3): of 50 racks 75 % are moved to liquid, the facility's
// power falls from 0.38 to 0.311 and the IT's from 1 to 0.928. What they call facility −18.1 %, total −10.2
// %, PUE −3.3 %, from our definitions: halls whose fans and losses are theirs.
TEST(Power, ArithmeticOfThePublishedStudy) {
  const auto hall_with = [](double fans, double losses) {
    Facility facility;
    facility.server_fans_air = facility.server_fans_liquid = fans;
    facility.electrical_losses = losses;
    facility.miscellaneous = 0.0;
    facility.room_fan_pressure = 0.0;
    Hall hall = waverack::cluster::hall_of(facility);
    hall.facility_pressure = hall.coolant_pressure = hall.tower_fans = exactly(0.0);
    hall.chilled_water = hall.facility_water = exactly(273.15 + 60.0);
    return hall;
  };
  const std::vector<BillLine> bill{nodes(1, 0.9, 0.0)};
  const Hall air = hall_with(1.0 / 0.9 - 1.0, 0.38), liquid = hall_with(0.928 / 0.9 - 1.0, 0.311 / 0.928);
  const HallResult before = solve_hall(air, hall_year(air, ""), bill),
                   after = solve_hall(liquid, hall_year(liquid, ""), bill);
  EXPECT_NEAR(before.it_w, 1.0, 1e-12);
  EXPECT_NEAR(before.pue, 1.38, 1e-12);
  const std::vector<Saving> list = savings({bill, {}, after}, {bill, {}, before});
  EXPECT_NEAR((after.facility_w - after.it_w) / (before.facility_w - before.it_w) - 1.0, -0.181, 0.001);
  EXPECT_NEAR(list[1].saving, 0.102, 0.0006);                 // total
  EXPECT_NEAR(after.pue / before.pue - 1.0, -0.033, 0.0006);  // PUE falls least
  EXPECT_NEAR(after.tue / before.tue - 1.0, -0.102, 0.0006);  // TUE tells it
}

}  // namespace
}  // namespace waverack::cluster
