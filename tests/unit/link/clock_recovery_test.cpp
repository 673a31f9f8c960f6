// What clock recovery leaves of a clock that moves, against closed forms.

#include "waverack/link/clock_recovery.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "waverack/link/timing.hpp"

namespace waverack::link {
namespace {

Segment segment_of(double sinusoid, double frequency, double linewidth, double bandwidth) {
  Segment segment;
  segment.transmitter.sinusoidal_jitter = sinusoid;
  segment.transmitter.sinusoidal_jitter_frequency = frequency;
  segment.transmitter.clock_linewidth = linewidth;
  segment.receiver.clock_recovery_bandwidth = bandwidth;
  return segment;
}

ClockResidual residual_of(const Segment& segment) {
  return clock_residual(clock_motion(segment, {}), {}, 53.125e9);
}

// The phase noise L(f) = −100 dBc/Hz·(1 MHz/f)² of a clock at the symbol rate through the high pass of the
// loop: the integral of 2·L(f)·|1 − H|²/(2π)² over all frequencies, summed on a logarithmic grid (its ends
// hold less than 1e-5). The linewidth of that phase noise is 2π·1e12·1e-10 Hz.
TEST(ClockRecovery, LeavesThePhaseNoiseAboveItsBandwidth) {
  for (const double bandwidth : {1e6, 4e6, 10e6}) {
    double integral = 0.0;
    const double step = 1e-3;
    for (double x = std::log(1.0); x < std::log(1e13); x += step) {
      const double f = std::exp(x), noise = 1e-10 * std::pow(1e6 / f, 2.0);
      const double passed = f * f / (f * f + bandwidth * bandwidth);
      integral += 2.0 * noise * passed / std::pow(2.0 * std::numbers::pi, 2.0) * f * step;
    }
    const ClockResidual residual = residual_of(segment_of(0.0, 1e6, 628.3185307179586, bandwidth));
    EXPECT_NEAR(residual.wander_variance / integral, 1.0, 1e-4) << bandwidth;
    EXPECT_EQ(residual.sinusoid_peak, 0.0);
  }
}

// At the bandwidth 3 dB are left; a decade below, a tenth; far above, all of it.
TEST(ClockRecovery, FollowsASlowSinusoid) {
  EXPECT_NEAR(residual_of(segment_of(0.2, 4e6, 0.0, 4e6)).sinusoid_peak, 0.1 / std::numbers::sqrt2, 1e-12);
  EXPECT_NEAR(residual_of(segment_of(0.2, 0.4e6, 0.0, 4e6)).sinusoid_peak, 0.1 * 0.0995037, 1e-8);
  EXPECT_NEAR(residual_of(segment_of(0.2, 400e6, 0.0, 4e6)).sinusoid_peak, 0.1, 1e-5);
}

// The stress of receiver tests, 5·f_b/(664000·f) UI up to f_b/6640 and 0.05 UI above (Intel document 683852,
// "Receiver jitter tolerance"), is 2e5 Hz/f up to 4 MHz at 26.5625 GBd. It never leaves more than 0.05 UI.
TEST(ClockRecovery, LeavesTheSameOfTheStandardStress) {
  for (double f = 40e3; f < 40e6; f *= 1.3) {
    const double residual = 2.0 * residual_of(segment_of(std::max(2e5 / f, 0.05), f, 0.0, 4e6)).sinusoid_peak;
    EXPECT_LT(residual, 0.05 * (1.0 + 1e-12)) << f;
    EXPECT_GT(residual, 0.05 / std::numbers::sqrt2 * (1.0 - 1e-12)) << f;
  }
}

// Noise of variance σ² on slopes ±s tells the instant of one symbol to σ²/s²: the bound of Cramér and Rao. A
// low pass of first order lets π·f_L/f_b of the variance of independent symbols through. A value beside the
// wanted one by a constant times the slope is the detector's offset, and no noise.
TEST(ClockRecovery, HasTheNoiseOfItsDetector) {
  std::vector<float> value, wanted, variance, slope;
  for (int k = 0; k < 1000; ++k) {
    slope.push_back(k % 3 == 0 ? 2.0f : -2.0f);
    wanted.push_back(k % 2 == 0 ? 1.0f : -1.0f);
    value.push_back(wanted.back() + 0.01f * slope.back());
    variance.push_back(0.04f);
  }
  const TimingDetector detector = timing_detector(value, wanted, variance, slope);
  EXPECT_NEAR(detector.offset, 0.01, 1e-6);
  EXPECT_NEAR(detector.variance, 0.01, 1e-6);
  const Segment segment = segment_of(0.1, 1e6, 0.0, 4e6);
  const ClockResidual residual = clock_residual(clock_motion(segment, {}), detector, 50e9);
  EXPECT_NEAR(residual.detector_variance, 0.01 * std::numbers::pi * 4e6 / 50e9, 1e-9);
}

TEST(ClockRecovery, IsAtRestWithoutAMovingClock) {
  TimingDetector detector;
  detector.variance = 1.0;
  const ClockMotion still = clock_motion(segment_of(0.0, 1e6, 0.0, 4e6), {});
  EXPECT_FALSE(still.moves());
  EXPECT_EQ(clock_residual(still, detector, 50e9).random_variance(), 0.0);
  Without without;
  without.sinusoidal_jitter = without.clock_wander = true;
  EXPECT_FALSE(clock_motion(segment_of(0.1, 1e6, 100.0, 4e6), without).moves());
}

// The arcsine density of peak a has the moments a²/2, 3a⁴/8 and 5a⁶/16; two Dirac pulses at ±A add A² to the
// variance.
TEST(Displacements, HaveTheMomentsOfTheirDensities) {
  const auto moment = [](const std::vector<Displacement>& list, int order) {
    double sum = 0.0;
    for (const Displacement& item : list) sum += item.probability * std::pow(item.time, order);
    return sum;
  };
  const std::vector<Displacement> sinusoid = displacements(0.0, 0.2);
  EXPECT_NEAR(moment(sinusoid, 0), 1.0, 1e-12);
  EXPECT_NEAR(moment(sinusoid, 1), 0.0, 1e-12);
  EXPECT_NEAR(moment(sinusoid, 2), 0.04 / 2.0, 1e-12);
  EXPECT_NEAR(moment(sinusoid, 4), 3.0 * 0.0016 / 8.0, 1e-12);
  EXPECT_NEAR(moment(sinusoid, 6), 5.0 * 0.000064 / 16.0, 1e-12);
  EXPECT_NEAR(moment(displacements(0.1, 0.2), 2), 0.01 + 0.02, 1e-12);
  EXPECT_NEAR(moment(displacements(0.1, 0.0), 4), 1e-4, 1e-12);
  EXPECT_TRUE(displacements(0.0, 0.0).empty());
}

}  // namespace
}  // namespace waverack::link
