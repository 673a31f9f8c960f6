#include "waverack/link/pulse_distortion.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "waverack/coherent/pulse.hpp"
#include "waverack/parts/iq_modulator.hpp"

namespace waverack::link {
namespace {

using coherent::Format;

TEST(PulseProbe, LinearLawsCostNothing) {
  for (const Format format : {Format::qpsk, Format::qam8, Format::qam16}) {
    const PulseProbe probe(format, 0.1);
    EXPECT_LT(probe.distortion([](double v) { return 3.0 * v; }, 0.7), 1e-12);
    // A constant is an error of 1/0.7² of the signal; symbols whose mean is not quite 0 take part of it.
    EXPECT_NEAR(probe.distortion([](double v) { return v + 1.0; }, 0.7), 2.04, 0.2);
  }
}

// A weak cubic a·v³ grows as the fourth power of the voltage in power.
TEST(PulseProbe, GrowsWithTheDrive) {
  const PulseProbe probe(Format::qam16, 0.15);
  const auto law = [](double v) { return v - 0.01 * v * v * v; };
  EXPECT_NEAR(probe.distortion(law, 1.0) / probe.distortion(law, 0.5), 16.0, 0.8);
  EXPECT_LT(PulseProbe(Format::qpsk, 0.15).distortion(law, 1.0), probe.distortion(law, 1.0));
}

// The waveform of the modulator part itself, on other symbols: both polarisations, both branches.
TEST(PulseProbe, AgreesWithTheModulatorsWaveform) {
  constexpr double rate = 60e9, roll_off = 0.15;
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
      PulseProbe(Format::qam16, roll_off)
          .distortion([](double v) { return std::sin(std::numbers::pi * v / 4.0); }, std::sqrt(0.5));
  EXPECT_NEAR(probed / measured, 1.0, 0.1);
}

}  // namespace
}  // namespace waverack::link
