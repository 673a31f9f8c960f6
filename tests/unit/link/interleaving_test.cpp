// Converters that take samples in turn.

#include "waverack/link/interleaving.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace waverack::link {
namespace {

constexpr std::size_t converter_row = signal::batch_records;

Interleaving interleaved(int converters, double gain, double offset, double skew) {
  Interleaving interleaving;
  interleaving.converters = converters;
  interleaving.gain = gain;
  interleaving.offset = offset;
  interleaving.skew = skew;
  return interleaving;
}

// Offsets alone, a mean for each converter. With as many converters as taps or more they are independent, Σ
// w²; of two, every second tap has the same one.
TEST(Interleaving, OffsetsOfOneConverterAdd) {
  dsp::Equaliser equaliser;
  equaliser.forward = {0.5, 1.0, -0.25};
  const dsp::EqualiserShape shape{1, 1, 1};
  const std::vector<float> waveform(64, 0.0f);
  const auto variance = [&](int converters) {
    return mismatch_at_decision(interleaved(converters, 0.0, 0.1, 0.0), equaliser, shape, waveform, 4, 0)[3];
  };
  EXPECT_NEAR(variance(4), 0.01 * (0.25 + 1.0 + 0.0625), 1e-7);
  EXPECT_NEAR(variance(2), 0.01 * (0.25 * 0.25 + 1.0), 1e-7);
}

// The variance over draws is the sum over converters of the square of what a unit of each does, which is
// found here by doing it: to the samples of one converter after the other, through the equaliser. Half-symbol
// taps, more than there are converters.
TEST(Interleaving, IsTheSumOverConverters) {
  constexpr int sps = 8, symbols = 96, q = 2, step = sps / q, phase = 5, converters = 4;
  std::mt19937 random(2);
  std::normal_distribution<float> normal;
  // Sines of up to a quarter of the symbol rate, whose slopes are known.
  std::vector<float> waveform(symbols * sps, 0.0f), slope(waveform);
  for (int periods = 1; periods <= symbols / 4; ++periods) {
    const double w = 2.0 * std::numbers::pi * periods / (symbols * sps), size = normal(random),
                 angle = 3.0 * normal(random);
    for (std::size_t n = 0; n < waveform.size(); ++n) {
      waveform[n] += static_cast<float>(size * std::sin(w * static_cast<double>(n) + angle));
      slope[n] += static_cast<float>(size * w * sps * std::cos(w * static_cast<double>(n) + angle));
    }
  }
  dsp::Equaliser equaliser;
  for (int i = 0; i < 10; ++i) equaliser.forward.push_back(normal(random));
  const dsp::EqualiserShape shape{1, 3, q};
  const std::vector<float> nothing(symbols, 0.0f);
  const auto equalised = [&](const std::vector<float>& x) {
    return dsp::equalise(equaliser, shape, x, nothing, sps, phase);
  };
  const Interleaving interleaving = interleaved(converters, 0.3, 0.2, 0.1);
  std::vector<double> expected(symbols, 0.0);
  for (int c = 0; c < converters; ++c) {
    // Only the samples at phase + n·step are ever taken.
    std::vector<float> gain(waveform.size(), 0.0f), offset(gain), skew(gain);
    const int length = static_cast<int>(waveform.size());
    for (int n = c; n < symbols * q; n += converters) {
      const int at = (phase + n * step) % length;
      gain[at] = waveform[at];
      offset[at] = 1.0f;
      skew[at] = slope[at];
    }
    for (const auto& [rms, x] : {std::pair{0.3, gain}, {0.2, offset}, {0.1, skew}}) {
      const std::vector<float> y = equalised(x);
      for (int k = 0; k < symbols; ++k) expected[k] += rms * rms * y[k] * y[k];
    }
  }
  const std::vector<float> variance =
      mismatch_at_decision(interleaving, equaliser, shape, waveform, sps, phase);
  // The five-point slope is up to 5e-5 short, its square 1e-4 (signal/slope.hpp).
  for (int k = 0; k < symbols; ++k) EXPECT_NEAR(variance[k] / expected[k], 1.0, 2e-4) << k;
}

// A sine of amplitude 1 and 1/16 of the symbol rate: mean square ½, that of its slope ½·(2π/16)².
TEST(Interleaving, VarianceOfASample) {
  std::vector<float> waveform;
  for (int n = 0; n < 16 * 16; ++n)
    waveform.push_back(static_cast<float>(std::sin(2.0 * std::numbers::pi * n / 256.0)));
  EXPECT_NEAR(mismatch_at_sampler(interleaved(8, 0.1, 0.2, 0.0), waveform, 16), 0.005 + 0.04, 1e-6);
  EXPECT_NEAR(mismatch_at_sampler(interleaved(8, 0.0, 0.0, 0.1), waveform, 16), 0.01 * 0.5 * 0.15421257,
              1e-6);
}

// A receiver has mismatch where it has a converter, several of them, and a mismatch of one kind.
TEST(Interleaving, NeedsConvertersThatDiffer) {
  parts::Receiver receiver;
  receiver.adc_enob = 5.5;
  receiver.adc_interleaving = 16;
  EXPECT_FALSE(has_mismatch(receiver));
  receiver.adc_skew = 100e-15;
  receiver.adc_offset_mismatch = 0.01;
  EXPECT_TRUE(has_mismatch(receiver));
  parts::Conditions conditions;
  conditions.symbol_rate = 50e9;
  const Interleaving made = interleaving_of(receiver, conditions, {0.01, 0.4}, {});
  EXPECT_EQ(made.converters, 16);
  EXPECT_NEAR(made.skew, 0.005, 1e-12);
  EXPECT_NEAR(made.offset, 0.004, 1e-12);
  Without without;
  without.interleaving = true;
  EXPECT_FALSE(interleaving_of(receiver, conditions, {0.01, 0.4}, without).differs());
  receiver.adc_interleaving = 1;
  EXPECT_FALSE(has_mismatch(receiver));
}

// x·(1 + g) + o + τ·x' with the same draws for row n and row n + M, others for other records, other
// stretches. 64 × 32 draws: their rms is known to 1.6 %.
TEST(ConverterBank, ConvertsAsDrawn) {
  constexpr int converters = 64, rows = 128;
  ConverterBank bank(interleaved(converters, 0.1, 0.2, 0.3), 0.5);
  const auto converted = [&](std::uint32_t stretch, float x, float change) {
    bank.draw({1, 9, stretch, 0});
    std::vector<float> samples(rows * converter_row, x), slope(rows * converter_row, change);
    bank.convert(rows, slope.data(), samples.data());
    for (float& value : samples) value -= x;
    return samples;
  };
  const std::vector<float> both = converted(4, 1.5f, 0.0f), still = converted(4, -0.5f, 0.0f),
                           moving = converted(4, -0.5f, 1.0f), other = converted(5, 1.5f, 0.0f);
  double gain = 0.0, offset = 0.0, skew = 0.0;
  for (std::size_t i = 0; i < converters * converter_row; ++i) {
    EXPECT_EQ(both[i], both[i + converters * converter_row]);
    // What the rows lack is 0.5: at −0.5 there is no signal, and so no gain.
    offset += still[i] * still[i];
    gain += std::pow((both[i] - still[i]) / 2.0, 2.0);
    skew += std::pow(moving[i] - still[i], 2.0);
  }
  EXPECT_NE(both[0], both[1]);
  EXPECT_NE(both[0], both[converter_row]);
  EXPECT_NE(both[0], other[0]);
  EXPECT_EQ(both, converted(4, 1.5f, 0.0f));
  const double count = converters * converter_row;
  EXPECT_NEAR(std::sqrt(gain / count), 0.1, 0.1 * 0.065);
  EXPECT_NEAR(std::sqrt(offset / count), 0.2, 0.2 * 0.065);
  EXPECT_NEAR(std::sqrt(skew / count), 0.3, 0.3 * 0.065);
}

}  // namespace
}  // namespace waverack::link
