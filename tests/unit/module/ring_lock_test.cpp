// Locks of rings. Expected values: closed forms of docs/theory/calibration.md, equations 7 to 12, worked out
// here for a Lorentzian by hand; what is measured of rings is in facts: photonics 4.2 and 11.

#include "waverack/module/ring_lock.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "waverack/base/physical_constants.hpp"
#include "waverack/module/ring_error_lock.hpp"

namespace waverack::module {
namespace {

const Stream lock_stream{5, 2, 0, 0};
constexpr double wavelength = 1311e-9;

parts::Conditions lit(double power) {
  parts::Conditions conditions;
  conditions.light.power = power;
  conditions.light.wavelength = wavelength;
  return conditions;
}

// A ring whose data do not move it: A(Δ) is a Lorentzian alone.
parts::MicroRing ring_at(double detuning) {
  parts::MicroRing ring;
  ring.detuning = detuning;
  return ring;
}
RingPlant still_plant(double detuning, double power) { return ring_plant(ring_at(detuning), lit(power), {}); }

Monitor quiet() {
  Monitor monitor;
  monitor.dark_current = monitor.noise_density = monitor.converter_enob = 0.0;
  return monitor;
}
RingSettings exact() {
  RingSettings settings;
  settings.level_error = 0.0;
  return settings;
}

// Half-widths by which the ambient moves the detuning for each kelvin: 60 pm/K, λ/2Q for a half-width.
double per_kelvin(const parts::MicroRing& ring) {
  return ring.thermal_drift / (wavelength / (2.0 * ring.loaded_q));
}

TEST(RingPlant, StandsAtItsTargetWithItsOwnHeat) {
  const RingPlant plant = still_plant(0.8, 5e-3);
  EXPECT_NEAR(plant.target / plant.half_width(), 0.8, 1e-12);
  RingState state(plant, 10e-6);
  EXPECT_NEAR(state.detuning(), plant.target, 1e-9 * plant.half_width());
  // It stays there: light and heater hold each other.
  state.advance(1e-3, plant.held, 0.0);
  EXPECT_NEAR(state.detuning(), plant.target, 1e-9 * plant.half_width());
}

// A = A_0/(1 + x²), so dA/dx = −2x·A/(1 + x²).
TEST(RingPlant, SlopeOfTheLorentzian) {
  const RingPlant plant = still_plant(0.8, 5e-3);
  for (const double x : {-1.0, 0.3, 0.8, 2.0}) {
    const double here = plant.absorbed(x * plant.half_width());
    EXPECT_NEAR(here, plant.absorbed(0.0) / (1.0 + x * x), 1e-12);
    EXPECT_NEAR(plant.slope(x * plant.half_width()) * plant.half_width(), -2.0 * x * here / (1.0 + x * x),
                1e-9);
  }
}

// Data that swing by ±d half-widths: the mean of two Lorentzians.
TEST(RingPlant, TakesTheMeanOverTheData) {
  parts::MicroRing ring = ring_at(0.5);
  ring.built_in_voltage = 1e9;  // linear
  const std::vector<float> voltages{-2.0f, 2.0f, 2.0f, -2.0f};
  const RingPlant plant = ring_plant(ring, lit(1e-3), voltages);
  const double shift = 2.0 * ring.tuning / (wavelength / (2.0 * ring.loaded_q));
  const double peak = 1.0 - 1.0 / ring.resonance_extinction;
  const auto lorentzian = [&](double x) { return peak / (1.0 + x * x); };
  EXPECT_NEAR(plant.absorbed(plant.target), 0.5 * (lorentzian(0.5 + shift) + lorentzian(0.5 - shift)), 1e-6);
}

// Without light in the ring a heater step is a pole of first order.
TEST(RingState, HeaterIsAPole) {
  const RingPlant plant = still_plant(1.0, 0.0);
  RingState state(plant, 10e-6);
  const double before = state.detuning(), step = 10e-12;
  state.advance(7e-6, plant.held + step, 0.0);
  EXPECT_NEAR(state.detuning() - before, plant.per_metre * step * (1.0 - std::exp(-0.7)),
              1e-9 * plant.per_metre * step);
}

// Slow disturbances are weakened by 1 + feedback.
TEST(RingState, OwnHeatHoldsAgainstTheAmbient) {
  const RingPlant plant = still_plant(1.0, 10e-3);
  RingState state(plant, 10e-6);
  const double warmer = 0.01;  // [K]
  state.settle(plant.held, warmer);
  const double moved = (state.detuning() - plant.target) / plant.half_width();
  EXPECT_NEAR(moved, per_kelvin(ring_at(1.0)) * warmer / (1.0 + plant.feedback(plant.target)), 0.01 * moved);
  EXPECT_GT(plant.feedback(plant.target), 1.0);
}

TEST(RingLock, LocksFromTheWarmSideAndHolds) {
  const RingPlant plant = still_plant(0.5, 10e-3);
  const RingLock lock = lock_ring(plant, exact(), quiet(), lock_stream);
  EXPECT_TRUE(lock.locked);
  EXPECT_NEAR(lock.residual.mean, 0.0, 1e-3);
  EXPECT_NEAR(lock.peak, 0.0, 1e-6);
  // It comes down from a full range to where it is held at the scan's rate, and then settles.
  const double search = (plant.range - plant.held) / RingSettings{}.scan_rate;
  EXPECT_NEAR(lock.time_to_lock, search, 0.1 * search);
}

// Ramp error of an integrator: what the disturbance adds in an interval over the gain.
TEST(RingLock, RampLeavesRateOverGain) {
  for (const double power : {1e-6, 10e-3}) {
    const RingPlant plant = still_plant(1.0, power);
    RingSettings settings = exact();
    settings.ramp = 400.0;
    const RingLock lock = lock_ring(plant, settings, quiet(), lock_stream);
    const double own = plant.feedback(plant.target);
    const double expected =
        per_kelvin(ring_at(1.0)) * settings.ramp * settings.update_interval / (settings.gain * (1.0 + own));
    EXPECT_NEAR(lock.expected_ramp, expected, 1e-6);
    // The level is a curve: the slope at an error of a few hundredths is some per cent another one.
    EXPECT_NEAR(lock.warming.settled, expected, 0.1 * expected) << power;
    EXPECT_NEAR(lock.cooling.settled, -expected, 0.1 * expected) << power;
    EXPECT_TRUE(lock.warming.followed && lock.warming.kept && lock.cooling.followed && lock.cooling.kept);
  }
}

// From dL/dx = −2x·L/(1 + x²): 1 % of the level is 0.01·(1 + x²)/2x half-widths.
TEST(RingLock, AWrongLevelIsAWrongDetuning) {
  RingSettings settings = exact();
  settings.level_error = 0.01;
  const RingLock lock = lock_ring(still_plant(1.0, 1e-4), settings, quiet(), lock_stream);
  EXPECT_NEAR(lock.residual.mean, 0.01, 0.05 * 0.01);
  EXPECT_NEAR(lock.expected_mean, 0.01, 1e-6);
}

TEST(RingLock, NoiseIsThatOfItsBandwidth) {
  const RingPlant plant = still_plant(1.0, 1e-4);
  Monitor monitor = quiet();
  monitor.noise_density = 10e-12;
  const RingSettings settings = exact();
  const RingLock lock = lock_ring(plant, settings, monitor, lock_stream);
  // Level 0.49 of the light, slope the same for a half-width; 20 samples of density·f_s/2.
  const double level = 0.5 * (1.0 - 1.0 / ring_at(1.0).resonance_extinction);
  const double light = 1e-4 * settings.drop_share * monitor.responsivity;
  const double density = 1e-22 + 2.0 * elementary_charge * light * level;
  const double expected = std::sqrt(density * 0.5e6 / 20.0) / (light * level) * std::sqrt(0.2 / 1.8);
  EXPECT_NEAR(lock.expected_rms, expected, 1e-3 * expected);
  // 250 updates, correlated over five of them; the loop's delay of half an interval adds a little.
  EXPECT_NEAR(lock.residual.rms, expected, 0.3 * expected);
}

// Too fast for the loop: it leaves what is allowed; slower by far, it does not. The fastest one lies where
// eq. 9 says.
TEST(RingLock, FastestRamp) {
  const RingPlant plant = still_plant(1.0, 1e-6);
  RingSettings settings = exact();
  settings.ramp_tolerance = 0.02;  // where the level is still straight
  const double limit =
      settings.ramp_tolerance * settings.gain / (per_kelvin(ring_at(1.0)) * settings.update_interval);
  EXPECT_TRUE(ramp_ring(plant, settings, quiet(), 0.8 * limit, settings.ramp_rise, lock_stream).followed);
  EXPECT_FALSE(ramp_ring(plant, settings, quiet(), 1.3 * limit, settings.ramp_rise, lock_stream).followed);
  const RingLock lock = lock_ring(plant, settings, quiet(), lock_stream);
  EXPECT_NEAR(lock.fastest_warming, limit, 0.15 * limit);
  EXPECT_NEAR(lock.fastest_cooling, limit, 0.15 * limit);
}

// The heater is off after held/drift kelvin of warming, whatever the rate: that is an end of the range, not a
// rate. Within the range the same rate is followed both ways, the one of eq. 9 and of a ring with range
// enough; and cooling is none the worse for a warming that ran out of range.
TEST(RingLock, EndOfTheHeaterIsNoRate) {
  RingPlant plant = still_plant(1.0, 1e-6);
  const double room = 10.0;  // [K]
  plant.held = room * plant.drift;
  RingSettings settings = exact();
  settings.ramp_tolerance = 0.02;
  const double limit =
      settings.ramp_tolerance * settings.gain / (per_kelvin(ring_at(1.0)) * settings.update_interval);
  settings.ramp = 0.5 * limit;
  const RingLock lock = lock_ring(plant, settings, quiet(), lock_stream);
  EXPECT_NEAR(heater_room(plant, 1.0), room, 1e-9);
  EXPECT_NEAR(heater_room(plant, -1.0), plant.range / plant.drift - room, 1e-9);
  EXPECT_FALSE(lock.warming.followed);
  // The loop is late by 1/gain updates.
  EXPECT_NEAR(lock.warming.ended, room, 2.0 * settings.ramp * settings.update_interval / settings.gain);
  EXPECT_TRUE(lock.cooling.followed && lock.cooling.kept);
  EXPECT_TRUE(std::isnan(lock.cooling.ended));
  EXPECT_LT(lock.warming_rise, room);
  EXPECT_EQ(lock.cooling_rise, settings.ramp_rise);
  EXPECT_NEAR(lock.fastest_warming, limit, 0.15 * limit);
  EXPECT_NEAR(lock.fastest_cooling, limit, 0.15 * limit);
}

// What the ramps of the table say is what the fastest ones say.
TEST(RingLock, RampsAgreeWithTheFastestOnes) {
  const RingPlant plant = still_plant(0.8, 5e-3);
  for (const double share : {0.7, 1.4}) {
    RingSettings settings = exact();
    settings.ramp = share * lock_ring(plant, settings, quiet(), lock_stream).fastest_cooling;
    const RingLock lock = lock_ring(plant, settings, quiet(), lock_stream);
    EXPECT_EQ(lock.cooling.followed, share < 1.0) << share;
    EXPECT_EQ(lock.warming.followed, settings.ramp <= lock.fastest_warming) << share;
  }
}

// Beyond the peak the level's slope turns round: cooling that fast is not caught again, warming is.
TEST(RingLock, CoolingTooFastLosesTheLock) {
  const RingPlant plant = still_plant(0.3, 1e-6);
  const RampRun cooling = ramp_ring(plant, exact(), quiet(), -1e5, exact().ramp_rise, lock_stream);
  EXPECT_FALSE(cooling.followed);
  EXPECT_FALSE(cooling.kept);
  const RampRun warming = ramp_ring(plant, exact(), quiet(), 1e5, exact().ramp_rise, lock_stream);
  EXPECT_FALSE(warming.followed);
}

// From wherever the search begins.
TEST(FastestRamp, FindsAThreshold) {
  for (const double guess : {1e-6, 1.0, 900.0, 1234.0, 2e6, std::numeric_limits<double>::infinity(),
                             std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_NEAR(fastest_ramp([](double rate) { return rate <= 1234.0; }, 1.0, guess), 1234.0, 1.3) << guess;
    EXPECT_NEAR(fastest_ramp([](double rate) { return rate >= -20.0; }, -1.0, guess), 20.0, 0.02) << guess;
    EXPECT_EQ(fastest_ramp([](double) { return false; }, 1.0, guess), 0.0) << guess;
    EXPECT_EQ(fastest_ramp([](double) { return true; }, 1.0, guess), 1e7) << guess;
  }
  EXPECT_NEAR(fastest_ramp([](double rate) { return rate <= 0.02; }, 1.0, 1e3, 1e-3), 0.02, 2e-5);
}

// Slow ramps are long: a search that begins near the answer asks for none of them.
TEST(FastestRamp, AsksForNoSlowRamps) {
  double slowest = 1e9;
  int calls = 0;
  fastest_ramp(
      [&](double rate) {
        slowest = std::min(slowest, rate);
        ++calls;
        return rate <= 1000.0;
      },
      1.0, 1200.0);
  EXPECT_GT(slowest, 700.0);
  EXPECT_LE(calls, 16);
}

// ln p = ln p_0 + ½·c·(x − best)²
ErrorLaw parabola(double best, double curvature, double least) {
  return {[=](double x) { return least * std::exp(0.5 * curvature * (x - best) * (x - best)); }, best - 1.0,
          best + 1.0, 100e9};
}

TEST(RingErrorLock, FindsTheLeastErrorRatio) {
  const RingPlant plant = still_plant(0.5, 5e-3);
  const RingSettings settings;
  const ErrorLaw law = parabola(0.62, 40.0, 1e-6);
  const RingErrorLock lock = lock_ring_by_errors(plant, settings, law, lock_stream);
  EXPECT_TRUE(lock.converged);
  EXPECT_NEAR(lock.best, 0.62, 0.005);
  EXPECT_NEAR(lock.residual.mean, 0.0, 0.01);
  EXPECT_NEAR(lock.errors_counted, 1e-6 * 100e9 * 10e-3, 1.0);
  // √(2/n)/(2·probe·c) for one pair of counts, g/(2 − g) of its square in the loop.
  const double expected = std::sqrt(2.0 / 1000.0) / (2.0 * 0.05 * 40.0) * std::sqrt(0.3 / 1.7);
  EXPECT_NEAR(lock.expected_rms, expected, 0.03 * expected);
  EXPECT_NEAR(lock.residual.rms, expected, 0.35 * expected);  // 100 corrections, correlated over three
}

// Counting is slow: the ramp that is followed is tolerance·gain/(time of two counts) over what a kelvin
// moves.
TEST(RingErrorLock, IsSlow) {
  const RingPlant plant = still_plant(0.62, 1e-6);
  const RingSettings settings;
  const RingErrorLock lock = lock_ring_by_errors(plant, settings, parabola(0.62, 40.0, 1e-4), lock_stream);
  const double limit = settings.ramp_tolerance * settings.error_gain /
                       (2.0 * settings.error_window * per_kelvin(ring_at(0.62)));
  EXPECT_NEAR(lock.fastest_warming, limit, 0.2 * limit);
  EXPECT_NEAR(lock.fastest_cooling, limit, 0.2 * limit);
}

// Without errors there is nothing to follow.
TEST(RingErrorLock, NeedsErrors) {
  EXPECT_FALSE(
      lock_ring_by_errors(still_plant(0.5, 5e-3), {}, parabola(0.62, 1.0, 1e-12), lock_stream).converged);
  EXPECT_FALSE(
      lock_ring_by_errors(still_plant(0.5, 5e-3), {}, parabola(0.62, -1.0, 1e-6), lock_stream).converged);
}

// Distribution function at the counts: P(N ≤ n) is what a uniform number must pass.
TEST(Poisson, IsTheInverseOfItsDistribution) {
  // Mean 2: e^−2·(1, 3, 5, 19/3)
  const double base = std::exp(-2.0);
  EXPECT_EQ(poisson(2.0, base * 0.99), 0.0);
  EXPECT_EQ(poisson(2.0, base * 1.01), 1.0);
  EXPECT_EQ(poisson(2.0, base * 4.99), 2.0);
  EXPECT_EQ(poisson(2.0, base * 5.01), 3.0);
  EXPECT_EQ(poisson(400.0, 0.5), 400.0);
  EXPECT_EQ(poisson(400.0, 0.8413447), 420.0);  // one standard deviation
}

// A straight course is a ramp: the error settles at ramp rate over gain, as expected_ramp has it (eq. 9).
TEST(RingCourse, StraightCourseIsARamp) {
  const RingPlant plant = still_plant(0.8, 1e-3);
  const RingSettings settings = exact();
  const std::vector<double> time{0.0, 0.02}, rise{0.0, 16.0};  // 800 K/s
  const CourseRun run = follow_course(plant, settings, quiet(), time, rise, lock_stream);
  const double expected = 800.0 * plant.drift * plant.per_metre * settings.update_interval /
                          (settings.gain * (1.0 + plant.feedback(plant.target)) * plant.half_width());
  EXPECT_TRUE(run.followed);
  EXPECT_NEAR(run.worst, expected, 0.03 * expected);  // second order of the error
  EXPECT_TRUE(std::isnan(run.lost_at));
  EXPECT_LT(run.least_heater, run.most_heater);
}

// The heater gives less for each kelvin until it is off: at held/(drift·rate), by the lag of the loop later.
TEST(RingCourse, HeaterComesToItsEnd) {
  const RingPlant plant = still_plant(0.8, 1e-3);
  const double kelvin = plant.held / plant.drift, rate = 10.0;
  const std::vector<double> time{0.0, 1.5 * kelvin / rate}, rise{0.0, 1.5 * kelvin};
  const CourseRun run = follow_course(plant, exact(), quiet(), time, rise, lock_stream);
  EXPECT_FALSE(run.followed);
  EXPECT_FALSE(run.kept);
  EXPECT_NEAR(run.lost_at, kelvin / rate, 0.01 * kelvin / rate);
  EXPECT_NEAR(run.least_heater, 0.0, 1e-6);
  EXPECT_LE(run.time.size(), 1000u);
}

}  // namespace
}  // namespace waverack::module
