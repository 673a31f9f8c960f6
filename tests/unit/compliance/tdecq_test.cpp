// The pieces of TDECQ, and what it refuses.

#include "waverack/compliance/tdecq.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "pam_waveforms.hpp"
#include "unit/base/message_of.hpp"
#include "waverack/compliance/received_levels.hpp"
#include "waverack/compliance/tap_constraints.hpp"
#include "waverack/signal/pattern.hpp"
#include "waverack/signal/sampling.hpp"

namespace waverack::compliance {
namespace {

using testing::HasSubstr;

signal::Waveform small_waveform() {
  return tests::pam_waveform(signal::prbs_pam4(13), {1e-3, 2e-3, 3e-3, 4e-3}, signal::bessel_thomson(0.5), 16,
                             53.125e9);
}

TEST(Tdecq, RefusesWhatItCannotMeasure) {
  const auto symbols = signal::prbs_pam4(13);
  signal::Waveform waveform = small_waveform();
  const std::span<const std::uint8_t> part(symbols.data(), symbols.size() - 1);
  EXPECT_THAT(message_of([&] { measure_tdecq(waveform, part); }), HasSubstr("not whole periods"));
  auto wrong = symbols;
  wrong[7] = 4;
  EXPECT_THAT(message_of([&] { measure_tdecq(waveform, wrong); }), HasSubstr("beyond 3"));
  TdecqSettings settings;
  settings.equaliser.most_pre = 5;
  EXPECT_THAT(message_of([&] { measure_tdecq(waveform, symbols, settings); }), HasSubstr("5 taps"));
  settings = {};
  settings.equaliser.lowest = {0.1};
  EXPECT_THAT(message_of([&] { measure_tdecq(waveform, symbols, settings); }), HasSubstr("main tap of 1"));
  signal::Waveform flat = waveform;
  std::fill(flat.samples.begin(), flat.samples.end(), 1e-3f);
  EXPECT_THAT(message_of([&] { measure_tdecq(flat, symbols); }), HasSubstr("does not follow"));
  waveform.samples[100] = std::nanf("");
  EXPECT_THAT(message_of([&] { measure_tdecq(waveform, symbols); }), HasSubstr("not finite"));
}

// A factor and an offset change amplitudes alone; two periods measure as one. In single precision of the
// samples, so within 1e-4.
TEST(Tdecq, DoesNotDependOnUnitOffsetOrPeriods) {
  const auto symbols = signal::prbs_pam4(13);
  const signal::Waveform once = small_waveform();
  signal::Waveform twice = once;
  twice.samples.insert(twice.samples.end(), once.samples.begin(), once.samples.end());
  for (float& x : twice.samples) x = 100.0f * x - 0.25f;
  const TdecqResult a = measure_tdecq(once, symbols), b = measure_tdecq(twice, symbols);
  EXPECT_NEAR(b.tdecq / a.tdecq, 1.0, 1e-4);
  EXPECT_NEAR(b.oma_outer, 100.0 * a.oma_outer, 1e-4 * b.oma_outer);
  EXPECT_NEAR(b.average, 100.0 * a.average - 0.25, 1e-5);
  EXPECT_NEAR(b.transition_time, a.transition_time, 1e-3 * a.transition_time);
  EXPECT_TRUE(std::isnan(b.extinction_ratio));
  EXPECT_NEAR(a.extinction_ratio, 4.0, 0.01);
}

// By hand from the equalised waveform: the share of errors at the noise that the result allows is the target,
// in the worse window, with noise that the equaliser enhances by Ceq. Tolerance: three instants against the
// seventeen here.
TEST(Tdecq, ReachesItsTargetOnTheEqualisedWaveform) {
  const auto symbols = signal::prbs_pam4(13);
  const signal::Waveform received = small_waveform();
  const TdecqResult result = measure_tdecq(received, symbols);
  const signal::Waveform after = equalised(received, result);
  double worst = 0.0;
  for (const double centre : {-0.05, 0.05}) {
    double errors = 0.0;
    for (int i = -8; i <= 8; ++i)
      for (const float y : signal::sampled(after, result.sampling_time + 16 * (centre + 0.02 * i / 8.5)))
        for (const double threshold : result.thresholds)
          errors += 0.5 *
                    std::erfc(std::abs(static_cast<double>(y) - threshold) / (result.ceq * result.sigma_g) /
                              std::sqrt(2.0)) /
                    (17.0 * static_cast<double>(symbols.size()));
    worst = std::max(worst, errors);
  }
  EXPECT_NEAR(worst / 4.8e-4, 1.0, 0.02);
  EXPECT_NEAR(result.tdecq, result.oma_outer / (6.0 * result.qt * result.sigma_g), 1e-12);
  for (const WindowHistogram* histogram : {&result.left, &result.right})
    EXPECT_NEAR(std::accumulate(histogram->share.begin(), histogram->share.end(), 0.0), 1.0, 1e-9);
}

// A ramp of 1000 samples from 0 to 999: ten lie below 10 and ten above 989.
TEST(ReceivedLevels, ExtremesLeaveOutTheHits) {
  signal::Waveform ramp{std::vector<float>(1000), 1e9, 10};
  std::iota(ramp.samples.begin(), ramp.samples.end(), 0.0f);
  std::rotate(ramp.samples.begin(), ramp.samples.begin() + 300, ramp.samples.end());
  const Extremes found = extremes(ramp, 0.01);
  EXPECT_DOUBLE_EQ(found.low, 10.0);
  EXPECT_DOUBLE_EQ(found.high, 989.0);
  EXPECT_DOUBLE_EQ(extremes(ramp, 0.0).low, 0.0);
  EXPECT_DOUBLE_EQ(extremes(ramp, 0.0).high, 999.0);
}

// By hand: least ½|q|² + slope·q with slope (−1, −2) under q1 ≤ ½ is (½, 2); with q1 + q2 ≤ 1 besides the
// point of the line nearest to (1, 2) within q1 ≤ ½, (0, 1).
TEST(TapConstraints, StepStopsAtItsLimits) {
  const std::vector<double> identity = {1.0, 0.0, 0.0, 1.0};
  const Slopes slopes{{0.0}, {-1.0, -2.0}};
  std::vector<double> q = least_step(slopes, identity, {{1.0, 0.0}, {0.5}});
  EXPECT_NEAR(q[0], 0.5, 1e-9);
  EXPECT_NEAR(q[1], 2.0, 1e-9);
  q = least_step(slopes, identity, {{1.0, 1.0, 0.0, 1.0}, {0.5, 1.0}});
  EXPECT_NEAR(q[0], 0.0, 1e-8);
  EXPECT_NEAR(q[1], 1.0, 1e-8);
}

// max(q, −q) + ½q² is least at 0, on the kink; with values 1 and 0 the two meet at q = −½.
TEST(TapConstraints, StepFindsTheKinkOfTwoValues) {
  EXPECT_NEAR(least_step({{0.0, 0.0}, {1.0, -1.0}}, {1.0}, {})[0], 0.0, 1e-6);
  EXPECT_NEAR(least_step({{1.0, 0.0}, {1.0, -1.0}}, {1.0}, {})[0], -0.5, 1e-6);
}

}  // namespace
}  // namespace waverack::compliance
