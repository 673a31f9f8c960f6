#include "waverack/parts/twinax.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

namespace waverack::parts {
namespace {

using Complex = std::complex<double>;
using std::numbers::pi;

double loss_db(const Twinax& part, double f) {
  return -20.0 * std::log10(std::abs(response(part, Conditions{})(f)));
}

// The cable alone: no ends, no skew.
Twinax bare(double gauge, double length) {
  Twinax part;
  part.gauge = gauge;
  part.length = length;
  part.connector_loss = 1.0;
  part.connector_return_loss = from_db(100.0);
  part.skew_per_length = 0.0;
  return part;
}

struct TableLoss {
  double gauge, f, db_per_m;
};
// Facts, standards 7 (from memory); the middle where they give a range.
constexpr TableLoss loss_table[] = {{26, 26.5625e9, 5.65}, {28, 26.5625e9, 6.8},  {30, 26.5625e9, 8.2},
                                    {32, 26.5625e9, 10.0}, {34, 26.5625e9, 12.5}, {26, 53.125e9, 9.0},
                                    {28, 53.125e9, 11.0},  {30, 53.125e9, 13.0},  {32, 53.125e9, 16.0},
                                    {34, 53.125e9, 20.0}};

// Facts, standards 7, to the micrometre that they print.
TEST(Twinax, DiameterOfTheWireGauge) {
  constexpr double table[][2] = {{26, 0.405}, {28, 0.321}, {30, 0.255}, {32, 0.202}, {34, 0.160}};
  for (const auto& [gauge, millimetres] : table)
    EXPECT_NEAR(conductor_diameter(gauge) * 1e3, millimetres, 5.1e-4) << gauge;
}

// 4 % is what a law without a term for the braid leaves; the finest gauge at the highest frequency misses by
// 7 %.
TEST(Twinax, DefaultLossFollowsTheTable) {
  for (const TableLoss& entry : loss_table) {
    const double tolerance = entry.gauge == 34 && entry.f > 50e9 ? 0.07 : 0.04;
    EXPECT_NEAR(loss_db(bare(entry.gauge, 1.0), entry.f) / entry.db_per_m, 1.0, tolerance)
        << "AWG " << entry.gauge << " at " << entry.f;
  }
}

// The stated origin of the two defaults: least squares of the relative error, by the normal equations.
TEST(Twinax, DefaultsAreTheLeastSquaresFit) {
  double ss = 0.0, sd = 0.0, dd = 0.0, s1 = 0.0, d1 = 0.0;
  for (const TableLoss& entry : loss_table) {
    const double ghz = entry.f * 1e-9;
    const double diameter = 0.127 * std::pow(92.0, (36.0 - entry.gauge) / 39.0);  // mm
    const double skin = std::sqrt(ghz) / diameter / entry.db_per_m, dielectric = ghz / entry.db_per_m;
    ss += skin * skin;
    sd += skin * dielectric;
    dd += dielectric * dielectric;
    s1 += skin;
    d1 += dielectric;
  }
  const double determinant = ss * dd - sd * sd;
  const double skin_loss = (s1 * dd - d1 * sd) / determinant,
               dielectric_loss = (d1 * ss - s1 * sd) / determinant;
  // The defaults are the fit to three digits.
  EXPECT_NEAR(Twinax{}.skin_loss, from_db_per_m(skin_loss), from_db_per_m(0.5e-3));
  EXPECT_NEAR(Twinax{}.dielectric_loss, from_db_per_m(dielectric_loss), from_db_per_m(0.5e-4));
}

// exp(−(1 + j)a√f) is exp(−a√(s/π)), whose step response is erfc(a/(2√(πt))): the line of Wigington and
// Nahman (Proc. IRE 45, 166, 1957). A conjugated phase would rise before t = 0.
TEST(Twinax, SkinEffectHasItsStepResponse) {
  Twinax part = bare(34.0, 10.0);
  part.dielectric_loss = 0.0;
  const Response h = response(part, Conditions{});
  const double a = loss_db(part, 1e9) / 20.0 * std::numbers::ln10 / std::sqrt(1e9);
  // step(t) = ½ + 1/π ∫ Im(H·e^jωt)/f df over f > 0, with f = u² so that √f is smooth; H has fallen to 1e-8
  // at 50 GHz.
  const auto step = [&](double t) {
    constexpr double du = 2.0;
    double sum = 0.0;
    for (double u = 0.5 * du; u < 250e3; u += du)
      sum += (h(u * u) * std::polar(1.0, 2.0 * pi * u * u * t)).imag() * 2.0 / u * du;
    return 0.5 + sum / pi;
  };
  EXPECT_NEAR(loss_db(part, 50e9), 20.0 * std::log10(std::exp(a * std::sqrt(50e9))), 1e-6);
  for (const double t : {50e-12, 200e-12, 1e-9, 5e-9})
    EXPECT_NEAR(step(t), std::erfc(a / (2.0 * std::sqrt(pi * t))), 2e-4) << t;
}

// Nothing leaves the cable before light could have run through it: the impulse response of everything at
// once, with its bulk delay, has next to no energy in the time before. The span of 40 ns holds the echoes.
TEST(Twinax, IsCausal) {
  Twinax part;
  part.length = 0.3;
  part.suck_out_depth = from_db(10.0);
  const Response h = response(part, Conditions{});
  constexpr double df = 25e6, band = 100e9;
  const double delay = latency(part, Conditions{});
  // A Gaussian window keeps the cut at the end of the band from ringing into the past.
  std::vector<Complex> spectrum;
  double total = 0.0;
  for (double f = df; f < band; f += df) {
    spectrum.push_back(h(f) * std::exp(-4.6 * f * f / (band * band)));
    total += 2.0 * std::norm(spectrum.back()) * df;
  }
  constexpr double dt = 0.5 / band;
  double before = 0.0;
  for (double t = 0.0; t < 0.98 * delay; t += dt) {
    double value = 1.0;
    for (std::size_t i = 0; i < spectrum.size(); ++i)
      value +=
          2.0 *
          (spectrum[i] * std::polar(1.0, 2.0 * pi * df * static_cast<double>(i + 1) * (t - delay))).real();
    before += value * df * value * df * dt;
  }
  EXPECT_LT(before / total, 1e-6);
}

// cos(πf·skew): 4 m of 1 ps/m at 125 GHz is the null, at 62.5 GHz it is 3.01 dB.
TEST(Twinax, SkewTakesTheDifferentialSignalAway) {
  Twinax part = bare(26.0, 4.0);
  const double without = loss_db(part, 62.5e9);
  part.skew_per_length = 1e-12;
  EXPECT_NEAR(loss_db(part, 62.5e9) - without, 3.0103, 1e-4);
  EXPECT_LT(std::abs(response(part, Conditions{})(125e9)), 1e-12);
}

// Two ends of 1 dB at 53.125 GHz, and 1/√2 of that in decibels at half the frequency.
TEST(Twinax, EndsLoseTheirStatedLoss) {
  Twinax part = bare(28.0, 0.0);
  part.connector_loss = from_db(1.0);
  EXPECT_NEAR(loss_db(part, 53.125e9), 2.0, 1e-9);
  EXPECT_NEAR(loss_db(part, 26.5625e9), std::sqrt(2.0), 1e-9);
}

// Without loss the ends make a Fabry-Perot: transparent at whole half waves, and (1 + ρ²)/(1 − ρ²) down
// between them. The field at a quarter wave, ρ² = 0.1, is 0.9/1.1.
TEST(Twinax, EchoesBetweenTheEndsRipple) {
  Twinax part = bare(28.0, 0.1);
  part.skin_loss = part.dielectric_loss = 0.0;
  part.connector_return_loss = 10.0;
  const double half_wave = 0.5 / (part.delay * part.length);
  const Response h = response(part, Conditions{});
  EXPECT_NEAR(std::abs(h(half_wave)), 1.0, 1e-9);
  EXPECT_NEAR(std::abs(h(0.5 * half_wave)), 0.9 / 1.1, 1e-9);
}

// At the centre the stated depth; where the detuning is the width, half of the lost amplitude in quadrature.
TEST(Twinax, SuckOutHasItsDepthAndWidth) {
  Twinax part = bare(28.0, 0.0);
  part.suck_out_depth = from_db(20.0);
  part.suck_out_frequency = 60e9;
  part.suck_out_quality = 20.0;
  EXPECT_NEAR(loss_db(part, 60e9), 20.0, 1e-9);
  // x = Q(f/f_0 − f_0/f) = 1 at f = f_0(1/(2Q) + √(1 + 1/(4Q²))): H = 1 − 0.9/(1 + j).
  const double f = 60e9 * (0.025 + std::sqrt(1.0 + 0.025 * 0.025));
  EXPECT_NEAR(std::abs(response(part, Conditions{})(f)), std::hypot(0.55, 0.45), 1e-9);
  EXPECT_LT(loss_db(part, 20e9), 0.01);
}

TEST(Twinax, DelayIsThatOfItsLength) {
  Twinax part;
  part.length = 2.5;
  EXPECT_NEAR(latency(part, Conditions{}), 11.5e-9, 1e-15);
}

TEST(Twinax, RemarksOnSkewAndGauge) {
  Conditions conditions;
  conditions.symbol_rate = 106.25e9;
  Twinax part;
  EXPECT_TRUE(remarks(part, conditions).empty());
  part.skew_per_length = 5e-12;  // 10 ps over 2 m: no differential signal at 50 GHz
  EXPECT_EQ(remarks(part, conditions).size(), 1u);
  part.gauge = 36.0;
  EXPECT_EQ(remarks(part, conditions).size(), 2u);
  part.skin_loss *= 1.1;  // a cable of its own: the gauge is no longer extrapolated
  EXPECT_EQ(remarks(part, conditions).size(), 1u);
}

}  // namespace
}  // namespace waverack::parts
