#include "waverack/link/laser_phase.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <stdexcept>
#include <vector>

#include "waverack/link/clocked_sampler.hpp"

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

// The wandering frequency: after n steps its variance is n·2π²·S_0·f_c²/f_s [Hz²]. 200 lasers settle a
// variance within 10 % (one standard deviation); five of them are allowed.
TEST(LaserPhase, FrequencyWanders) {
  const double linewidth = 1e5, corner = 1e9, rate = 100e9;
  constexpr int count = 200, steps = 8192;
  double sum = 0.0;
  for (int k = 0; k < count; ++k) {
    LaserPhase laser({.linewidth = linewidth,
                      .corner = corner,
                      .sample_rate = rate,
                      .seed = static_cast<std::uint64_t>(k),
                      .source = 1});
    // Mean frequency over 128 samples about the end: white steps add little.
    const std::vector<float> phase = phases(laser, steps - 64, 129);
    double turned = 0.0;
    for (std::size_t n = 1; n < phase.size(); ++n) turned += wrapped(phase[n] - phase[n - 1]);
    sum += std::pow(turned / 128.0 * rate / (2.0 * std::numbers::pi), 2);
  }
  const double walk =
      steps * 2.0 * std::pow(std::numbers::pi, 2) * linewidth / std::numbers::pi * corner * corner / rate;
  const double white = linewidth * rate / (2.0 * std::numbers::pi) / 128.0;
  EXPECT_NEAR(sum / count / (walk + white), 1.0, 0.5);
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
