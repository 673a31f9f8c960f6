// Records in closed form, whose pattern, phase and clock are known.

#include "waverack/compliance/capture_timing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numbers>

#include "../base/message_of.hpp"
#include "scope_record.hpp"

namespace waverack::compliance {
namespace {

using signal::PatternName;

constexpr double rate = 53.125e9;

LockedCapture lock(const ScopeRecord& record, PatternName pattern, TimingOptions options = {}) {
  options.symbol_rate = rate;
  return lock_capture(samples_of(record, signal::symbols_of(pattern)), 1.0 / (rate * record.samples_per_ui),
                      options);
}

// Where the symbols of the waveform are, in UI, from where they truly are: the worst of the first and the
// last.
double phase_error(const LockedCapture& locked, const ScopeRecord& record) {
  const auto period = static_cast<double>(signal::symbols_of(locked.pattern).size());
  const auto last = static_cast<double>(signal::symbol_count(locked.waveform) - 1);
  // The first whole symbol is the one after the start, a period later at most.
  double first = static_cast<double>(locked.start_symbol);
  while (record.centre(first) < 0.0) first += period;
  const double at_start = locked.first_centre - record.centre(first);
  const double at_end = locked.first_centre + last * locked.samples_per_ui - record.centre(first + last);
  return std::max(std::abs(at_start), std::abs(at_end)) / record.period();
}

// 37.3 samples per UI, any start, clocks 20 ppm off either way, upright and inverted, with noise of 2 % of
// the swing. Tolerances: without noise 0.003 UI, which the interpolation of the pulse's half-height points
// (8 samples per UI) explains; with noise the delay of the whole record is known to
// noise/(rms slope·sqrt(samples per symbol·symbols)) < 0.001 UI, its slope to a few of these over the record.
TEST(CaptureTiming, FindsPatternStartPolarityAndClock) {
  struct Case {
    PatternName pattern;
    double start, length, clock_error;
    bool inverted;
    double noise;
  };
  for (const Case& c : {Case{PatternName::ssprq, 12345.6, 66000.0, 20e-6, false, 0.0},
                        Case{PatternName::ssprq, 40000.25, 66000.0, -20e-6, true, 0.06},
                        Case{PatternName::prbs13q, 8000.9, 25000.0, 20e-6, true, 0.0},
                        Case{PatternName::prbs13q, 0.0, 8200.0, -100e-6, false, 0.06},
                        Case{PatternName::prbs9q, 100.7, 2600.0, 20e-6, false, 0.0}}) {
    ScopeRecord record;
    record.start = c.start;
    record.length = c.length;
    record.clock_error = c.clock_error;
    record.noise = c.noise;
    if (c.inverted) std::swap(record.low, record.high);
    const LockedCapture locked = lock(record, c.pattern);
    const auto name = pattern_text(c.pattern);
    EXPECT_EQ(locked.pattern, c.pattern);
    EXPECT_EQ(locked.inverted, c.inverted) << name;
    EXPECT_TRUE(locked.polarity_known) << name;
    EXPECT_LT(phase_error(locked, record), c.noise > 0.0 ? 0.006 : 0.003) << name;
    EXPECT_NEAR(locked.clock_error, c.clock_error, 0.01 / c.length) << name;
    EXPECT_EQ(locked.periods, static_cast<int>(c.length / static_cast<double>(locked.symbols.size())))
        << name;
    EXPECT_LT(locked.residual_jitter * rate, c.noise > 0.0 ? 0.006 : 0.003) << name;
    if (locked.noise) {
      EXPECT_NEAR(*locked.noise, c.noise, 1e-3) << name;
    }
  }
}

// The samples on the recovered clock are those of the closed form: −60 dB of the swing for the
// interpolation, and the slope times the phase error.
TEST(CaptureTiming, TheWaveformIsTheOneOfTheSymbols) {
  ScopeRecord record;
  record.start = 100.3;
  record.length = 17000.0;
  record.clock_error = 20e-6;
  const LockedCapture locked = lock(record, PatternName::prbs13q);
  const auto pattern = signal::symbols_of(PatternName::prbs13q);
  ASSERT_EQ(locked.periods, 2);
  ASSERT_EQ(locked.symbols.size(), 8191u);
  double worst = 0.0;
  for (std::size_t i = 0; i < locked.waveform.samples.size(); ++i) {
    const double time = static_cast<double>(locked.start_symbol) +
                        (static_cast<double>(i) - locked.delay) / LockedCapture::samples_per_symbol;
    worst = std::max(
        worst, std::abs(value_at(record, pattern, time) - static_cast<double>(locked.waveform.samples[i])));
  }
  EXPECT_LT(worst, 3.0 * (1e-3 + 2.0 * 0.003));
  EXPECT_EQ(locked.symbols.front(), pattern[static_cast<std::size_t>(locked.start_symbol)]);
}

// An echo between symbols makes the correlation of every stretch peak elsewhere, by its pattern; against the
// response of the whole no stretch is late. Single precision and the interpolation leave 1e-4 UI.
TEST(CaptureTiming, InterferenceDoesNotMoveTheClock) {
  ScopeRecord record;
  record.start = 100.7;
  record.length = 8300.0;
  record.clock_error = 20e-6;
  record.echo = 0.4;
  const LockedCapture locked = lock(record, PatternName::prbs13q);
  EXPECT_LT(locked.residual_jitter * rate, 1e-3);
  EXPECT_NEAR(locked.clock_error, 20e-6, 1e-3 / record.length);
}

// A part of a pattern, its ends joined, is the waveform of its symbols as a period: the sum of their pulses
// in closed form.
// Several lengths, as the symbols at the two ends may happen to go together.
TEST(CaptureTiming, AShortRecordIsUsedWithItsEndsJoined) {
  for (const double length : {20000.0, 20001.0, 20002.0, 20003.0, 20004.0}) {
    ScopeRecord record;
    record.samples_per_ui = 8.3;
    record.start = 1234.5;
    record.length = length;
    const LockedCapture locked = lock(record, PatternName::ssprq);
    EXPECT_EQ(locked.periods, 0);
    EXPECT_NEAR(static_cast<double>(locked.symbols.size()), length, 8.0);
    double worst = 0.0;
    const auto per_symbol = LockedCapture::samples_per_symbol;
    const auto size = static_cast<long>(locked.waveform.samples.size());
    for (long i = -20 * per_symbol; i < 20 * per_symbol; ++i) {
      const double time = (static_cast<double>(i) - locked.delay) / per_symbol;
      const double sample = locked.waveform.samples[static_cast<std::size_t>((i + size) % size)];
      worst = std::max(worst, std::abs(value_at(record, locked.symbols, time) - sample));
    }
    EXPECT_LT(worst, 3.0 * (1e-3 + 2.0 * 0.003)) << length;
  }
}

// The second quarter of SSPRQ is the first one inverted (120.5.11.2): a part of one is taken as upright.
TEST(CaptureTiming, PolarityOfAShortStretchOfSsprqIsNotKnown) {
  ScopeRecord record;
  record.start = 20000.5;
  record.length = 5000.0;
  const LockedCapture locked = lock(record, PatternName::ssprq);
  EXPECT_FALSE(locked.polarity_known);
  EXPECT_FALSE(locked.inverted);
  record.length = 40000.0;
  EXPECT_TRUE(lock(record, PatternName::ssprq).polarity_known);
}

// What clock recovery of first order leaves of sinusoidal jitter is f/√(f² + f_c²) of it: 2.5 % at 100 kHz,
// all of it at 40 MHz (802.3 121.8.5: 4 MHz, 20 dB per decade; facts: standards 3.1). Jitter of a peak A
// displaces the waveform by A/√2 rms; 5 %: its mean over stretches, the random slopes of one record.
TEST(CaptureTiming, ClockRecoveryFollowsSlowJitterAndNotFast) {
  const auto pattern = signal::symbols_of(PatternName::prbs13q);
  const auto left = [&](double frequency, double peak, double bandwidth, double& residual) {
    ScopeRecord record;
    record.samples_per_ui = 4.0;
    record.length = 250000.0;
    record.jitter = peak;
    record.jitter_rate = frequency / rate;
    TimingOptions options;
    options.clock_recovery = bandwidth;
    const LockedCapture locked = lock(record, PatternName::prbs13q, options);
    residual = locked.residual_jitter * rate;
    double squares = 0.0, slopes = 0.0;
    for (std::size_t i = 0; i < locked.waveform.samples.size(); i += 3) {
      const double time = static_cast<double>(locked.start_symbol) +
                          (static_cast<double>(i) - locked.delay) / LockedCapture::samples_per_symbol;
      const double value = value_at(record, pattern, time), later = value_at(record, pattern, time + 1e-3);
      const double off = value - static_cast<double>(locked.waveform.samples[i]);
      squares += off * off;
      slopes += (later - value) * (later - value) * 1e6;
    }
    return std::sqrt(squares / slopes);  // [UI] rms
  };
  double residual = 0.0;
  const double slow_without = left(100e3, 0.4, 0.0, residual);
  EXPECT_GT(slow_without, 0.02);
  EXPECT_NEAR(residual, slow_without, 0.2 * slow_without);
  EXPECT_LT(left(100e3, 0.4, 4e6, residual), 0.025 * 0.4);
  EXPECT_LT(residual, 0.025 * 0.4);

  constexpr double peak = 0.05;
  EXPECT_NEAR(left(40e6, peak, 4e6, residual) / (peak / std::numbers::sqrt2), 1.0, 0.05);
  // Stretches of 512 symbols see their mean: sin(πfT)/(πfT).
  const double x = std::numbers::pi * 40e6 * 512.0 / rate;
  EXPECT_NEAR(residual / (peak / std::numbers::sqrt2 * std::sin(x) / x), 1.0, 0.05);

  ScopeRecord record;
  record.length = 9000.0;
  TimingOptions fast;
  fast.clock_recovery = 40e6;
  EXPECT_THAT(message_of([&] { lock(record, PatternName::prbs13q, fast); }),
              ::testing::StartsWith("a clock recovery of 40 MHz is too fast for stretches of 512 symbols"));
}

TEST(CaptureTiming, AveragingTakesTheNoiseAway) {
  ScopeRecord record;
  record.length = 8191.0 * 9.5;
  record.samples_per_ui = 6.3;
  record.noise = 0.1;
  TimingOptions options;
  options.average = true;
  const LockedCapture locked = lock(record, PatternName::prbs13q, options);
  EXPECT_EQ(locked.periods, 9);
  EXPECT_TRUE(locked.averaged);
  ASSERT_EQ(locked.waveform.samples.size(), 8191u * 16u);
  // White noise keeps its rms where samples are added between others, but for the upper end of the band.
  EXPECT_NEAR(*locked.noise, 0.1, 0.01);
  double squares = 0.0;
  const auto pattern = signal::symbols_of(PatternName::prbs13q);
  for (std::size_t i = 0; i < locked.waveform.samples.size(); ++i) {
    const double time = static_cast<double>(locked.start_symbol) +
                        (static_cast<double>(i) - locked.delay) / LockedCapture::samples_per_symbol;
    const double off = value_at(record, pattern, time) - static_cast<double>(locked.waveform.samples[i]);
    squares += off * off;
  }
  EXPECT_NEAR(std::sqrt(squares / static_cast<double>(locked.waveform.samples.size())), 0.1 / 3.0, 0.004);
}

TEST(CaptureTiming, SwappedWiresAreTurnedOverAndLightIsNot) {
  ScopeRecord record;
  record.length = 9000.0;
  record.low = 4.0;
  record.high = 1.0;
  TimingOptions options;
  const LockedCapture light = lock(record, PatternName::prbs13q, options);
  options.inversion = Inversion::of_the_samples;
  const LockedCapture wires = lock(record, PatternName::prbs13q, options);
  EXPECT_GT(*std::min_element(light.waveform.samples.begin(), light.waveform.samples.end()), 0.9f);
  EXPECT_LT(*std::max_element(wires.waveform.samples.begin(), wires.waveform.samples.end()), -0.9f);
  for (std::size_t k = 0; k < light.symbols.size(); ++k) ASSERT_EQ(light.symbols[k], 3 - wires.symbols[k]);
}

TEST(CaptureTiming, WhatCannotBeLockedIsSaid) {
  ScopeRecord record;
  record.length = 9000.0;
  const auto samples = samples_of(record, signal::symbols_of(PatternName::prbs13q));
  const auto refusal = [&](double interval, TimingOptions options) {
    return message_of([&] { lock_capture(samples, interval, options); });
  };
  const double interval = 1.0 / (rate * record.samples_per_ui);
  TimingOptions options;
  options.symbol_rate = 0.97 * rate;
  EXPECT_THAT(refusal(interval, options),
              ::testing::StartsWith("the record does not hold SSPRQ, PRBS13Q, PRBS9Q at this symbol rate"));
  options.symbol_rate = rate;
  options.pattern = PatternName::ssprq;
  EXPECT_THAT(refusal(interval, options),
              ::testing::StartsWith("the record does not hold SSPRQ at this symbol rate"));
  EXPECT_THAT(refusal(20.0 * interval, options), ::testing::HasSubstr("samples per symbol"));
  EXPECT_THAT(refusal(interval / 60.0, options), ::testing::HasSubstr("the record holds 150 symbols"));
}

}  // namespace
}  // namespace waverack::compliance
