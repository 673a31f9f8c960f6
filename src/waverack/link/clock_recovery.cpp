#include "waverack/link/clock_recovery.hpp"

#include <cmath>
#include <numbers>

namespace waverack::link {

ClockMotion clock_motion(const Segment& segment, const Without& without) {
  ClockMotion motion;
  if (!without.sinusoidal_jitter) motion.sinusoid_peak = 0.5 * segment.transmitter.sinusoidal_jitter;
  if (!without.clock_wander)
    motion.diffusion = segment.transmitter.clock_linewidth / (2.0 * std::numbers::pi);
  motion.sinusoid_frequency = segment.transmitter.sinusoidal_jitter_frequency;
  motion.loop_bandwidth = segment.receiver.clock_recovery_bandwidth;
  return motion;
}

TimingDetector timing_detector(std::span<const float> value, std::span<const float> wanted,
                               std::span<const float> variance, std::span<const float> slope) {
  double product = 0.0, square = 0.0;
  for (std::size_t k = 0; k < slope.size(); ++k) {
    product += static_cast<double>(value[k] - wanted[k]) * slope[k];
    square += static_cast<double>(slope[k]) * slope[k];
  }
  if (square <= 0.0) return {};
  TimingDetector detector;
  detector.offset = product / square;
  double noise = 0.0;
  for (std::size_t k = 0; k < slope.size(); ++k) {
    // What is left of the error when the detector's mean is subtracted.
    const double error = value[k] - wanted[k] - detector.offset * slope[k];
    noise += static_cast<double>(slope[k]) * slope[k] * (error * error + variance[k]);
  }
  detector.variance = noise / (square * square) * static_cast<double>(slope.size());
  return detector;
}

ClockResidual clock_residual(const ClockMotion& motion, const TimingDetector& detector, double symbol_rate) {
  if (!motion.moves()) return {};
  ClockResidual residual;
  residual.sinusoid_peak = motion.sinusoid_peak * motion.sinusoid_frequency /
                           std::hypot(motion.sinusoid_frequency, motion.loop_bandwidth);
  residual.wander_variance = motion.diffusion / (4.0 * std::numbers::pi * motion.loop_bandwidth);
  residual.detector_variance = detector.variance * std::numbers::pi * motion.loop_bandwidth / symbol_rate;
  return residual;
}

}  // namespace waverack::link
