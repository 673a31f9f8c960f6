#include "waverack/coherent/gn_integral.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>

#include "unit/coherent/nonlinear_snr.hpp"
#include "waverack/base/low_discrepancy.hpp"
#include "waverack/coherent/quadrature.hpp"

namespace waverack::coherent {
namespace {

// The integral of a program of its own, 3 dBm, one to five spans, and 800ZR at 0 dBm. That program averages
// over a grid of the band: 0.05 dB.
TEST(GnIntegral, EqualSpans) {
  const double expected[] = {33.86, 30.32, 28.25, 26.80, 25.67};
  for (int spans = 1; spans <= 5; ++spans) {
    const NonlinearNoise noise = gn_integral(equal_spans(spans), {.rectangular = true});
    EXPECT_NEAR(nonlinear_snr_db(noise), expected[spans - 1], 0.05) << spans;
    EXPECT_LT(noise.error, 1e-4 * noise.ratio());
  }
  Line line = equal_spans(1);
  line.channel.symbol_rate = 118.203350603e9;
  line.channel.power = 1e-3;
  EXPECT_NEAR(nonlinear_snr_db(gn_integral(line, {.rectangular = true})), 43.85, 0.05);
}

// The three-dimensional integral as it stands in the literature (arXiv 1209.0394, eq. 1 and 18), two spans,
// over Sobol's points: f, f1, f2 in the band, mean of |µ|² where f1 + f2 − f is in it too. Raised cosines
// weigh the four frequencies.
double by_points(double roll_off) {
  const Line line = equal_spans(2);
  const FibreSpan& span = std::get<FibreSpan>(line.elements[0].element);
  const double rate = line.channel.symbol_rate, alpha = span.attenuation, outer = 1.0 + roll_off;
  const auto power = [&](double u) {
    const double x = std::abs(u) - 0.5 * (1.0 - roll_off);
    return x <= 0.0 ? 1.0 : x >= roll_off ? 0.0 : 0.5 * (1.0 + std::cos(M_PI * x / roll_off));
  };
  const SobolPoints points(3, Stream{7, 1});
  constexpr std::uint32_t count = 1 << 18;
  double sum = 0.0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const double f = outer * (points.at(i, 0) - 0.5), f1 = outer * (points.at(i, 1) - 0.5),
                 f2 = outer * (points.at(i, 2) - 0.5);
    const double weight = power(f) * power(f1) * power(f2) * power(f1 + f2 - f);
    if (weight == 0.0) continue;
    const double mismatch = 4.0 * M_PI * M_PI * span.beta2 * rate * rate * (f1 - f) * (f2 - f);
    const std::complex<double> one =
        (1.0 - std::exp(std::complex<double>(-alpha * span.length, mismatch * span.length))) /
        std::complex<double>(alpha, -mismatch);
    const double array = 2.0 + 2.0 * std::cos(mismatch * span.length);
    sum += weight * std::norm(one) * array;
  }
  const double field = span.gamma * line.channel.power;
  return 16.0 / 27.0 * field * field * sum / count * outer * outer * outer;
}

TEST(GnIntegral, TripleIntegralOverPoints) {
  for (const double roll_off : {0.0, 0.2, 0.4}) {
    Line line = equal_spans(2);
    line.channel.roll_off = roll_off;
    EXPECT_NEAR(gn_integral(line).ratio() / by_points(roll_off), 1.0, 0.004) << roll_off;
  }
}

// Without dispersion the fields of all spans add: (16/27)·(2/3)·(γ P Σ L_eff)² of a rectangle.
TEST(GnIntegral, WithoutDispersion) {
  Line line = equal_spans(3);
  double length = 0.0;
  for (NamedElement& named : line.elements)
    if (auto* span = std::get_if<FibreSpan>(&named.element)) {
      span->beta2 = 0.0;
      length += (1.0 - std::exp(-span->attenuation * span->length)) / span->attenuation;
    }
  const double field = 1.3e-3 * line.channel.power * length;
  EXPECT_NEAR(gn_integral(line, {.rectangular = true}).ratio() / (16.0 / 27.0 * 2.0 / 3.0 * field * field),
              1.0, 1e-5);
}

// A joint without loss is none, and unlike spans and lumped gain are taken as they come.
TEST(GnIntegral, JointChangesNothing) {
  Line line = equal_spans(2);
  std::get<LineAmplifier>(line.elements[1].element).gain *= 0.5;
  Line cut = line;
  FibreSpan first = std::get<FibreSpan>(line.elements[0].element), second = first;
  first.length = 13e3;
  second.length = 67e3;
  cut.elements[0].element = first;
  cut.elements.insert(cut.elements.begin() + 1, {"second half", second});
  EXPECT_NEAR(gn_integral(cut).ratio() / gn_integral(line).ratio(), 1.0, 1e-6);
}

TEST(Quadrature, KnownIntegrals) {
  EXPECT_NEAR(integrate([](double x) { return std::log(x); }, 0.0, 1.0, 1e-9).value, -1.0, 1e-7);
  EXPECT_NEAR(integrate([](double x) { return std::cos(50.0 * x); }, 0.0, 1.0, 1e-10).value,
              std::sin(50.0) / 50.0, 1e-11);
  const GaussNodes nodes = gauss_nodes(5);
  double ninth = 0.0;
  for (std::size_t i = 0; i < nodes.at.size(); ++i) ninth += nodes.weight[i] * std::pow(nodes.at[i], 9);
  EXPECT_NEAR(ninth, 0.1, 1e-14);
  // Abramowitz and Stegun, table 5.1: Si(1), Si(5), Si(10).
  EXPECT_NEAR(sine_integral(1.0), 0.9460830704, 1e-6);
  EXPECT_NEAR(sine_integral(5.0), 1.5499312449, 1e-6);
  EXPECT_NEAR(sine_integral(-10.0), -1.6583475942, 1e-6);
}

}  // namespace
}  // namespace waverack::coherent
