#include <gtest/gtest.h>

#include "unit/base/message_of.hpp"
#include "waverack/io/load.hpp"
#include "waverack/study/technology.hpp"

// What built-in designs are to a cluster, against published reaches, watts and rates of failures.

namespace waverack::study {
namespace {

constexpr double fit = 1e-9 / 3600.0;

cluster::Technology solve(const std::string& name, const std::vector<std::string>& settings = {}) {
  return solve_technology(name, io::load_design(name, settings).loaded);
}

void expect_falling(const cluster::Technology& made) {
  ASSERT_GT(made.ladder.size(), 3u);
  for (std::size_t i = 1; i < made.ladder.size(); ++i) {
    EXPECT_GT(made.ladder[i].length, made.ladder[i - 1].length);
    EXPECT_LT(made.ladder[i].margin_db, made.ladder[i - 1].margin_db + 0.02);
  }
}

TEST(Technologies, PassiveCopperReachesTwoMetresAtHundredGigabit) {
  const cluster::Technology dac = solve("dac-800g");
  EXPECT_EQ(dac.form, cluster::Form::cable);
  EXPECT_EQ(dac.medium, cluster::Medium::copper);
  EXPECT_GE(dac.reach, 2.0);  // 802.3ck, passive CR (facts: standards 7)
  EXPECT_LE(dac.reach, 2.5);
  EXPECT_EQ(dac.module_power.value, 0.0);
  // The hosts equalise what is between them: 28 dB from die to die (facts: standards 5.1), the packages left
  // out.
  EXPECT_NEAR(dac.host_loss_db, 7.0, 0.2);
  EXPECT_NEAR(dac.equalised_loss_db, 28.0, 2.0);
  EXPECT_NEAR(dac.delay_per_metre, 4.6e-9, 1e-12);  // facts: cluster 8.2
  expect_falling(dac);
}

TEST(Technologies, ActiveCopperReachesTwoToThreeMetresAtTwoHundredGigabit) {
  const cluster::Technology aec = solve("aec-1.6t");
  EXPECT_EQ(aec.form, cluster::Form::cable);
  EXPECT_GE(aec.reach, 2.0);  // facts: cluster 9
  EXPECT_LE(aec.reach, 3.0);
  EXPECT_GE(aec.module_power.value, 10.0);  // 10 to 15 W per end (facts: photonics 8.2)
  EXPECT_LE(aec.module_power.value, 15.0);
  EXPECT_LE(aec.failures.low, 10.0 * fit);  // Credo: 100 million hours (facts: cluster 7.1)
}

TEST(Technologies, AnEngineWithExternalLasersIsCoPackaged) {
  const cluster::Technology cpo = solve("cpo-3.2t");
  EXPECT_EQ(cpo.form, cluster::Form::co_packaged);
  EXPECT_EQ(cpo.lanes, 32);
  EXPECT_DOUBLE_EQ(cpo.mac_rate, 3.2e12);
  EXPECT_DOUBLE_EQ(cpo.line_rate, 106.25e9);
  EXPECT_EQ(cpo.lanes_of_laser, 4);
  EXPECT_GT(cpo.laser_power.value, 0.0);
  EXPECT_NEAR(cpo.laser_modules, 0.5, 1e-9);          // 8 of 16 fibres
  EXPECT_GE(cpo.reach, 500.0);                        // what it is designed for
  EXPECT_LE(cpo.host_loss_db, 12.0);                  // XSR
  EXPECT_NEAR(cpo.delay_per_metre, 4.9e-9, 0.02e-9);  // facts: cluster 8.2
  EXPECT_LT(cpo.latency, 20e-9);                      // "a few ns" (facts: cluster 8.2)
  EXPECT_GT(cpo.temperature, 300.0);
  EXPECT_GT(cpo.laser_failures.value, 0.0);
}

// Meta's 2xFR4 modules of 800 Gb/s fail after 0.55 million hours, 1818 FIT; sheets of components say 0.8 to 4
// kFIT for eight lasers, and this module has two (facts: cluster 7.1, 7.2).
TEST(Technologies, ARetimedPluggableReachesItsStandardAndFailsAsFleetsDo) {
  const cluster::Technology dsp = solve("dsp-800g-dr8");
  EXPECT_EQ(dsp.form, cluster::Form::pluggable);
  EXPECT_LE(dsp.failures.low, 1000.0 * fit);
  EXPECT_GE(dsp.failures.high, 1818.0 * fit);
  EXPECT_GT(dsp.failures.value, dsp.failures.low);
  EXPECT_LT(dsp.failures.value, dsp.failures.high);
  EXPECT_NEAR(dsp.host_loss_db, 16.0, 0.5);
  EXPECT_NEAR(dsp.equalised_loss_db, dsp.host_loss_db, 0.1);  // a retimer splits the way
  EXPECT_GE(dsp.reach, 500.0);
  expect_falling(dsp);
}

TEST(Technologies, ALinearModuleLeavesBothHostsToOneReceiver) {
  const cluster::Technology lpo = solve("lpo-1.6t-osfp");
  EXPECT_NEAR(lpo.equalised_loss_db, 2.0 * lpo.host_loss_db, 0.5);
  EXPECT_EQ(lpo.laser_power.value, 0.0);
}

// The margin at the design's own length is that of the whole solution: half the samples move it by some
// hundredths of a dB.
TEST(Technologies, TheLadderMeetsTheSolvedDesign) {
  const LoadedDesign loaded = io::load_design("dac-800g").loaded;
  const Result result = waverack::solve(loaded, {.penalties = false, .charts = false});
  EXPECT_NEAR(cluster::at_length(solve("dac-800g"), 2.0).margin_db, result.lane.margin_db, 0.05);
}

TEST(Technologies, MoreMarginIsLessReach) {
  TechnologyOptions strict;
  strict.copper_margin *= 2.0;
  const LoadedDesign loaded = io::load_design("dac-800g").loaded;
  EXPECT_LT(solve_technology("dac", loaded, strict).reach, solve_technology("dac", loaded).reach - 0.3);
}

TEST(Technologies, WithoutAMediumThereIsNoTechnology) {
  EXPECT_EQ(
      message_of([&] { solve("dac-800g", {"lane.chain.twinax.length=0 m"}); }),
      "lane.chain: design 'dac-800g' has nothing between its modules, so it cannot serve links (allowed: a "
      "fibre or a twinax in the chain, with its length)");
}

}  // namespace
}  // namespace waverack::study
