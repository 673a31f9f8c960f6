#include "waverack/coherent/signal_quality.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <vector>

#include "unit/coherent/formats.hpp"
#include "waverack/base/error.hpp"
#include "waverack/coherent/constellation.hpp"
#include "waverack/coherent/frame_builder.hpp"
#include "waverack/coherent/modulation_theory.hpp"
#include "waverack/coherent/soft_demapper.hpp"
#include "waverack/signal/fast_random.hpp"

namespace waverack::coherent {
namespace {

struct Drawn {
  std::vector<std::uint8_t> labels;
  std::vector<std::complex<float>> received;
};

Drawn draw(Format format, double snr, std::size_t count, std::uint64_t seed,
           std::complex<float> gain = 1.0F) {
  Drawn drawn{std::vector<std::uint8_t>(count), std::vector<std::complex<float>>(count)};
  signal::fill_symbols({.seed = seed, .source = 1}, 1 << bits_per_symbol(format), drawn.labels);
  map_labels(format, drawn.labels, drawn.received);
  std::vector<float> normals(2 * count);
  signal::fill_normal_fast({.seed = seed, .source = 2}, normals);
  const auto deviation = static_cast<float>(std::sqrt(0.5 / snr));
  for (std::size_t i = 0; i < count; ++i)
    drawn.received[i] = gain * (drawn.received[i] + std::complex<float>(deviation * normals[2 * i],
                                                                        deviation * normals[2 * i + 1]));
  return drawn;
}

// Counted against theory at any gain and phase. 400 000 symbols; a normal at 3.5 standard errors fails one
// run of 2000, and there are 18 of them; seeds are fixed. SNR: relative error √(1/N).
TEST(SignalQuality, OfWhiteNoiseIsTheory) {
  constexpr std::size_t count = 400000;
  std::uint64_t seed = 40;
  for (const Format format : formats)
    for (const double snr_db : {7.0, 12.0}) {
      const double snr = std::pow(10.0, 0.1 * snr_db);
      const std::complex<float> gain = std::polar(3.0F, 0.7F);
      const Drawn drawn = draw(format, snr, count, ++seed, gain);
      const SignalQuality quality = measure_quality(format, drawn.received, drawn.labels);
      EXPECT_NEAR(quality.snr / snr, 1.0, 3.5 / std::sqrt(double{count}));
      EXPECT_NEAR(std::abs(quality.gain - std::complex<double>(gain)), 0.0, 0.01);
      EXPECT_NEAR(quality.evm * quality.evm * quality.snr, 1.0, 1e-9);
      const double ber = bit_error_ratio(format, snr);
      // Errors of one symbol come together at times: at most all bits of it.
      const double deviation = std::sqrt(ber * bits_per_symbol(format) / static_cast<double>(quality.bits));
      EXPECT_NEAR(quality.ber, ber, 3.5 * deviation) << snr_db;
      EXPECT_LE(quality.ber_low, quality.ber);
      EXPECT_GE(quality.ber_high, quality.ber);
      EXPECT_NEAR(quality.gmi, gmi(format, snr), 3.5 * quality.gmi_error) << snr_db;
      EXPECT_LT(quality.gmi_error, 0.005);
      EXPECT_GT(quality.gmi_error, 0.0);
      EXPECT_NEAR(quality.ngmi * bits_per_symbol(format), quality.gmi, 1e-12);
    }
}

// The standard error of the GMI is what 200 repetitions scatter by, within 3.5 times the 5 % that such an
// estimate has.
TEST(SignalQuality, StandardErrorOfGmiIsTheScatter) {
  double sum = 0.0, squares = 0.0, error = 0.0;
  constexpr int runs = 200;
  for (int run = 0; run < runs; ++run) {
    const Drawn drawn = draw(Format::qam16, 15.0, 4096, 1000 + static_cast<std::uint64_t>(run));
    const SignalQuality quality = measure_quality(Format::qam16, drawn.received, drawn.labels);
    sum += quality.gmi;
    squares += quality.gmi * quality.gmi;
    error += quality.gmi_error;
  }
  const double scatter = std::sqrt((squares - sum * sum / runs) / (runs - 1));
  EXPECT_NEAR(error / runs / scatter, 1.0, 0.18);
}

TEST(SignalQuality, CountsErrorsOneByOne) {
  Drawn drawn = draw(Format::qam16, 1e6, 1000, 3);
  SignalQuality quality = measure_quality(Format::qam16, drawn.received, drawn.labels);
  EXPECT_EQ(quality.bit_errors, 0);
  EXPECT_EQ(quality.bits, 4000);
  EXPECT_TRUE(std::isinf(quality.q_squared));
  EXPECT_NEAR(quality.gmi, 4.0, 1e-9);
  // Labels that are wrong in 1, 2 and 4 bits, and one that does not count.
  drawn.labels[10] ^= 1;
  drawn.labels[20] ^= 6;
  drawn.labels[30] ^= 15;
  drawn.labels[40] = no_label;
  quality = measure_quality(Format::qam16, drawn.received, drawn.labels);
  EXPECT_EQ(quality.bit_errors, 7);
  EXPECT_EQ(quality.symbols, 999);
  // Q² by the definition: Q(q) = BER.
  EXPECT_NEAR(0.5 * std::erfc(std::sqrt(0.5 * quality.q_squared)), quality.ber, 1e-12);
  EXPECT_LT(quality.gmi, 4.0);
}

TEST(SignalQuality, OfBothPolarisations) {
  const Drawn x = draw(Format::qam16, 10.0, 50000, 8), y = draw(Format::qam16, 40.0, 50000, 9);
  const SignalQuality of_x = measure_quality(Format::qam16, x.received, x.labels);
  const SignalQuality of_y = measure_quality(Format::qam16, y.received, y.labels);
  const SignalQuality sum = both(Format::qam16, of_x, of_y);
  EXPECT_EQ(sum.bit_errors, of_x.bit_errors + of_y.bit_errors);
  EXPECT_NEAR(sum.ber, 0.5 * (of_x.ber + of_y.ber), 1e-15);
  EXPECT_NEAR(sum.gmi, 0.5 * (of_x.gmi + of_y.gmi), 1e-12);
  EXPECT_NEAR(1.0 / sum.snr, 0.5 * (1.0 / of_x.snr + 1.0 / of_y.snr), 1e-12);
  // The mixture of theory (A17).
  EXPECT_NEAR(sum.gmi, gmi(Format::qam16, SnrPair{10.0, 40.0}), 4.0 * sum.gmi_error);
}

TEST(SignalQuality, RefusesWhatSaysNothing) {
  const std::vector<std::complex<float>> zeros(10);
  EXPECT_THROW(measure_quality(Format::qam16, zeros, std::vector<std::uint8_t>(10, 3)), Error);
  const std::vector<std::complex<float>> ones(10, 1.0F);
  EXPECT_THROW(measure_quality(Format::qam16, ones, std::vector<std::uint8_t>(10, no_label)), Error);
  EXPECT_THROW(information_rate(Format::qam16, {}, {}), Error);
}

// A receiver that takes its noise for twice or half of what it is loses information; max-log loses little.
TEST(SignalQuality, InformationRateOfOtherRatios) {
  const double snr = 18.0;
  const Drawn drawn = draw(Format::qam16, snr, 200000, 12);
  std::vector<float> ratios(4 * drawn.labels.size());
  const auto rate = [&](Demapping demapping, double variance) {
    demap(Format::qam16, demapping, drawn.received, static_cast<float>(variance), ratios);
    return information_rate(Format::qam16, ratios, drawn.labels).gmi;
  };
  const double right = rate(Demapping::exact, 1.0 / snr);
  EXPECT_NEAR(right, gmi(Format::qam16, snr), 0.005);
  EXPECT_LT(rate(Demapping::exact, 3.0 / snr), right - 0.03);
  EXPECT_LT(rate(Demapping::exact, 0.33 / snr), right - 0.03);
  EXPECT_NEAR(rate(Demapping::max_log, 1.0 / snr), right, 0.01);
}

}  // namespace
}  // namespace waverack::coherent
