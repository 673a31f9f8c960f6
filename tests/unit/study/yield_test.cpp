// Modules of lanes whose margin is normal in closed form: yields against normal and binomial distributions.

#include "waverack/study/yield.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "unit/base/message_of.hpp"
#include "unit/study/yield_lane.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::study {
namespace {

using testing::HasSubstr;

// The limit at which a share `bad` of the lanes is below, margins being normal about the designed one.
YieldLane at_share(YieldLane numbers, double bad) {
  const LoadedDesign loaded = yield_design(numbers);
  const std::vector<Variation> variations = variations_of(loaded, numbers.lanes);
  const double margin = LaneMeasures(loaded, variations).list()[0].nominal;
  numbers.limit_db = margin - signal::inverse_q(bad) * numbers.sigma_db;
  return numbers;
}

YieldResult yield_of(const YieldLane& numbers, const YieldOptions& options) {
  return run_yield(yield_design(numbers), options);
}

// Four standard errors of a share p of n.
double bound(double p, int n) { return 4.0 * std::sqrt(p * (1.0 - p) / n); }

TEST(Yield, IndependentLanesAreBinomial) {
  const double bad = 0.01;
  const YieldLane numbers = at_share({}, bad);
  const int modules = 40000;
  const YieldResult result = yield_of(numbers, {.modules = modules});
  EXPECT_NEAR(result.lane_yield, 1.0 - bad, bound(bad, 10 * modules));
  ASSERT_EQ(result.by_spares.size(), 3u);
  for (const SpareRow& row : result.by_spares) {
    const double exact = module::yield_with_spares(1.0 - bad, 8, 8 + row.spares);
    EXPECT_NEAR(row.yield, exact, bound(exact, modules)) << row.spares << " spares";
    EXPECT_NEAR(row.if_independent, exact, 0.002);
    EXPECT_LE(row.interval.low, row.yield);
    EXPECT_GE(row.interval.high, row.yield);
  }
}

TEST(Yield, LanesThatAreAllAlikeFailTogether) {
  const double bad = 0.05;
  const YieldLane numbers = at_share({.common = 1.0}, bad);
  const int modules = 20000;
  const YieldResult result = yield_of(numbers, {.modules = modules});
  // Spares do not help, and the formula for independent lanes is far off.
  for (const SpareRow& row : result.by_spares) EXPECT_NEAR(row.yield, 1.0 - bad, bound(bad, modules));
  EXPECT_LT(result.by_spares[0].if_independent, 0.7);
}

// Two lanes whose margins have a correlation ρ both hold their median limit with probability
// 1/4 + asin(ρ)/2π (W. F. Sheppard, Phil. Trans. R. Soc. A 192 (1899) 101).
TEST(Yield, HalfCommonLanesFollowSheppard) {
  const YieldLane numbers = at_share({.lanes = 2, .common = 0.5}, 0.5);
  const int modules = 40000;
  const YieldResult result = yield_of(numbers, {.modules = modules});
  const double exact = 0.25 + std::asin(0.5) / (2.0 * std::acos(-1.0));
  EXPECT_NEAR(result.by_spares[0].yield, exact, bound(exact, modules));
}

TEST(Yield, TheResultDoesNotDependOnThreads) {
  const YieldLane numbers = at_share({.common = 0.3}, 0.02);
  for (const Sampling sampling : {Sampling::random, Sampling::sobol}) {
    const YieldResult one = yield_of(numbers, {.modules = 1000, .sampling = sampling, .threads = 1});
    const YieldResult four = yield_of(numbers, {.modules = 1000, .sampling = sampling, .threads = 4});
    EXPECT_EQ(one.by_spares[0].good, four.by_spares[0].good);
    EXPECT_EQ(one.by_spares[0].by_limit, four.by_spares[0].by_limit);
    EXPECT_EQ(one.lane_margins.counts, four.lane_margins.counts);
    EXPECT_EQ(one.surfaces[0].rms, four.surfaces[0].rms);
  }
}

TEST(Yield, SobolPointsScatterLess) {
  const double bad = 0.1;
  const YieldLane numbers = at_share({.lanes = 1, .common = 1.0}, bad);
  double random = 0.0, even = 0.0;
  for (int seed = 1; seed <= 5; ++seed) {
    const auto miss = [&](Sampling sampling) {
      return yield_of(numbers, {.modules = 500, .sampling = sampling, .seed = seed}).by_spares[0].yield -
             (1.0 - bad);
    };
    random += std::pow(miss(Sampling::random), 2);
    even += std::pow(miss(Sampling::sobol), 2);
  }
  EXPECT_LT(even, 0.1 * random);
}

TEST(Yield, FullSolutionsAgreeWithTheFastPath) {
  const YieldLane numbers = at_share({.lanes = 4, .common = 0.5}, 0.1);
  const YieldResult result = yield_of(numbers, {.modules = 25, .full = true});
  ASSERT_TRUE(result.comparison);
  EXPECT_EQ(result.comparison->modules, 25);
  // The search of a margin ends within 0.005 dB.
  EXPECT_LT(result.comparison->largest_db, 0.02);
  EXPECT_EQ(result.comparison->margins, 25);
  EXPECT_NEAR(result.comparison->good_full(), result.comparison->good_fast(), 1);
  EXPECT_EQ(result.by_spares[0].good, result.comparison->good_full());
}

// Verdicts need fewer solutions than margins, and are the same.
TEST(Yield, CheckedModulesGetTheVerdictOfFullSolutions) {
  const YieldLane numbers = at_share({.lanes = 4, .common = 0.5}, 0.1);
  const YieldResult full = yield_of(numbers, {.modules = 25, .full = true});
  const YieldResult checked = yield_of(numbers, {.modules = 200, .check = 25});
  ASSERT_TRUE(checked.comparison);
  EXPECT_EQ(checked.modules, 200);
  EXPECT_EQ(checked.comparison->modules, 25);
  EXPECT_EQ(checked.comparison->good_full(), full.by_spares[0].good);
  EXPECT_EQ(checked.comparison->good_fast(), full.comparison->good_fast());
  EXPECT_GT(checked.comparison->good_neither, 0);  // a comparison of good ones alone would say little
  EXPECT_EQ(checked.comparison->good_both + checked.comparison->good_neither +
                checked.comparison->good_fast_alone + checked.comparison->good_full_alone,
            25);
}

// With a spare, one bad lane is forgiven on either way.
TEST(Yield, CheckedModulesMayHaveSpares) {
  const YieldLane numbers = at_share({.lanes = 2}, 0.3);
  const YieldResult full = yield_of(numbers, {.modules = 20, .spares = 1, .full = true});
  const YieldResult checked = yield_of(numbers, {.modules = 20, .spares = 1, .check = 1000});
  EXPECT_EQ(checked.comparison->modules, 20);
  EXPECT_EQ(checked.comparison->good_full(), full.by_spares[1].good);
}

TEST(Yield, CausesAreTheDeviationsThatDecide) {
  LoadedDesign loaded = yield_design(at_share({}, 0.02));
  // A second number that matters far less: 1 % of the noise is 0.04 dB.
  loaded.design.lane.chain.back().spread = {
      {.key = "noise_density", .scale = parts::SpreadScale::share, .sigma = 0.01}};
  const YieldResult result = run_yield(loaded, {.modules = 2000});
  ASSERT_FALSE(result.causes.empty());
  EXPECT_EQ(result.causes[0].path, "lane.chain.connector.insertion_loss");
  const int refused = result.modules - result.by_spares[0].good;
  EXPECT_EQ(result.causes[0].modules, refused);
  EXPECT_EQ(result.causes[0].good_without, refused);
  ASSERT_EQ(result.missed.size(), 1u);
  EXPECT_EQ(result.missed[0].name, "lane.margin_db");
}

TEST(Yield, WattsBeyondTheirLimitRefuseAModule) {
  LoadedDesign loaded = yield_design({.lanes = 4, .limit_db = -15.0});  // margins hold
  loaded.design.module.conversion_efficiency = 1.0;
  parts::Instance& tia = loaded.design.lane.chain[4];
  std::get<parts::Tia>(tia.part).power = 1.0;
  // Watts are common to the module, so that the module's are normal with a sigma of 0.4 W about what is
  // designed.
  tia.spread = {{.key = "power", .scale = parts::SpreadScale::share, .sigma = 0.1, .common = 1.0}};
  Limit limit;
  limit.quantity = "module.power_w.module";
  limit.at_most = 100.0;
  limit.unit = "W";
  loaded.design.limits = {limit};
  const double others = run_yield(loaded, {.modules = 1}).module_requirements[0].nominal - 4.0;
  loaded.design.limits[0].at_most = others + 4.0 + 0.4;
  const int modules = 5000;
  const YieldResult result = run_yield(loaded, {.modules = modules});
  const double exact = 1.0 - signal::q_function(1.0);
  EXPECT_NEAR(result.by_spares[0].yield, exact, bound(exact, modules));
  EXPECT_NEAR(result.watts_mean.module, others + 4.0, 4.0 * 0.4 / std::sqrt(modules));
  EXPECT_EQ(result.causes.at(0).path, "lane.chain.tia.power");
}

TEST(Yield, AStopLeavesWhatIsFinished) {
  std::stop_source stop;
  YieldOptions options{.modules = 100000, .threads = 2};
  options.stop = stop.get_token();
  options.on_progress = [&](std::string_view stage, int done, int) {
    if (stage == "modules" && done >= 128) stop.request_stop();
  };
  const YieldResult result = yield_of({}, options);
  EXPECT_FALSE(result.complete());
  EXPECT_GE(result.modules, 128);
  EXPECT_LT(result.modules, 100000);
  EXPECT_EQ(result.by_spares.size(), 3u);
}

TEST(Yield, ADesignInWhichNothingVariesIsRefused) {
  LoadedDesign loaded = yield_design({});
  loaded.design.lane.chain[2].spread.clear();
  EXPECT_THAT(message_of([&] { run_yield(loaded, {}); }), HasSubstr("how much its numbers vary"));
}

TEST(Yield, AModuleThatMissesAsDesignedIsWarnedOf) {
  YieldLane numbers;
  numbers.limit_db = 30.0;
  const YieldResult result = yield_of(numbers, {.modules = 64});
  EXPECT_FALSE(result.nominal_good);
  ASSERT_FALSE(result.warnings.empty());
  EXPECT_THAT(result.warnings.back().message, HasSubstr("as designed misses this"));
  EXPECT_EQ(result.by_spares[0].good, 0);
}

}  // namespace
}  // namespace waverack::study
