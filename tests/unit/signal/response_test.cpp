#include "waverack/signal/response.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "waverack/base/error.hpp"

namespace waverack::signal {
namespace {

using std::numbers::pi;
using Complex = std::complex<double>;

double loss_db(const Response& response, double f) {
  return -10.0 * std::log10(std::norm(response(f) / response(0.0)));
}

// Delay −dφ/dω at low frequency.
double delay_at_dc(const Response& response, double df) {
  return -std::arg(response(df) / response(0.0)) / (2.0 * pi * df);
}

// ITU-T G.957, reference receiver of 0.75 bit rates: attenuation over f/f_r, f_r = bandwidth/0.75.
TEST(Response, BesselThomsonEqualsThePublishedTable) {
  const struct {
    double ratio, db;
  } rows[] = {{0.15, 0.1}, {0.3, 0.4},  {0.45, 1.0}, {0.6, 1.9},   {0.75, 3.0}, {0.9, 4.5},
              {1.0, 5.7},  {1.05, 6.4}, {1.2, 8.5},  {1.35, 10.9}, {1.5, 13.4}, {2.0, 21.5}};
  const Response response = bessel_thomson(0.75e9);
  for (const auto& row : rows) EXPECT_NEAR(loss_db(response, row.ratio * 1e9), row.db, 0.06) << row.ratio;
  EXPECT_NEAR(delay_at_dc(response, 1e6), 2.113918 / (2.0 * pi * 0.75e9), 1e-15);
}

// Facts, standards 3.4: autocorrelation at whole UI of white noise through this filter at half the symbol
// rate; the last of the five printed digits may be off by one.
TEST(Response, BesselThomsonNoiseAutocorrelation) {
  const Response response = bessel_thomson(0.5);
  const auto correlation = [&](int k) {
    double sum = 0.0;
    for (int i = 0; i < 40000; ++i) {
      const double f = (i + 0.5) * 1e-3;
      sum += std::norm(response(f)) * std::cos(2.0 * pi * f * k);
    }
    return sum;
  };
  const double r0 = correlation(0);
  EXPECT_NEAR(correlation(1) / r0, 0.02057, 1e-5);
  EXPECT_NEAR(correlation(2) / r0, 0.00135, 1e-5);
  EXPECT_NEAR(correlation(3) / r0, -0.00008, 1e-5);
}

// |H|² = 1/(1 + x^2n) defines the family; order 4 also against the polynomial of COM (facts: standards 5.2).
TEST(Response, Butterworth) {
  for (const int order : {1, 2, 3, 4, 7, 20})
    for (const double x : {0.3, 1.0, 1.7})
      EXPECT_NEAR(std::norm(butterworth(order, 2e9)(x * 2e9)) * (1.0 + std::pow(x, 2 * order)), 1.0, 1e-10)
          << order;
  for (const double x : {0.2, 1.0, 2.5}) {
    const Complex s(0.0, x);
    const Complex com = 1.0 / (1.0 + 2.613126 * s + 3.414214 * s * s + 2.613126 * s * s * s + s * s * s * s);
    EXPECT_NEAR(std::abs(butterworth(4, 1.0)(x) - com), 0.0, 1e-6);
  }
}

// The step response, from the inversion integral, is at 20 % and 80 % half a rise time before and after its
// middle.
TEST(Response, GaussianEdgeHasItsRiseTime) {
  const double rise_time = 7.5e-12;
  const Response response = gaussian_edge(rise_time);
  const auto step = [&](double t) {
    double sum = 0.0;
    const double df = 1e8;
    for (int i = 0; i < 5000; ++i) {
      const double f = (i + 0.5) * df;
      sum += response(f).real() * std::sin(2.0 * pi * f * t) / (pi * f) * df;
    }
    return 0.5 + sum;
  };
  EXPECT_NEAR(step(0.5 * rise_time), 0.8, 1e-4);
  EXPECT_NEAR(step(-0.5 * rise_time), 0.2, 1e-4);
  EXPECT_EQ(gaussian_edge(0.0)(1e12), Complex(1.0));
}

TEST(Response, BandwidthsAreAtHalfPower) {
  for (const Response& response :
       {bessel_thomson(3e9), butterworth(4, 3e9), gaussian_filter(3e9), first_order_pole(3e9)})
    EXPECT_NEAR(bandwidth_3db(response, 20e9), 3e9, 3e9 * 1e-5);
  EXPECT_TRUE(std::isinf(bandwidth_3db(ideal_delay(1e-12), 1e12)));
}

// Closed forms: Butterworth B·(π/2n)/sin(π/2n); Gaussian (B/2)·√(π/ln 2); one pole B·arctan(F/B) up to F;
// root raised cosine half the symbol rate for any roll-off.
TEST(Response, NoiseBandwidths) {
  EXPECT_NEAR(noise_bandwidth(butterworth(4, 1e9), 30e9) / (1e9 * (pi / 8.0) / std::sin(pi / 8.0)), 1.0,
              1e-6);
  EXPECT_NEAR(noise_bandwidth(gaussian_filter(1e9), 10e9) / (0.5e9 * std::sqrt(pi / std::numbers::ln2)), 1.0,
              1e-9);
  EXPECT_NEAR(noise_bandwidth(first_order_pole(1e9), 7e9) / (1e9 * std::atan(7.0)), 1.0, 1e-9);
  for (const double roll_off : {0.1, 0.5, 1.0})
    EXPECT_NEAR(noise_bandwidth(root_raised_cosine(2.0, roll_off), 3.0), 1.0, 1e-4) << roll_off;
}

// Peak 1/(2ζ√(1 − ζ²)) at f_n·√(1 − 2ζ²).
TEST(Response, SecondOrderPeak) {
  const double damping = 0.4, natural = 30e9;
  const Response response = second_order(natural, damping);
  const double at = natural * std::sqrt(1.0 - 2.0 * damping * damping);
  EXPECT_NEAR(std::abs(response(at)), 1.0 / (2.0 * damping * std::sqrt(1.0 - damping * damping)), 1e-12);
  EXPECT_GT(std::abs(response(at)), std::abs(response(at * 1.001)));
  EXPECT_GT(std::abs(response(at)), std::abs(response(at * 0.999)));
  EXPECT_NEAR(bandwidth_3db(second_order(1.0, 1.0 / std::sqrt(2.0)), 10.0), 1.0,
              1e-9);  // that is a Butterworth
}

// Nyquist's first criterion: the copies at whole symbol rates add to a constant.
TEST(Response, RaisedCosineIsNyquist) {
  for (const double roll_off : {0.0, 0.2, 1.0}) {
    const Response full = raised_cosine(1.0, roll_off), root = root_raised_cosine(1.0, roll_off);
    for (const double f : {0.0, 0.11, 0.37, 0.49}) {
      EXPECT_NEAR((full(f - 1.0) + full(f) + full(f + 1.0)).real(), 1.0, 1e-12);
      EXPECT_NEAR(std::norm(root(f)), full(f).real(), 1e-12);
    }
  }
}

// g_dc = −6 dB, g_dc2 = −2 dB. By hand: −8 dB at 0; far above f_lf the second stage is gone, and where f_z =
// f_p1 with g_dc alone |H|² at f_z is (g² + 1)/2 over 1 + (f_z/f_p2)².
TEST(Response, Ctle) {
  Ctle parameters;
  parameters.dc_gain = std::pow(10.0, -6.0 / 20.0);
  parameters.dc_gain_low = std::pow(10.0, -2.0 / 20.0);
  parameters.zero = parameters.pole1 = 20e9;
  parameters.pole2 = 50e9;
  parameters.low_frequency = 0.6e9;
  const Response response = ctle(parameters);
  EXPECT_NEAR(20.0 * std::log10(std::abs(response(0.0))), -8.0, 1e-12);
  EXPECT_NEAR(20.0 * std::log10(std::abs(response(1e6))), -8.0, 1e-3);
  parameters.dc_gain_low = 1.0;
  parameters.low_frequency = 0.0;  // unused then
  EXPECT_NEAR(std::norm(ctle(parameters)(20e9)), 0.5 * (std::pow(10.0, -0.6) + 1.0) / 1.16, 1e-12);
}

TEST(Response, DelayAndSymmetry) {
  const Response delay = ideal_delay(3e-12);
  EXPECT_NEAR(delay_at_dc(delay, 1e6), 3e-12, 1e-18);
  for (const Response& response : {bessel_thomson(3.0), butterworth(5, 3.0), second_order(3.0, 0.3),
                                   first_order_pole(2.0), raised_cosine(3.0, 0.4), delay})
    EXPECT_NEAR(std::abs(response(-1.3) - std::conj(response(1.3))), 0.0, 1e-15);
}

TEST(Response, WrongParameters) {
  EXPECT_THROW(bessel_thomson(0.0), Error);
  EXPECT_THROW(butterworth(0, 1.0), Error);
  EXPECT_THROW(butterworth(4, std::nan("")), Error);
  EXPECT_THROW(gaussian_edge(-1e-12), Error);
  EXPECT_THROW(second_order(1.0, 0.0), Error);
  EXPECT_THROW(raised_cosine(1.0, 1.5), Error);
  EXPECT_THROW(ctle(Ctle{}), Error);
  EXPECT_THROW(noise_bandwidth(first_order_pole(1.0), 0.0), Error);
}

}  // namespace
}  // namespace waverack::signal
