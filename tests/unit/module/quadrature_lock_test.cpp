// The bias lock. Expected values: closed forms of docs/theory/calibration.md, equations 1 to 6, worked out
// here with Bessel series of their own; the published residual of Appl. Opt. 58, 3986 (facts: photonics 11).

#include "waverack/module/quadrature_lock.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace waverack::module {
namespace {

constexpr double pi = std::numbers::pi, degree = pi / 180.0;
const Stream stream{7, 1, 0, 0};

// No noise, no drift, no distortion, a heater without memory.
Monitor ideal_monitor() {
  Monitor monitor;
  monitor.responsivity = 1.0;
  monitor.dark_current = monitor.noise_density = monitor.converter_enob = 0.0;
  monitor.sample_rate = 200e3;
  return monitor;
}
QuadratureSettings plain() {
  QuadratureSettings settings;
  settings.dither = 0.1;
  settings.dither_distortion = 0.0;
  settings.heater_time_constant = 1e-9;
  settings.duration = 1.0;
  return settings;
}
QuadraturePlant milliwatt(double target = 0.0, double offset = 0.0) {
  return {{0.5e-3, 0.5e-3, offset}, target};
}

// Shot noise is always there; with a watt of light it is nothing.
QuadraturePlant bright(double target = 0.0, double offset = 0.0) { return {{1e6, 1e6, offset}, target}; }

TEST(BiasLaw, OfThreePhases) {
  const double mean = 3.0, amplitude = 2.0, offset = 0.3;
  const auto power = [&](double phase) { return mean + amplitude * std::sin(phase - offset); };
  const BiasLaw law = bias_law(power(-pi / 2), power(0.0), power(pi / 2));
  EXPECT_NEAR(law.mean, mean, 1e-12);
  EXPECT_NEAR(law.amplitude, amplitude, 1e-12);
  EXPECT_NEAR(law.offset, offset, 1e-12);
}

// Each correction takes the share `gain` of sin of the error: e_(k+1) = e_k − g·sin e_k.
TEST(QuadratureLock, IsAnIntegratorOfTheSine) {
  QuadratureSettings settings = plain();
  settings.start = 60.0 * degree;
  const QuadratureLock lock = lock_quadrature(bright(), settings, ideal_monitor(), stream);
  double error = settings.start;
  for (std::size_t k = 0; k < 30; ++k) {
    EXPECT_NEAR(lock.error[k], error, 1e-5) << k;  // the heater takes one sample of an interval of 1000
    error -= settings.gain * std::sin(error);
  }
}

// A ratio does not depend on the light, and its loop takes the share of the error itself.
TEST(QuadratureLock, HoldsAnyPointByTheRatio) {
  for (const double target : {-46.0, -19.0, 30.0}) {
    QuadratureSettings settings = plain();
    settings.start = 40.0 * degree;
    const QuadratureLock lock =
        lock_quadrature(bright(target * degree, 0.05), settings, ideal_monitor(), stream);
    EXPECT_NEAR(lock.error[10], settings.start * std::pow(1.0 - settings.gain, 10), 2e-4) << target;
    EXPECT_NEAR(lock.residual.total(), 0.0, 1e-6) << target;
    EXPECT_TRUE(lock.converged);
  }
}

// ln(start/tolerance)/−ln(1 − g) corrections, rounded up.
TEST(QuadratureLock, TimeToConverge) {
  QuadratureSettings settings = plain();
  settings.start = 40.0 * degree;
  settings.tolerance = 2.0 * degree;
  const QuadratureLock lock = lock_quadrature(bright(30.0 * degree), settings, ideal_monitor(), stream);
  const double corrections = std::ceil(std::log(20.0) / -std::log1p(-settings.gain));
  EXPECT_NEAR(lock.time_to_converge, corrections * settings.periods / settings.dither_frequency, 1e-12);
}

// A drift by r leaves r·T/g. Within a period it looks a little like the dither: by 2r/ωβ = 0.3 %, and a
// little more on the second harmonic.
TEST(QuadratureLock, DriftLeavesRateOverGain) {
  const QuadratureSettings settings = plain();
  QuadraturePlant plant = bright(30.0 * degree);
  plant.drift = 2.0;  // [rad/s]
  const QuadratureLock lock = lock_quadrature(plant, settings, ideal_monitor(), stream);
  const double interval = settings.periods / settings.dither_frequency;
  EXPECT_NEAR(lock.residual.mean, plant.drift * interval / settings.gain, 0.02 * 0.05);
  EXPECT_NEAR(lock.expected_mean, lock.residual.mean, 0.02 * 0.05);
}

// A second harmonic d·β of the phase is taken for sin of an error 4d/β, small dithers.
TEST(QuadratureLock, DistortionOfTheDitherIsAnOffset) {
  QuadratureSettings settings = plain();
  settings.dither_distortion = 1e-3;
  const QuadratureLock lock = lock_quadrature(bright(), settings, ideal_monitor(), stream);
  EXPECT_NEAR(lock.residual.mean, 4.0 * 1e-3 / 0.1, 0.01 * 0.04);  // the next term is β²/6 of it
  EXPECT_NEAR(lock.expected_mean, lock.residual.mean, 1e-3 * 0.04);
}

// Where the mean light is at its middle is where the null is.
TEST(QuadratureLock, NullsTheMeanLightsOwnQuadrature) {
  EXPECT_NEAR(lock_quadrature(bright(0.0, 0.02), plain(), ideal_monitor(), stream).residual.mean, 0.02, 1e-6);
}

// White noise of density S: amplitudes over n samples have the variance 2·S·(f_s/2)/n, the angle that over
// (2·J2·a)², and the loop passes g/(2 − g) of it.
TEST(QuadratureLock, NoiseIsThatOfItsBandwidth) {
  QuadratureSettings settings = plain();
  settings.start = 0.0;
  settings.duration = 20.0;
  settings.tap = 0.1;
  Monitor monitor = ideal_monitor();
  monitor.noise_density = 20e-12;
  const QuadratureLock lock = lock_quadrature(milliwatt(), settings, monitor, stream);
  const double amplitude = 0.1 * 0.5e-3, beta = settings.dither;
  const double j2 = beta * beta / 8.0 * (1.0 - beta * beta / 12.0);
  const double density = 20e-12 * 20e-12 + 2.0 * 1.602176634e-19 * amplitude;
  const double samples = (settings.periods - 1) * monitor.sample_rate / settings.dither_frequency;
  const double of_one =
      std::sqrt(2.0 * density * 0.5 * monitor.sample_rate / samples) / (2.0 * j2 * amplitude);
  const double expected = of_one * std::sqrt(settings.gain / (2.0 - settings.gain));
  EXPECT_NEAR(lock.expected_rms, expected, 1e-3 * expected);
  // 2000 corrected intervals, correlated over 1/g of them: the rms of 400 numbers is good to 4 %.
  EXPECT_NEAR(lock.residual.rms, expected, 0.12 * expected);
}

// Published: below 2 degrees. The defaults, with noise, drift, distortion and a converter.
TEST(QuadratureLock, StaysWithinThePublishedResidual) {
  const QuadratureLock lock = lock_quadrature({{5e-3, 4.5e-3, 0.0}, 0.0, 3e-15, 0.0175}, {}, {}, stream);
  EXPECT_TRUE(lock.converged);
  EXPECT_LT(lock.residual.total(), 2.0 * degree);
  EXPECT_NEAR(lock.residual.rms, lock.expected_rms, 0.4 * lock.expected_rms);
  EXPECT_LT(lock.time_to_converge, 0.2);
}

// Without light there is nothing to lock to.
TEST(QuadratureLock, TellsThatItDoesNotLock) {
  EXPECT_FALSE(lock_quadrature({{1e-9, 0.9e-9, 0.0}}, {}, {}, stream).converged);
}

TEST(QuadratureLock, TheSameSeedGivesTheSame) {
  QuadratureSettings settings;
  settings.duration = 0.1;
  const auto run = [&](std::uint64_t seed) {
    return lock_quadrature(milliwatt(), settings, {}, {seed, 1, 0, 0}).error;
  };
  EXPECT_EQ(run(3), run(3));
  EXPECT_NE(run(3), run(4));
}

// −10·log10 cos 2° is 2.6e-3 dB; a dither of amplitude β is as an error of β/√2, small.
TEST(QuadraturePenalty, OfErrorAndDither) {
  EXPECT_NEAR(quadrature_penalty_db(2.0 * degree, 0.0), -10.0 * std::log10(std::cos(2.0 * degree)), 1e-12);
  EXPECT_NEAR(quadrature_penalty_db(0.0, 0.05), -10.0 * std::log10(1.0 - 0.05 * 0.05 / 4.0), 1e-6);
}

}  // namespace
}  // namespace waverack::module
