// The clock recovery of the waveform solver on values that are made up, against closed forms.

#include "waverack/link/clock_loop.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

#include "waverack/link/clock_recovery.hpp"
#include "waverack/signal/fast_random.hpp"

namespace waverack::link {
namespace {

constexpr double loop_symbol_rate = 64e9;  // so that a gigahertz is the rate of updates
constexpr double bandwidth = 5e6;
constexpr int symbols = 512, guard = 32;
constexpr std::size_t row = signal::batch_records;

ClockLoop loop_at(double f_l) {
  ClockLoop loop;
  loop.gain = 2.0 * std::numbers::pi * f_l * clock_update / loop_symbol_rate;
  loop.thresholds = {0.0f};
  loop.targets = {-1.0f, 1.0f};
  loop.source = 7;
  return loop;
}

// Blocks of PAM2 with slopes ±slope and normal noise; the mean square of the residual over blocks and
// records.
double mean_square(const ClockLoop& loop, int blocks, float sigma, float slope_size) {
  ClockTracker tracker(loop, symbols, guard);
  std::vector<std::uint8_t> signs(symbols * row);
  signal::fill_symbols({1, 1, 0, 0}, 4, signs);
  std::vector<float> y(signs.size()), slope(signs.size());
  for (std::size_t i = 0; i < signs.size(); ++i) slope[i] = signs[i] & 1 ? slope_size : -slope_size;
  tracker.start({1, 0, 0, 0});
  double sum = 0.0;
  for (std::uint32_t block = 0; block < static_cast<std::uint32_t>(blocks); ++block) {
    signal::fill_normal_fast({1, 2, 0, block}, y);
    for (std::size_t i = 0; i < y.size(); ++i) y[i] = (signs[i] & 2 ? 1.0f : -1.0f) + sigma * y[i];
    tracker.follow({1, 0, 0, block}, slope.data(), y.data());
    for (const double r : tracker.residual()) sum += r * r;
  }
  return sum / (static_cast<double>(blocks) * row);
}

// D/(4π·f_L) of a continuous loop; one that is updated at intervals T_u leaves 1/(1 − g/2) = 1.016 times as
// much. A record forgets in 16 updates of the 2100, so the variance of 32 records is known to 2.5 %;
// tolerance three of these.
TEST(ClockLoop, LeavesARandomWalk) {
  ClockLoop loop = loop_at(bandwidth);
  const double diffusion = 1e4;  // [UI²/s]
  loop.walk_rms = std::sqrt(diffusion * clock_update / loop_symbol_rate);
  loop.start_rms = std::sqrt(diffusion / (4.0 * std::numbers::pi * bandwidth));
  const double expected = diffusion / (4.0 * std::numbers::pi * bandwidth) * 1.016;
  EXPECT_NEAR(mean_square(loop, 300, 0.0f, 2.0f) / expected, 1.0, 0.08);
}

// (A²/2)·f²/(f² + f_L²) below, at and above the bandwidth. Tolerance 5 %: the delay of one update leaves up
// to g = 3.1 % more, and the phases of 32 records are drawn.
TEST(ClockLoop, LeavesASinusoid) {
  for (const double f : {1.25e6, 5e6, 20e6}) {
    ClockLoop loop = loop_at(bandwidth);
    loop.sinusoid_peak = 0.1;
    loop.sinusoid_step = 2.0 * std::numbers::pi * f * clock_update / loop_symbol_rate;
    const std::complex<double> ratio(0.0, f / bandwidth);
    loop.start_response = ratio / (1.0 + ratio);
    const double expected = 0.005 * f * f / (f * f + bandwidth * bandwidth);
    EXPECT_NEAR(mean_square(loop, 200, 0.0f, 2.0f) / expected, 1.0, 0.05) << f;
  }
}

// Noise of variance σ² on slopes ±s: σ²/s²·π·f_L/f_b, as the other solver has it. Tolerances as for the
// random walk.
TEST(ClockLoop, HasTheNoiseOfItsDetector) {
  ClockMotion motion;
  motion.sinusoid_peak = 1e-12;
  motion.loop_bandwidth = bandwidth;
  TimingDetector detector;
  detector.variance = 0.04 / 4.0;
  const double expected = clock_residual(motion, detector, loop_symbol_rate).detector_variance;
  const ClockLoop loop = loop_at(bandwidth);
  EXPECT_NEAR(mean_square(loop, 300, 0.2f, 2.0f) / expected, 1.016, 0.08);
}

// What is fed back is not taken for an error of timing: y_k = a_k + 0.5·a_{k−1}, moved by 0.1 UI. The loop
// takes it out as exp(−2π·f_L·t); the rows of the first 64 symbols and of the guard before them are moved by
// all of it.
TEST(ClockLoop, FollowsBehindDecisionFeedback) {
  ClockLoop loop = loop_at(bandwidth);
  loop.feedback = {0.5f};
  loop.offset = 0.03;
  ClockTracker tracker(loop, symbols, guard);
  tracker.start({1, 0, 0, 0});
  std::mt19937 random(5);
  for (int block = 0; block < 20; ++block) {
    std::vector<float> y(symbols * row), slope(symbols * row);
    std::vector<float> before(row, 1.0f);
    for (std::size_t i = 0; i < y.size(); ++i) {
      const std::uint_fast32_t bits = random();
      const float a = bits & 2 ? 1.0f : -1.0f;
      slope[i] = bits & 1 ? 1.0f : -1.0f;
      // The equaliser's own error, in step with the slope: where the detector's offset keeps the phase.
      y[i] = a + 0.5f * before[i % row] + 0.13f * slope[i];
      before[i % row] = a;
    }
    const std::vector<float> given = y;
    tracker.follow({1, 0, 0, static_cast<std::uint32_t>(block)}, slope.data(), y.data());
    if (block == 0) {
      EXPECT_FLOAT_EQ(y[0], given[0]);
      EXPECT_FLOAT_EQ(y[95 * row], given[95 * row]);
      EXPECT_NE(y[96 * row], given[96 * row]);
    }
    const double expected = -0.1 * (1.0 - std::pow(1.0 - loop.gain, 7 * (block + 1)));
    EXPECT_NEAR(tracker.residual()[0], expected, 1e-4) << block;
  }
}

TEST(ClockLoop, RefusesWhatItCannotFollow) {
  Segment segment;
  segment.receiver_path = "lane.chain.receiver";
  segment.transmitter.clock_linewidth = 100.0;
  segment.receiver.clock_recovery_bandwidth = 60e6;
  parts::Conditions conditions;
  conditions.symbol_rate = loop_symbol_rate;
  try {
    compile_clock_loop(segment, conditions, SolvedSegment{});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.info().path, "lane.chain.receiver.clock_recovery_bandwidth");
    EXPECT_EQ(error.info().allowed, "at most 50 MHz at this symbol rate");
  }
}

}  // namespace
}  // namespace waverack::link
