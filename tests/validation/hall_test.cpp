#include "waverack/cluster/hall.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "hall_bills.hpp"
#include "waverack/cluster/facility.hpp"
#include "waverack/cluster/power.hpp"

// The hall and the watts of networks against published numbers. Where the model misses, the band keeps the
// miss, so that a change of it shows.

namespace waverack::cluster {
namespace {

constexpr double zero_celsius = 273.15;

HallResult solved(const Hall& hall, double liquid_share) {
  return solve_hall(hall, hall_year(hall, "hall"), {nodes(1000, 1e3, liquid_share)});
}

// Totals of facts: thermal 13, from air to 90 % liquid, as printed (the PUEs are in unit_cluster).
TEST(HallAgainstFacts, TotalPower) {
  const auto expect_fall = [](const Facility& facility, double percent) {
    const Hall hall = hall_of(facility);
    EXPECT_NEAR(100.0 * (1.0 - solved(hall, 0.9).facility_w / solved(hall, 0.0).facility_w), percent, 0.06);
  };
  Facility f;
  expect_fall(f, 13.8);
  f.electrical_losses = 0.04;
  expect_fall(f, 13.9);
  f.electrical_losses = 0.08;
  expect_fall(f, 13.6);
  f = {};
  f.chilled_water = zero_celsius + 7.0;
  expect_fall(f, 17.8);
  f.chilled_water = zero_celsius + 20.0;
  expect_fall(f, 12.3);
  f = {};
  f.facility_water = zero_celsius + 20.0;
  expect_fall(f, 10.3);
  f = {};
  f.room_fan_pressure = 600.0;
  expect_fall(f, 15.6);
  f = {};
  f.liquid_rejection = HeatRejection::dry_cooler;
  f.facility_water = zero_celsius + 45.0;
  expect_fall(f, 14.5);
  f.facility_water = zero_celsius + 40.0;
  expect_fall(f, 14.4);
}

// The way of the power in four stages, at their defaults, against the flat 6 % of facts: thermal 12.2 and the
// 4 to 8 % of its sensitivities.
TEST(HallAgainstFacts, StagesOfThePowerLoseAboutSixPercent) {
  const Hall hall;
  const HallResult result = solved(hall, 0.85);
  double losses = 0.0;
  for (const HallItem& item : result.items)
    if (is_loss(item.cause)) losses += item.power_w;
  EXPECT_GT(losses / result.it_w, 0.04);
  EXPECT_LT(losses / result.it_w, 0.08);
}

// NVIDIA and Vertiv (facts: thermal 12.3): chilled water of 7.2 °C, Baltimore, 75 % liquid: facility −18.1 %,
// total −10.2 %, PUE −3.3 %. Our hall, with its liquid loop on warm water, and with both loops on the cold
// one.
TEST(HallAgainstStudies, NvidiaAndVertiv) {
  Facility warm;
  warm.chilled_water = zero_celsius + 7.2;
  Facility cold = warm;
  cold.facility_water = zero_celsius + 10.0;
  const auto falls = [](const Facility& facility) {
    const Hall hall = hall_of(facility);
    const HallResult air = solved(hall, 0.0), liquid = solved(hall, 0.75);
    return std::array{1.0 - (liquid.facility_w - liquid.it_w) / (air.facility_w - air.it_w),
                      1.0 - liquid.facility_w / air.facility_w, 1.0 - liquid.pue / air.pue};
  };
  // The study's liquid is as cold as its air side allows, as far as it is known: met.
  const auto [cold_facility, cold_total, cold_pue] = falls(cold);
  EXPECT_NEAR(cold_facility, 0.181, 0.02);
  EXPECT_NEAR(cold_total, 0.102, 0.02);
  EXPECT_NEAR(cold_pue, 0.033, 0.005);
  // On water of 32 °C the same hall saves more than twice as much: not what the study built.
  const auto [warm_facility, warm_total, warm_pue] = falls(warm);
  EXPECT_NEAR(warm_facility, 0.472, 0.005);
  EXPECT_NEAR(warm_total, 0.148, 0.005);
  EXPECT_NEAR(warm_pue, 0.098, 0.005);
}

// GB300 by SemiAnalysis (facts: cluster 5.4, claims), from the modules and boxes of facts: cluster 5.1
// and 5.3: 41,472 GPUs on switches of 144 × 800G; 2.9 kW typical, 1.6T twin-port modules at switches, 800G at
// cards.
struct Optics {
  double card_w;         // 800G
  double switch_port_w;  // for each 800G
};
constexpr Optics dsp{16.5, 15.0}, lpo{8.0, 5.0}, cpo{16.5, 4.5};
constexpr std::int64_t hall_gpus = 41472;

// Of a network's power 86 % are in the back-end (claim); the front-end is the rest, the same in all
// scenarios.
std::vector<BillLine> back_end(const Optics& optics, int tiers) {
  const std::int64_t ports = (2 * tiers - 1) * hall_gpus;
  return {bill_line(ItemKind::switch_box, "back-end", "switch", ports / 144, 2900),
          bill_line(ItemKind::module, "back-end", "nic", hall_gpus, optics.card_w),
          bill_line(ItemKind::module, "back-end", "switch", ports / 2, 2.0 * optics.switch_port_w)};
}

std::vector<BillLine> network_bill(const Optics& optics, int tiers) {
  std::vector<BillLine> bill = back_end(optics, tiers);
  bill.push_back(bill_line(ItemKind::switch_box, "front-end", "switch", 1,
                           network_power(back_end(dsp, 3)) * 0.14 / 0.86));
  bill.push_back(nodes(hall_gpus / 72, 72 * 1889.0, 0.85));
  return bill;
}

double share_of_cluster(double network, const std::vector<BillLine>& bill) {
  double all = 0.0;
  for (const PowerSum& sum : power_by(bill, PowerKey::network)) all += sum.power_w;
  return network / all;
}

TEST(NetworkAgainstStudies, SharesOfACluster) {
  std::vector<BillLine> back_end_alone = back_end(dsp, 3);
  EXPECT_NEAR(optics_power(back_end_alone) / network_power(back_end_alone), 0.45, 0.03);
  back_end_alone.push_back(nodes(hall_gpus / 72, 72 * 1889.0, 0.85));
  EXPECT_NEAR(share_of_cluster(network_power(back_end_alone), back_end_alone), 0.09, 0.01);
  // With the front-end it is 10.6 %, above "about 9 %": missed.
  const std::vector<BillLine> bill = network_bill(dsp, 3);
  EXPECT_NEAR(share_of_cluster(network_power(bill), bill), 0.106, 0.001);
}

// Falls of the network's and of the IT's power against DSP modules on three tiers.
struct Fall {
  double network, cluster;
};

Fall fall(const std::vector<BillLine>& bill) {
  const std::vector<BillLine> baseline = network_bill(dsp, 3);
  const Hall hall;
  const HallYear year = hall_year(hall, "hall");
  const HallResult before = solve_hall(hall, year, baseline), after = solve_hall(hall, year, bill);
  return {1.0 - network_power(bill) / network_power(baseline), 1.0 - after.it_w / before.it_w};
}

TEST(NetworkAgainstStudies, CopackagedOptics) {
  const Fall found = fall(network_bill(cpo, 3));
  EXPECT_NEAR(found.network, 0.23, 0.02);
  EXPECT_NEAR(found.cluster, 0.02, 0.01);
  // What stays pluggable, the cards, is 18 % of the optics; the engines are 22 % of the switches: −84 % and
  // +23 %.
  EXPECT_NEAR(1.0 - cpo.card_w / (dsp.card_w + 5.0 * dsp.switch_port_w), 0.84, 0.03);
  EXPECT_NEAR(5.0 * cpo.switch_port_w / (5.0 / 144.0 * 2900.0), 0.23, 0.02);
}

TEST(NetworkAgainstStudies, TwoTiersOfCopackagedOptics) {
  const Fall found = fall(network_bill(cpo, 2));
  EXPECT_NEAR(found.network, 0.48, 0.03);
  // Published: 4 %; missed by 1.2 points.
  EXPECT_NEAR(found.cluster, 0.052, 0.002);
  // With DSP modules on both sides two tiers save a third: the published 48 % are not the tiers alone.
  EXPECT_NEAR(fall(network_bill(dsp, 2)).network, 0.314, 0.005);
}

TEST(NetworkAgainstStudies, LinearModules) {
  // Published: −36 % of the optics, −16 % of the network. The modules of facts: cluster 5.1 (1.6T at 10 W
  // against 30 W, 800G at 8 W) say −64 % and −26 %, without what the host draws in their stead: missed.
  EXPECT_NEAR(fall(network_bill(lpo, 3)).network, 0.262, 0.005);
  EXPECT_NEAR(1.0 - optics_power(back_end(lpo, 3)) / optics_power(back_end(dsp, 3)), 0.64, 0.005);
}

}  // namespace
}  // namespace waverack::cluster
