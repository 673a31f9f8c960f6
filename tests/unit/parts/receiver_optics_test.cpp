// Photodiode and transimpedance amplifier.

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "waverack/parts/memoryless.hpp"
#include "waverack/parts/photodiode.hpp"
#include "waverack/parts/tia.hpp"

namespace waverack::parts {
namespace {

// One period of a sine, both extremes on the grid.
std::vector<float> sine(double mean, double amplitude, int n = 4096) {
  std::vector<float> x(static_cast<std::size_t>(n));
  for (int i = 0; i < n; ++i)
    x[static_cast<std::size_t>(i)] =
        static_cast<float>(mean + amplitude * std::sin(2.0 * std::numbers::pi * i / n));
  return x;
}

std::vector<float> through(const Tia& part, const std::vector<float>& in) {
  std::vector<float> out(in.size());
  apply(part, Conditions{}, std::span<const float>(in), std::span<float>(out));
  return out;
}

double swing(const std::vector<float>& x) {
  const auto [low, high] = std::minmax_element(x.begin(), x.end());
  return static_cast<double>(*high) - *low;
}

// Amplitude of the harmonic `k` of one period.
double harmonic(const std::vector<float>& x, int k) {
  std::complex<double> sum = 0.0;
  const double n = static_cast<double>(x.size());
  for (std::size_t i = 0; i < x.size(); ++i)
    sum +=
        static_cast<double>(x[i]) * std::polar(1.0, -2.0 * std::numbers::pi * k * static_cast<double>(i) / n);
  return 2.0 * std::abs(sum) / n;
}

TEST(Photodiode, CurrentAndShotNoise) {
  Photodiode part;
  part.responsivity = 0.9;
  part.dark_current = 20e-9;
  const std::vector<std::complex<float>> field{
      {0.0f, 0.0f}, {0.02f, 0.0f}, {0.0f, -0.02f}};  // 0, 0.4, 0.4 mW
  std::vector<float> current(3);
  apply(part, Conditions{}, std::span<const std::complex<float>>(field), std::span<float>(current));
  EXPECT_NEAR(current[0], 20e-9, 1e-12);
  EXPECT_NEAR(current[1], 360.02e-6, 1e-9);
  EXPECT_NEAR(current[2], 360.02e-6, 1e-9);
  // Photonics facts 6.4: at -4 dBm OMA, ER 4 dB the top level is 3.38 µA rms of shot noise in 60 GHz.
  const double er = std::pow(10.0, 0.4), top = std::pow(10.0, -0.4) * 1e-3 * er / (er - 1.0) * 0.9;
  EXPECT_NEAR(std::sqrt(noise(part, Conditions{})[0].scale * top * 60e9) / 3.38e-6, 1.0, 2e-3);
}

TEST(Photodiode, BandwidthIsThreeDecibelDownForBothOrders) {
  Photodiode part;
  for (const int order : {1, 2}) {
    part.order = order;
    EXPECT_NEAR(std::norm(output_response(part, Conditions{})(part.bandwidth)), 0.5, 1e-9) << order;
  }
  // Two poles fall twice as fast: 12 dB per octave far above.
  EXPECT_NEAR(std::norm(output_response(part, Conditions{})(2e13)) /
                  std::norm(output_response(part, Conditions{})(1e13)),
              1.0 / 16.0, 1e-3);
}

// Photonics facts 6.4: thermal 3.92 µA from 16 pA/sqrt(Hz) in 60 GHz.
TEST(Tia, WhiteNoise) {
  Tia part;
  part.noise_density = 16e-12;
  const NoiseSource source = noise(part, Conditions{})[0];
  EXPECT_TRUE(source.at_input);
  EXPECT_NEAR(std::sqrt(source.density(10e9) * 60e9) / 3.92e-6, 1.0, 1e-3);
}

// White plus f²: at the corner twice the density, and ∫₀^B = n²·B·(1 + B²/(3·f_c²)).
TEST(Tia, RisingNoise) {
  Tia part;
  part.noise_density = 10e-12;
  part.noise_corner = 30e9;
  const NoiseSource source = noise(part, Conditions{})[0];
  EXPECT_NEAR(source.density(30e9), 2e-22, 1e-34);
  double sum = 0.0;
  for (int i = 0; i < 6000; ++i) sum += source.density((i + 0.5) * 1e7) * 1e7;
  EXPECT_NEAR(sum / (1e-22 * 60e9 * (1.0 + 4.0 / 3.0)), 1.0, 1e-6);
}

// 63 dBohm is 1412.5 ohm; the mean current does not get through.
TEST(Tia, SmallSignalGainWithoutMean) {
  const std::vector<float> out = through(Tia{}, sine(300e-6, 1e-6));
  EXPECT_NEAR(swing(out) / 2e-6, 1412.5, 1.0);
  double mean = 0.0;
  for (const float v : out) mean += v;
  EXPECT_NEAR(mean / static_cast<double>(out.size()), 0.0, 1e-7);
}

// The gain control holds the swing before compression at output_swing: 0.5·tanh(0.2/0.5)·2 = 0.37995 V.
TEST(Tia, GainControlHoldsTheSwing) {
  EXPECT_NEAR(swing(through(Tia{}, sine(500e-6, 400e-6))), 0.379949, 2e-5);
  EXPECT_NEAR(swing(through(Tia{}, sine(1e-3, 900e-6))), 0.379949, 2e-5);
}

// tanh(x)/x = 10^(-1/20) at x = 0.6126, where the output is 0.5460 of the saturation.
TEST(Tia, OneDecibelCompression) {
  Tia part;
  part.output_swing = 10.0;  // gain control out of the way
  const double amplitude = 0.6126 * 0.5 * part.saturation_swing / part.transimpedance;
  const double out = swing(through(part, sine(0.0, amplitude)));
  EXPECT_NEAR(20.0 * std::log10(out / (2.0 * amplitude * part.transimpedance)), -1.0, 2e-3);
  EXPECT_NEAR(out / part.saturation_swing, 0.5460, 1e-3);
}

// tanh(x) = x − x³/3: the third harmonic is about x²/12 of the first.
TEST(Tia, ThirdHarmonic) {
  Tia part;
  part.output_swing = 10.0;
  const double x = 0.2;
  const std::vector<float> out =
      through(part, sine(0.0, x * 0.5 * part.saturation_swing / part.transimpedance));
  EXPECT_NEAR(harmonic(out, 3) / harmonic(out, 1), x * x / 12.0, 1e-4);
  EXPECT_NEAR(harmonic(out, 2), 0.0, 1e-7);
}

}  // namespace
}  // namespace waverack::parts
