#include "waverack/coherent/modulation_theory.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "closed_forms.hpp"
#include "unit/coherent/formats.hpp"
#include "waverack/base/error.hpp"

namespace waverack::coherent {
namespace {

double ratio(double db) { return std::pow(10.0, 0.1 * db); }

// Two ways that share nothing but the points: closed forms, and the probabilities of cells.
TEST(ModulationTheory, CellsAgreeWithClosedForms) {
  for (const Format format : {Format::qpsk, Format::qam16})
    for (double snr = 0.0; snr <= 24.0; snr += 1.5) {
      const double closed = bit_error_ratio(format, ratio(snr));
      if (closed < 1e-25) break;
      EXPECT_NEAR(bit_error_ratio_of_cells(format, ratio(snr)) / closed, 1.0, 1e-9) << snr;
    }
}

// At high ratios each of the 12 neighbouring pairs of the star, 16 bits apart in all, is crossed in both
// directions with Q(d/2σ): BER → 16·2/(8·3)·Q. Second neighbours are 1.4 times as far.
TEST(ModulationTheory, StarOfEightTendsToItsNeighbours) {
  const double beta = (1.0 + std::sqrt(3.0)) / std::sqrt(2.0);
  const double distance = std::sqrt(2.0) * std::sqrt(2.0 / (1.0 + beta * beta));
  for (const double snr : {14.0, 17.0, 20.0}) {
    const double q = 0.5 * std::erfc(0.5 * distance * std::sqrt(ratio(snr)));  // Q(d/2σ), σ² = 1/(2·snr)
    const double tends = 16.0 * 2.0 / 24.0 * q;
    // Errors across two borders are counted twice there.
    EXPECT_LT(bit_error_ratio(Format::qam8, ratio(snr)), tends);
    EXPECT_NEAR(bit_error_ratio(Format::qam8, ratio(snr)) / tends, 1.0,
                snr < 15   ? 0.03
                : snr < 18 ? 4e-3
                           : 2e-4)
        << snr;
  }
  EXPECT_NEAR(bit_error_ratio(Format::qam8, 1e-9), 0.5, 1e-4);
}

// GMI of QPSK is that of two binary channels. Independent sum: Simpson's rule on the definition, 10⁵
// intervals.
TEST(ModulationTheory, GmiOfQpskByTheDefinition) {
  for (const double snr_db : {-8.0, 0.0, 6.0, 11.0}) {
    const double snr = ratio(snr_db), low = -12.0, step = 24.0 / 100000;
    double sum = 0.0;
    for (int i = 0; i <= 100000; ++i) {
      const double z = low + i * step, L = 2.0 * std::sqrt(snr) * (std::sqrt(snr) + z);
      const double weight = i == 0 || i == 100000 ? 1.0 : i % 2 == 1 ? 4.0 : 2.0;
      sum += weight * std::exp(-0.5 * z * z) * std::log2(1.0 + std::exp(-L));
    }
    const double loss = sum * step / 3.0 / std::sqrt(2.0 * M_PI);
    EXPECT_NEAR(gmi(Format::qpsk, snr), 2.0 * (1.0 - loss), 1e-7) << snr_db;
  }
}

TEST(ModulationTheory, GmiGrowsFromNothingToAllBits) {
  for (const Format format : formats) {
    double before = 0.0;
    EXPECT_EQ(gmi(format, 0.0), 0.0);
    for (double snr = -20.0; snr <= 24.0; snr += 4.0) {
      const double now = gmi(format, ratio(snr));
      EXPECT_GE(now, before) << snr;  // QPSK has all its bits at 20 dB
      // No more than a channel can carry.
      EXPECT_LT(now, std::log2(1.0 + ratio(snr)));
      before = now;
    }
    EXPECT_NEAR(before, bits_per_symbol(format), format == Format::qam16 ? 1e-7 : 1e-9);
    EXPECT_NEAR(ngmi(format, ratio(10.0)), gmi(format, ratio(10.0)) / bits_per_symbol(format), 1e-15);
  }
}

TEST(ModulationTheory, InversesInvert) {
  for (const Format format : formats) {
    for (const double ber : {0.3, 2e-2, 1e-3, 1e-9, 1e-15})
      EXPECT_NEAR(bit_error_ratio(format, required_snr(format, ber)) / ber, 1.0, 1e-8) << ber;
    for (const double value : {0.05, 0.5, 0.9239, 0.9999})
      EXPECT_NEAR(ngmi(format, snr_of_ngmi(format, value)), value, 1e-8);
  }
  EXPECT_THROW(required_snr(Format::qam16, 0.45), Error);
  EXPECT_THROW(required_snr(Format::qam16, 0.0), Error);
  EXPECT_THROW(snr_of_ngmi(Format::qam16, 1.0), Error);
}

// A6: 57.953 dB at 193.414 THz.
TEST(ModulationTheory, FiftyEightDecibels) { EXPECT_NEAR(osnr_constant_db(193.414e12), 57.953, 5e-4); }

TEST(ModulationTheory, OsnrAndBack) {
  EXPECT_NEAR(db(osnr_of_snr(ratio(12.711), 118.203350603e9)), 12.711 + db(118.203350603 / 12.5), 1e-12);
  EXPECT_NEAR(snr_of_osnr(osnr_of_snr(7.0, 60e9), 60e9), 7.0, 1e-12);
}

// Axes of the signal along those of the element: ratios are pdl apart, their mean is that without. At 45° the
// inverse mixes both noises: the harmonic mean in each.
TEST(ModulationTheory, PolarisationDependentLoss) {
  const double snr = ratio(15.0), pdl = ratio(3.0);
  const SnrPair along = snr_behind_pdl(snr, pdl);
  EXPECT_NEAR(along.x / along.y, pdl, 1e-12);
  EXPECT_NEAR(0.5 * (along.x + along.y), snr, 1e-12);
  const SnrPair across = snr_behind_pdl(snr, pdl, M_PI / 4.0);
  EXPECT_NEAR(across.x, across.y, 1e-12);
  EXPECT_NEAR(1.0 / across.x, 0.5 * (1.0 / along.x + 1.0 / along.y), 1e-14);
  EXPECT_NEAR(snr_behind_pdl(snr, 1.0, 0.3).y, snr, 1e-12);
  EXPECT_NEAR(bit_error_ratio(Format::qam16, along),
              0.5 * (bit_error_ratio(Format::qam16, along.x) + bit_error_ratio(Format::qam16, along.y)),
              1e-16);
  EXPECT_LT(gmi(Format::qam16, along), gmi(Format::qam16, snr));
  EXPECT_NEAR(ngmi(Format::qam16, along) * 4.0, gmi(Format::qam16, along), 1e-15);
}

}  // namespace
}  // namespace waverack::coherent
