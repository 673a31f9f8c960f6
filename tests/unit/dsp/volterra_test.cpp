// Expected values: polynomials that the equaliser must find again, the linear equaliser where there are no
// products, and drawn noise.

#include "waverack/dsp/volterra.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "unit/base/message_of.hpp"
#include "unit/signal/on_target.hpp"
#include "waverack/base/random.hpp"
#include "waverack/dsp/volterra_rows.hpp"
#include "waverack/signal/fft.hpp"

namespace waverack::dsp {
namespace {

// Samples that are no levels of anything, in microamperes about 40.
std::vector<float> make_waveform(std::size_t count) {
  std::vector<double> normal(count);
  fill_normal({.seed = 1}, normal);
  std::vector<float> waveform;
  for (const double x : normal) waveform.push_back(static_cast<float>(40e-6 + 10e-6 * x));
  return waveform;
}

// A target that is a polynomial of the samples has exactly its coefficients.
TEST(Volterra, FindsAPolynomial) {
  constexpr std::size_t n = 4096;
  for (const int q : {1, 2}) {
    const VolterraShape shape{{.pre = 2, .post = 3, .samples_per_symbol = q}, 4, 3};
    const auto waveform = make_waveform(n * static_cast<std::size_t>(q));
    const auto terms = volterra_terms(shape);
    ASSERT_EQ(terms.size(), static_cast<std::size_t>(6 * q) + 10 + 10);
    // Offset and scale of the equaliser are the mean and the rms; any polynomial stays one.
    std::vector<double> coefficients(terms.size());
    fill_normal({.seed = 2}, coefficients);
    std::vector<float> target;
    for (std::size_t k = 0; k < n; ++k) {
      double sum = 0.3;
      for (std::size_t t = 0; t < terms.size(); ++t) {
        double value = coefficients[t];
        for (const int tap : terms[t]) {
          const long index = static_cast<long>(k + 2) * q - tap, length = static_cast<long>(waveform.size());
          value *=
              static_cast<double>(waveform[static_cast<std::size_t>((index + length) % length)]) * 1e5 - 4.0;
        }
        sum += value;
      }
      target.push_back(static_cast<float>(sum));
    }
    const VolterraSums sums = volterra_sums(waveform, target, q, 0, shape);
    const VolterraEqualiser found = adapt_volterra(sums, std::vector<double>(12, 0.0), shape);
    EXPECT_LT(found.mean_square_error, 1e-6 * sums.target_square);
    const std::vector<float> y = equalise(found, waveform, q, 0);
    for (std::size_t k = 0; k < n; ++k) ASSERT_NEAR(y[k], target[k], 2e-3) << k;
    // Terms of the highest order are left alone by the shift: in them it shows directly.
    for (std::size_t t = terms.size() - 10; t < terms.size(); ++t)
      EXPECT_NEAR(found.weights[t] * std::pow(found.scale * 1e-5, 3), coefficients[t], 1e-3) << t;
  }
}

// Four levels bent in any way, and no memory: a cubic passes through four points.
TEST(Volterra, StraightensFourLevels) {
  const float levels[] = {-1.0f, -1.0f / 3, 1.0f / 3, 1.0f}, bent[] = {-0.7f, -0.31f, 0.2f, 0.5f};
  std::vector<float> target, waveform;
  for (std::size_t k = 0; k < 1024; ++k) {
    const std::size_t a = random_words({.seed = 3}, static_cast<std::uint32_t>(k))[0] % 4;
    target.push_back(levels[a]);
    waveform.push_back(bent[a]);
  }
  const VolterraShape shape{{.pre = 0, .post = 0}, 1, 1};
  const VolterraEqualiser e =
      adapt_volterra(volterra_sums(waveform, target, 1, 0, shape), std::vector<double>{0.0}, shape);
  EXPECT_LT(e.mean_square_error, 1e-8);
  const auto y = equalise(e, waveform, 1, 0);
  for (std::size_t k = 0; k < y.size(); ++k) ASSERT_NEAR(y[k], target[k], 1e-4);
}

struct Lane {
  std::vector<float> target, waveform;
};

// PAM4 behind a short pulse and a saturating amplifier, two samples for each symbol.
Lane make_lane(std::size_t symbols) {
  Lane lane;
  for (std::size_t k = 0; k < symbols; ++k)
    lane.target.push_back(
        -1.0f +
        2.0f / 3.0f * static_cast<float>(random_words({.seed = 4}, static_cast<std::uint32_t>(k))[1] % 4));
  const double pulse[] = {0.1, 0.45, 1.0, 0.5, 0.2, 0.05};
  for (std::size_t i = 0; i < 2 * symbols; ++i) {
    double sum = 0.0;
    for (std::size_t j = i % 2; j < 6; j += 2)
      sum += pulse[j] * lane.target[((i - j) / 2 + 1 + symbols) % symbols];
    lane.waveform.push_back(static_cast<float>(0.2 * std::tanh(0.8 * sum)));
  }
  return lane;
}

TEST(Volterra, WithoutProductsIsTheLinearEqualiser) {
  const Lane lane = make_lane(4096);
  const EqualiserShape linear{.pre = 2, .post = 4, .samples_per_symbol = 2};
  std::vector<double> noise;
  for (int l = 0; l < 14; ++l) noise.push_back(1e-4 * std::pow(0.5, l));
  const Equaliser expected = adapt(adaptation_sums(lane.waveform, lane.target, 2, 0, linear), noise, linear);
  const VolterraShape shape{linear, 0, 0};
  const VolterraEqualiser found =
      adapt_volterra(volterra_sums(lane.waveform, lane.target, 2, 0, shape), noise, shape);
  // adaptation_sums adds in single precision.
  EXPECT_NEAR(found.mean_square_error, expected.mean_square_error, 1e-5);
  const auto y = equalise(found, lane.waveform, 2, 0);
  const auto z = equalise(expected, linear, lane.waveform, lane.target, 2, 0);
  for (std::size_t k = 0; k < y.size(); ++k) ASSERT_NEAR(y[k], z[k], 1e-3) << k;
}

TEST(Volterra, UndoesWhatAnAmplifierBends) {
  const Lane lane = make_lane(8192);
  std::vector<double> noise(20, 0.0);
  noise[0] = 1e-6;
  const EqualiserShape linear{.pre = 3, .post = 6, .samples_per_symbol = 2};
  double last = 1.0;
  for (const auto& [second, third] : {std::pair{0, 0}, {0, 3}, {0, 7}}) {
    const VolterraShape shape{linear, second, third};
    const double error = adapt_volterra(volterra_sums(lane.waveform, lane.target, 2, 0, shape), noise, shape)
                             .mean_square_error;
    EXPECT_LT(error, 0.7 * last) << third;
    last = error;
  }
}

// Noise to first order against noise that is drawn: the mean square error that adaptation states, and the
// variance of every symbol. The statistical error of a variance from n draws is √(2/n); five of them. The
// second order is below 1 % at this noise.
TEST(Volterra, NoiseIsCountedToFirstOrder) {
  constexpr std::size_t symbols = 512, draws = 2000;
  const Lane lane = make_lane(symbols);
  const VolterraShape shape{{.pre = 2, .post = 4, .samples_per_symbol = 2}, 3, 3};
  const double rms = 1e-3;
  std::vector<double> noise(14, 0.0);
  noise[0] = 1.25 * rms * rms;  // of n_i + n_{i−1}/2
  noise[1] = 0.5 * rms * rms;
  const VolterraEqualiser e =
      adapt_volterra(volterra_sums(lane.waveform, lane.target, 2, 0, shape), noise, shape);
  const auto clean = equalise(e, lane.waveform, 2, 0);
  const auto variance = noise_variance(e, noise, {}, lane.waveform, 2, 0);
  std::vector<double> found(symbols, 0.0), drawn(2 * symbols);
  std::vector<float> noisy(2 * symbols);
  double square = 0.0;
  for (std::uint32_t draw = 0; draw < draws; ++draw) {
    fill_normal({.seed = 5, .block = draw}, drawn);
    for (std::size_t i = 0; i < noisy.size(); ++i)
      noisy[i] = lane.waveform[i] +
                 static_cast<float>(rms * (drawn[i] + 0.5 * drawn[(i + noisy.size() - 1) % noisy.size()]));
    const auto y = equalise(e, noisy, 2, 0);
    for (std::size_t k = 0; k < symbols; ++k) {
      found[k] += std::pow(y[k] - clean[k], 2) / draws;
      square += std::pow(y[k] - lane.target[k], 2) / draws / symbols;
    }
  }
  for (std::size_t k = 0; k < symbols; ++k)
    ASSERT_NEAR(found[k] / variance[k], 1.0, 5 * std::sqrt(2.0 / draws) + 0.01) << k;
  EXPECT_NEAR(square / e.mean_square_error, 1.0, 0.01);
}

// Against the change of the mean of y when the samples of one tap alone move: another polynomial of the
// record, read off the equaliser at its own taps. Differences of a third-order polynomial over ±h are exact
// to w·h², here 1e-4.
TEST(Volterra, MeanSlopesAreThoseOfTheMean) {
  constexpr std::size_t symbols = 2048;
  const auto waveform = make_waveform(symbols);
  const std::vector<float> target(symbols, 0.0f);
  const VolterraShape shape{{.pre = 1, .post = 2}, 3, 3};
  const VolterraSums sums = volterra_sums(waveform, target, 1, 0, shape);
  VolterraEqualiser e{shape, sums.offset, sums.scale, 0.2, {}, 0.0};
  const auto terms = volterra_terms(shape);
  e.weights.resize(terms.size());
  fill_normal({.seed = 8}, e.weights);
  const std::vector<double> slopes = mean_slopes(e, sums);
  ASSERT_EQ(slopes.size(), 4U);
  constexpr double h = 1e-2;  // of the scaled samples
  for (int tap = 0; tap < 4; ++tap) {
    double change = 0.0;
    for (std::size_t k = 0; k < symbols; ++k)
      for (const double sign : {-1.0, 1.0})
        for (std::size_t t = 0; t < terms.size(); ++t) {
          double value = e.weights[t];
          for (const int i : terms[t]) {
            const double x = waveform[(k + 1 + symbols - static_cast<std::size_t>(i)) % symbols];
            value *= (x - sums.offset) * sums.scale + (i == tap ? sign * h : 0.0);
          }
          change += sign * value;
        }
    EXPECT_NEAR(slopes[static_cast<std::size_t>(tap)], change / symbols / (2.0 * h) * sums.scale,
                2e-4 * sums.scale)
        << tap;
  }
}

TEST(Volterra, RefusesWhatDoesNotFit) {
  const EqualiserShape linear{.pre = 1, .post = 1};
  EXPECT_EQ(message_of([&] {
              volterra_terms({linear, 5, 0});
            }),
            "products of 5 samples about the cursor need more taps than there are");
  const std::vector<float> record(64, 0.0f);
  EXPECT_EQ(message_of([&] {
              volterra_sums(record, record, 1, 0, {{.pre = 8, .post = 8}, 3, 13});
            }),
            "a Volterra equaliser of 478 terms; fewer than 400 are possible");
}

// 32 records against the reference, each one period, with windows of every order of size.
TEST(VolterraRows, AreTheReference) {
  for (const auto& [second, third] : {std::pair{3, 3}, {5, 3}, {2, 4}, {0, 3}, {4, 0}, {0, 0}})
    for (const int q : {1, 2}) {
      VolterraEqualiser e{
          {{.pre = 3, .post = 5, .samples_per_symbol = q}, second, third}, 40e-6, 1e5, 0.1, {}, 0.0};
      e.weights.resize(volterra_terms(e.shape).size());
      fill_normal({.seed = 6}, e.weights);
      constexpr int symbols = 37;
      const int rows = symbols * q;
      signal::BatchBuffer samples(rows), y(symbols);
      const auto waveform = make_waveform(32 * static_cast<std::size_t>(rows));
      std::copy(waveform.begin(), waveform.end(), samples.data());
      equalise_rows(nest(e), symbols, samples.data(), y.data());
      for (std::size_t r = 0; r < 32; ++r) {
        std::vector<float> record;
        for (std::size_t i = 0; i < static_cast<std::size_t>(rows); ++i)
          record.push_back(waveform[32 * i + r]);
        const auto expected = equalise(e, record, q, 0);
        // Each of some 40 terms of up to 30 is right to a few roundings of 6e-8.
        for (std::size_t k = 0; k < symbols; ++k) ASSERT_NEAR(y.data()[32 * k + r], expected[k], 1e-3);
      }
    }
}

TEST(VolterraRows, AreTheSameOnInstructionSetsOfTheSameFusion) {
  const auto pairs = signal::pairs_of_same_fusion();
  if (pairs.empty()) GTEST_SKIP() << "this CPU has no two instruction sets of the same fusion";
  VolterraEqualiser e{{{.pre = 3, .post = 5}, 3, 3}, 40e-6, 1e5, 0.1, {}, 0.0};
  e.weights.resize(volterra_terms(e.shape).size());
  fill_normal({.seed = 7}, e.weights);
  constexpr int symbols = 64;
  signal::BatchBuffer samples(symbols);
  const auto waveform = make_waveform(32 * symbols);
  std::copy(waveform.begin(), waveform.end(), samples.data());
  const auto on = [&](std::int64_t target) {
    const signal::OnTarget only(target);
    signal::BatchBuffer y(symbols);
    equalise_rows(nest(e), symbols, samples.data(), y.data());
    return std::vector<float>(y.data(), y.data() + 32 * symbols);
  };
  for (const auto& [a, b] : pairs)
    EXPECT_TRUE(signal::same_bits(on(a), on(b))) << hwy::TargetName(a) << " and " << hwy::TargetName(b);
}

}  // namespace
}  // namespace waverack::dsp
