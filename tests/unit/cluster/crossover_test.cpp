#include "waverack/cluster/crossover.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "clusters.hpp"
#include "waverack/base/decibel.hpp"

namespace waverack::cluster {
namespace {

Crossover find(const CrossoverInputs& inputs, std::string_view id) {
  for (Crossover& c : crossovers(inputs))
    if (c.id == id) return c;
  throw std::logic_error("no such crossover");
}

// Closed forms: watts of a module are e·R while the energy per bit does not change with the rate.
TEST(Crossover, CagePowerOverEnergyPerBit) {
  const Crossover found = find({}, "cpo-rate-cage");
  EXPECT_TRUE(found.found);
  EXPECT_NEAR(found.value, 35.0 / 15.6e-12, 1e3);
  EXPECT_EQ(found.causes.front().input, "dsp_energy");
  // P = e·R·0.89^log2(R/1.6T), solved for R; at the low end below 1.6 Tb/s, where the ratio works the other
  // way.
  const double exponent = 1.0 + std::log2(0.89);
  EXPECT_NEAR(found.low, 1.6e12 * std::pow(30.0 / (18.8e-12 * 1.6e12), 1.0 / exponent), 1e4);
  EXPECT_NEAR(found.high, 1.6e12 * std::pow(40.0 / (12.5e-12 * 1.6e12), 1.0 / exponent), 1e4);
}

TEST(Crossover, HostLossGrowsWithThePowerOfTheLaneRate) {
  const Crossover found = find({}, "cpo-rate-loss");
  EXPECT_NEAR(found.value, 8 * 200e9 * std::pow(36.0 / 22.0, 1.0 / 0.75), 1e3);
  // Below 200 Gb/s a lane the exponent works the other way round.
  EXPECT_NEAR(found.low, 8 * 200e9 * std::pow(28.0 / 36.0, 2.0), 1e3);
  EXPECT_NEAR(found.high, 8 * 200e9 * std::pow(36.0 / 22.0, 2.0), 1e3);
}

TEST(Crossover, TheFirstOfTwoLimitsIsTheLesser) {
  const CrossoverInputs inputs;
  const RateVerdict verdict = judge_rate(inputs);
  EXPECT_NEAR(verdict.crossing.value, std::min(verdict.by_cage.value, verdict.by_loss.value), 1e3);
  EXPECT_EQ(verdict.decided_by, "cage power");
  // 35 W over 15.6 pJ/bit are 2.24 Tb/s: modules of 1.6 Tb/s are the last that air-cooled cages take.
  EXPECT_EQ(verdict.last_served, 1.6e12);
  EXPECT_FALSE(verdict.holds);
  EXPECT_TRUE(verdict.possible);
}

// A DSP of 3.2 Tb/s of about 50 W needs a cage of so many (facts: cluster 9).
TEST(Crossover, AnAskedRateNeedsItsWatts) {
  const Crossover found = find({}, "cpo-cage-power");
  EXPECT_NEAR(found.value, 50.0, 0.2);
  EXPECT_FALSE(found.above);
}

TEST(Crossover, ColderCagesAndMoreLanesMoveItAboveTheStatedRate) {
  CrossoverInputs inputs;
  inputs.cage_power = exactly(60.0);
  EXPECT_EQ(judge_rate(inputs).decided_by, "host loss");
  EXPECT_EQ(judge_rate(inputs).last_served, 1.6e12);  // 385 Gb/s a lane are just short of 3.2 Tb/s
  inputs.lanes_per_cage = 16.0;
  const RateVerdict verdict = judge_rate(inputs);
  EXPECT_EQ(verdict.last_served, 3.2e12);
  EXPECT_TRUE(verdict.holds);
}

TEST(Crossover, CapacityIsTheRateTimesTheCages) {
  const CrossoverInputs inputs;
  EXPECT_NEAR(find(inputs, "cpo-capacity").value, 64.0 * find(inputs, "cpo-rate").value, 1e6);
}

TEST(Crossover, SavedEnergyIsWorthWhatItCosts) {
  CrossoverInputs inputs;
  inputs.host.anchors = {{"any", 10.0, exactly(0.0), 5e-9, 53e9}};  // hosts draw nothing
  const double watts = (15.6e-12 - 5.6e-12) * 1.6e12;
  const double kilowatt_hours = watts / 1000.0 * 1.25 * 5.0 * 8766.0;
  EXPECT_NEAR(find(inputs, "cpo-price").value, kilowatt_hours * 0.08, 1e-6);
}

// Copper halves with every doubling of the rate where loss goes as f (facts: cluster 9).
TEST(Crossover, CopperReachFallsWithTheRate) {
  CrossoverInputs inputs;
  inputs.loss_exponent = exactly(1.0);
  inputs.aec_reach = exactly(5.0);
  EXPECT_NEAR(find(inputs, "aec-reach").value, 2.5, 1e-9);
  inputs.rack_reach = exactly(2.0);
  EXPECT_NEAR(find(inputs, "aec-lane-rate").value, 250e9, 1.0);
  // Facts: AEC reach 2 to 3 m at 200 Gb/s a lane; the default's range holds it.
  const Crossover published = find({}, "aec-reach");
  EXPECT_LE(published.low, 2.0 + 1e-9);
  EXPECT_GE(published.high, 3.0);
}

TEST(Crossover, RangesHoldTheValueAndEveryCauseAlone) {
  for (const Crossover& c : crossovers({})) {
    EXPECT_LE(c.low, c.value * (1 + 1e-9)) << c.id;
    EXPECT_GE(c.high, c.value * (1 - 1e-9)) << c.id;
    for (const CrossoverCause& cause : c.causes) {
      EXPECT_LE(c.low, cause.low * (1 + 1e-9)) << c.id << " " << cause.input;
      EXPECT_GE(c.high, cause.high * (1 - 1e-9)) << c.id << " " << cause.input;
    }
  }
}

TEST(Crossover, OutsideTheRangeNothingIsFound) {
  CrossoverInputs inputs;
  inputs.cage_power = exactly(1e-3);
  const Crossover found = find(inputs, "cpo-rate-cage");
  EXPECT_FALSE(found.found);
  EXPECT_TRUE(found.challenger_always);
  EXPECT_EQ(found.value, found.from);
}

TEST(Crossover, TheCurveCrossesWhereTheCrossingIs) {
  for (const Crossover& c : crossovers({}))
    for (const CrossoverPoint& p : c.curve) {
      if (!c.found || std::abs(p.x / c.value - 1.0) < 1e-6) continue;
      const bool beyond = p.x > c.value;
      const bool rising = c.curve.back().need > c.curve.back().limit;
      EXPECT_EQ(p.need > p.limit, beyond == rising) << c.id << " at " << p.x;
    }
}

TEST(Crossover, SolvedTechnologiesTakeThePlaceOfPublishedOnes) {
  Technology cpo = example::optics("cpo", 12.0, Form::co_packaged, 3.2e12);
  cpo.laser_power = exactly(4.0);
  const Technology aec = example::copper("aec", 5.0, 4.0);
  SolvedTechnologies solved;
  solved.cpo = &cpo;
  solved.aec = &aec;
  const CrossoverInputs inputs = with_technologies({}, solved);
  EXPECT_NEAR(inputs.cpo_energy.value, 5e-12, 1e-20);
  EXPECT_NEAR(inputs.aec_reach.value, 4.0, 1e-12);  // it has 100 Gb/s a lane already
  EXPECT_EQ(inputs.dsp_energy.value, CrossoverInputs{}.dsp_energy.value);
}

// At 100 Gb/s a lane the channel loses 10 dB; skin effect alone makes 10·√2 dB of it at 200 Gb/s, dielectric
// loss alone 20 dB.
TEST(Crossover, TheLossToCagesIsThatOfTheSolvedChannel) {
  Technology dsp = example::optics("dsp", 25.0, Form::pluggable, 1.6e12);
  dsp.lanes = 16;
  dsp.host_loss_db = 10.0;
  SolvedTechnologies solved;
  solved.dsp = &dsp;
  const CrossoverInputs inputs = with_technologies({}, solved);
  EXPECT_NEAR(to_db(inputs.host_loss.low), 14.142, 1e-3);
  EXPECT_NEAR(to_db(inputs.host_loss.high), 20.0, 1e-9);
  EXPECT_EQ(inputs.linear_host_loss.value, CrossoverInputs{}.linear_host_loss.value);
  EXPECT_GT(find(inputs, "cpo-rate-loss").value, find({}, "cpo-rate-loss").value);  // 22 dB there
}

}  // namespace
}  // namespace waverack::cluster
