#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "hall_bills.hpp"
#include "waverack/cluster/facility.hpp"
#include "waverack/cluster/hall.hpp"

namespace waverack::cluster {
namespace {

// A hall drawn from the ranges of its numbers; facility water at least as warm as the chilled water, as no
// one builds the reverse.
Hall drawn_hall(std::mt19937& random) {
  const auto between = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random);
  };
  Hall hall;
  visit_ranged(hall, "", [&](const std::string&, const Field&, Ranged& number) {
    number.value = quantile(number, between(0.0, 1.0));
  });
  hall.climate = static_cast<Climate>(std::uniform_int_distribution<>(0, 2)(random));
  hall.chilled_water = exactly(273.15 + between(7.0, 24.0));
  hall.facility_water = exactly(hall.chilled_water.value + between(0.0, 24.0));
  hall.air_rise = exactly(between(10.0, 20.0));
  return hall;
}

TEST(HallLaws, WattsFallWithTheLiquidShareAndSoDoesThePue) {
  std::mt19937 random(7);
  for (int draw = 0; draw < 200; ++draw) {
    Hall hall = drawn_hall(random);
    // Fans at a wide rise cost so little that the PUE, whose IT loses them, may rise by a few 1e-4 where both
    // waters are alike; the watts fall there too.
    const bool wide = hall.air_rise.value > 12.0;
    const HallYear year = hall_year(hall, "hall");
    double pue = 100.0, watts = 1e9;
    for (double share = 0.0; share <= 1.0; share += 0.125) {
      const HallResult result = solve_hall(hall, year, {nodes(1000, 1e3, share)});
      EXPECT_LT(result.pue, pue + (wide ? 5e-4 : 0.0)) << "draw " << draw << " share " << share;
      EXPECT_LT(result.facility_w, watts) << "draw " << draw << " share " << share;
      pue = result.pue;
      watts = result.facility_w;
    }
  }
}

TEST(HallLaws, EverySplitAddsUp) {
  std::mt19937 random(11);
  const auto watts = [&](double most) { return std::uniform_real_distribution<double>(0.0, most)(random); };
  for (int draw = 0; draw < 200; ++draw) {
    const Hall hall = drawn_hall(random);
    std::vector<BillLine> bill{nodes(1000, 100.0 + watts(2e3), watts(1.0))};
    for (const char* network : {"back-end", "front-end"})
      for (const ItemKind kind : {ItemKind::switch_box, ItemKind::module, ItemKind::external_laser,
                                  ItemKind::cable, ItemKind::network_card, ItemKind::circuit_switch})
        bill.push_back(bill_line(kind, network, "leaf", 100, watts(100.0), watts(1.0)));
    const HallResult result = solve_hall(hall, hall_year(hall, "hall"), bill);
    double all = 0.0, of_bill = 0.0, lines = 0.0;
    for (const HallItem& item : result.items) {
      EXPECT_GE(item.power_w, 0.0);
      all += item.power_w;
      if (item.cause < Cause::power_supplies) of_bill += item.power_w;
    }
    for (const BillLine& line : bill) lines += static_cast<double>(line.quantity) * line.power.value;
    EXPECT_NEAR(all / result.facility_w, 1.0, 1e-12);
    EXPECT_NEAR(of_bill / lines, 1.0, 1e-12);
    EXPECT_NEAR((result.heat_to_air_w + result.heat_to_liquid_w) / result.it_w, 1.0, 1e-12);
  }
}

// Twice the cluster is twice the watts: nothing in the hall knows how large it is.
TEST(HallLaws, WattsScale) {
  const Hall hall;
  const HallYear year = hall_year(hall, "hall");
  const HallResult one = solve_hall(hall, year, {nodes(1000, 1e3, 0.4)}),
                   two = solve_hall(hall, year, {nodes(2000, 1e3, 0.4)});
  EXPECT_NEAR(two.facility_w / one.facility_w, 2.0, 1e-12);
  EXPECT_NEAR(two.pue / one.pue, 1.0, 1e-12);
}

// PUE 1.25 → 1.12 within ±0.006, over the settings of facts: thermal 13. Nine match there, and none below 90
// %.
TEST(HallLaws, TheClaimedFallNeedsNinetyPercentLiquid) {
  int found = 0;
  double least = 1.0;
  for (const double losses : {0.04, 0.05, 0.06, 0.07}) {
    for (const double pressure : {350.0, 500.0, 600.0, 750.0}) {
      for (const double water : {7.0, 10.0, 12.0, 16.0, 18.0}) {
        Facility facility;
        facility.electrical_losses = losses;
        facility.room_fan_pressure = pressure;
        facility.chilled_water = 273.15 + water;
        const Hall hall = hall_of(facility);
        const HallYear year = hall_year(hall, "hall");
        const auto pue = [&](double share) { return solve_hall(hall, year, {nodes(1, 1.0, share)}).pue; };
        if (std::abs(pue(0.0) - 1.25) > 0.006) continue;
        for (const double share : {0.15, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0}) {
          if (std::abs(pue(share) - 1.12) > 0.006) continue;
          ++found;
          least = std::min(least, share);
        }
      }
    }
  }
  EXPECT_EQ(found, 9);
  EXPECT_DOUBLE_EQ(least, 0.90);
}

// Only optics and switches, a share of the load, go to liquid: −0.003 … −0.015 (facts: thermal 13), and never
// more than 0.02.
TEST(HallLaws, OpticsAloneHardlyMoveThePue) {
  const Hall hall = hall_of({});
  const HallYear year = hall_year(hall, "hall");
  const auto pue = [&](double optics, double liquid) {
    return solve_hall(
               hall, year,
               {nodes(1, 1.0 - optics, 0.0), bill_line(ItemKind::module, "n", "leaf", 1, optics, liquid)})
        .pue;
  };
  for (const auto& [share, fall] : {std::pair{0.03, 0.003}, {0.05, 0.005}, {0.10, 0.010}, {0.15, 0.015}}) {
    EXPECT_NEAR(pue(share, 0.0) - pue(share, 1.0), fall, 0.0006);
    EXPECT_LE(pue(share, 0.0) - pue(share, 1.0), 0.02);
    // 70 % fewer watts of optics, in air or in liquid.
    const double spared = 0.3 * share;
    const auto after = [&](double liquid) {
      return solve_hall(
                 hall, year,
                 {nodes(1, 1.0 - share, 0.0), bill_line(ItemKind::module, "n", "leaf", 1, spared, liquid)})
          .pue;
    };
    EXPECT_LE(std::abs(pue(share, 0.0) - after(0.0)), 0.02);
    EXPECT_LE(std::abs(pue(share, 0.0) - after(1.0)), 0.02);
  }
}

}  // namespace
}  // namespace waverack::cluster
