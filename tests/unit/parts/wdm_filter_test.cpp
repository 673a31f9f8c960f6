// Passbands and crosstalk of multiplexer ports.

#include "waverack/parts/wdm_filter.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "closed_forms.hpp"
#include "waverack/base/physical_constants.hpp"

namespace waverack::parts {
namespace {

constexpr double centre = 1311e-9;

// A filter whose full width is `bandwidth` [Hz], to first order in it.
WdmFilter filter_of(Passband passband, int order, double bandwidth) {
  WdmFilter part;
  part.passband = passband;
  part.order = order;
  part.centre = centre;
  part.bandwidth = bandwidth * centre * centre / speed_of_light;
  part.insertion_loss = from_db(1.0);
  part.isolation = from_db(100.0);
  return part;
}

double wavelength_at(double shift) { return speed_of_light / (speed_of_light / centre + shift); }

Conditions light_at(double shift) {
  Conditions conditions;
  conditions.light.wavelength = wavelength_at(shift);
  return conditions;
}

// Closed forms: a Gaussian of order n is 10·log10(2)·|x|^(2n) = 3.0103·|x|^(2n) dB down at x half-widths; one
// ring 10·log10(1 + x²), two rings 20·log10(1 + 0.41421·x²), with √2 − 1 = 0.41421. Tolerance: the width in
// frequency is that in wavelength to 1e-6.
TEST(WdmFilter, PassbandsInClosedForm) {
  constexpr double width = 50e9;
  for (const double x : {-3.0, -1.0, 0.0, 0.5, 1.0, 2.0}) {
    const auto down = [&](Passband passband, int order) {
      const Response h = response(filter_of(passband, order, width), light_at(0.0));
      return -db(std::norm(h(0.5 * width * x))) - 1.0;
    };
    EXPECT_NEAR(down(Passband::gaussian, 1), 3.0103 * x * x, 1e-4);
    EXPECT_NEAR(down(Passband::gaussian, 3), 3.0103 * std::pow(x, 6.0), 3e-2);
    EXPECT_NEAR(down(Passband::ring, 1), db(1.0 + x * x), 1e-4);
    EXPECT_NEAR(down(Passband::ring, 2), 2.0 * db(1.0 + 0.41421356 * x * x), 1e-4);
  }
}

// The drop port is causal: its phase falls with frequency, by 45° from the centre to half a width.
TEST(WdmFilter, RingDelays) {
  const Response h = response(filter_of(Passband::ring, 1, 50e9), light_at(0.0));
  EXPECT_NEAR(std::arg(h(25e9)), -0.25 * 3.14159265, 1e-5);
}

// Light beside the centre sees the slope: a carrier one half-width up is 3 dB down, and 25 GHz below it is
// the centre.
TEST(WdmFilter, DetunedCarrier) {
  const WdmFilter part = filter_of(Passband::gaussian, 1, 50e9);
  const Response h = response(part, light_at(25e9));
  EXPECT_NEAR(db(std::norm(h(0.0))), -1.0 - 3.0103, 1e-4);
  EXPECT_NEAR(db(std::norm(h(-25e9))), -1.0, 1e-4);
  EXPECT_EQ(remarks(part, light_at(25e9)).size(), 1u);
  EXPECT_TRUE(remarks(part, light_at(5e9)).empty());
}

// A bank of rings of 50 GHz on a grid of 200 GHz: a neighbour passes with 1/(1 + 8²) = −18.13 dB, the next
// one with 1/(1 + 16²) = −24.10 dB. Tolerance: a grid even in frequency is one in wavelength to 1e-3.
TEST(WdmFilter, RingBankCrosstalk) {
  const WdmFilter part = filter_of(Passband::ring, 1, 50e9);
  for (const double side : {-1.0, 1.0}) {
    EXPECT_NEAR(db(crosstalk(part, centre, wavelength_at(side * 200e9))), -18.129, 0.001);
    EXPECT_NEAR(db(crosstalk(part, centre, wavelength_at(side * 400e9))), -24.099, 0.001);
  }
  // Own light at half a width below: it loses 3 dB, and the upper neighbour stands 9 half-widths away.
  EXPECT_NEAR(db(crosstalk(part, wavelength_at(-25e9), wavelength_at(175e9))), -db(1.0 + 49.0) + 3.0103,
              0.001);
}

// The grid of FR4: a flat top 16 nm wide keeps its neighbours at 20 nm out altogether, so the isolation
// remains.
TEST(WdmFilter, CoarseGridIsLimitedByIsolation) {
  WdmFilter part;
  part.isolation = from_db(25.0);
  EXPECT_NEAR(db(crosstalk(part, 1311e-9, 1291e-9)), -25.0, 1e-6);
  EXPECT_NEAR(db(crosstalk(part, 1311e-9, 1331e-9)), -25.0, 1e-6);
  part.role = WdmRole::multiplexer;
  EXPECT_EQ(crosstalk(part, 1311e-9, 1331e-9), 1.0);
}

}  // namespace
}  // namespace waverack::parts
