#include "waverack/module/reliability.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "waverack/module/laser_supply.hpp"

namespace waverack::module {
namespace {

constexpr double fit = 1e-9 / 3600.0, electronvolt = 1.602176634e-19, celsius = 273.15;

parts::Instance part(std::string name, parts::AnyPart what, double rate, int lanes = 1) {
  parts::Instance instance;
  instance.name = std::move(name);
  instance.part = std::move(what);
  instance.failures.rate = rate;
  instance.failures.temperature = 45.0 + celsius;
  instance.failures.activation_energy = 0.7 * electronvolt;
  instance.failures.lanes = lanes;
  return instance;
}

// One laser for each lane.
Reliability of_lasers(int count, double rate, int spares = 0) {
  Module module;
  module.lanes = count;
  link::Lane lane;
  lane.temperature = 45.0 + celsius;
  lane.light = {part("cw_laser", parts::CwLaser{}, rate)};
  return reliability(module, lane, {}, {}, spares);
}

// Photonics facts 10, two digits after the point of a per cent.
TEST(Reliability, FailuresWithinAYear) {
  EXPECT_NEAR(of_lasers(32, 10 * fit).any_failure, 0.0028, 5e-5);
  EXPECT_NEAR(of_lasers(8, 100 * fit).any_failure, 0.0070, 5e-5);
  EXPECT_NEAR(of_lasers(16, 200 * fit).any_failure, 0.0276, 5e-5);
}

// The same facts: 45 to 70 °C, which they take as 318 and 343 K. That makes their
// factors larger by 0.003 and 0.008.
TEST(Reliability, ArrheniusAcceleration) {
  parts::FailureRate failure{100 * fit, 45.0 + celsius, 0.4 * electronvolt, 1};
  EXPECT_NEAR(failure_rate_at(failure, 70.0 + celsius) / failure.rate, 2.90, 0.005 + 0.003);
  failure.activation_energy = 0.7 * electronvolt;
  EXPECT_NEAR(failure_rate_at(failure, 70.0 + celsius) / failure.rate, 6.43, 0.005 + 0.008);
  EXPECT_DOUBLE_EQ(failure_rate_at(failure, 45.0 + celsius), failure.rate);
}

TEST(Reliability, PartsCountOnceEachWhereTheyAre) {
  Module module;
  module.lanes = 8;
  link::Lane lane;
  lane.temperature = 45.0 + celsius;
  parts::LaserPath path;
  path.ways = 4;
  lane.light = {part("els", parts::CwLaser{}, 100 * fit), part("laser_path", path, 0.0)};
  lane.light[0].place = parts::Place::laser;
  lane.chain = {part("host_transmitter", parts::HostTransmitter{}, 1000 * fit),
                part("driver", parts::LinearDriver{}, 50 * fit, 4), part("tia", parts::Tia{}, 40 * fit)};
  lane.chain[0].place = parts::Place::host;
  const Reliability result = reliability(
      module, lane, {}, {{"lane.chain.tia", 70.0 + celsius}, {"lane.light.els", 45.0 + celsius}}, 0);
  // The tia is hotter; the driver serves four lanes; the host is not the module's.
  EXPECT_NEAR(result.rate / fit, 2 * 50 + 8 * 40 * 6.43, 8 * 40 * (0.005 + 0.008));
  EXPECT_NEAR(result.replaceable_rate / fit, 2 * 100, 1e-9);
  ASSERT_EQ(result.devices.size(), 3u);
  EXPECT_EQ(result.devices[0].name, "lane.chain.tia");  // the largest first
  EXPECT_TRUE(result.devices[1].field_replaceable);
  EXPECT_EQ(result.devices[1].lanes, 4);
  // What is changed in the field does not count among the module's failures.
  EXPECT_NEAR(result.any_failure, 1.0 - std::exp(-result.rate * seconds_per_year), 1e-15);
}

// What a run says under laser.redundancy is the same rate: 1 − e^(−λ·t) of one laser, solved for λ. A diode
// laser on its cooler, one in a warm case, one whose surroundings a package gives.
TEST(Reliability, LasersFailAsOftenAsBehindTheirRedundancy) {
  Module module;
  module.lanes = 8;
  parts::CwLaser in_case;
  in_case.laser_module.case_rise = 30.0;
  parts::DiodeLaser uncooled, cooled;
  uncooled.laser_module.case_rise = cooled.laser_module.case_rise = 30.0;
  cooled.cooler.fitted = true;
  cooled.cooler.temperature = 45.0 + celsius;
  const struct {
    parts::AnyPart laser;
    double mount;  // [K], in surroundings of 25 °C
  } cases[] = {{parts::CwLaser{}, 25.0 + celsius},
               {in_case, 55.0 + celsius},
               {uncooled, 55.0 + celsius},
               {cooled, 45.0 + celsius}};
  for (const auto& item : cases) {
    link::Lane lane;
    lane.temperature = 25.0 + celsius;
    lane.light = {part("laser", item.laser, 100 * fit)};
    lane.light.front().place = parts::Place::laser;
    const Reliability rolled = reliability(module, lane, {}, {}, 0);
    ASSERT_EQ(rolled.devices.size(), 1u);
    EXPECT_NEAR(rolled.devices[0].temperature, item.mount, 1e-9);
    parts::Conditions conditions;
    conditions.temperature = lane.temperature;
    const LaserResult supply = solve_laser_supply(module, lane, {}, conditions);
    EXPECT_NEAR(-std::log1p(-supply.redundancy.laser_fails) / module.light.service_time,
                rolled.devices[0].rate, 1e-9 * rolled.devices[0].rate);

    const double warm = 60.0 + celsius;
    EXPECT_NEAR(-std::log1p(-solve_laser_supply(module, lane, {}, conditions, warm).redundancy.laser_fails) /
                    module.light.service_time,
                reliability(module, lane, {}, {{"lane.light.laser", warm}}, 0).devices[0].rate,
                1e-9 * rolled.devices[0].rate);
  }
}

// Binomial tails: 4 lanes needed, 2 built beyond, each dead within the year with probability p.
TEST(Reliability, SparesForgiveAsManyDeadLanes) {
  const double p = 0.05, rate = -std::log1p(-p) / seconds_per_year;
  const double alive = std::pow(1 - p, 6) + 6 * p * std::pow(1 - p, 5) + 15 * p * p * std::pow(1 - p, 4);
  EXPECT_NEAR(of_lasers(4, rate, 2).beyond_spares, 1.0 - alive, 1e-12);
  EXPECT_NEAR(of_lasers(4, rate, 0).beyond_spares, 1.0 - std::pow(1 - p, 4), 1e-12);
}

TEST(Reliability, ADeviceOfMoreLanesThanSparesEndsTheModule) {
  Module module;
  module.lanes = 4;
  link::Lane lane;
  lane.temperature = 45.0 + celsius;
  const double p = 0.1, rate = -std::log1p(-p) / seconds_per_year;
  lane.chain = {part("driver", parts::LinearDriver{}, rate, 4)};
  // Two spares: two drivers, of which none may fail.
  EXPECT_NEAR(reliability(module, lane, {}, {}, 2).beyond_spares, 1.0 - 0.9 * 0.9, 1e-12);
  // Four spares: one of two may.
  EXPECT_NEAR(reliability(module, lane, {}, {}, 4).beyond_spares, 0.1 * 0.1, 1e-12);
}

TEST(Reliability, WithoutStatedRatesThereIsNothing) {
  const Reliability result = of_lasers(8, 0.0);
  EXPECT_TRUE(result.devices.empty());
  EXPECT_EQ(result.any_failure, 0.0);
  EXPECT_EQ(result.beyond_spares, 0.0);
}

}  // namespace
}  // namespace waverack::module
