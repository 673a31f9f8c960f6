#include "waverack/link/laser_phase.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <stdexcept>
#include <vector>

#include "waverack/link/clocked_sampler.hpp"
#include "waverack/parts/tunable_laser.hpp"
#include "waverack/signal/fft.hpp"

namespace waverack::link {
namespace {

std::vector<float> phases(LaserPhase& laser, std::int64_t first, std::size_t count) {
  std::vector<float> values(count);
  laser.fill(first, values);
  return values;
}

double wrapped(double angle) { return std::remainder(angle, 2.0 * std::numbers::pi); }

// A Lorentzian line of width Δν: steps of variance 2πΔν/f_s (facts: coherent 6, item 3). 1e6 steps settle it
// within 0.14 % (one standard deviation).
TEST(LaserPhase, StepsOfALorentzianLine) {
  LaserPhase laser({.linewidth = 1e6, .sample_rate = 100e9, .seed = 3, .source = 5});
  const std::vector<float> phase = phases(laser, 0, 1 << 20);
  double squares = 0.0;
  for (std::size_t n = 1; n < phase.size(); ++n) squares += std::pow(wrapped(phase[n] - phase[n - 1]), 2);
  EXPECT_NEAR(squares / static_cast<double>(phase.size() - 1) / (2.0 * std::numbers::pi * 1e6 / 100e9), 1.0,
              6e-3);
}

TEST(LaserPhase, OffsetTurnsSteadily) {
  LaserPhase laser({.offset = 1.8e9, .sample_rate = 200e9});
  const std::vector<float> phase = phases(laser, -100, 5000);
  for (std::size_t n = 1; n < phase.size(); ++n)
    EXPECT_NEAR(wrapped(phase[n] - phase[n - 1]), 2.0 * std::numbers::pi * 1.8 / 200.0, 2e-6);
  EXPECT_NEAR(phase[100], 0.0, 1e-6);
}

// Of drawn phases: mean one-sided density of the frequency about `frequency`, from Hann windows of ten
// cycles.
double drawn_density(const parts::TunableLaser& part, double frequency, int segments) {
  // Wandering is drawn up to a 64th of the sample rate: here beyond ten times its corner where that matters.
  const double rate = std::max(frequency < 1e6 ? 4e7 : 3.2e9, 50.0 * frequency);
  const auto mean = static_cast<std::size_t>(rate / (50.0 * frequency));
  constexpr std::size_t size = 512;
  const double sampled = rate / static_cast<double>(mean);
  LaserPhase laser({.linewidth = part.linewidth,
                    .corner = part.noise_corner,
                    .sample_rate = rate,
                    .seed = 11,
                    .source = 2});
  double sum = 0.0, squares = 0.0, last = 0.0;
  std::vector<double> window(size);
  for (std::size_t i = 0; i < size; ++i) {
    window[i] = 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * static_cast<double>(i) / size);
    squares += window[i] * window[i];
  }
  std::int64_t at = 0;
  for (int s = 0; s < segments; ++s) {
    std::vector<std::complex<double>> values(size);
    for (std::size_t i = 0; i < size; ++i) {
      const std::vector<float> phase = phases(laser, at, mean);
      at += static_cast<std::int64_t>(mean);
      double turned = 0.0;
      for (const float p : phase) {
        turned += wrapped(static_cast<double>(p) - last);
        last = static_cast<double>(p);
      }
      values[i] = window[i] * turned * sampled / (2.0 * std::numbers::pi);
    }
    signal::fft(values, false);
    for (std::size_t bin = 9; bin <= 12; ++bin) sum += std::norm(values[bin]) * 2.0 / (sampled * squares);
  }
  return sum / (4.0 * segments);
}

// OpenZR+ 3.0, frequency-noise mask (facts: coherent 3.2). What the default laser draws lies under it at all
// five points, and is what its density says: four bins of each segment settle it within 1/√(2·segments).
TEST(LaserPhase, StaysUnderTheMask) {
  struct Point {
    double frequency, mask;
    int segments;
  };
  const parts::TunableLaser part;
  for (const auto& [frequency, mask, segments] :
       {Point{1e2, 1e11, 4}, Point{1e4, 1e9, 64}, Point{1e6, 1e6, 128}, Point{1e7, 6e5, 128},
        Point{1e8, 1.6e5, 128}}) {
    const double expected = frequency_noise(part, frequency),
                 drawn = drawn_density(part, frequency, segments);
    EXPECT_LT(expected, mask) << frequency;
    EXPECT_LT(drawn, mask) << frequency;
    EXPECT_NEAR(drawn / expected, 1.0, 4.0 / std::sqrt(2.0 * segments)) << frequency;
  }
}

TEST(LaserPhase, ReadsBackAndForth) {
  LaserPhase one(
      {.linewidth = 1e6, .corner = 1e7, .offset = 1e9, .sample_rate = 100e9, .seed = 7, .source = 1});
  LaserPhase two(
      {.linewidth = 1e6, .corner = 1e7, .offset = 1e9, .sample_rate = 100e9, .seed = 7, .source = 1});
  const std::vector<float> whole = phases(one, 0, 30000);
  phases(two, 0, 20000);
  const std::vector<float> back = phases(two, 15000, 15000);
  for (std::size_t n = 0; n < back.size(); ++n) EXPECT_EQ(back[n], whole[15000 + n]);
}

// A tone below 0.8 of Nyquist, sampled by a clock 40 ppm off.
TEST(ClockedSampler, ReadsATone) {
  const double step = 2.0 * (1.0 + 40e-6), turn = 0.35;  // cycles per input sample
  ClockedSampler sampler(step);
  std::vector<std::complex<float>> in, out;
  for (int n = 0; n < 40000; ++n)
    in.emplace_back(std::polar(
        1.0f, static_cast<float>(std::remainder(2.0 * std::numbers::pi * turn * n, 2.0 * std::numbers::pi))));
  sampler.push(std::span(in).first(777), out);
  sampler.push(std::span(in).subspan(777), out);
  ASSERT_GT(out.size(), 19900u);
  for (std::size_t k = 20; k < out.size(); ++k) {
    const double angle = 2.0 * std::numbers::pi * std::fmod(turn * step * static_cast<double>(k), 1.0);
    EXPECT_NEAR(std::abs(std::complex<double>(out[k]) - std::polar(1.0, angle)), 0.0, 3e-4) << k;
  }
}

}  // namespace
}  // namespace waverack::link
