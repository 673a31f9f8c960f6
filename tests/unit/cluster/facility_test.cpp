#include "waverack/cluster/facility.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "hall_bills.hpp"

// Expected values: facts, thermal 13 (an independent computation of the model of thermal 12.2), as printed.

namespace waverack::cluster {
namespace {

HallResult solved(const Facility& facility, double liquid_share) {
  const Hall hall = hall_of(facility);
  return solve_hall(hall, hall_year(hall, "facility"), {nodes(1, 1.0, liquid_share)});
}

struct Row {
  double liquid_share, pue, tue, cooling, room_fans, server_fans;
};

class FacilityTable : public testing::TestWithParam<Row> {};

TEST_P(FacilityTable, TemperateSite) {
  const Row row = GetParam();
  const HallResult result = solved({}, row.liquid_share);
  EXPECT_NEAR(result.pue, row.pue, 0.0006);
  EXPECT_NEAR(result.tue, row.tue, 0.0006);
  double cooling = 0.0;
  for (const HallItem& item : result.items)
    if (is_cooling(item.cause)) cooling += item.power_w;
  EXPECT_NEAR(cooling / result.it_w, row.cooling, 0.0001);
  EXPECT_NEAR(power_of(result, Cause::room_fans) / result.it_w, row.room_fans, 0.0001);
  EXPECT_NEAR((result.itue - 1.0) / result.itue, row.server_fans, 0.0006);
  EXPECT_NEAR(result.tue, result.pue * result.itue, 1e-12);
}

INSTANTIATE_TEST_SUITE_P(Facts, FacilityTable,
                         testing::Values(Row{0.0, 1.219, 1.340, 0.1486, 0.0403, 0.091},
                                         Row{0.1, 1.209, 1.320, 0.1388, 0.0366, 0.084},
                                         Row{0.2, 1.199, 1.300, 0.1288, 0.0329, 0.077},
                                         Row{0.4, 1.178, 1.259, 0.1084, 0.0252, 0.064},
                                         Row{0.6, 1.157, 1.218, 0.0874, 0.0173, 0.049},
                                         Row{0.8, 1.136, 1.177, 0.0658, 0.0092, 0.035},
                                         Row{0.9, 1.125, 1.156, 0.0547, 0.0050, 0.027},
                                         Row{1.0, 1.113, 1.136, 0.0434, 0.0008, 0.020}),
                         [](const auto& row) {
                           return "Liquid" + std::to_string(std::lround(100.0 * row.param.liquid_share)) +
                                  "Percent";
                         });

void expect_pue(const Facility& facility, double air, double liquid) {
  EXPECT_NEAR(solved(facility, 0.0).pue, air, 0.0006);
  EXPECT_NEAR(solved(facility, 0.9).pue, liquid, 0.0006);
}

TEST(Facility, Sensitivities) {
  Facility f;
  f.climate = Climate::cold;
  expect_pue(f, 1.160, 1.116);
  f.climate = Climate::hot_humid;
  expect_pue(f, 1.321, 1.152);
  f = {};
  f.electrical_losses = 0.04;
  expect_pue(f, 1.199, 1.105);
  f = {};
  f.chilled_water = 273.15 + 7.0;
  expect_pue(f, 1.289, 1.133);
  f = {};
  f.chilled_water = 273.15 + 20.0;
  expect_pue(f, 1.196, 1.122);
  f = {};
  f.facility_water = 273.15 + 20.0;
  expect_pue(f, 1.219, 1.170);
  f = {};
  f.room_fan_pressure = 600.0;
  expect_pue(f, 1.250, 1.129);
  f = {};
  f.liquid_rejection = HeatRejection::dry_cooler;
  f.facility_water = 273.15 + 40.0;
  expect_pue(f, 1.219, 1.117);
  f.facility_water = 273.15 + 45.0;
  expect_pue(f, 1.219, 1.115);
}

TEST(Facility, ChillerSharesOfTheYear) {
  const HallResult result = solved({}, 0.5);
  EXPECT_NEAR(result.chiller_share_air, 0.53, 0.005);
  EXPECT_NEAR(result.chiller_share_liquid, 0.02, 0.005);
}

TEST(Facility, MoreLiquidNeverCostsMore) {
  double pue = 10.0, tue = 10.0;
  for (double share = 0.0; share <= 1.0; share += 0.125) {
    const HallResult result = solved({}, share);
    EXPECT_LT(result.pue, pue);
    EXPECT_LT(result.tue, tue);
    pue = result.pue;
    tue = result.tue;
  }
}

}  // namespace
}  // namespace waverack::cluster
