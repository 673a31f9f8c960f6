#include "waverack/signal/pattern.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <numeric>
#include <set>
#include <string>

#include "waverack/base/error.hpp"
#include "waverack/base/sha256.hpp"

namespace waverack::signal {
namespace {

using Symbols = std::vector<std::uint8_t>;

std::string digits(const Symbols& symbols) {
  std::string text;
  for (const std::uint8_t symbol : symbols) text += static_cast<char>('0' + symbol);
  return text;
}

std::vector<long> counts(const Symbols& symbols) {
  std::vector<long> result(4);
  for (const std::uint8_t symbol : symbols) ++result[symbol];
  return result;
}

// Longest cyclic run of each symbol.
std::vector<long> longest_runs(const Symbols& symbols) {
  std::vector<long> result(4);
  long run = 0;
  for (std::size_t k = 0; k < 2 * symbols.size(); ++k) {
    const std::uint8_t symbol = symbols[k % symbols.size()];
    run = k > 0 && symbol == symbols[(k - 1) % symbols.size()] ? run + 1 : 1;
    result[symbol] = std::max(result[symbol], run);
  }
  return result;
}

// The properties of a maximum-length sequence (Golomb): period, one more of one value than of the other, a
// single run of `order` of the commoner value and none of `order` of the other; inversion swaps the values
// (ITU-T O.150 inverts 15, 23, 31: their longest run is of zeros).
TEST(Pattern, MaximumLengthSequences) {
  for (const int order : {7, 9, 13, 15, 23}) {
    const std::size_t period = (std::size_t{1} << order) - 1;
    const Symbols bits = prbs(order, period + 100);
    EXPECT_TRUE(std::equal(bits.begin(), bits.begin() + 100, bits.begin() + static_cast<long>(period)))
        << order;
    const std::size_t common = order >= 15 ? 0 : 1;
    const Symbols one(bits.begin(), bits.begin() + static_cast<long>(period));
    EXPECT_EQ(counts(one)[common], 1L << (order - 1)) << order;
    EXPECT_EQ(longest_runs(one)[common], order);
    EXPECT_EQ(longest_runs(one)[1 - common], order - 1);
  }
}

// The polynomial holds between the output bits themselves; for an inverted output the exclusive or of two
// bits on the right needs another inversion.
TEST(Pattern, PolynomialsHold) {
  const struct {
    int order;
    std::vector<std::size_t> delays;
    int flip;
  } rows[] = {{7, {6, 7}, 0},    {9, {5, 9}, 0},    {13, {1, 2, 12, 13}, 0},
              {15, {14, 15}, 1}, {23, {18, 23}, 1}, {31, {28, 31}, 1}};
  for (const auto& row : rows) {
    const Symbols bits = prbs(row.order, 2000);
    for (std::size_t n = 31; n < bits.size(); ++n) {
      int sum = row.flip;
      for (const std::size_t delay : row.delays) sum ^= bits[n - delay];
      ASSERT_EQ(bits[n], sum) << row.order << " " << n;
    }
  }
}

// First 31 bits before inversion of the three SSPRQ pieces (facts: standards 2.3): ties seeds to their order.
TEST(Pattern, SeedIsThePast) {
  const struct {
    std::uint32_t seed, first;
  } rows[] = {{0x00000002, 0x00000012}, {0x34013FF7, 0x1408C04E}, {0x0CCCCCCC, 0x6AAAAAAA}};
  for (const auto& row : rows) {
    std::uint32_t word = 0;
    for (const std::uint8_t bit : prbs(31, 31, row.seed)) word = (word << 1) | (bit ^ 1U);
    EXPECT_EQ(word, row.first);
  }
}

TEST(Pattern, WrongOrderOrSeed) {
  EXPECT_THROW(prbs(8, 1), Error);
  EXPECT_THROW(prbs(7, 1, 128), Error);
}

// Facts, standards 2.1: 00→0, 01→1, 11→2, 10→3.
TEST(Pattern, GrayMap) {
  const Symbols bits{0, 0, 0, 1, 1, 1, 1, 0};
  EXPECT_EQ(gray_encode(bits), (Symbols{0, 1, 2, 3}));
  EXPECT_EQ(gray_decode(gray_encode(bits)), bits);
  const Symbols long_bits = prbs(15, 2000);
  EXPECT_EQ(gray_decode(gray_encode(long_bits)), long_bits);
}

TEST(Pattern, Precoder) {
  EXPECT_EQ(precode(Symbols{1, 0, 3, 3}), (Symbols{1, 3, 0, 3}));  // by hand: 1−0, 0−1, 3−3, 3−0 modulo 4
  const Symbols symbols = prbs_pam4(9);
  EXPECT_EQ(precode_inverse(precode(symbols, 2), 2), symbols);
  // An isolated error becomes two; an alternating burst of any length becomes two as well (facts:
  // standards 8.2).
  const auto errors_after = [&](std::size_t burst) {
    Symbols sent = precode(symbols);
    for (std::size_t i = 0; i < burst; ++i)
      sent[100 + i] = static_cast<std::uint8_t>((sent[100 + i] + (i % 2 == 0 ? 1 : 3)) % 4);
    const Symbols received = precode_inverse(sent);
    long errors = 0;
    for (std::size_t k = 0; k < symbols.size(); ++k) errors += received[k] != symbols[k];
    return errors;
  };
  EXPECT_EQ(errors_after(1), 2);
  EXPECT_EQ(errors_after(10), 2);
}

// IEEE 802.3 120.5.11.2.a, printed table.
TEST(Pattern, Prbs9qEqualsThePrintedTable) {
  std::ifstream file(WAVERACK_SOURCE_DIR "/../shared/data/fec/prbs9q_seed_all_ones.txt");
  if (!file) GTEST_SKIP() << "shared test data are not here";
  std::string line, printed;
  while (std::getline(file, line))
    if (!line.empty() && line.front() != '#') printed += line;
  while (!printed.empty() && (printed.back() == '\r' || printed.back() == ' ')) printed.pop_back();
  EXPECT_EQ(digits(symbols_of(PatternName::prbs9q)), printed);
}

// Facts, standards 2.2: counts of the published PRBS13Q table.
TEST(Pattern, Prbs13q) {
  const Symbols symbols = symbols_of(PatternName::prbs13q);
  EXPECT_EQ(symbols.size(), 8191u);
  EXPECT_EQ(counts(symbols), (std::vector<long>{2047, 2048, 2048, 2048}));
}

// Facts, standards 2.3: digest, first symbols, counts, runs and running sum of the published 65 535-symbol
// table.
TEST(Pattern, SsprqEqualsThePublishedTable) {
  const Symbols symbols = symbols_of(PatternName::ssprq);
  EXPECT_EQ(sha256_hex(digits(symbols)), "c5887d491a913be31d4d05649f03e7bc43665400dcc31d71345f272d72a12f91");
  EXPECT_EQ(digits(Symbols(symbols.begin(), symbols.begin() + 20)), "22222222222221322222");
  EXPECT_EQ(counts(symbols), (std::vector<long>{15215, 17553, 17552, 15215}));
  EXPECT_EQ(longest_runs(symbols), (std::vector<long>{14, 15, 15, 14}));
  long sum = 0, lowest = 0, highest = 0;
  for (const std::uint8_t symbol : symbols) {
    sum += 2 * symbol - 3;
    lowest = std::min(lowest, sum);
    highest = std::max(highest, sum);
  }
  EXPECT_EQ(lowest, -184);
  EXPECT_EQ(highest, 3262);
  EXPECT_EQ(sum, -1);
}

// PRBS31Q in blocks is one sequence, whatever the blocks.
TEST(Pattern, StreamingGoesOnAcrossBlocks) {
  const Symbols whole = gray_encode(prbs(31, 2000, 12345));
  Symbols streamed(1000);
  Prbs generator(31, 12345);
  const std::span<std::uint8_t> all(streamed);
  generator.fill_pam4(all.first(7));
  generator.fill_pam4(all.subspan(7, 500));
  generator.fill_pam4(all.subspan(507));
  EXPECT_EQ(streamed, whole);
}

// The reflected Gray code of three bits, written out.
TEST(Pattern, EightLevelsAreGrayCoded) {
  const Symbols bits{0, 0, 0, 0, 0, 1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 0, 0};
  EXPECT_EQ(symbols_of_bits(bits, 8), (Symbols{0, 1, 2, 3, 4, 5, 6, 7}));
  EXPECT_EQ(bit_errors_by_eye(8), std::vector<double>(7, 1.0 / 24.0));
}

TEST(Pattern, FourLevelsAreThoseOfGrayEncode) {
  const Symbols bits = prbs(13, 8190);
  EXPECT_EQ(symbols_of_bits(bits, 4), gray_encode(bits));
  EXPECT_EQ(prbs_symbols(13, 4), prbs_pam4(13));
  EXPECT_THROW(symbols_of_bits(bits, 5), Error);
}

// A cross of 32 of the 36 pairs: each group of five bits has a pair of its own, no corner is used, the outer
// levels come with 8 of 64 symbols and the inner ones with 12. Between the 104 ordered neighbours 120 bits
// differ, so with equal crossings a bit is wrong with 120/(32·5) = 0.75 of the probability of one.
TEST(Pattern, SixLevelsCarryFiveBitsOnTwoSymbols) {
  Symbols bits;
  for (int value = 0; value < 32; ++value)
    for (int i = 4; i >= 0; --i) bits.push_back(static_cast<std::uint8_t>(value >> i & 1));
  const Symbols symbols = symbols_of_bits(bits, 6);
  ASSERT_EQ(symbols.size(), 64u);
  std::set<std::pair<int, int>> pairs;
  std::vector<int> count(6, 0);
  for (std::size_t i = 0; i < 64; i += 2) {
    pairs.emplace(symbols[i], symbols[i + 1]);
    const auto outer = [](int level) { return level == 0 || level == 5; };
    EXPECT_FALSE(outer(symbols[i]) && outer(symbols[i + 1]));
    ++count[symbols[i]];
    ++count[symbols[i + 1]];
  }
  EXPECT_EQ(pairs.size(), 32u);
  EXPECT_EQ(count, (std::vector<int>{8, 12, 12, 12, 12, 8}));
  const std::vector<double> errors = bit_errors_by_eye(6);
  // An eye is crossed from either side.
  EXPECT_NEAR(2.0 * std::accumulate(errors.begin(), errors.end(), 0.0), 0.75, 1e-12);
}

// One period of 2^13 − 1 symbols, or of as many pairs.
TEST(Pattern, PrbsOfMoreLevels) {
  EXPECT_EQ(prbs_symbols(13, 8).size(), 8191u);
  EXPECT_EQ(prbs_symbols(13, 6).size(), 2u * 8191u);
}

TEST(Pattern, NamesHaveTheirLengthsAndLevels) {
  const struct {
    PatternName name;
    std::size_t length;
    int levels;
  } rows[] = {{PatternName::prbs7, 127, 2},    {PatternName::prbs9, 511, 2},  {PatternName::prbs13, 8191, 2},
              {PatternName::prbs15, 32767, 2}, {PatternName::prbs9q, 511, 4}, {PatternName::prbs13q, 8191, 4},
              {PatternName::ssprq, 65535, 4}};
  for (const auto& row : rows) {
    const Symbols symbols = symbols_of(row.name);
    EXPECT_EQ(symbols.size(), row.length);
    EXPECT_EQ(*std::max_element(symbols.begin(), symbols.end()) + 1, row.levels);
    EXPECT_EQ(level_count(row.name), row.levels);
  }
}

TEST(Pattern, SkippingIsDrawing) {
  for (const int order : {7, 9, 13, 15, 23, 31})
    for (const std::uint64_t bits : {0ULL, 1ULL, 2ULL, 61ULL, 1000ULL, 12'345ULL}) {
      Prbs drawn(order), skipped(order);
      for (std::uint64_t i = 0; i < bits; ++i) drawn.next();
      skipped.skip(bits);
      for (int i = 0; i < 40; ++i) ASSERT_EQ(skipped.next(), drawn.next()) << order << ' ' << bits;
    }
  // A whole period brings the sequence back.
  Prbs first(31), later(31);
  later.skip((1ULL << 31) - 1);
  for (int i = 0; i < 64; ++i) ASSERT_EQ(later.next(), first.next());
}

}  // namespace
}  // namespace waverack::signal
