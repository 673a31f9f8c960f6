#include "waverack/cluster/goodput.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace waverack::cluster {
namespace {

constexpr double hour = 3600.0;
constexpr Checkpointing minute_and_ten{60.0, 600.0};  // facts: cluster 7.4

struct GoodputRow {
  const char* name;
  double mean_hours;
  double interval_minutes, waste_percent;  // facts: cluster 7.4, first order; 39.497 is printed as 40
  double exact_interval, exact_waste;      // a bisection of eq. 8 in Python, 200 steps
};

class OpticsAlone : public testing::TestWithParam<GoodputRow> {};

TEST_P(OpticsAlone, Goodput) {
  const GoodputRow row = GetParam();
  const double mean = row.mean_hours * hour;
  const double first = first_order_interval(60.0, mean);
  EXPECT_NEAR(first / 60.0, row.interval_minutes, row.interval_minutes > 60.0 ? 3.0 : 0.51);
  EXPECT_NEAR(100.0 * first_order_waste(minute_and_ten, mean, first), row.waste_percent,
              row.waste_percent > 10.0 ? 0.5 : 0.05);
  const double best = best_interval(60.0, mean);
  EXPECT_NEAR(best, row.exact_interval, 1e-6 * best);
  EXPECT_NEAR(1.0 - shares_of_time(minute_and_ten, mean, best).work, row.exact_waste, 1e-9);
}

INSTANTIATE_TEST_SUITE_P(
    Facts, OpticsAlone,
    testing::Values(GoodputRow{"mlsysim", 0.5, 8, 59, 425.6487372398748, 0.45290793805874763},
                    GoodputRow{"meta", 2.75, 18, 17, 1050.326538584546, 0.15866070363961993},
                    GoodputRow{"hpn", 12.8, 39, 6.4, 2311.681417576107, 0.06245414852796716},
                    GoodputRow{"meta_cpo", 13.0, 40, 6.3, 2329.9800520305484, 0.06189037204267023},
                    GoodputRow{"cable", 1000.0, 5.8 * 60, 0.6, 20744.628950584218, 0.00592808938981737}),
    [](const auto& row) { return std::string(row.param.name); });

// Work, checkpoints, lost work and restarts of a job whose failures are drawn, whenever they come.
TimeShares simulated(const Checkpointing& c, double mean, double interval, int segments) {
  std::mt19937_64 random(7);
  std::exponential_distribution<double> gap(1.0 / mean);
  double total = 0.0, restarts = 0.0, lost = 0.0, next = gap(random);
  const auto survives = [&](double time) {  // moves on by `time`, or to the failure before that
    if (next > time) {
      next -= time;
      total += time;
      return true;
    }
    total += next;
    return false;
  };
  for (int i = 0; i < segments; ++i) {
    while (true) {
      const double began = total;
      if (survives(interval + c.checkpoint)) break;
      lost += total - began;
      const double stopped = total;
      do next = gap(random);
      while (!survives(c.restart));
      restarts += total - stopped;
    }
  }
  return {segments * interval / total, segments * c.checkpoint / total, lost / total, restarts / total};
}

// 100 000 intervals: the shares scatter by about 1e-3 of themselves times the failures' square root; 1 % is
// more than four standard deviations.
TEST(Goodput, SharesAreThoseOfASimulation) {
  for (const double mean : {1800.0, 7200.0, 46080.0}) {
    const double interval = best_interval(60.0, mean);
    const TimeShares exact = shares_of_time(minute_and_ten, mean, interval);
    const TimeShares drawn = simulated(minute_and_ten, mean, interval, 100000);
    EXPECT_NEAR(drawn.work, exact.work, 0.01 * exact.work) << mean;
    EXPECT_NEAR(drawn.checkpoints, exact.checkpoints, 0.01 * exact.checkpoints) << mean;
    EXPECT_NEAR(drawn.rework, exact.rework, 0.03 * exact.rework) << mean;
    EXPECT_NEAR(drawn.restarts, exact.restarts, 0.03 * exact.restarts) << mean;
    EXPECT_NEAR(exact.work + exact.checkpoints + exact.rework + exact.restarts, 1.0, 1e-12);
  }
}

TEST(Goodput, BestIntervalIsTheBest) {
  for (const double checkpoint : {1e-3, 1.0, 60.0, 3600.0, 36000.0})
    for (const double mean : {3600.0, 36000.0, 3.6e6}) {
      const Checkpointing c{checkpoint, 300.0};
      const double best = best_interval(checkpoint, mean);
      const double work = shares_of_time(c, mean, best).work;
      EXPECT_GE(work, shares_of_time(c, mean, 1.02 * best).work) << checkpoint << " " << mean;
      EXPECT_GE(work, shares_of_time(c, mean, 0.98 * best).work) << checkpoint << " " << mean;
    }
  // Rare failures: the first order, whose relative error is √(2·C/M)/3 to second order (Daly 2006, eq. 20).
  EXPECT_NEAR(best_interval(1.0, 1e8) / first_order_interval(1.0, 1e8), 1.0, 1e-4);
}

TEST(Goodput, Limits) {
  const double never = std::numeric_limits<double>::infinity();
  EXPECT_EQ(shares_of_time(minute_and_ten, never, never).work, 1.0);
  EXPECT_NEAR(shares_of_time(minute_and_ten, never, 600.0).work, 600.0 / 660.0, 1e-15);
  EXPECT_EQ(shares_of_time(minute_and_ten, 1e-3, 600.0).work, 0.0);  // no attempt ever succeeds

  Interruptions none;
  none.mean_time = never;
  EXPECT_EQ(goodput(none, {}, minute_and_ten, 0.2).goodput, 1.0);
  Interruptions some;
  some.mean_time = 10.0 * hour;
  const Goodput free = goodput(some, {}, {0.0, 600.0}, 0.2);
  EXPECT_NEAR(free.goodput, std::exp(-600.0 / 36000.0), 1e-12);
}

TEST(Goodput, FlapsAndDegradedLinks) {
  Interruptions interruptions;
  interruptions.mean_time = 10.0 * hour;
  const double calm = goodput(interruptions, {}, minute_and_ten, 0.2).goodput;
  interruptions.flap_stall = 0.05;
  EXPECT_NEAR(goodput(interruptions, {}, minute_and_ten, 0.2).goodput, calm / 1.05, 1e-12);
  interruptions.flap_stall = 0.0;
  // One endpoint at half its bandwidth for ln 2 of the mean time between losses: half of the time. A step of
  // which a fifth is exposed communication takes 1.2 times as long, a sixth of the pace.
  Failures failures;
  failures.repair_time = exactly(std::log(2.0) * hour);
  interruptions.degradations = 1.0 / hour;
  const Goodput degraded = goodput(interruptions, failures, minute_and_ten, 0.2);
  EXPECT_NEAR(degraded.degraded_share, 0.5, 1e-12);
  EXPECT_NEAR(degraded.goodput, calm * (1.0 - 0.5 / 6.0), 1e-12);
}

}  // namespace
}  // namespace waverack::cluster
