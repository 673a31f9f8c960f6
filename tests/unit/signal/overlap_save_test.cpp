#include "waverack/signal/overlap_save.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

#include "waverack/base/error.hpp"

namespace waverack::signal {
namespace {

using std::numbers::pi;
using Complex = std::complex<double>;
using Field = std::vector<std::complex<float>>;

template <class Sample>
std::vector<Sample> random_signal(std::size_t n) {
  std::mt19937 random(7);
  std::normal_distribution<float> normal;
  std::vector<Sample> signal(n);
  for (Sample& x : signal)
    if constexpr (std::is_same_v<Sample, float>)
      x = normal(random);
    else
      x = {normal(random), normal(random)};
  return signal;
}

std::vector<Complex> random_taps(std::size_t n, bool real) {
  std::mt19937 random(8);
  std::normal_distribution<double> normal(0.0, 1.0 / std::sqrt(static_cast<double>(n)));
  std::vector<Complex> taps(n);
  for (Complex& tap : taps) tap = {normal(random), real ? 0.0 : normal(random)};
  return taps;
}

// y[t] = Σ_i taps[i]·x[t − (i − origin)]
template <class Sample>
Complex direct(const std::vector<Complex>& taps, int origin, const std::vector<Sample>& x, long t,
               bool cyclic) {
  const long n = static_cast<long>(x.size());
  Complex sum = 0.0;
  for (std::size_t i = 0; i < taps.size(); ++i) {
    const long from = t - (static_cast<long>(i) - origin);
    if (cyclic)
      sum += taps[i] * Complex(x[static_cast<std::size_t>(((from % n) + n) % n)]);
    else if (from >= 0 && from < n)
      sum += taps[i] * Complex(x[static_cast<std::size_t>(from)]);
  }
  return sum;
}

// Single-precision transforms of samples of rms 1: errors stay below a few 1e-6.
template <class Sample>
void expect_direct(std::size_t tap_count, int origin, std::size_t length, bool real) {
  const std::vector<Complex> taps = random_taps(tap_count, real);
  const BlockFilter filter(taps, origin);
  const std::vector<Sample> x = random_signal<Sample>(length);
  const std::vector<Sample> cyclic = filter_cyclic(filter, std::span<const Sample>(x));
  const std::vector<Sample> linear = filter_linear(filter, std::span<const Sample>(x));
  ASSERT_EQ(cyclic.size(), length);
  ASSERT_EQ(linear.size(), length);
  const long step = std::max(1L, static_cast<long>(length) / 97);
  for (long t = 0; t < static_cast<long>(length); t += step) {
    EXPECT_LT(std::abs(Complex(cyclic[static_cast<std::size_t>(t)]) - direct(taps, origin, x, t, true)), 1e-5)
        << tap_count << " taps, " << length << " samples, cyclic at " << t;
    EXPECT_LT(std::abs(Complex(linear[static_cast<std::size_t>(t)]) - direct(taps, origin, x, t, false)),
              1e-5)
        << tap_count << " taps, " << length << " samples, linear at " << t;
  }
}

TEST(OverlapSave, EqualsTheDirectSum) {
  for (const std::size_t taps : {1UL, 7UL, 300UL, 3000UL})
    for (const std::size_t length : {1UL, 5UL, 1000UL, 65535UL})
      for (const int origin : {0, 3, -40}) {
        expect_direct<float>(taps, origin, length, true);
        expect_direct<std::complex<float>>(taps, origin, length, false);
      }
}

TEST(OverlapSave, RefusesWhatItCannotDo) {
  EXPECT_THROW(BlockFilter({}, 0), Error);
  const std::vector<Complex> bad{Complex(std::nan(""), 0.0)};
  EXPECT_THROW(BlockFilter(bad, 0), Error);
  const BlockFilter complex_filter(random_taps(5, false), 0);
  EXPECT_THROW(filter_cyclic(complex_filter, std::vector<float>(10)), Error);
  EXPECT_THROW(make_block_filter([](double) { return Complex(std::nan(""), 0.0); }, 1.0), Error);
  EXPECT_THROW(make_block_filter([](double) { return Complex(1.0); }, 0.0), Error);
}

// exp(j2πft) in, H(f)·exp(j2πft) out: that is what a response means. `bins` of 16 384.
void expect_tones(const Response& response, const std::vector<int>& bins, double tolerance) {
  constexpr int n = 16384;
  const BlockFilter filter = make_block_filter(response, 1.0);
  for (const int bin : bins) {
    const double f = static_cast<double>(bin) / n;
    Field tone(n);
    for (int t = 0; t < n; ++t)
      tone[static_cast<std::size_t>(t)] =
          std::complex<float>(std::polar(1.0, 2.0 * pi * static_cast<double>(1L * bin * t % n) / n));
    const Field out = filter_cyclic(filter, std::span<const std::complex<float>>(tone));
    const Complex h = response(f);
    double worst = 0.0;
    for (int t = 0; t < n; t += 61)
      worst = std::max(worst, std::abs(Complex(out[static_cast<std::size_t>(t)]) -
                                       h * Complex(tone[static_cast<std::size_t>(t)])));
    EXPECT_LT(worst, tolerance) << "at " << f << " of the sample rate";
  }
}

// Taps beyond 1e-10 of the energy are left out, which is 1e-5 in amplitude for each frequency on average.
TEST(OverlapSave, AResponseActsOnTones) {
  const std::vector<int> bins{0, 1, 100, -100, 3000, -3000, 6000, -6001};
  expect_tones(bessel_thomson(0.05), bins, 1e-4);
  expect_tones([](double f) { return std::polar(1.0, -2.0 * pi * f * 10.5); }, bins, 1e-4);  // half a sample
  expect_tones([](double f) { return std::polar(1.0, 400.0 * f * f); }, bins, 1e-4);         // dispersion
}

// The echo lies beyond the shortest grid, so the grid must grow; real and complex echoes take different ways.
TEST(OverlapSave, FindsALateEcho) {
  const std::vector<int> bins{0, 5, -5, 3000, -3000};
  for (const Complex echo : {Complex(0.1), Complex(0.0, 0.1)})
    expect_tones([echo](double f) { return 1.0 + echo * std::polar(1.0, -2.0 * pi * f * 20000.0); }, bins,
                 1e-4);
}

TEST(OverlapSave, SaysWhetherTheResponseIsReal) {
  EXPECT_TRUE(make_block_filter(bessel_thomson(0.1), 1.0).real());
  EXPECT_FALSE(make_block_filter([](double f) { return std::polar(1.0, 400.0 * f * f); }, 1.0).real());
}

}  // namespace
}  // namespace waverack::signal
