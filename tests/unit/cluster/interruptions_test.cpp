#include "waverack/cluster/interruptions.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace waverack::cluster {
namespace {

constexpr double one_hour = 3600.0, day = 86400.0;

BillLine line_of(ItemKind kind, std::int64_t quantity, double failures, int tier = 0, std::int64_t ends = 0) {
  BillLine line;
  line.kind = kind;
  line.item = "item";
  line.network = "fabric";
  line.quantity = quantity;
  line.ends = ends;
  line.tier = line.link_tier = tier;
  line.rate = 800e9;
  line.failures = exactly(failures);
  line.flaps = exactly(0.0);
  return line;
}

// Facts, cluster 4.2, V7: 6.5 failures of 1000 nodes of 8 GPUs in a day; printed digits.
TEST(Interruptions, V7FailuresOfALargeJob) {
  const auto mean_hours = [](std::int64_t gpus) {
    const std::vector<BillLine> bill{line_of(ItemKind::node, gpus / 8, 6.5e-3 / day)};
    return interruptions(bill, {}).mean_time / one_hour;
  };
  EXPECT_NEAR(mean_hours(16384), 1.803, 0.0005);
  EXPECT_NEAR(mean_hours(1024), 28.8, 0.05);
}

TEST(Interruptions, CausesAddUpWithTheLargestFirst) {
  std::vector<BillLine> bill{
      line_of(ItemKind::switch_box, 10, 700 * fit), line_of(ItemKind::module, 2000, 1800 * fit, 0, 2000),
      line_of(ItemKind::module, 2000, 1800 * fit, 1, 2000), line_of(ItemKind::node, 125, 140000 * fit, -1)};
  bill[1].flaps = exactly(1e5 * fit);
  const Interruptions all = interruptions(bill, {});
  double sum = 0.0, before = 1.0;
  for (const StopCause& cause : all.causes) {
    sum += cause.total();
    EXPECT_LE(cause.total(), before);
    before = cause.total();
  }
  EXPECT_DOUBLE_EQ(sum, all.rate);
  EXPECT_DOUBLE_EQ(all.mean_time, 1.0 / all.rate);
  EXPECT_EQ(all.causes.front().kind, ItemKind::node);
  // Nodes, first-tier modules and leaf switches stop the job, modules above do not.
  const double flap_stops = 2000 * 1e5 * fit * std::exp(-30.0 / 5.0);
  EXPECT_NEAR(all.rate, (125 * 140000 + 2000 * 1800 + 10 * 700) * fit + flap_stops, 1e-12 * all.rate);
  EXPECT_NEAR(interruptions(bill, {}, 0.25).rate, 0.25 * all.rate, 1e-12 * all.rate);
  Failures strict;
  strict.stop_share_above = 1.0;
  EXPECT_NEAR(interruptions(bill, strict).rate - all.rate, 2000 * 1800 * fit, 1e-12 * all.rate);
}

TEST(Interruptions, AModuleThatHoldsBothPlanesStopsTheJob) {
  Failures dual;
  dual.redundancy = Redundancy::dual_plane;
  std::vector<BillLine> bill{line_of(ItemKind::module, 100, 1000 * fit, 0, 200)};
  bill[0].tier = -1;
  EXPECT_DOUBLE_EQ(interruptions(bill, dual).rate, 100 * 1000 * fit);
  bill[0].quantity = 200;  // one for each plane
  EXPECT_LT(interruptions(bill, dual).rate, 1e-3 * 200 * 1000 * fit);
}

// In a torus the links through circuit switches end on GPUs; above the first tier traffic goes around them.
TEST(Interruptions, CircuitSwitchesStopAJobWhereLinksOfGpusPassThem) {
  std::vector<BillLine> bill{line_of(ItemKind::circuit_switch, 48, 1000 * fit, 0)};
  EXPECT_DOUBLE_EQ(interruptions(bill, {}).rate, 48 * 1000 * fit);
  bill[0].link_tier = -1;
  EXPECT_EQ(interruptions(bill, {}).rate, 0.0);
}

// Outages are exponential: mean of the waited ones by numerical integration.
TEST(Interruptions, FlapsAreWaitedForOrStopTheJob) {
  const double outage = 5.0, timeout = 7.5;
  EXPECT_NEAR(outlasting_share(outage, timeout), std::exp(-1.5), 1e-15);
  double waited = 0.0;
  constexpr double step = 1e-3;
  for (double t = 0.5 * step; t < timeout; t += step) waited += t / outage * std::exp(-t / outage) * step;
  EXPECT_NEAR(waited_outage(outage, timeout), waited, 1e-6);
  EXPECT_EQ(outlasting_share(0.0, timeout), 0.0);
  EXPECT_EQ(waited_outage(0.0, timeout), 0.0);
  EXPECT_NEAR(waited_outage(outage, 1e3), outage, 1e-9);

  // Dozens of interruptions a day among a million links are what 17,000 flaps a day would be, between the
  // 5,000 and 60,000 of HPN, if it had as many links (facts: cluster 7.1).
  const double stops = 17000.0 * outlasting_share(5.0, 30.0);
  EXPECT_GT(stops, 24.0);
  EXPECT_LT(stops, 60.0);
}

TEST(Interruptions, TwoLinksDegradeInsteadOfStopping) {
  // 1000 endpoints with two links each; a module at both ends of every link.
  std::vector<BillLine> bill{line_of(ItemKind::module, 2000, 1000 * fit, 0, 2000),
                             line_of(ItemKind::module, 2000, 1000 * fit, 0, 2000),
                             line_of(ItemKind::node, 125, 1e5 * fit, -1)};
  bill[0].flaps = bill[1].flaps = exactly(1e6 * fit);
  Failures dual;
  dual.redundancy = Redundancy::dual_plane;
  dual.repair_time = exactly(10.0 * one_hour);
  const Interruptions result = interruptions(bill, dual);
  // Both links of an endpoint: 2000 links begin, 2000 FIT each, and the other one, 2000 FIT too, follows in
  // 10 h.
  const double both = 2000 * 2000 * fit * (2000 * fit * 10.0 * one_hour);
  EXPECT_NEAR(result.rate, 125 * 1e5 * fit + both, 1e-4 * both);
  EXPECT_NEAR(result.degradations, 2000 * 2000 * fit, 1e-4 * 2000 * 2000 * fit);
  EXPECT_EQ(result.flap_stall, 0.0);
  // Another network keeps its stops.
  dual.redundant_networks = {"other"};
  EXPECT_DOUBLE_EQ(interruptions(bill, dual).rate, interruptions(bill, {}).rate);
  EXPECT_EQ(interruptions(bill, dual).degradations, 0.0);
}

// A module of four links takes them down together: the job stops if the other one of any of the four fails
// before the repair. Its rate is that of an engine of 8000 FIT; a link has 2000 FIT at this end and 1000 FIT
// at the other. And what stopped the job did not degrade it.
TEST(Interruptions, AModuleOfFourLinksHasFourOthers) {
  const std::vector<BillLine> bill{line_of(ItemKind::module, 500, 8000 * fit, 0, 2000),
                                   line_of(ItemKind::module, 2000, 1000 * fit, 0, 2000)};
  Failures dual;
  dual.redundancy = Redundancy::dual_plane;
  dual.repair_time = exactly(1e5 * one_hour);
  const Interruptions result = interruptions(bill, dual);
  const double of_four = 500 * 8000 * fit * (1.0 - std::exp(-4.0 * 3000 * fit * 1e5 * one_hour));
  const double of_one = 2000 * 1000 * fit * (1.0 - std::exp(-3000 * fit * 1e5 * one_hour));
  EXPECT_NEAR(result.rate, of_four + of_one, 1e-12 * result.rate);
  EXPECT_NEAR(result.degradations, (500 * 8000 + 2000 * 1000) * fit - of_four - of_one, 1e-12 * result.rate);
}

TEST(AssignFailures, PublishedAndSolved) {
  Technology pluggable, engine, cable;
  pluggable.mac_rate = 1.6e12;
  engine.form = Form::co_packaged;
  engine.mac_rate = 3.2e12;
  engine.failures = exactly(2000 * fit);
  engine.laser_failures = exactly(800 * fit);
  cable.form = Form::cable;
  cable.mac_rate = 1.6e12;
  const std::vector technologies{pluggable, engine, cable};
  std::vector<BillLine> bill{line_of(ItemKind::module, 8, 0.0, 0, 16),
                             line_of(ItemKind::module, 8, 0.0, 0, 32),
                             line_of(ItemKind::external_laser, 4, 0.0, 0, 32),
                             line_of(ItemKind::cable, 8, 0.0, 0, 32), line_of(ItemKind::node, 2, 0.0, -1)};
  bill[1].technology = bill[2].technology = 1;
  bill[3].technology = 2;
  FailureRates rates;
  assign_failures(bill, technologies, rates, 8);
  const auto in_fit = [&](int i) { return bill[i].failures.value / fit; };
  EXPECT_NEAR(in_fit(0), 1818.0, 1e-6);     // no model: published
  EXPECT_NEAR(in_fit(1), 2000.0, 1e-6);     // its own
  EXPECT_NEAR(in_fit(2), 2 * 800.0, 1e-6);  // a laser module of two engines
  EXPECT_NEAR(in_fit(3), 36.0, 1e-6);
  EXPECT_NEAR(in_fit(4), 8 * 17756.0, 1e-6);
  EXPECT_NEAR(bill[0].flaps.value / fit, 208333.0, 1e-3);  // two ends, half a link each
  EXPECT_NEAR(bill[1].flaps.value / fit, 2 * 208333.0, 1e-3);
  EXPECT_NEAR(bill[3].flaps.value / fit, 2 * 2083.0, 1e-3);  // cables of two links, both ends
  EXPECT_GT(bill[0].failures.high, bill[0].failures.value);

  rates.solved = false;
  assign_failures(bill, technologies, rates, 8);
  EXPECT_NEAR(in_fit(1), 8 * 385.0, 1e-6);  // eight ports of 400 Gb/s
  EXPECT_NEAR(in_fit(2), 0.0, 1e-6);        // counted in them
}

}  // namespace
}  // namespace waverack::cluster
