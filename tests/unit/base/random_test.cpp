#include "waverack/base/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace waverack {
namespace {

using Words = std::array<std::uint32_t, 4>;

// Known answers of Random123 1.14, tests/kat_vectors, lines "philox4x32 10".
TEST(Philox, KnownAnswers) {
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

std::vector<double> normals(const Stream& stream, std::size_t count) {
  std::vector<double> values(count);
  fill_normal(stream, values);
  return values;
}

TEST(Stream, EveryPartOfTheNameCounts) {
  const Stream base{.seed = 1, .source = 2, .lane = 3, .block = 4};
  for (const Stream& other : {Stream{2, 2, 3, 4}, Stream{1, 3, 3, 4}, Stream{1, 2, 4, 4}, Stream{1, 2, 3, 5},
                              Stream{std::uint64_t{1} << 32 | 1, 2, 3, 4}})
    EXPECT_NE(random_words(base, 0), random_words(other, 0));
  EXPECT_NE(random_words(base, 0), random_words(base, 1));
}

TEST(Stream, AValueDoesNotDependOnWhereReadingStarts) {
  const Stream stream{42, 1, 0, 7};
  const std::vector<double> whole = normals(stream, 100);
  for (const std::size_t first : {0, 1, 2, 37, 98}) {
    std::vector<double> part(100 - first);
    fill_normal(stream, part, first);
    EXPECT_TRUE(std::equal(part.begin(), part.end(), whole.begin() + static_cast<std::ptrdiff_t>(first)));
    fill_uniform(stream, part, first);
    std::vector<double> uniform(100);
    fill_uniform(stream, uniform);
    EXPECT_TRUE(std::equal(part.begin(), part.end(), uniform.begin() + static_cast<std::ptrdiff_t>(first)));
  }
  std::vector<float> single(99);
  fill_normal(stream, single, 1);
  for (std::size_t i = 0; i < single.size(); ++i) EXPECT_EQ(single[i], static_cast<float>(whole[i + 1]));
}

// The bounds are five standard errors of the estimate. Moments of the uniform distribution: mean 1/2,
// variance 1/12.
TEST(Stream, UniformMoments) {
  constexpr std::size_t n = 1'000'000;
  std::vector<double> values(n);
  fill_uniform(Stream{7, 0, 0, 0}, values);
  double sum = 0, squares = 0;
  for (const double x : values) {
    ASSERT_GT(x, 0.0);
    ASSERT_LT(x, 1.0);
    sum += x;
    squares += (x - 0.5) * (x - 0.5);
  }
  EXPECT_NEAR(sum / n, 0.5, 5 * std::sqrt(1.0 / 12 / n));
  EXPECT_NEAR(squares / n, 1.0 / 12, 5 * std::sqrt((1.0 / 80 - 1.0 / 144) / n));
}

// Moments 0, 1, 0, 3 have estimators of variance 1/n, 2/n, 15/n, 96/n; neighbours are uncorrelated.
TEST(Stream, NormalMoments) {
  constexpr std::size_t n = 1'000'000;
  const std::vector<double> values = normals(Stream{8, 0, 0, 0}, n);
  double m1 = 0, m2 = 0, m3 = 0, m4 = 0, neighbours = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double x = values[i];
    m1 += x;
    m2 += x * x;
    m3 += x * x * x;
    m4 += x * x * x * x;
    neighbours += x * values[(i + 1) % n];
  }
  EXPECT_NEAR(m1 / n, 0.0, 5 * std::sqrt(1.0 / n));
  EXPECT_NEAR(m2 / n, 1.0, 5 * std::sqrt(2.0 / n));
  EXPECT_NEAR(m3 / n, 0.0, 5 * std::sqrt(15.0 / n));
  EXPECT_NEAR(m4 / n, 3.0, 5 * std::sqrt(96.0 / n));
  EXPECT_NEAR(neighbours / n, 0.0, 5 * std::sqrt(1.0 / n));
}

// Beyond x lies erfc(x/√2) of a normal distribution.
TEST(Stream, NormalTails) {
  constexpr std::size_t n = 2'000'000;
  const std::vector<double> values = normals(Stream{9, 0, 0, 0}, n);
  for (const double x : {1.0, 2.0, 3.0, 4.0}) {
    const double expected = n * std::erfc(x / std::numbers::sqrt2);
    const auto found = std::count_if(values.begin(), values.end(), [x](double v) { return std::abs(v) > x; });
    EXPECT_NEAR(static_cast<double>(found), expected, 5 * std::sqrt(expected)) << x;
  }
}

}  // namespace
}  // namespace waverack
