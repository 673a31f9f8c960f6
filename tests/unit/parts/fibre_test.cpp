#include "waverack/parts/fibre.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace waverack::parts {
namespace {

Fibre of(double zero_nm, double slope, double length) {
  Fibre part;
  part.zero_dispersion_wavelength = zero_nm * 1e-9;
  part.dispersion_slope = slope * 1e3;  // ps/(nm² km) → s/m³
  part.length = length;
  return part;
}

double ps_per_nm_km(double si) { return si * 1e6; }

// Photonics facts 7.2, first table.
TEST(Fibre, DispersionTable) {
  const struct {
    double wavelength, from_1300, from_1324;
  } rows[] = {
      {1264.5, -3.406, -5.873}, {1304.5, 0.412, -1.835}, {1317.5, 1.578, -0.602}, {1337.5, 3.308, 1.223}};
  for (const auto& row : rows) {
    EXPECT_NEAR(ps_per_nm_km(dispersion(of(1300, 0.092, 1), row.wavelength * 1e-9)), row.from_1300, 6e-4);
    EXPECT_NEAR(ps_per_nm_km(dispersion(of(1324, 0.092, 1), row.wavelength * 1e-9)), row.from_1324, 6e-4);
  }
}

// Small-signal intensity response of light without chirp.
double intensity_response(const Response& h, double f) {
  const std::complex<double> h0 = h(0.0);
  return std::abs(0.5 * (std::conj(h0) * h(f) + h0 * std::conj(h(-f))));
}

// Photonics facts 7.2, second table: nulls printed in GHz.
TEST(Fibre, FadingNullTable) {
  const struct {
    double wavelength, zero, length, null, rounding;
  } rows[] = {{1317.5, 1300, 500, 331, 0.6}, {1337.5, 1300, 2000, 113, 0.6}, {1264.5, 1324, 2000, 89, 0.6}};
  for (const auto& row : rows) {
    const Fibre part = of(row.zero, 0.092, row.length);
    EXPECT_NEAR(fading_null(part, row.wavelength * 1e-9) / 1e9, row.null, row.rounding);
    // The field response has its null there, too: the printed frequency leaves a hundredth of the response.
    Conditions conditions;
    conditions.light.wavelength = row.wavelength * 1e-9;
    const Response h = response(part, conditions);
    EXPECT_LT(intensity_response(h, fading_null(part, row.wavelength * 1e-9)), 2e-3 * std::abs(h(0.0)));
    EXPECT_GT(intensity_response(h, row.null * 0.9e9), 0.1 * std::norm(h(0.0)));
  }
}

// D > 0: light of higher frequency arrives earlier, by D·L·Δλ.
TEST(Fibre, SignOfDispersion) {
  const Fibre part = of(1300, 0.092, 10000);
  Conditions conditions;
  conditions.light.wavelength = 1337.5e-9;
  const Response h = response(part, conditions);
  const double f = 50e9, step = 1e6;
  const double delay = -std::arg(h(f + step) / h(f - step)) / (2.0 * M_PI * 2.0 * step);
  const double shift = -f * 1337.5e-9 * 1337.5e-9 / 299792458.0;  // Δλ
  EXPECT_LT(delay, 0.0);
  EXPECT_NEAR(delay / (3.308e-6 * 10000 * shift), 1.0, 0.01);
}

// 500 m at 0.4 dB/km is 0.2 dB; 500 m at n = 1.467 is 2.447 µs.
TEST(Fibre, LossAndDelay) {
  EXPECT_NEAR(10.0 * std::log10(optical_loss(Fibre{})), 0.2, 1e-9);
  EXPECT_NEAR(std::norm(response(Fibre{}, Conditions{})(10e9)), std::pow(10.0, -0.02), 1e-9);
  EXPECT_NEAR(latency(Fibre{}, Conditions{}), 2.447e-6, 1e-9);
}

}  // namespace
}  // namespace waverack::parts
