#include "waverack/signal/batch_kernels.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numeric>

#include "on_target.hpp"
#include "waverack/base/random.hpp"

namespace waverack::signal {
namespace {

using Complex = std::complex<double>;
constexpr std::size_t row = batch_records;

// A batch of `rows` rows of normal numbers.
struct Batch {
  explicit Batch(int count, std::uint32_t source = 0) : rows(count), buffer(count) {
    fill_normal(Stream{7, source, 0, 0}, values());
  }
  std::span<float> values() { return {buffer.data(), static_cast<std::size_t>(rows) * row}; }
  float* data() { return buffer.data(); }
  float at(std::size_t n, std::size_t r) const { return buffer.data()[n * row + r]; }
  Complex complex_at(std::size_t n, std::size_t lane) const { return {at(n, lane), at(n, lane + 16)}; }
  std::vector<float> copy() const {
    return {buffer.data(), buffer.data() + static_cast<std::size_t>(rows) * row};
  }
  int rows;
  BatchBuffer buffer;
};

std::vector<float> random_pairs(std::size_t count) {
  std::vector<float> pairs(2 * count);
  fill_normal(Stream{8, 1, 0, 0}, std::span<float>(pairs));
  return pairs;
}
Complex pair(const std::vector<float>& pairs, std::size_t i) { return {pairs[2 * i], pairs[2 * i + 1]}; }

// The recursion, record by record in double precision; the mean of what passes stays.
TEST(BatchKernels, HighPassIsTheRecursion) {
  constexpr int rows = 300;
  constexpr float share = 0.02f, mean = 0.7f;
  Batch data(rows), state(1, 1);
  for (float& x : data.values()) x += mean;
  const std::vector<float> in = data.copy(), start = state.copy();
  high_pass(share, mean, rows, state.data(), data.data());
  for (std::size_t r = 0; r < row; ++r) {
    double held = start[r];
    for (std::size_t n = 0; n < rows; ++n) {
      const double passed = in[n * row + r] - held;
      ASSERT_NEAR(data.at(n, r), passed, 2e-6) << n;  // some ten roundings of numbers of about 3
      held += share * (passed - mean);
    }
    ASSERT_NEAR(state.at(0, r), held, 2e-6);
  }
}

TEST(BatchKernels, LevelsOfSymbols) {
  const std::vector<float> levels{-1.5f, 2.0f, 0.25f, 7.0f, -3.0f, 0.0f, 1.0f, 11.0f};
  std::vector<std::uint8_t> symbols(3 * row);
  for (const std::size_t count : {2, 4, 8}) {
    for (std::size_t i = 0; i < symbols.size(); ++i)
      symbols[i] = static_cast<std::uint8_t>(i * 7 / 3 % count);
    Batch out(3);
    look_up_levels(std::span(levels).first(count), symbols, out.data());
    for (std::size_t i = 0; i < symbols.size(); ++i) ASSERT_EQ(out.values()[i], levels[symbols[i]]) << i;
  }
}

// A record of 8 samples taken to 32 by repeating its spectrum is the record with three zeros after each
// sample, and back again by folding.
TEST(BatchKernels, SpreadingAndFoldingAreZeroStuffingAndDecimation) {
  constexpr int few = 8, many = 32, ratio = many / few;
  const FftPlan small(few), large(many);
  std::vector<std::int32_t> place_small(few), place_large(many), source, sources;
  for (int p = 0; p < few; ++p) place_small[static_cast<std::size_t>(small.bin_of_position()[p])] = p;
  for (int p = 0; p < many; ++p) place_large[static_cast<std::size_t>(large.bin_of_position()[p])] = p;
  for (const int bin : large.bin_of_position())
    source.push_back(place_small[static_cast<std::size_t>(bin % few)]);
  for (const int bin : small.bin_of_position())
    for (int k = bin; k < many; k += few) sources.push_back(place_large[static_cast<std::size_t>(k)]);

  Batch in(few), spectrum(few), out(many), back(few);
  std::copy_n(in.data(), few * row, spectrum.data());
  fft_forward(small, spectrum.data());
  const std::vector<float> ones = [&] {
    std::vector<float> pairs;
    for (int i = 0; i < many; ++i) pairs.insert(pairs.end(), {1.0f / many, 0.0f});
    return pairs;
  }();
  spread_spectrum(source, ones, spectrum.data(), out.data());
  fft_inverse(large, out.data());
  for (std::size_t n = 0; n < many; ++n)
    for (std::size_t r = 0; r < row; ++r)
      ASSERT_NEAR(out.at(n, r), n % ratio == 0 ? in.at(n / ratio, r) : 0.0f, 1e-5) << n << ' ' << r;

  fft_forward(large, out.data());
  fold_spectrum(sources, ones, ratio, out.data(), back.data());
  fft_inverse(small, back.data());
  for (std::size_t n = 0; n < few; ++n)
    for (std::size_t r = 0; r < row; ++r) ASSERT_NEAR(back.at(n, r), in.at(n, r), 1e-5);
}

TEST(BatchKernels, SpreadAndFoldMultiply) {
  Batch in(12, 1), out(6, 2);
  const std::vector<std::int32_t> source{3, 0, 11, 3, 5, 7};
  const std::vector<float> spectrum = random_pairs(12);
  spread_spectrum(source, std::span(spectrum).first(12), in.data(), out.data());
  for (std::size_t p = 0; p < 6; ++p)
    for (std::size_t lane = 0; lane < 16; ++lane)
      EXPECT_LT(std::abs(out.complex_at(p, lane) -
                         in.complex_at(static_cast<std::size_t>(source[p]), lane) * pair(spectrum, p)),
                1e-5);
  std::vector<std::int32_t> sources(12);
  std::iota(sources.begin(), sources.end(), 0);
  fold_spectrum(sources, spectrum, 2, in.data(), out.data());
  for (std::size_t q = 0; q < 6; ++q)
    for (std::size_t lane = 0; lane < 16; ++lane) {
      const Complex expected = in.complex_at(2 * q, lane) * pair(spectrum, 2 * q) +
                               in.complex_at(2 * q + 1, lane) * pair(spectrum, 2 * q + 1);
      EXPECT_LT(std::abs(out.complex_at(q, lane) - expected), 1e-5);
    }
}

TEST(BatchKernels, NoiseGoesToItsRows) {
  Batch data(8, 1), normals(2, 2);
  const Batch before(8, 1);
  add_to_rows(std::vector<std::int32_t>{1, 6}, std::vector<float>{0.5f, 2.0f}, normals.data(), data.data());
  for (std::size_t n = 0; n < 8; ++n)
    for (std::size_t r = 0; r < row; ++r) {
      const float added = n == 1 ? 0.5f * normals.at(0, r) : n == 6 ? 2.0f * normals.at(1, r) : 0.0f;
      ASSERT_NEAR(data.at(n, r), before.at(n, r) + added, 1e-6);
    }
}

TEST(BatchKernels, PolynomialIsItsSeries) {
  const PolynomialLaw law = fit_law([](double x) { return std::sin(2.0 * x) + 0.1 * x * x; }, -3.0, 2.5);
  for (const int rows : {1, 2, 3, 9}) {  // one row is less than the kernel takes at a time on some machines
    Batch data(rows, 3);
    const Batch before(rows, 3);
    apply_polynomial(law, static_cast<std::size_t>(rows) * row, data.data());
    for (std::size_t i = 0; i < static_cast<std::size_t>(rows) * row; ++i)
      ASSERT_NEAR(data.values()[i], law(before.buffer.data()[i]), 2e-6);
  }
}

TEST(BatchKernels, ModulatorAndDetector) {
  const PolynomialLaw re = fit_law([](double x) { return std::cos(x); }, -4.0, 4.0);
  const PolynomialLaw im = fit_law([](double x) { return 0.5 * std::sin(x); }, -4.0, 4.0);
  for (const int rows : {1, 3, 8}) {
    Batch in(rows, 4), low(rows), high(rows), power(rows);
    modulate(re, im, rows, in.data(), low.data(), high.data());
    detect(rows, low.data(), high.data(), power.data());
    for (std::size_t n = 0; n < static_cast<std::size_t>(rows); ++n)
      for (std::size_t r = 0; r < row; ++r) {
        const double x = in.at(n, r);
        const Complex field = (r < 16 ? low : high).complex_at(n, r % 16);
        ASSERT_LT(std::abs(field - Complex(std::cos(x), 0.5 * std::sin(x))), 5e-6);
        ASSERT_NEAR(power.at(n, r), std::norm(field), 1e-5);
      }
  }
}

TEST(BatchKernels, NoiseThatFollowsTheSignal) {
  Batch data(2, 5), normals(2, 6);
  const Batch before(2, 5);
  add_signal_noise(0.3f, -0.2f, 0.05f, 2 * row, normals.data(), data.data());
  for (std::size_t i = 0; i < 2 * row; ++i) {
    const double x = before.buffer.data()[i];
    const double variance = std::max(0.3 * x * x - 0.2 * x + 0.05, 0.0);
    ASSERT_NEAR(data.values()[i], x + std::sqrt(variance) * normals.values()[i], 1e-5);
  }
  Batch field(2, 5);
  scale_field(0.25f, 2, normals.data(), row, field.data());
  for (std::size_t n = 0; n < 2; ++n)
    for (std::size_t lane = 0; lane < 16; ++lane)
      ASSERT_LT(std::abs(field.complex_at(n, lane) -
                         before.complex_at(n, lane) * (1.0 + 0.25 * normals.values()[row * n + lane])),
                1e-5);
}

TEST(BatchKernels, EchoesOfFieldAndPower) {
  constexpr int rows = 6;
  std::vector<Echo> echoes(2);
  echoes[0].delay = 2;
  echoes[1].delay = 5;
  for (std::size_t r = 0; r < row; ++r) {
    echoes[0].re[r] = 0.01f * static_cast<float>(r);
    echoes[0].im[r] = -0.02f;
    echoes[1].re[r] = 0.03f;
    echoes[1].im[r] = 0.005f * static_cast<float>(r);
  }
  Batch in(rows, 9), out(rows);
  for (const int half : {0, 1}) {
    add_field_echoes(echoes, half, rows, in.data(), out.data());
    for (std::size_t n = 0; n < rows; ++n)
      for (std::size_t lane = 0; lane < 16; ++lane) {
        Complex expected = in.complex_at(n, lane);
        for (const Echo& echo : echoes) {
          const std::size_t r = lane + 16 * static_cast<std::size_t>(half);
          expected += Complex(echo.re[r], echo.im[r]) *
                      in.complex_at((n + rows - static_cast<std::size_t>(echo.delay)) % rows, lane);
        }
        ASSERT_LT(std::abs(out.complex_at(n, lane) - expected), 1e-5);
      }
  }
  add_power_echoes(echoes, rows, 0.25f, in.data(), out.data());
  for (std::size_t n = 0; n < rows; ++n)
    for (std::size_t r = 0; r < row; ++r) {
      double expected = in.at(n, r);
      for (const Echo& echo : echoes)
        expected += echo.re[r] * (in.at((n + rows - static_cast<std::size_t>(echo.delay)) % rows, r) - 0.25);
      ASSERT_NEAR(out.at(n, r), expected, 1e-5);
    }
  Batch power(rows, 10), root(rows);
  for (float& value : power.values()) value = std::abs(value) + 0.5f;
  const std::vector<float> before = power.copy();
  add_power_beats(echoes, rows, 0.5f, power.data(), root.data());
  for (std::size_t n = 0; n < rows; ++n)
    for (std::size_t r = 0; r < row; ++r) {
      const double own = before[n * row + r] - 0.5;
      double expected = before[n * row + r];
      for (const Echo& echo : echoes)
        expected +=
            2.0 * echo.re[r] *
            std::sqrt(own *
                      (before[(n + rows - static_cast<std::size_t>(echo.delay)) % rows * row + r] - 0.5));
      ASSERT_NEAR(power.at(n, r), expected, 1e-5);
    }
}

TEST(BatchKernels, TheSameBitsOnEveryFusedTarget) {
  const PolynomialLaw law = fit_law([](double x) { return std::tanh(x); }, -4.0, 4.0);
  const std::vector<float> spectrum = random_pairs(12);
  std::vector<std::int32_t> sources(12);
  std::iota(sources.begin(), sources.end(), 0);
  const auto run = [&](std::int64_t target) {
    const OnTarget on(target);
    Batch in(12, 1), out(6), normals(12, 2), low(12), high(12);
    apply_polynomial(law, 12 * row, in.data());
    Batch state(1, 2);
    high_pass(0.1f, 0.2f, 12, state.data(), in.data());
    add_signal_noise(0.1f, 0.2f, 0.3f, 12 * row, normals.data(), in.data());
    fold_spectrum(sources, spectrum, 2, in.data(), out.data());
    modulate(law, law, 12, in.data(), low.data(), high.data());
    detect(12, low.data(), high.data(), in.data());
    std::vector<float> all = out.copy();
    const std::vector<float> power = in.copy();
    all.insert(all.end(), power.begin(), power.end());
    return all;
  };
  for (const auto& [a, b] : pairs_of_same_fusion()) EXPECT_TRUE(same_bits(run(a), run(b)));
}

}  // namespace
}  // namespace waverack::signal
