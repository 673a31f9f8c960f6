#include "waverack/cluster/hall.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "hall_bills.hpp"
#include "waverack/base/error.hpp"

// Expected values by hand from the formulas of facts: thermal 12.2. The table of thermal 13 is in
// facility_test.cpp, which solves the same hall.

namespace waverack::cluster {
namespace {

// No losses of power, no lighting, no water loop but its pumps: a hall that can be added up by hand.
Hall simple_hall() {
  Hall hall;
  hall.power_supplies = hall.distribution = hall.ups = hall.transformers = flat_stage(0.0);
  hall.miscellaneous = exactly(0.0);
  hall.tower_fans = exactly(0.0);
  hall.chilled_water = hall.facility_water = exactly(273.15 + 60.0);  // no chiller in any weather
  return hall;
}

HallResult solved(const Hall& hall, const std::vector<BillLine>& bill) {
  return solve_hall(hall, hall_year(hall, "hall"), bill);
}

double sum(const HallResult& result, bool (*wanted)(Cause)) {
  double watts = 0.0;
  for (const HallItem& item : result.items)
    if (wanted(item.cause)) watts += item.power_w;
  return watts;
}

// 80 kW of nodes, three quarters in liquid; 10 kW of a switch and 10 kW of optics in it, in air.
std::vector<BillLine> mixed_bill() {
  std::vector<BillLine> bill{nodes(10, 8e3, 0.75),
                             bill_line(ItemKind::switch_box, "back-end", "leaf", 4, 2500),
                             bill_line(ItemKind::module, "back-end", "leaf", 400, 15),
                             bill_line(ItemKind::module, "back-end", "nic", 400, 10)};
  bill[0].maximum_power = exactly(10e3);
  bill[1].maximum_power = exactly(6e3);
  return bill;
}

TEST(Hall, AddsUpByHand) {
  const HallResult result = solved(simple_hall(), mixed_bill());
  // 60 kW in liquid, 40 kW in air; fans of 10 % and 2 %.
  const double fans = 4e3 + 1.2e3, it = 100e3 + fans, air = 40e3 + fans, liquid = 60e3;
  EXPECT_NEAR(power_of(result, Cause::server_fans), fans, 1e-6);
  EXPECT_NEAR(result.it_w, it, 1e-6);
  EXPECT_NEAR(result.heat_to_air_w, air, 1e-6);
  EXPECT_NEAR(result.heat_to_liquid_w, liquid, 1e-6);
  // Transport: pressure over (rho c · rise · efficiency).
  const double room_fans = air * 350.0 / (1.2 * 1005.0 * 12.0 * 0.6);
  const double coolant = liquid * 250e3 / (1015.0 * 3900.0 * 10.0 * 0.6);
  const double water = (air + room_fans + liquid + coolant) * 250e3 / (998.0 * 4180.0 * 6.0 * 0.6);
  EXPECT_NEAR(power_of(result, Cause::room_fans), room_fans, 1e-6);
  EXPECT_NEAR(power_of(result, Cause::coolant_pumps), coolant, 1e-6);
  EXPECT_NEAR(power_of(result, Cause::water_pumps), water, 1e-6);
  EXPECT_EQ(power_of(result, Cause::chillers), 0.0);
  EXPECT_NEAR(result.facility_w, it + room_fans + coolant + water, 1e-6);
  EXPECT_NEAR(result.pue, result.facility_w / it, 1e-12);
  EXPECT_NEAR(result.itue, it / 100e3, 1e-12);
  EXPECT_NEAR(result.energy_kwh, result.facility_w * 8.76, 1e-6);
}

TEST(Hall, ItemsAddUpToTheTotal) {
  for (const Climate climate : {Climate::cold, Climate::temperate, Climate::hot_humid}) {
    for (const HeatRejection rejection : {HeatRejection::tower, HeatRejection::dry_cooler}) {
      Hall hall;
      hall.climate = climate;
      hall.liquid_rejection = rejection;
      const HallResult result = solved(hall, mixed_bill());
      const double all = std::accumulate(result.items.begin(), result.items.end(), 0.0,
                                         [](double w, const HallItem& item) { return w + item.power_w; });
      EXPECT_NEAR(all / result.facility_w, 1.0, 1e-12);
      EXPECT_NEAR(sum(result, is_it) / result.it_w, 1.0, 1e-12);
      // Every watt of the IT leaves as heat in air or liquid.
      EXPECT_NEAR((result.heat_to_air_w + result.heat_to_liquid_w) / result.it_w, 1.0, 1e-12);
      EXPECT_NEAR((sum(result, is_it) + sum(result, is_cooling) + sum(result, is_loss) +
                   power_of(result, Cause::miscellaneous)) /
                      result.facility_w,
                  1.0, 1e-12);
      EXPECT_NEAR(result.tue, result.facility_w / result.electronics_w, 1e-12);
    }
  }
}

TEST(Hall, SplitsNetworksByCause) {
  const HallResult result = solved(simple_hall(), mixed_bill());
  EXPECT_NEAR(power_of(result, Cause::nodes), 80e3, 1e-9);
  EXPECT_NEAR(power_of(result, Cause::switches), 10e3, 1e-9);
  EXPECT_NEAR(power_of(result, Cause::optics), 10e3, 1e-9);
  const auto found = std::find_if(result.items.begin(), result.items.end(),
                                  [](const HallItem& item) { return item.cause == Cause::optics; });
  ASSERT_NE(found, result.items.end());
  EXPECT_EQ(found->network, "back-end");
}

TEST(Hall, FansFollowTheThirdPowerOfTheirSpeed) {
  Hall hall = simple_hall();
  const HallResult fast = solved(hall, mixed_bill());
  hall.air_rise = exactly(24.0);  // half of the flow
  const HallResult slow = solved(hall, mixed_bill());
  EXPECT_NEAR(power_of(slow, Cause::server_fans), power_of(fast, Cause::server_fans) / 8.0, 1e-9);
  const double heat = slow.heat_to_air_w / fast.heat_to_air_w;
  EXPECT_NEAR(power_of(slow, Cause::room_fans), power_of(fast, Cause::room_fans) / 8.0 * heat, 1e-9);
}

TEST(Hall, TypicalAndMaximumAreKeptApart) {
  const HallResult result = solved(simple_hall(), mixed_bill());
  // Nodes 100 kW; switches 24 kW, which holds the 6 kW of optics in them; 4 kW at network cards, not stated.
  const double provisioned = 100e3 + 24e3 + 4e3;
  EXPECT_NEAR(result.provisioned_it_w / result.it_w, provisioned / 100e3, 1e-12);
  EXPECT_NEAR(result.typical_in_provisioned_w, 4e3, 1e-9);
  EXPECT_GT(result.provisioned_w, result.warmest_hour_w);
}

TEST(Hall, AMaximumBelowItsPartsIsTheirSum) {
  std::vector<BillLine> bill{bill_line(ItemKind::switch_box, "n", "leaf", 1, 900),
                             bill_line(ItemKind::module, "n", "leaf", 64, 15)};
  bill[0].maximum_power = exactly(1000);
  const HallResult result = solved(simple_hall(), bill);
  EXPECT_NEAR(result.provisioned_it_w, result.it_w, 1e-9);
  EXPECT_EQ(result.typical_in_provisioned_w, 0.0);
}

TEST(Hall, TheWarmestHourNeedsMoreThanTheMean) {
  Hall hall;
  const HallResult result = solved(hall, mixed_bill());
  EXPECT_GT(result.warmest_hour_w, result.facility_w * 1.01);
  hall.climate = Climate::cold;
  EXPECT_LT(solved(hall, mixed_bill()).warmest_hour_w, result.warmest_hour_w);
}

TEST(Hall, SuppliesFeedOpticsAndAreInsideOfBoxes) {
  Hall hall = simple_hall();
  hall.power_supplies = flat_stage(0.05);
  const HallResult result = solved(hall, mixed_bill());
  EXPECT_NEAR(power_of(result, Cause::power_supplies), 0.05 * 10e3, 1e-9);
  // 90 kW at inlets hold 90/1.05 kW of electronics.
  EXPECT_NEAR(result.electronics_w, 10e3 + 90e3 / 1.05, 1e-6);
  EXPECT_NEAR(result.bill_w, 100e3, 1e-9);
}

TEST(Hall, StagesOfThePowerCarryWhatIsBehindThem) {
  Hall hall = simple_hall();
  hall.distribution = flat_stage(0.01);
  hall.ups = flat_stage(0.04);
  hall.transformers = flat_stage(0.02);
  const HallResult result = solved(hall, mixed_bill());
  EXPECT_NEAR(power_of(result, Cause::distribution), 0.01 * result.it_w, 1e-9);
  EXPECT_NEAR(power_of(result, Cause::ups), 0.04 * 1.01 * result.it_w, 1e-9);
  const double behind = result.facility_w - power_of(result, Cause::transformers);
  EXPECT_NEAR(power_of(result, Cause::transformers), 0.02 * behind, 1e-9);
}

TEST(Hall, WaterOfTowers) {
  Hall hall = simple_hall();
  hall.evaporated_share = exactly(1.0);
  hall.concentration = exactly(2.0);  // as much is drained as evaporates
  const HallResult result = solved(hall, mixed_bill());
  const double heat =
      result.it_w + power_of(result, Cause::room_fans) + power_of(result, Cause::coolant_pumps);
  EXPECT_NEAR(result.water_m3, 2.0 * heat * 8760.0 * 3600.0 / 2.43e6 / 1000.0, 1e-6 * result.water_m3);
  hall.liquid_rejection = HeatRejection::dry_cooler;
  const double to_air = result.heat_to_air_w + power_of(result, Cause::room_fans);
  EXPECT_NEAR(solved(hall, mixed_bill()).water_m3 / result.water_m3, to_air / heat, 1e-9);
}

TEST(Hall, AnEmptyBillIsNothing) {
  const HallResult result = solved(Hall{}, std::vector<BillLine>{});
  EXPECT_EQ(result.facility_w, 0.0);
  EXPECT_EQ(result.pue, 1.0);
}

TEST(PowerStage, ReadsItsTable) {
  const PowerStage titanium = Hall{}.power_supplies;
  const auto efficiency = [&](double load) { return 1.0 / (1.0 + stage_loss(titanium, load)); };
  // 80 PLUS Titanium, 230 V internal redundant: 90, 94, 96, 91 % at 10, 20, 50, 100 %.
  EXPECT_NEAR(efficiency(0.1), 0.90, 1e-12);
  EXPECT_NEAR(efficiency(0.2), 0.94, 1e-12);
  EXPECT_NEAR(efficiency(0.35), 0.95, 1e-12);
  EXPECT_NEAR(efficiency(1.0), 0.91, 1e-12);
  EXPECT_NEAR(efficiency(0.01), 0.90, 1e-12);
  EXPECT_NEAR(efficiency(1.5), 0.91, 1e-12);
}

void expect_refused(const PowerStage& stage, const std::string& path, const std::string& words) {
  Hall hall;
  hall.ups = stage;
  try {
    hall_year(hall, "hall");
    ADD_FAILURE() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.info().path, path);
    EXPECT_NE(error.info().message.find(words), std::string::npos) << error.what();
  }
}

TEST(PowerStage, RefusesListsThatCannotBe) {
  expect_refused({{}, {}, exactly(1), exactly(1)}, "hall.ups.loads", "no load");
  expect_refused({{0.5, 0.5}, {0.9, 0.9}, exactly(1), exactly(1)}, "hall.ups.loads", "do not rise");
  expect_refused({{0.5, 1.0}, {0.9}, exactly(1), exactly(1)}, "hall.ups.efficiencies",
                 "1 efficiencies for 2");
}

// Makers state what a box draws at its inlet. Its fans are then in its watts and must not come on top.
TEST(Hall, FansInsideOfABoxCountOnce) {
  const Hall hall = simple_hall();
  std::vector<BillLine> bill{nodes(10, 11e3, 0.0), nodes(10, 10e3, 0.0)};
  bill[0].fans_inside_at = 0.0;
  const HallResult result = solved(hall, bill);
  // 11 kW hold 10 kW of electronics and 1 kW of fans; beside them 10 kW that need a further 1 kW.
  EXPECT_NEAR(power_of(result, Cause::nodes), 200e3, 1e-6);
  EXPECT_NEAR(power_of(result, Cause::server_fans), 20e3, 1e-6);
  EXPECT_NEAR(result.it_w, 110e3 + 110e3, 1e-6);
  EXPECT_NEAR(result.bill_w, 210e3, 1e-6);
  EXPECT_NEAR(result.itue, 1.1, 1e-12);
}

// How much of a stated power is fans is not known, so it moves TUE and not the IT.
TEST(Hall, FansInsideOfABoxDoNotMoveItsWatts) {
  Hall hall = simple_hall();
  std::vector<BillLine> bill{nodes(10, 10e3, 0.85)};
  bill[0].fans_inside_at = 0.85;
  const HallResult usual = solved(hall, bill);
  EXPECT_NEAR(usual.it_w, 100e3, 1e-6);
  EXPECT_NEAR(usual.itue, 1.0 + 0.15 * 0.10 + 0.85 * 0.02, 1e-12);
  hall.server_fans_air = exactly(0.15);
  const HallResult strong = solved(hall, bill);
  EXPECT_NEAR(strong.it_w, 100e3, 1e-6);
  EXPECT_GT(strong.tue, usual.tue + 0.005);
}

// A box stated in air sheds fans where cold plates take its heat: 1.1 of its electronics become 1.02.
TEST(Hall, FansLeaveABoxThatMovesToLiquid) {
  std::vector<BillLine> bill{bill_line(ItemKind::switch_box, "n", "leaf", 1, 2200, 1.0)};
  bill[0].fans_inside_at = 0.0;
  EXPECT_NEAR(solved(simple_hall(), bill).it_w, 2200.0 * 1.02 / 1.1, 1e-9);
}

}  // namespace
}  // namespace waverack::cluster
