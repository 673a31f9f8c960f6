// Expected values: Box and Muller in double precision from the words of base/ars.hpp, whose known answers are
// tested there, symbols from those of base/random.hpp, and the moments, masses and quantiles of the
// distributions.

#include "waverack/signal/fast_random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "unit/signal/on_target.hpp"
#include "waverack/base/ars.hpp"

namespace waverack::signal {
namespace {

std::vector<float> normals(const Stream& stream, std::size_t count, std::uint64_t first = 0) {
  std::vector<float> values(count);
  fill_normal_fast(stream, values, first);
  return values;
}

std::vector<std::uint8_t> symbols(const Stream& stream, int levels, std::size_t count,
                                  std::uint64_t first = 0) {
  std::vector<std::uint8_t> values(count);
  fill_symbols(stream, levels, values, first);
  return values;
}

using Block = std::array<std::uint32_t, 4>;

// The values of words a and b, and the bound of the header: half of 8e-7 for the logarithm, 8e-7 for the
// root, 9e-7 for the sine, and 4e-7 for six roundings.
void expect_box_muller(std::uint32_t a, std::uint32_t b, float x, float y) {
  const double word = static_cast<std::int32_t>(a), angle = static_cast<std::int32_t>(b);
  const double u = std::max(0.25, std::abs(static_cast<double>(static_cast<float>(word)))) * 0x1p-31;
  const double r = std::copysign(std::sqrt(-2.0 * std::log(u)), word);
  const double phi = std::numbers::pi * angle * 0x1p-32;
  ASSERT_NEAR(x, r * std::cos(phi), 2.5e-6 * std::abs(r)) << a << ' ' << b;
  ASSERT_NEAR(y, r * std::sin(phi), 2.5e-6 * std::abs(r)) << a << ' ' << b;
}

// All values of group `g`.
void expect_box_muller(const Stream& stream, std::uint64_t g) {
  const auto group = normals(stream, normal_group, g * normal_group);
  std::array<std::uint32_t, normal_group> words{};
  for (std::size_t i = 0; i < 16; ++i) {
    const Block block = ars_words(stream, static_cast<std::uint32_t>(16 * g + i));
    std::copy(block.begin(), block.end(), words.begin() + static_cast<std::ptrdiff_t>(4 * i));
  }
  for (const std::size_t first : {0, 32})
    for (std::size_t j = first; j < first + 16; ++j)
      expect_box_muller(words[j], words[16 + j], group[j], group[16 + j]);
}

TEST(FastNormal, IsBoxMullerOfTheStreamsWords) {
  const Stream stream{0x123456789abcdef0, 0xfedcba98, 0x87654321, 0xdeadbeef};
  for (const std::uint64_t start : {0u, 0x7ffffffu, 0xffff000u})
    for (std::uint64_t g = 0; g < 0x1000; ++g) expect_box_muller(stream, start + g);
}

// The counter that ARS makes `words` of, by its rounds in reverse. One round alone has no mixed columns and
// tells what the S-box does to a byte; mixing the columns four times changes nothing.
Block ars_inverse(const Block& words, std::uint64_t seed) {
  const auto byte = [](const Block& block, std::size_t i) {
    return static_cast<std::uint8_t>(block[i / 4] >> 8 * (i % 4));
  };
  std::array<std::uint8_t, 256> inverse{};
  const std::uint8_t key = ars_step_low & 0xff;
  for (std::uint32_t x = 0; x < 256; ++x)
    inverse[byte(ars({x, 0, 0, 0}, {0, 0, 0, 0}, 1), 0) ^ key] = static_cast<std::uint8_t>(x);
  std::array<std::uint8_t, 16> state{};
  for (std::size_t i = 0; i < 16; ++i) state[i] = byte(words, i);
  const auto add_key = [&](std::uint64_t round) {
    for (std::size_t i = 0; i < 8; ++i) {
      state[i] ^= static_cast<std::uint8_t>((seed + round * ars_step_low) >> 8 * i);
      state[8 + i] ^= static_cast<std::uint8_t>((round * ars_step_high) >> 8 * i);
    }
  };
  const auto doubled = [](std::uint8_t a) { return static_cast<std::uint8_t>(a << 1 ^ (a >> 7) * 0x1b); };
  for (std::uint64_t round = ars_rounds; round > 0; --round) {
    add_key(round);
    for (int time = 0; time < 3 && round < ars_rounds; ++time) {
      const auto a = state;
      for (std::size_t i = 0; i < 16; ++i) {
        const std::size_t column = i / 4 * 4;
        const auto next = [&](std::size_t step) { return a[column + (i + step) % 4]; };
        state[i] = doubled(next(0)) ^ doubled(next(1)) ^ next(1) ^ next(2) ^ next(3);
      }
    }
    const auto a = state;
    for (std::size_t i = 0; i < 16; ++i) state[(i + 4 * (i % 4)) % 16] = inverse[a[i]];
  }
  add_key(0);
  Block counter{};
  for (std::size_t i = 0; i < 16; ++i) counter[i / 4] |= std::uint32_t{state[i]} << 8 * (i % 4);
  return counter;
}

// Three words next to each other, as radii or as angles: the fourth is whatever brings a counter of that
// kind.
void expect_box_muller_of(const std::array<std::uint32_t, 3>& words, bool radii) {
  const std::uint64_t seed = 99;
  for (std::uint32_t fourth = 0; fourth < 1000; ++fourth) {
    const Block block{words[0], words[1], words[2], fourth};
    const Block c = ars_inverse(block, seed);
    if ((c[0] / 4 % 2 == 0) != radii) continue;
    const Stream stream{.seed = seed, .source = c[3], .lane = c[2], .block = c[1]};
    ASSERT_EQ(ars_words(stream, c[0]), block);
    expect_box_muller(stream, c[0] / 16);
    return;
  }
  FAIL() << "no counter";
}

// Words that chance does not bring: both ends and the middle, √½ where the logarithm changes its exponent,
// and the quarters of the angle.
TEST(FastNormal, EdgesOfTheWords) {
  const std::vector<std::uint32_t> edges{
      0,          1,          2,          0x7fffffff, 0x80000000, 0x80000001, 0xffffffff, 0x5a827999,
      0x5a82799a, 0xa57d8666, 0xa57d8667, 0x40000000, 0xc0000000, 0x3fffffff, 0x7fffffc0, 0x7fffff3f};
  for (const bool radii : {true, false})
    for (const std::uint32_t edge : edges) expect_box_muller_of({edge, ~edge, edge ^ 0x2468ace0}, radii);
}

TEST(FastNormal, AValueDoesNotDependOnHowTheStreamIsRead) {
  const Stream stream{5, 6, 7, 8};
  const std::vector<float> whole = normals(stream, 1000);
  for (const std::size_t first : {0, 1, 63, 64, 65, 500, 999})
    for (const std::size_t count : {0, 1, 63, 64, 65, 400}) {
      const std::size_t n = std::min<std::size_t>(count, 1000 - first);
      const std::vector<float> part = normals(stream, n, first);
      EXPECT_TRUE(std::equal(part.begin(), part.end(), whole.begin() + static_cast<std::ptrdiff_t>(first)))
          << first << ' ' << count;
    }
  // The last values of the stream.
  EXPECT_EQ(normals(stream, 1, (std::uint64_t{1} << 34) - 1).front(),
            normals(stream, 64, (std::uint64_t{1} << 34) - 64).back());
}

// Calls use(value) for `count` normal values, a multiple of 2^16, of blocks 0, 1, … of the stream.
template <class Use>
void for_normals(Stream stream, std::size_t count, Use use) {
  std::vector<float> values(1 << 16);
  for (; count > 0; count -= values.size(), ++stream.block) {
    fill_normal_fast(stream, values);
    for (const float x : values) use(static_cast<double>(x));
  }
}

// The sample mean of x^k has the variance (E x^2k − (E x^k)²)/n; five standard errors.
TEST(FastNormal, MomentsToTheSixth) {
  constexpr std::size_t n = 1 << 22;
  std::array<double, 7> sums{};
  for_normals({.seed = 10}, n, [&](double x) {
    double power = 1.0;
    for (int k = 1; k <= 6; ++k) sums[k] += power *= x;
  });
  constexpr double moments[] = {1, 0, 1, 0, 3, 0, 15}, variances[] = {0, 1, 2, 15, 96, 945, 10395 - 225};
  for (int k = 1; k <= 6; ++k)
    EXPECT_NEAR(sums[k] / n, moments[k], 5 * std::sqrt(variances[k] / n)) << "moment " << k;
}

double below(double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); }

// χ² of bins has the mean bins − 1 and the variance 2·(bins − 1); five standard deviations.
void expect_probable(const std::vector<double>& counts, const std::vector<double>& expected) {
  double chi_squared = 0.0;
  for (std::size_t i = 0; i < counts.size(); ++i)
    chi_squared += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
  const double freedom = static_cast<double>(counts.size()) - 1;
  EXPECT_NEAR(chi_squared, freedom, 5 * std::sqrt(2 * freedom));
}

// 10^8 values in bins of 0.05, and beyond 3, 4 and 5 standard deviations, where 57 are expected.
TEST(FastNormal, BinsAndTails) {
  constexpr std::size_t n = std::size_t{1526} << 16;
  constexpr int half = 90;  // of the bins: up to 4.5, where the outermost still expect 68
  std::vector<double> counts(2 * half + 2, 0.0);
  std::array<double, 3> tails{};
  for_normals({.seed = 11}, n, [&](double x) {
    counts[static_cast<std::size_t>(std::clamp(static_cast<int>(x * 20.0 + (half + 1)), 0, 2 * half + 1))] +=
        1;
    const double size = std::abs(x);
    if (size > 3.0)
      for (std::size_t i = 0; i < 3; ++i) tails[i] += size > 3.0 + static_cast<double>(i);
  });
  std::vector<double> expected;
  double last = 0.0;
  for (int i = -half; i <= half; ++i) {
    expected.push_back(n * (below(i / 20.0) - last));
    last = below(i / 20.0);
  }
  expected.push_back(n * below(-half / 20.0));
  expect_probable(counts, expected);
  for (std::size_t i = 0; i < 3; ++i) {
    const double wanted = 2.0 * n * below(-3.0 - static_cast<double>(i));
    EXPECT_NEAR(tails[i], wanted, 5 * std::sqrt(wanted)) << "beyond " << 3 + i;
  }
}

// Kolmogorov and Smirnov: the largest distance exceeds 2.4/√n once in 50 000 tests.
TEST(FastNormal, DistributionFunction) {
  std::vector<float> values = normals({.seed = 12}, 1'000'000);
  std::sort(values.begin(), values.end());
  const double n = static_cast<double>(values.size());
  double distance = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double p = below(values[i]);
    distance = std::max({distance, p - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - p});
  }
  EXPECT_LT(distance, 2.4 / std::sqrt(n));
}

// Of independent normal values the mean of x·y and of (x² − 1)·(y² − 1)/2 has the variance 1/n.
void expect_independent(const std::vector<float>& a, const std::vector<float>& b, std::size_t lag) {
  double values = 0.0, powers = 0.0;
  const std::size_t n = a.size() - lag;
  for (std::size_t i = 0; i < n; ++i) {
    const double x = a[i], y = b[i + lag];
    values += x * y;
    powers += (x * x - 1.0) * (y * y - 1.0) / 2.0;
  }
  const double bound = 5.0 * std::sqrt(static_cast<double>(n));
  EXPECT_NEAR(values, 0.0, bound) << "lag " << lag;
  EXPECT_NEAR(powers, 0.0, bound) << "lag " << lag;
}

TEST(FastNormal, StreamsAreIndependent) {
  const std::size_t n = 1 << 20;
  const std::vector<float> base = normals({1, 2, 3, 4}, n);
  for (const Stream& other : {Stream{2, 2, 3, 4}, Stream{1, 3, 3, 4}, Stream{1, 2, 4, 4}, Stream{1, 2, 3, 5},
                              Stream{std::uint64_t{1} << 32 | 1, 2, 3, 4}})
    expect_independent(base, normals(other, n), 0);
}

// 16, 32 and 48 lie between values of one counter, 16 between the cosine and the sine of one angle.
TEST(FastNormal, ValuesOfAStreamAreIndependent) {
  const std::vector<float> values = normals({.seed = 13}, 1 << 20);
  for (const std::size_t lag : {1, 2, 7, 16, 32, 48, 64, 1024}) expect_independent(values, values, lag);
}

TEST(FastSymbols, AreTheBitsOfTheStreamsWords) {
  const Stream stream{0x123456789abcdef0, 3, 2, 1};
  const auto pairs = symbols(stream, 4, 4 * symbol_group), bits = symbols(stream, 2, 4 * symbol_group);
  const auto six = symbols(stream, 6, 4096), eight = symbols(stream, 8, 4096);
  for (std::uint32_t index = 0; index < 64; ++index)
    for (std::size_t w = 0; w < 4; ++w) {
      const std::uint32_t word = random_words(stream, index)[w];
      const std::size_t group = index / 16, j = index % 16;
      for (std::size_t shift = 0; shift < 4; ++shift)
        for (std::size_t byte = 0; byte < 4; ++byte) {
          const std::size_t n = symbol_group * group + 256 * w + 64 * shift + 4 * j + byte;
          ASSERT_EQ(pairs[n], word >> (8 * byte + 2 * shift) & 3);
          ASSERT_EQ(bits[n], word >> (8 * byte + 2 * shift) & 1);
        }
      const std::size_t n = normal_group * group + 16 * w + j;
      ASSERT_EQ(six[n], static_cast<std::uint64_t>(word) * 6 >> 32);
      ASSERT_EQ(eight[n], word >> 29);
    }
}

// Every symbol and every pair of neighbours is equally probable.
TEST(FastSymbols, AreUniform) {
  for (const int levels : {2, 4, 5, 6, 8, 255}) {
    const std::size_t n = 1 << 20, m = static_cast<std::size_t>(levels);
    const auto values = symbols({.seed = 14, .lane = 1}, levels, n);
    std::vector<double> single(m, 0.0), pairs(m * m, 0.0);
    for (std::size_t i = 0; i < n; i += 2) {
      ASSERT_LT(values[i], levels);
      ASSERT_LT(values[i + 1], levels);
      single[values[i]] += 1;
      single[values[i + 1]] += 1;
      pairs[values[i] * m + values[i + 1]] += 1;
    }
    const double total = static_cast<double>(n);
    expect_probable(single, std::vector<double>(m, total / static_cast<double>(m)));
    expect_probable(pairs, std::vector<double>(m * m, total / 2.0 / static_cast<double>(m * m)));
  }
}

TEST(FastSymbols, ASymbolDoesNotDependOnHowTheStreamIsRead) {
  const Stream stream{5, 6, 7, 8};
  for (const int levels : {2, 4, 6}) {
    const auto whole = symbols(stream, levels, 5000);
    for (const std::size_t first : {0, 1, 64, 1023, 1024, 1025, 3000})
      for (const std::size_t count : {1, 64, 1024, 1999}) {
        const auto part = symbols(stream, levels, count, first);
        EXPECT_TRUE(std::equal(part.begin(), part.end(), whole.begin() + static_cast<std::ptrdiff_t>(first)))
            << levels << ' ' << first << ' ' << count;
      }
  }
}

TEST(FastRandom, InstructionSetsAgree) {
  const std::vector<std::int64_t> targets = hwy::SupportedAndGeneratedTargets();
  ASSERT_FALSE(targets.empty());
  const Stream stream{15, 16, 17, 18};
  const std::size_t n = 1 << 16;
  const auto on = [&](std::int64_t target) {
    const OnTarget only(target);
    return normals(stream, n);
  };
  const std::vector<float> best = on(targets.front());
  for (const std::int64_t target : targets) {
    const std::vector<float> found = on(target);
    // Eight roundings more or less of a radius of at most 6.76, where one of them does not fuse.
    for (std::size_t i = 0; i < n; ++i)
      ASSERT_NEAR(found[i], best[i], 5e-7 * 6.77) << hwy::TargetName(target);
    for (const int levels : {2, 4, 6}) {
      const auto expected = symbols(stream, levels, n);
      const OnTarget only(target);
      EXPECT_EQ(symbols(stream, levels, n), expected) << hwy::TargetName(target);
    }
  }
}

TEST(FastRandom, InstructionSetsOfTheSameFusionAgreeBitForBit) {
  const auto pairs = pairs_of_same_fusion();
  if (pairs.empty()) GTEST_SKIP() << "this CPU has no two instruction sets of the same fusion";
  const auto on = [](std::int64_t target) {
    const OnTarget only(target);
    return normals({19, 20, 21, 22}, 1 << 18);
  };
  for (const auto& [a, b] : pairs)
    EXPECT_TRUE(same_bits(on(a), on(b))) << hwy::TargetName(a) << " and " << hwy::TargetName(b);
}

}  // namespace
}  // namespace waverack::signal
