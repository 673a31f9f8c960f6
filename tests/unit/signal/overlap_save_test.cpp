// Expected values: direct convolution in double precision, and impulse responses in closed form.
//
// Basis of the tolerance of a convolution: a block goes through two transforms and a product, each within
// the bound that fft_test.cpp states, so its error is below (2·log2(block) + 1)·6.7·u·max|H| of the block's
// 2-norm; max|H| ≤ Σ|h|. A tap in a wrong place is an error of the size of the tap.

#include "waverack/signal/overlap_save.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "unit/base/message_of.hpp"
#include "unit/signal/noise.hpp"

namespace waverack::signal {
namespace {

using Complex = std::complex<double>;
using std::numbers::pi;

constexpr double roundoff = 0x1p-24;

// y[t] = Σ_i taps[i]·x[t − (i − origin)], with x continued by itself or by zeros.
template <class T>
std::vector<Complex> direct(const std::vector<Complex>& taps, int origin, const std::vector<T>& x,
                            bool cyclic) {
  const long count = static_cast<long>(x.size());
  std::vector<Complex> y(x.size());
  for (long t = 0; t < count; ++t)
    for (long i = 0; i < static_cast<long>(taps.size()); ++i) {
      long from = t - (i - origin);
      if (cyclic) from = (from % count + count) % count;
      if (from < 0 || from >= count) continue;
      y[static_cast<std::size_t>(t)] +=
          taps[static_cast<std::size_t>(i)] * Complex(x[static_cast<std::size_t>(from)]);
    }
  return y;
}

template <class T>
double rms(const std::vector<T>& x) {
  double sum = 0.0;
  for (const T& value : x) sum += std::norm(Complex(value));
  return std::sqrt(sum / static_cast<double>(x.size()));
}

template <class T>
double rms_difference(const std::vector<T>& found, const std::vector<Complex>& expected) {
  std::vector<Complex> difference(expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) difference[i] = Complex(found[i]) - expected[i];
  return rms(difference);
}

double tolerance(const BlockFilter& filter, const std::vector<Complex>& taps, double signal_rms) {
  double gain = 0.0;
  for (const Complex& tap : taps) gain += std::abs(tap);
  // The factor √2: up to half of a block is overlap, whose energy counts in two blocks.
  return std::numbers::sqrt2 * (2.0 * std::log2(filter.block()) + 1.0) * 6.7 * roundoff * gain * signal_rms;
}

struct Case {
  std::size_t taps;
  int origin;
  std::size_t samples;
};

void PrintTo(const Case& c, std::ostream* out) {
  *out << c.taps << " taps, origin " << c.origin << ", " << c.samples << " samples";
}

class Convolution : public testing::TestWithParam<Case> {
 protected:
  template <class T>
  void expect_direct(const std::vector<Complex>& taps, const std::vector<T>& x) {
    const BlockFilter filter = make_block_filter(taps, GetParam().origin);
    const double allowed = tolerance(filter, taps, rms(x));
    const auto cyclic = filter_cyclic(filter, std::span<const T>(x));
    ASSERT_EQ(cyclic.size(), x.size());
    EXPECT_LE(rms_difference(cyclic, direct(taps, GetParam().origin, x, true)), allowed);
    const auto linear = filter_linear(filter, std::span<const T>(x));
    ASSERT_EQ(linear.size(), x.size());
    EXPECT_LE(rms_difference(linear, direct(taps, GetParam().origin, x, false)), allowed);
  }
  std::vector<Complex> real_taps() const {
    const std::vector<double> taps = noise<double>(GetParam().taps, 1);
    return {taps.begin(), taps.end()};
  }
};

TEST_P(Convolution, OfARealSignal) { expect_direct(real_taps(), noise<float>(GetParam().samples, 2)); }

TEST_P(Convolution, OfAComplexSignalWithRealTaps) {
  expect_direct(real_taps(), noise<std::complex<float>>(GetParam().samples, 3));
}

TEST_P(Convolution, OfAComplexSignalWithComplexTaps) {
  expect_direct(noise<Complex>(GetParam().taps, 4), noise<std::complex<float>>(GetParam().samples, 5));
}

INSTANTIATE_TEST_SUITE_P(Lengths, Convolution,
                         testing::Values(Case{1, 0, 1}, Case{1, 0, 1000}, Case{2, 0, 777},
                                         Case{7, 0, 4093},  // odd and prime lengths
                                         Case{31, 0, 20}, Case{31, 0, 3}, Case{500, 0, 1},
                                         Case{300, 0, 299},  // shorter than the filter
                                         Case{31, 15, 1001}, Case{31, 30, 1001},
                                         Case{31, 30, 8},  // pre-cursors
                                         Case{9, -500, 1200}, Case{9, -5000, 1201},
                                         Case{9, 5000, 1201},  // all taps far from time 0
                                         Case{64, 3, 8192},
                                         Case{65, 3, 8191},  // either side of a size of block
                                         Case{513, 100, 6007}, Case{1025, 7, 5003}, Case{2000, 999, 9001}));

// Fewer blocks than lanes, as many, and one more: 32 blocks of a real signal go through at once, 16 of a
// complex one.
TEST(BlockFilter, AnyNumberOfBlocks) {
  const std::vector<Complex> taps{0.5, -1.0, 0.25};
  const BlockFilter filter = make_block_filter(taps, 1);
  const auto useful = static_cast<std::size_t>(filter.useful());
  for (const std::size_t blocks : {1, 2, 15, 16, 17, 31, 32, 33, 65})
    for (const std::size_t samples : {blocks * useful - 1, blocks * useful, blocks * useful + 1}) {
      const auto real = noise<float>(samples, 6);
      EXPECT_LE(rms_difference(filter_cyclic(filter, real), direct(taps, 1, real, true)),
                tolerance(filter, taps, rms(real)));
      const auto complex = noise<std::complex<float>>(samples, 7);
      EXPECT_LE(rms_difference(filter_linear(filter, complex), direct(taps, 1, complex, false)),
                tolerance(filter, taps, rms(complex)));
    }
}

TEST(BlockFilter, KnowsItsTimesAndItsBlock) {
  const BlockFilter filter = make_block_filter(std::vector<Complex>(31, Complex(1.0)), 10);
  EXPECT_EQ(filter.first(), -10);
  EXPECT_EQ(filter.last(), 20);
  EXPECT_EQ(filter.useful(), filter.block() - 30);
  EXPECT_TRUE(filter.real());
  EXPECT_EQ(filter.spectrum().size(), 2 * static_cast<std::size_t>(filter.block()));
  EXPECT_EQ(filter.truncated_energy, 0.0);
  EXPECT_EQ(filter.response_error, 0.0);
}

// The limit of the header, 1e-14 of the energy, from both sides.
TEST(BlockFilter, CountsAsRealWithoutImaginaryEnergy) {
  EXPECT_TRUE(make_block_filter(std::vector<Complex>{{1.0, 0.9e-7}}, 0).real());
  EXPECT_FALSE(make_block_filter(std::vector<Complex>{{1.0, 1.1e-7}}, 0).real());
}

TEST(BlockFilter, OfNoSignalIsNoSignal) {
  const BlockFilter filter = make_block_filter(std::vector<Complex>{1.0, 2.0}, 0);
  EXPECT_TRUE(filter_cyclic(filter, std::span<const float>{}).empty());
  EXPECT_TRUE(filter_linear(filter, std::span<const std::complex<float>>{}).empty());
}

TEST(BlockFilterRefuses, TapsThatAreNone) {
  const auto message = [](const std::vector<Complex>& taps) {
    return message_of([&] { make_block_filter(taps, 0); });
  };
  EXPECT_EQ(message({}), "a filter needs 1 to 524288 taps, not 0");
  EXPECT_EQ(message(std::vector<Complex>(524289)), "a filter needs 1 to 524288 taps, not 524289");
  EXPECT_EQ(message(std::vector<Complex>(524288)), "no error");
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(message({1.0, infinity}), "a tap of a filter is not a finite number");
  EXPECT_EQ(message({1.0, Complex(0.0, std::nan(""))}), "a tap of a filter is not a finite number");
}

TEST(BlockFilterRefuses, ARealSignalForComplexTaps) {
  const BlockFilter filter = make_block_filter(std::vector<Complex>{{0.0, 1.0}}, 0);
  const std::vector<float> signal(10);
  EXPECT_EQ(message_of([&] { filter_cyclic(filter, signal); }),
            "a filter with complex taps needs a complex signal");
  EXPECT_EQ(message_of([&] { filter_linear(filter, signal); }),
            "a filter with complex taps needs a complex signal");
}

TEST(BlockFilterRefuses, AResponseOrARateThatIsNoNumber) {
  for (const double rate : {0.0, -1.0, std::numeric_limits<double>::infinity(), std::nan("")})
    EXPECT_EQ(message_of([&] { make_block_filter(ideal_delay(0.0), rate); }),
              "the sample rate of a filter must be positive");
  // Not finite at 0 Hz alone, which is one frequency of the grid.
  EXPECT_EQ(message_of([] {
              make_block_filter([](double f) { return f == 0.0 ? Complex(1.0) / 0.0 : 1.0; }, 1e12);
            }),
            "the frequency response is not a finite number at 0.000000 GHz");
}

// The impulse response of a filter at times −before … after samples.
std::vector<float> impulse_response(const BlockFilter& filter, std::size_t before, std::size_t after) {
  std::vector<float> impulse(before + after + 1);
  impulse[before] = 1.0f;
  return filter_linear(filter, impulse);
}

// The gain that a filter gives to a tone at `cycles`/4096 of the sample rate.
Complex gain_at(const BlockFilter& filter, int cycles) {
  constexpr int count = 4096;
  std::vector<std::complex<float>> tone;
  for (int i = 0; i < count; ++i) tone.emplace_back(std::polar(1.0, 2.0 * pi * (cycles * i % count) / count));
  const std::vector<std::complex<float>> out = filter_cyclic(filter, tone);
  Complex sum = 0.0;
  for (std::size_t i = 0; i < out.size(); ++i) sum += Complex(out[i]) * std::conj(Complex(tone[i]));
  return sum / static_cast<double>(count);
}

constexpr double rate = 1e12;

// Frequencies as gain_at counts them: within the band that make_block_filter does not touch, and beyond.
constexpr int unmoved[] = {-1791, -1200, -513, -1, 0, 1, 77, 400, 1000, 1500, 1790};
constexpr int joined[] = {-2040, -1900, -1800, 1795, 1850, 1950, 2047};

double frequency(int cycles) { return rate * cycles / 4096.0; }

// exp(−j2πf·T) with T a whole number of samples: one tap of 1.
TEST(FilterOfAResponse, DelayByWholeSamplesIsOneTap) {
  for (const int delay : {0, 1, 100, -100, 1500, -1500}) {
    const BlockFilter filter = make_block_filter(ideal_delay(delay / rate), rate);
    EXPECT_EQ(filter.first(), delay);
    EXPECT_EQ(filter.last(), delay);
    const std::vector<float> h = impulse_response(filter, 1600, 1600);
    for (std::size_t i = 0; i < h.size(); ++i)
      ASSERT_NEAR(h[i], static_cast<int>(i) == 1600 + delay ? 1.0 : 0.0, 30.0 * roundoff) << i;
    EXPECT_LT(filter.response_error, 1e-12);
    EXPECT_LT(filter.truncated_energy, 1e-20);
  }
}

// A bulk delay of metres of fibre costs nothing: the taps lie about it.
TEST(FilterOfAResponse, ALongDelayCostsNoTaps) {
  const BlockFilter filter = make_block_filter(ideal_delay(30000 / rate), rate);
  EXPECT_EQ(filter.first(), 30000);
  EXPECT_EQ(filter.last(), 30000);
}

// Half a sample has unequal ends, +j and −j at ±rate/2: the gain is exp(−j2πf·T) wherever the two ends are
// not joined.
TEST(FilterOfAResponse, DelayByAFractionOfASample) {
  const Response delay = ideal_delay(10.5 / rate);
  const BlockFilter filter = make_block_filter(delay, rate);
  EXPECT_LE(filter.response_error, 1e-4);
  for (const int cycles : unmoved)
    EXPECT_LE(std::abs(gain_at(filter, cycles) - delay(frequency(cycles))), 3e-4) << cycles;
  // Joined ends leave a kink: the slope with the phase per sample jumps from −1/2 to 1/2, so the response
  // decays as 1/(2πt²) and either end loses half of 1e-10 beyond 553 samples; a little more on the cyclic
  // grid. With the step it would decay as 1/(πt), which no grid holds.
  EXPECT_NEAR(filter.last() - filter.first(), 2 * 553, 0.25 * 2 * 553);
  EXPECT_TRUE(filter.real());
}

// The tolerance in the unmoved band is the promise of the header with the standard tail: an rms error of
// √(100·1e-10) of the response, three times that for a single frequency. In the joined band it is half of
// the step.
void expect_follows(const BlockFilter& filter, const Response& response, double response_rms) {
  for (const int cycles : unmoved)
    EXPECT_LE(std::abs(gain_at(filter, cycles) - response(frequency(cycles))), 3e-4 * response_rms) << cycles;
  const double half_step = 0.5 * std::abs(response(0.5 * rate) - response(-0.5 * rate));
  for (const int cycles : joined)
    EXPECT_LE(std::abs(gain_at(filter, cycles) - response(frequency(cycles))),
              1.001 * half_step + 3e-4 * response_rms)
        << cycles;
}

// 1/(1 + jf/b) is far from 0 at the end of the band, where it has opposite phases.
TEST(FilterOfAResponse, OnePoleWithUnequalEndsOfTheBand) {
  const Response pole = first_order_pole(0.3 * rate);
  const BlockFilter filter = make_block_filter(pole, rate);
  expect_follows(filter, pole, 1.0);
  EXPECT_LE(filter.response_error, 1e-4);
  EXPECT_TRUE(filter.real());
  // As above: the slope jumps by 0.248, and the energy is 0.618, so 256 samples at either end.
  EXPECT_NEAR(filter.last() - filter.first(), 2 * 256, 0.25 * 2 * 256);
}

// A pole of a band-pass seen from its carrier: no symmetry about 0 Hz, so complex taps.
TEST(FilterOfAResponse, OnePoleAboutAnotherFrequency) {
  const Response pole = [](double f) { return 1.0 / Complex(1.0, (f - 0.1 * rate) / (0.05 * rate)); };
  const BlockFilter filter = make_block_filter(pole, rate);
  EXPECT_FALSE(filter.real());
  expect_follows(filter, pole, 1.0);
}

// Partial fractions of 105/(s⁴ + 10s³ + 45s² + 105s + 105). The poles are those of the published table for
// order 4 and unit delay: −2.8962106 ± 0.8672341j, −2.1037894 ± 2.6574180j.
TEST(FilterOfAResponse, BesselThomsonHasItsImpulseResponse) {
  const Complex poles[] = {{-2.8962106028, 0.8672341289},
                           {-2.8962106028, -0.8672341289},
                           {-2.1037893972, 2.6574180419},
                           {-2.1037893972, -2.6574180419}};
  const double bandwidth = rate / 64.0;
  const double unit = 2.113918 / (2.0 * pi * bandwidth) * rate;  // of time, in samples
  const BlockFilter filter = make_block_filter(bessel_thomson(bandwidth), rate);
  const std::vector<float> h = impulse_response(filter, 100, 900);
  // What lies beyond the band is missing: no more than |H| at its end.
  const double allowed = std::abs(bessel_thomson(bandwidth)(0.5 * rate));
  ASSERT_LT(allowed, 1e-5);
  double largest = 0.0;
  for (int t = -100; t <= 900; ++t) {
    Complex expected = 0.0;
    for (std::size_t i = 0; t >= 0 && i < 4; ++i) {
      Complex residue = 105.0;
      for (std::size_t k = 0; k < 4; ++k)
        if (k != i) residue /= poles[i] - poles[k];
      expected += residue * std::exp(poles[i] * (t / unit)) / unit;
    }
    ASSERT_NEAR(h[static_cast<std::size_t>(t + 100)], expected.real(), allowed) << t;
    largest = std::max(largest, expected.real());
  }
  EXPECT_GT(largest, 0.02);  // so that `allowed` says something
}

void expect_echo(int delay, double amplitude, long longest) {
  const BlockFilter filter = make_block_filter(
      [&](double f) { return 1.0 + amplitude * std::polar(1.0, -2.0 * pi * f * delay / rate); }, rate);
  const std::vector<float> h = impulse_response(filter, 10, static_cast<std::size_t>(delay) + 10);
  for (std::size_t i = 0; i < h.size(); ++i) {
    const double expected = i == 10 ? 1.0 : i == h.size() - 11 ? amplitude : 0.0;
    ASSERT_NEAR(h[i], expected, 1e-5) << i;
  }
  EXPECT_LT(filter.response_error, 1e-7);
  EXPECT_LE(filter.last() - filter.first(), longest);
}

// 60 UI at 16 samples each. Then one that needs a longer grid than the shortest, and one that comes back
// round the shortest grid to 10 samples, where only frequencies between those of the grid tell.
TEST(FilterOfAResponse, AnEchoStaysWhereItIs) {
  expect_echo(60 * 16, 0.3, 960);
  expect_echo(3000, 0.3, 3000);
  expect_echo(4096 + 10, 0.3, 4106);
}

// An echo of 0.02 holds 4e-4/(1 + 4e-4) of the energy. Where that may go, it goes, and the filter says so.
TEST(FilterOfAResponse, TellsTheEnergyThatItCuts) {
  const Response response = [](double f) { return 1.0 + 0.02 * std::polar(1.0, -2.0 * pi * f * 50 / rate); };
  const BlockFilter filter = make_block_filter(response, rate, 1e-3);
  EXPECT_EQ(filter.first(), 0);
  EXPECT_EQ(filter.last(), 0);
  EXPECT_NEAR(filter.truncated_energy, 4e-4 / 1.0004, 1e-12);
  // |0.02·exp(…)| is the same at all frequencies.
  EXPECT_NEAR(filter.response_error, 0.02 / std::sqrt(1.0004), 1e-9);
}

// Taps 0.5^k hold 0.25^N of the energy from the N-th on. Half of 1e-3 may be lost at that end: N = 6.
TEST(FilterOfAResponse, CutsAsLittleAsIsAllowed) {
  const Response response = [](double f) {
    return 1.0 / (1.0 - 0.5 * std::polar(1.0, -2.0 * pi * f / rate));
  };
  const BlockFilter filter = make_block_filter(response, rate, 1e-3);
  EXPECT_EQ(filter.first(), 0);
  EXPECT_EQ(filter.last(), 5);
  EXPECT_NEAR(filter.truncated_energy, std::pow(0.25, 6), 1e-12);
  const std::vector<float> h = impulse_response(filter, 0, 8);
  for (int t = 0; t <= 8; ++t)
    EXPECT_NEAR(h[static_cast<std::size_t>(t)], t <= 5 ? std::pow(0.5, t) : 0.0, 1e-6);
  // 0.5^6·|H|: rms 0.5^6 of the response's over the whole band; over the 64 probes within a fifth.
  EXPECT_NEAR(filter.response_error, std::pow(0.5, 6), 0.2 * std::pow(0.5, 6));
}

// No grid holds an echo of 40 000 samples; the longest has 65 536 and takes it for one 25 536 samples early.
// The error is then |0.3·(e^(−jωa) − e^(jωb))|, rms 0.3·√2, of √1.09.
TEST(FilterOfAResponse, TellsThatItCannotHoldAResponse) {
  const BlockFilter filter = make_block_filter(
      [](double f) { return 1.0 + 0.3 * std::polar(1.0, -2.0 * pi * f * 40000 / rate); }, rate);
  EXPECT_NEAR(filter.response_error, 0.3 * std::numbers::sqrt2 / std::sqrt(1.09), 0.05);
}

TEST(FilterOfAResponse, OfNothingIsNothing) {
  const BlockFilter filter = make_block_filter([](double) { return Complex(0.0); }, rate);
  for (const float value : impulse_response(filter, 10, 10)) EXPECT_EQ(value, 0.0f);
  EXPECT_EQ(filter.truncated_energy, 0.0);
  EXPECT_EQ(filter.response_error, 0.0);
}

}  // namespace
}  // namespace waverack::signal
