// What is counted of modules: records written by hand, counts by hand.

#include "waverack/study/yield_summary.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace waverack::study {
namespace {

ModuleRecord record(double margin_db, bool good, double watts) {
  ModuleRecord made;
  made.margin = {static_cast<float>(margin_db)};
  made.good = {good};
  made.lanes = 4;
  made.good_lanes = good ? 4 : 3;
  made.module_w = static_cast<float>(watts - 1.0);
  made.with_laser_w = static_cast<float>(watts);
  made.slack = static_cast<float>(margin_db);
  return made;
}

ModuleRecord refused(double margin_db, std::uint32_t cause, bool good_without, std::uint32_t missed = 0) {
  ModuleRecord made = record(margin_db, false, 10.0);
  made.cause = cause;
  made.good_without = good_without;
  made.missed = missed;
  return made;
}

// Two numbers vary; margins must be at least 0 dB, watts at most 12 W; a switch has two modules.
YieldResult empty() {
  YieldResult result;
  result.lanes = 4;
  result.modules_per_switch = 2.0;
  for (const char* path : {"first", "second"}) {
    result.variations.emplace_back();
    result.variations.back().path = path;
  }
  result.lane_requirements = {{"lane.margin_db", 0.0, true, "dB", ""}};
  result.module_requirements = {{"module.power_w.module", 12.0, false, "W", ""}};
  result.surfaces = {{.measure = "lane.margin_db", .unit = "dB", .rms = 0.1}};
  return result;
}

YieldResult summary(const std::vector<ModuleRecord>& records) {
  YieldResult result = empty();
  summarise(result, records, std::vector<std::uint64_t>(histogram_bins, 0));
  return result;
}

// Good modules alone, by the margin of the weakest lane that is sold; edges belong to the bin above them. The
// narrowest of ¼, ½, 1 … dB that makes six bins of them at most: here 2.9 dB, which quarters would make
// thirteen of, halves seven, and whole decibels four.
TEST(YieldSummary, BinsHoldGoodModules) {
  const YieldResult result =
      summary({record(1.1, true, 10.0), record(1.9, true, 12.0), record(2.0, true, 20.0),
               record(4.0, true, 30.0), refused(1.5, 0, false)});
  ASSERT_EQ(result.bins.size(), 4u);
  const int modules[] = {2, 1, 0, 1};
  const double watts[] = {11.0, 20.0, 0.0, 30.0};
  for (std::size_t b = 0; b < 4; ++b) {
    EXPECT_EQ(result.bins[b].from_db, 1.0 + static_cast<double>(b));
    EXPECT_EQ(result.bins[b].to_db, 2.0 + static_cast<double>(b));
    EXPECT_EQ(result.bins[b].modules, modules[b]);
    EXPECT_DOUBLE_EQ(result.bins[b].mean_w, watts[b]);
  }
}

TEST(YieldSummary, NoGoodModuleNoBin) { EXPECT_TRUE(summary({refused(-1.0, 0, true)}).bins.empty()); }

// What refuses most comes first, whatever its place among what varies; what refuses none is left out.
TEST(YieldSummary, CausesAreSortedByModules) {
  const YieldResult result =
      summary({refused(-1, 0, true), refused(-1, 1, true), refused(-2, 1, false), refused(-1, 1, true),
               refused(-3, no_variation, false, 1), refused(-3, no_variation, false, 1), record(1, true, 9)});
  ASSERT_EQ(result.causes.size(), 3u);
  EXPECT_EQ(result.causes[0].path, "second");
  EXPECT_EQ(result.causes[0].modules, 3);
  EXPECT_EQ(result.causes[0].good_without, 2);
  EXPECT_EQ(result.causes[1].path, "");
  EXPECT_EQ(result.causes[1].modules, 2);
  EXPECT_EQ(result.causes[2].path, "first");
  EXPECT_EQ(result.causes[2].good_without, 1);
  ASSERT_EQ(result.missed.size(), 2u);
  EXPECT_EQ(result.missed[0].name, "lane.margin_db");
  EXPECT_EQ(result.missed[0].modules, 4);
  EXPECT_EQ(result.missed[1].name, "module.power_w.module");
  EXPECT_EQ(result.missed[1].modules, 2);
}

// Half of the modules: ¼ of the switches that need two. Margins are at least a limit, so that one on the
// limit holds it.
TEST(YieldSummary, SharesOfModulesLanesAndSwitches) {
  const YieldResult result =
      summary({record(0.0, true, 9), record(2.0, true, 9), refused(-0.05, 0, true), refused(-2.0, 0, true)});
  EXPECT_EQ(result.modules, 4);
  EXPECT_EQ(result.chosen().yield, 0.5);
  EXPECT_EQ(result.chosen().of_switch, 0.25);
  EXPECT_EQ(result.lane_yield, 14.0 / 16.0);
  EXPECT_NEAR(result.chosen().if_independent, std::pow(14.0 / 16.0, 4), 1e-12);
  const auto at = [&](double limit) {
    for (std::size_t i = 0; i < result.limits_db.size(); ++i)
      if (std::abs(result.limits_db[i] - limit) < 1e-9) return result.chosen().by_limit[i];
    return -1.0;
  };
  EXPECT_EQ(at(-5.0), 1.0);
  EXPECT_EQ(at(-1.0), 0.75);
  EXPECT_EQ(at(1.0), 0.25);
  EXPECT_EQ(at(5.0), 0.0);
}

// An error of 0.1 dB takes the module with 0.05 dB of slack, and gives the one that misses by 0.05 dB; not
// the one that draws too many watts.
TEST(YieldSummary, ErrorsOfThePolynomialMoveTheYield) {
  const YieldResult result = summary(
      {record(0.05, true, 9), record(2.0, true, 9), refused(-0.05, 0, true), refused(0.05, 0, true, 1)});
  EXPECT_EQ(result.chosen().yield, 0.5);
  EXPECT_EQ(result.yield_if_lower, 0.25);
  EXPECT_EQ(result.yield_if_higher, 0.75);
}

// Of 1, 2 … 101 W the mean is 51 W, 5 % lie below 6 W and above 96 W.
TEST(YieldSummary, WattsOfModules) {
  std::vector<ModuleRecord> records;
  for (int i = 101; i >= 1; --i) records.push_back(record(1.0, true, i));
  const YieldResult result = summary(records);
  EXPECT_NEAR(result.watts_mean.with_laser, 51.0, 1e-9);
  EXPECT_EQ(result.watts_low.with_laser, 6.0);
  EXPECT_EQ(result.watts_high.with_laser, 96.0);
  EXPECT_EQ(result.watts_high.module, 95.0);
}

}  // namespace
}  // namespace waverack::study
