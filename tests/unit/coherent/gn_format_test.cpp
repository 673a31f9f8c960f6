#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "unit/coherent/formats.hpp"
#include "unit/coherent/nonlinear_snr.hpp"
#include "waverack/coherent/egn_model.hpp"
#include "waverack/coherent/gn_integral.hpp"

namespace waverack::coherent {
namespace {

double egn_snr_db(Format format, int spans) {
  Line line = equal_spans(spans);
  line.channel.format = format;
  return nonlinear_snr_db(egn_noise(line));
}

// Carena et al. 2014, table 1: QPSK −1 and 4, 16QAM −0.68 and 2.08.
TEST(ExcessMoments, Constellations) {
  EXPECT_NEAR(excess_moments(Format::qpsk).phi, -1.0, 1e-12);
  EXPECT_NEAR(excess_moments(Format::qpsk).psi, 4.0, 1e-12);
  EXPECT_NEAR(excess_moments(Format::qam16).phi, -0.68, 1e-12);
  EXPECT_NEAR(excess_moments(Format::qam16).psi, 2.08, 1e-12);
  Channel channel;
  channel.gaussian = true;
  EXPECT_EQ(excess_moments(channel).phi, 0.0);
}

TEST(EgnModel, GaussianSymbolsAreTheIntegral) {
  Line line = equal_spans(2);
  line.channel.gaussian = true;
  EXPECT_DOUBLE_EQ(egn_noise(line).ratio(), gn_integral(line).ratio());
}

// A split-step solver's SNR at 3 dBm with a roll-off of 0.05, one to five spans, itself within about 0.2 dB
// (4 to 8 thousand symbols).
TEST(EgnModel, SplitStepOfOneToFiveSpans) {
  const std::array qam16{36.86, 32.22, 29.79, 28.13, 26.96}, qpsk{38.90, 33.17, 30.57, 28.71, 27.44};
  for (int spans = 1; spans <= 5; ++spans) {
    EXPECT_NEAR(egn_snr_db(Format::qam16, spans), qam16[static_cast<std::size_t>(spans - 1)], 0.2) << spans;
    EXPECT_NEAR(egn_snr_db(Format::qpsk, spans), qpsk[static_cast<std::size_t>(spans - 1)], 0.25) << spans;
  }
}

// Without dispersion and with a rectangular spectrum every term is an integral over a square: κ2 = κ2' = 1/2,
// κ3 = 9/20, κ0 = 2/3, in units of (γ L_eff)².
TEST(EgnModel, WithoutDispersion) {
  for (const Format format : formats) {
    Line line = equal_spans(1);
    line.channel.format = format;
    line.channel.roll_off = 0.0;
    FibreSpan& span = std::get<FibreSpan>(line.elements[0].element);
    span.beta2 = 0.0;
    const double field = span.gamma * line.channel.power * (1.0 - std::exp(-span.attenuation * span.length)) /
                         span.attenuation;
    const auto [phi, psi] = excess_moments(format);
    const double expected =
        phi * 96.0 / 81.0 * 0.5 + psi * 16.0 / 81.0 * 0.45 - phi * phi * 16.0 / 81.0 * 4.0 / 9.0;
    EXPECT_NEAR(egn_noise(line, {.points = 48}).self_format / (field * field), expected, 2e-3);
  }
}

// The estimate covers what finer grids change; and a spectrum with a small roll-off is nearly a rectangle.
TEST(EgnModel, GridsAndRollOff) {
  for (const int spans : {1, 3}) {
    Line line = equal_spans(spans);
    const NonlinearNoise coarse = egn_noise(line, {.points = 12}), fine = egn_noise(line, {.points = 48});
    EXPECT_LT(std::abs(coarse.ratio() - fine.ratio()), 3.0 * coarse.error);
    EXPECT_LT(fine.error, 1e-3 * fine.ratio());
    line.channel.roll_off = 0.005;
    EXPECT_NEAR(in_db(egn_noise(line).ratio() / egn_noise(line, {.rectangular = true}).ratio()), 0.0, 0.02);
  }
}

TEST(EgnModel, JointChangesNothing) {
  Line line = equal_spans(2), cut = line;
  FibreSpan half = std::get<FibreSpan>(line.elements[0].element);
  half.length *= 0.5;
  cut.elements[0].element = half;
  cut.elements.insert(cut.elements.begin(), {"first half", half});
  EXPECT_NEAR(egn_noise(cut).ratio() / egn_noise(line).ratio(), 1.0, 1e-6);
}

Line with_neighbour(int spans, double spacing) {
  Line line = equal_spans(spans);
  line.channel.symbol_rate = 32e9;
  line.channel.gaussian = true;
  Channel other = line.channel;
  other.frequency += spacing;
  other.gaussian = false;
  other.format = Format::qpsk;
  line.neighbours = {other};
  return line;
}

// The closed form of Poggiolini et al. 2015 is the limit of many spans; it says 0.1 to 0.2 dB of the whole
// interference there, a fifth of the correction.
TEST(EgnModel, NeighbourOverManySpans) {
  const Line line = with_neighbour(40, 200e9);
  const double integral = egn_noise(line).neighbours_format;
  const double closed = asymptotic_format_correction(line, line.neighbours[0]);
  EXPECT_NEAR(integral / closed, 1.0, 0.2);
}

// One span and a distant neighbour: (80/81)·Φ·γ²P²·(1 − e^(−2αL))/(2α)/(2π|β2| R |Δ|), the integral over all
// frequency differences by Parseval. The band of the channel cuts off its Lorentzian tails, 3 %.
TEST(EgnModel, NeighbourOverOneSpan) {
  const Line line = with_neighbour(1, 1000e9);
  const FibreSpan& span = std::get<FibreSpan>(line.elements[0].element);
  const Channel& other = line.neighbours[0];
  const double lengths = (1.0 - std::exp(-2.0 * span.attenuation * span.length)) / (2.0 * span.attenuation);
  const double field = span.gamma * other.power;
  const double expected = -80.0 / 81.0 * field * field * lengths /
                          (2.0 * M_PI * std::abs(span.beta2) * other.symbol_rate * 1000e9);
  EXPECT_NEAR(egn_noise(line).neighbours_format / expected, 1.0, 0.03);
}

}  // namespace
}  // namespace waverack::coherent
