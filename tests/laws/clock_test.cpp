// Laws of clock recovery and of interleaved converters.

#include <gtest/gtest.h>

#include <cmath>

#include "lanes.hpp"
#include "waverack/link/waveform_solver.hpp"
#include "waverack/signal/pattern.hpp"

namespace waverack::link {
namespace {

struct Changes {
  double sinusoid = 0.0, frequency = 40e6, linewidth = 0.0, bandwidth = 4e6;
  int converters = 1;
  double gain = 0.0, offset = 0.0, skew = 0.0;
};

// A lane with an eye that closes to the side: about one error in ten thousand without jitter.
Lane lane_with(const Changes& changes) {
  parts::HostTransmitter transmitter = lanes::ideal_transmitter(0.8);
  transmitter.sinusoidal_jitter = changes.sinusoid;
  transmitter.sinusoidal_jitter_frequency = changes.frequency;
  transmitter.clock_linewidth = changes.linewidth;
  parts::Receiver receiver = lanes::plain_receiver(0.6);
  receiver.noise_density = 0.2e-6;
  receiver.ffe_pre = 3;
  receiver.ffe_post = 6;
  receiver.adc_enob = 8.0;
  receiver.clock_recovery_bandwidth = changes.bandwidth;
  receiver.adc_interleaving = changes.converters;
  receiver.adc_gain_mismatch = changes.gain;
  receiver.adc_offset_mismatch = changes.offset;
  receiver.adc_skew = changes.skew;
  return lanes::electrical_lane(53.125e9, Modulation::pam4, transmitter, receiver);
}

double ber_of(const Changes& changes) {
  const Lane lane = lane_with(changes);
  const Plan plan = make_plan(lane);
  return solve_segment(plan.segments.front(), plan.conditions, signal::prbs_pam4(13), {}).outcome.ber;
}

SegmentCounts counted(const Changes& changes, int threads, std::uint64_t symbols) {
  const Lane lane = lane_with(changes);
  CountOptions options;
  options.symbols = symbols;
  options.threads = threads;
  return count_errors(make_plan(lane), signal::prbs_pam4(13), fec::kp4, options).front();
}

// Jitter tolerance: the same sinusoid is followed far below the bandwidth and not at all far above.
TEST(ClockLaws, SlowSinusoidsAreFollowed) {
  const double still = ber_of({});
  double last = 1.0;
  for (const double frequency : {400e6, 40e6, 10e6, 4e6, 2e6, 1e6, 100e3}) {
    Changes changes;
    changes.sinusoid = 0.3;
    changes.frequency = frequency;
    const double ber = ber_of(changes);
    EXPECT_LT(ber, last * (1.0 - 1e-9)) << frequency;
    last = ber;
  }
  Changes fast;
  fast.sinusoid = 0.3;
  EXPECT_GT(ber_of(fast), 5.0 * still);
  EXPECT_LT(last, 1.05 * still);
}

// So counts the other solver.
TEST(ClockLaws, SlowSinusoidsCountFewerErrors) {
  std::uint64_t last = ~std::uint64_t{0};
  for (const double frequency : {40e6, 4e6, 1e6}) {
    Changes changes;
    changes.sinusoid = 0.3;
    changes.frequency = frequency;
    const std::uint64_t errors = counted(changes, 1, 1'000'000).counts.bit_errors;
    EXPECT_LT(2 * errors, last) << frequency;
    last = errors;
  }
}

// A wider loop follows more of a random walk, until its own noise is more than what it gains.
TEST(ClockLaws, AWiderLoopFollowsMoreOfARandomWalk) {
  double last = 1.0;
  for (const double bandwidth : {0.5e6, 1e6, 2e6, 4e6, 8e6}) {
    Changes changes;
    changes.linewidth = 50e3;
    changes.bandwidth = bandwidth;
    const double ber = ber_of(changes);
    EXPECT_LT(ber, last) << bandwidth;
    last = ber;
  }
}

// A clock that does not move needs no loop: its bandwidth changes nothing, in either solver.
TEST(ClockLaws, AStillClockNeedsNoLoop) {
  Changes narrow, wide;
  narrow.bandwidth = 1e3;
  wide.bandwidth = 900e6;  // far too fast to be updated
  EXPECT_EQ(ber_of(narrow), ber_of(wide));
  EXPECT_EQ(counted(narrow, 1, 100'000).counts.bit_errors, counted(wide, 1, 100'000).counts.bit_errors);
}

// Converters that do not differ, and a single one, are one converter; more mismatch is worse; every kind of
// it costs.
TEST(InterleavingLaws, OnlyDifferencesCost) {
  const double alike = ber_of({});
  Changes changes;
  changes.converters = 16;
  EXPECT_EQ(ber_of(changes), alike);
  for (double Changes::*kind : {&Changes::gain, &Changes::offset, &Changes::skew}) {
    Changes one, more;
    one.*kind = more.*kind = kind == &Changes::skew ? 0.5e-12 : 0.02;
    EXPECT_EQ(ber_of(one), alike);
    more.converters = 16;
    const double ber = ber_of(more);
    EXPECT_GT(ber, 1.1 * alike);
    more.*kind *= 2.0;
    EXPECT_GT(ber_of(more), 1.1 * ber);
  }
}

// State that lives from block to block is that of a stretch, and a stretch is the work of one thread.
TEST(ClockLaws, TheSameOnAnyNumberOfThreads) {
  Changes changes;
  changes.sinusoid = 0.2;
  changes.linewidth = 50e3;
  changes.converters = 32;
  changes.gain = 0.02;
  const ErrorCounts one = counted(changes, 1, 2'500'000).counts,
                    three = counted(changes, 3, 2'500'000).counts;
  EXPECT_GT(one.bit_errors, 100U);
  EXPECT_EQ(one.bit_errors, three.bit_errors);
  EXPECT_EQ(one.bursts, three.bursts);
  EXPECT_EQ(one.bit_errors_squared, three.bit_errors_squared);
}

}  // namespace
}  // namespace waverack::link
