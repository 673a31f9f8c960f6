#include "waverack/link/pulse_distortion.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waverack/coherent/pulse.hpp"
#include "waverack/parts/iq_modulator.hpp"

namespace waverack::link {
namespace {

using coherent::Format;

constexpr double rate = 60e9;  // of the probes [Bd]

TEST(PulseProbe, LinearLawsCostNothing) {
  for (const Format format : {Format::qpsk, Format::qam8, Format::qam16}) {
    const PulseProbe probe(format, 0.1, rate);
    EXPECT_LT(probe.distortion([](double v) { return 3.0 * v; }, 0.7), 1e-12);
    // A constant is an error of 1/0.7² of the signal; symbols whose mean is not quite 0 take part of it.
    EXPECT_NEAR(probe.distortion([](double v) { return v + 1.0; }, 0.7), 2.04, 0.2);
  }
}

// A weak cubic a·v³ grows as the fourth power of the voltage in power.
TEST(PulseProbe, GrowsWithTheDrive) {
  const PulseProbe probe(Format::qam16, 0.15, rate);
  const auto law = [](double v) { return v - 0.01 * v * v * v; };
  EXPECT_NEAR(probe.distortion(law, 1.0) / probe.distortion(law, 0.5), 16.0, 0.8);
  EXPECT_LT(PulseProbe(Format::qpsk, 0.15, rate).distortion(law, 1.0), probe.distortion(law, 1.0));
}

// The waveform of the modulator part itself, on other symbols: both polarisations, both branches.
TEST(PulseProbe, AgreesWithTheModulatorsWaveform) {
  constexpr double roll_off = 0.15;
  constexpr int size = 8192, samples_per_symbol = 4;
  coherent::DualBatch batch(size, samples_per_symbol * rate);
  const coherent::DualSymbols sent =
      coherent::random_symbols(size / samples_per_symbol, Format::qam16, false, 5, 900);
  coherent::shape_pulses(batch, sent, roll_off, 2.0);  // every branch has an rms of √½
  parts::IqModulator modulator;
  modulator.bandwidth = 50e12;
  modulator.bias_error = 0.0;
  modulator.extinction_ratio = 1e8;
  modulator.v_pi = 2.0;
  parts::Conditions conditions;
  conditions.light.power = 1e-3;
  parts::DualContext context;
  context.plan = &batch.plan;
  context.sample_rate = batch.sample_rate;
  action(modulator, conditions, context)(batch);
  const coherent::DualSymbols received = coherent::matched_symbols(batch, samples_per_symbol, roll_off);
  std::complex<double> product = 0.0;
  double power = 0.0, whole = 0.0;
  for (std::size_t r = 0; r < coherent::batch_records; ++r)
    for (std::size_t n = 0; n < sent.x[r].size(); ++n) {
      const std::complex<double> s = sent.x[r][n], y = received.x[r][n];
      product += y * std::conj(s);
      power += std::norm(s);
      whole += std::norm(y);
    }
  const double measured = whole * power / std::norm(product) - 1.0;
  const double probed =
      PulseProbe(Format::qam16, roll_off, rate)
          .distortion([](double v) { return std::sin(std::numbers::pi * v / 4.0); }, std::sqrt(0.5));
  EXPECT_NEAR(probed / measured, 1.0, 0.1);
}

// What shapes the pulses in front of the law is undone behind it, whatever its delay and its size. Where it
// takes most of the rms for the edges of the band, less is left for the middle, and what is clipped there
// weighs more.
TEST(PulseProbe, UndoesWhatStandsBeforeTheLaw) {
  const PulseProbe probe(Format::qam16, 0.15, rate);
  const auto nothing = [](double v) { return v; };
  const auto clip = [](double v) { return std::clamp(v, -1.8, 1.8); };
  const signal::Response low_pass = signal::bessel_thomson(0.3 * rate);
  const signal::Response emphasis = [&](double f) { return 7.0 / low_pass(f); };
  EXPECT_LT(probe.distortion(nothing, 1.0, low_pass), 1e-12);
  EXPECT_NEAR(probe.distortion(clip, 1.0, signal::ideal_delay(1.0 / rate)), probe.distortion(clip, 1.0),
              1e-9);
  EXPECT_GT(probe.distortion(clip, 1.0, emphasis), 1.2 * probe.distortion(clip, 1.0));
}

// Of a normal phase of rms σ, E[sin²] = (1 − exp(−2σ²))/2; the sample of 4096 symbols knows its kurtosis
// within 4 %.
TEST(PulseProbe, MeanSquareOfASine) {
  const double sigma = 0.5;
  const auto sine = [](double v) { return std::sin(v); };
  EXPECT_NEAR(PulseProbe(std::nullopt, 0.1, rate).mean_square(sine, sigma) /
                  (0.5 * -std::expm1(-2.0 * sigma * sigma)),
              1.0, 0.01);
  // 16QAM has smaller peaks, of which a sine takes less.
  EXPECT_GT(PulseProbe(Format::qam16, 0.1, rate).mean_square(sine, sigma),
            0.5 * -std::expm1(-2.0 * sigma * sigma));
}

// A normal voltage of rms 1 that is clipped at ±c keeps erf(c/√2) of itself (Bussgang), and its power is
// E[min(v², c²)] = erf(c/√2) − √(2/π)·c·exp(−c²/2) + c²·erfc(c/√2). What is left, spread over the band and
// three times as far, is at most that.
TEST(PulseProbe, ClipsNormalVoltagesAsBussgangSays) {
  const double c = 1.5, within = std::erf(c / std::numbers::sqrt2);
  const double power = within - std::sqrt(2.0 / std::numbers::pi) * c * std::exp(-c * c / 2.0) +
                       c * c * std::erfc(c / std::numbers::sqrt2);
  const double whole = power / (within * within) - 1.0;
  const double seen =
      PulseProbe(std::nullopt, 0.1, rate).distortion([=](double v) { return std::clamp(v, -c, c); }, 1.0);
  EXPECT_LT(seen, whole);
  EXPECT_GT(seen, 0.5 * whole);
}

}  // namespace
}  // namespace waverack::link
