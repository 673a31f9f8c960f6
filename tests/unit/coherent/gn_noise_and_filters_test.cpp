#include <gtest/gtest.h>

#include <cmath>

#include "coherent_lines.hpp"
#include "waverack/coherent/amplifier_noise.hpp"
#include "waverack/coherent/filter_penalty.hpp"

namespace waverack::coherent {
namespace {

// The rule of planners: OSNR = 58 + P − NF in 0.1 nm. h·f·12.5 GHz at 193.414 THz by hand: −57.953 dBm.
TEST(AmplifierNoise, FiftyEightDecibels) {
  EXPECT_NEAR(in_db(osnr_of_one(1e-3, 1.0, 193.414e12)), 57.953, 1e-3);
}

// Four spans of loss 16 dB and amplifiers of 16 dB, NF 5 dB, 0 dBm: 58 − 16 − 5 − 6.02 but for the −1 in G·F
// − 1.
TEST(AmplifierNoise, SpansAddUp) {
  Line line = equal_spans(4);
  line.channel.power = 1e-3;
  for (NamedElement& named : line.elements)
    if (auto* amplifier = std::get_if<LineAmplifier>(&named.element)) amplifier->noise_figure = from_db(5.0);
  const auto points = amplifier_noise(line);
  ASSERT_EQ(points.size(), 9u);
  const double exact = 57.953 - 16.0 - 5.0 - in_db(4.0) - in_db(1.0 - from_db(-21.0));
  EXPECT_NEAR(in_db(osnr(points.back())), exact, 2e-3);
  EXPECT_NEAR(points.back().power, 1e-3, 1e-15);
  EXPECT_NEAR(in_db(points[1].power / 1e-3), -16.0, 1e-9);
  EXPECT_DOUBLE_EQ(points.back().distance, 320e3);
  EXPECT_NEAR(osnr(points.back()) / snr_in_symbol_rate(points.back(), line.channel), 59.84375 / 12.5, 1e-9);
  // A transmitter of 36 dB adds its noise.
  const double both = 1.0 / (1.0 / osnr(points.back()) + from_db(-36.0));
  EXPECT_NEAR(osnr(amplifier_noise(line, from_db(36.0)).back()) / both, 1.0, 1e-12);
}

TEST(AmplifierNoise, NoNoiseBelowTheQuantumLimit) {
  Line line = equal_spans(1);
  std::get<LineAmplifier>(line.elements[1].element).noise_figure = 0.0;
  EXPECT_EQ(amplifier_noise(line).back().noise_density, 0.0);
}

Line filtered(double bandwidth, int order = 4) {
  Line line = equal_spans(1);
  line.elements.push_back({"demultiplexer", LineFilter{.bandwidth = bandwidth, .order = order}});
  return line;
}

TEST(FilterPower, HalfAtTheEdge) {
  const LineFilter filter{.centre_offset = 3e9, .bandwidth = 75e9, .order = 3};
  EXPECT_NEAR(filter_power(filter, 3e9 + 37.5e9), 0.5, 1e-12);
  EXPECT_NEAR(filter_power(filter, 3e9 - 37.5e9), 0.5, 1e-12);
  EXPECT_NEAR(filter_power(filter, 3e9), 1.0, 1e-12);
}

// Noise that comes through the same filters as the signal costs nothing; noise of the receiver does.
TEST(FilteredSnr, OnlyNoiseBehindCounts) {
  const Line line = filtered(50e9);
  EXPECT_NEAR(filtered_snr(line, {{0, 0.01}}).penalty_db, 0.0, 1e-9);
  EXPECT_NEAR(filtered_snr(line, {{2, 0.01}}).penalty_db, 0.0, 1e-9);
  EXPECT_GT(filtered_snr(line, {{3, 0.01}}).penalty_db, 0.5);
  EXPECT_NEAR(filtered_snr(filtered(200e9), {{3, 0.01}}).penalty_db, 0.0, 1e-3);
  double before = 0.0;
  for (const double bandwidth : {75e9, 65e9, 60e9, 55e9, 50e9}) {
    const double penalty = filtered_snr(filtered(bandwidth), {{3, 0.01}}).penalty_db;
    EXPECT_GT(penalty, before);
    before = penalty;
  }
}

// A rectangle of which a steep filter takes a share c: 1/(c + (1 − c)/(1 + ρ)) − 1, and zero forcing has
// nothing left.
TEST(FilteredSnr, HalfOfARectangle) {
  Line line = filtered(0.75 * 59.84375e9, 400);
  line.channel.roll_off = 0.0;
  const FilteredSnr snr = filtered_snr(line, {{3, 0.05}});
  const double expected = 1.0 / (0.25 + 0.75 / 21.0) - 1.0;
  EXPECT_NEAR(snr.least_squares / expected, 1.0, 0.01);
  EXPECT_LT(snr.zero_forcing, 1e-6);
  EXPECT_NEAR(snr.unfiltered, 20.0, 1e-12);
}

// First-order Gaussian and small loss of bandwidth, zero forcing: ⟨1/|H|²⟩ by series, |H|² = exp(−ln 2 x²),
// x = 2f/B: mean of exp(ln 2·x²) over |x| < R/B.
TEST(FilteredSnr, ZeroForcingOfAGaussian) {
  Line line = filtered(100e9, 1);
  line.channel.roll_off = 0.0;
  const double k = std::log(2.0) * std::pow(0.5984375, 2);
  double mean = 0.0, term = 1.0;
  for (int n = 0; n < 20; ++n) {
    mean += term / (2 * n + 1);
    term *= k / (n + 1);
  }
  EXPECT_NEAR(filtered_snr(line, {{3, 0.01}}).zero_forcing * mean / 100.0, 1.0, 1e-5);
}

}  // namespace
}  // namespace waverack::coherent
