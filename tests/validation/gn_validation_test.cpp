// Models of nonlinear interference against a split-step solver's measurements: one channel, 59.84375 GBd,
// roll-off 0.05, 3 dBm, 80 km spans of 0.2 dB/km, 17 ps/(nm km), 1.3 /(W km), ideal amplifiers; receiver:
// exact inverse of the dispersion, matched filter, best complex scalar. SNR in dB after one to five spans;
// scatter of the runs about 0.2 dB (facts: coherent 9.3).

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "coherent_lines.hpp"
#include "waverack/coherent/egn_model.hpp"
#include "waverack/coherent/gn_integral.hpp"
#include "waverack/coherent/gn_model.hpp"

namespace waverack::coherent {
namespace {

constexpr std::array gaussian{33.62, 30.08, 28.05, 26.64, 25.56};
constexpr std::array qam16{36.86, 32.22, 29.79, 28.13, 26.96};
constexpr std::array qpsk{38.90, 33.17, 30.57, 28.71, 27.44};

double with_format(Format format, bool normal, int spans) {
  Line line = equal_spans(spans);
  line.channel.format = format;
  line.channel.gaussian = normal;
  return -in_db(egn_noise(line).ratio());
}

TEST(GnAgainstSplitStep, GaussianSymbols) {
  for (int spans = 1; spans <= 5; ++spans)
    EXPECT_NEAR(with_format(Format::qam16, true, spans), gaussian[static_cast<std::size_t>(spans - 1)], 0.3)
        << spans;
}

TEST(GnAgainstSplitStep, Formats) {
  for (int spans = 1; spans <= 5; ++spans) {
    EXPECT_NEAR(with_format(Format::qam16, false, spans), qam16[static_cast<std::size_t>(spans - 1)], 0.1)
        << spans;
    EXPECT_NEAR(with_format(Format::qpsk, false, spans), qpsk[static_cast<std::size_t>(spans - 1)], 0.2)
        << spans;
  }
}

// The order, and the gaps of 3.2 and 2.0 dB, ±0.3.
TEST(GnAgainstSplitStep, GapsBetweenFormats) {
  const double normal = with_format(Format::qam16, true, 1), square = with_format(Format::qam16, false, 1),
               phase = with_format(Format::qpsk, false, 1);
  EXPECT_NEAR(square - normal, 3.2, 0.3);
  EXPECT_NEAR(phase - square, 2.0, 0.3);
}

// 16QAM with a roll-off of 0.1 at 3 dBm: 36.93 dB, ±0.1, and 2 dB less for each decibel more.
TEST(GnAgainstSplitStep, SlopeAndRollOff) {
  Line line = equal_spans(1);
  line.channel.roll_off = 0.1;
  const double at_3 = -in_db(egn_noise(line).ratio());
  EXPECT_NEAR(at_3, 36.93, 0.1);
  line.channel.power *= from_db(1.0);
  EXPECT_NEAR(at_3 + in_db(egn_noise(line).ratio()), 2.0, 1e-6);
}

// The miss that a tool with the closed form alone has: 3.6 dB for 16QAM over one span, kept in a band.
TEST(GnAgainstSplitStep, ClosedFormIsPessimistic) {
  const double miss = qam16[0] + in_db(gn_noise(equal_spans(1)).ratio());
  EXPECT_NEAR(miss, 3.6, 0.1);
}

}  // namespace
}  // namespace waverack::coherent
