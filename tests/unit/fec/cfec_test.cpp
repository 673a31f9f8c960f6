#include "waverack/fec/cfec.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <random>
#include <set>

#include "unit/fec/random_bits.hpp"
#include "waverack/base/error.hpp"
#include "waverack/fec/double_extended_hamming.hpp"
#include "waverack/fec/galois_field.hpp"
#include "waverack/signal/fast_random.hpp"

namespace waverack::fec {
namespace {

// ---- the inner code

TEST(Hamming, ColumnsAreThoseOfTheDefinition) {
  std::set<unsigned> columns, elements;
  for (const unsigned column : hamming_columns) {
    columns.insert(column);
    elements.insert(column & 127U);
    EXPECT_TRUE(column >> 8 & 1U);
    const bool s0 = column & 1U, s1 = column & 2U, s2 = column & 4U;
    EXPECT_EQ((column >> 7 & 1U) != 0, (s0 && s2) || (!s0 && !s1 && !s2) || (s0 && s1 && !s2));
  }
  EXPECT_EQ(columns.size(), 128u);
  EXPECT_EQ(elements.size(), 128u);
  // The last columns of the printed order.
  const unsigned last[] = {124, 63, 95, 111, 119, 121, 123, 125, 126, 127};
  for (std::size_t i = 0; i < 10; ++i) EXPECT_EQ(hamming_columns[118 + i] & 127U, last[i]);
}

// No two or three columns sum to zero, some four do: the distance is 4. The number of such words is 52576,
// counted from all sums of two columns by a program of its own.
TEST(Hamming, DistanceIsFour) {
  std::map<unsigned, unsigned> sums;
  for (std::size_t a = 0; a < 128; ++a)
    for (std::size_t b = a + 1; b < 128; ++b) ++sums[hamming_columns[a] ^ hamming_columns[b]];
  EXPECT_EQ(sums.count(0), 0u);
  unsigned words = 0;
  for (const auto& [sum, count] : sums) {
    EXPECT_EQ(sum >> 8 & 1U, 0u);  // even: no column
    words += count * (count - 1) / 2;
  }
  EXPECT_EQ(words / 3, 52576u);
}

TEST(Hamming, ParityMakesTheSumZero) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const auto message = random_bits(119, seed);
    const unsigned parity = hamming_parity(message);
    unsigned sum = 0;
    for (std::size_t j = 0; j < 119; ++j) sum ^= message[j] ? hamming_columns[j] : 0U;
    for (std::size_t c = 0; c < 9; ++c) sum ^= parity >> c & 1U ? hamming_columns[119 + c] : 0U;
    EXPECT_EQ(sum, 0u) << seed;
  }
}

// The decoder against all 2^p patterns of Chase's algorithm, written out: it finds a codeword of the least
// distance, and leaves a word as it came only where they find none.
TEST(Hamming, SoftDecisionIsTheReference) {
  for (const int tests : {2, 3, 4, 5, 6, 7, 8}) {
    HammingValues values;
    std::vector<float> noise(hamming_bits * hamming_batch);
    signal::fill_normal_fast({.seed = static_cast<std::uint64_t>(tests)}, noise);
    for (std::size_t i = 0; i < noise.size(); ++i)
      values.row[i / hamming_batch][i % hamming_batch] =
          static_cast<std::int8_t>(std::clamp(9.0f * (noise[i] + 2.0f), -127.0f, 127.0f));
    HammingBits bits;
    hamming_decode(values, tests, bits);
    std::size_t corrected = 0, left = 0;
    for (std::size_t lane = 0; lane < hamming_batch; ++lane) {
      std::vector<std::size_t> order(hamming_bits);
      for (std::size_t j = 0; j < hamming_bits; ++j) order[j] = j;
      const auto r = [&](std::size_t j) { return std::abs(values.row[j][lane]); };
      std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return r(a) < r(b); });
      const auto distance = [&](const std::vector<std::uint8_t>& word) {
        int sum = 0;
        for (std::size_t j = 0; j < hamming_bits; ++j)
          if (word[j] != (values.row[j][lane] < 0)) sum += r(j);
        return sum;
      };
      const auto syndrome = [&](const std::vector<std::uint8_t>& word) {
        unsigned s = 0;
        for (std::size_t j = 0; j < hamming_bits; ++j) s ^= word[j] ? hamming_columns[j] : 0U;
        return s;
      };
      constexpr int none = 1 << 20;
      int least = none;
      for (unsigned m = 0; m < 1U << tests; ++m) {
        std::vector<std::uint8_t> word(hamming_bits);
        for (std::size_t j = 0; j < hamming_bits; ++j) word[j] = values.row[j][lane] < 0;
        for (int i = 0; i < tests; ++i)
          if (m >> i & 1U) word[order[static_cast<std::size_t>(i)]] ^= 1;
        if (const unsigned s = syndrome(word); s != 0) {
          const auto at = std::find(hamming_columns.begin(), hamming_columns.end(), s);
          if (at == hamming_columns.end()) continue;
          word[static_cast<std::size_t>(at - hamming_columns.begin())] ^= 1;
        }
        least = std::min(least, distance(word));
      }
      std::vector<std::uint8_t> decided(hamming_bits);
      for (std::size_t j = 0; j < hamming_bits; ++j) decided[j] = bits.row[j][lane];
      if (least == none) {
        EXPECT_EQ(distance(decided), 0) << tests << ' ' << lane;
        ++left;
        continue;
      }
      EXPECT_EQ(syndrome(decided), 0u) << tests << ' ' << lane;
      EXPECT_EQ(distance(decided), least) << tests << ' ' << lane;
      corrected += least > 0;
    }
    EXPECT_GT(corrected, 15u);
    EXPECT_LT(left, 10u);
  }
}

// Eight codewords byte by byte in turn, to the nearest, cut.
TEST(Hamming, ValuesAreTheRatiosOfTheLine) {
  std::vector<float> ratios(hamming_bits * hamming_batch);
  signal::fill_normal_fast({.seed = 11}, ratios);
  for (float& r : ratios) r *= 15.0f;
  HammingValues values;
  hamming_quantise(ratios.data(), 4.0f, values);
  for (std::size_t lane = 0; lane < hamming_batch; ++lane)
    for (std::size_t bit = 0; bit < hamming_bits; ++bit) {
      const std::size_t at = lane / 8 * 1024 + bit / 8 * 64 + lane % 8 * 8 + bit % 8;
      EXPECT_EQ(hamming_line_place(lane % 8, bit), at - lane / 8 * 1024);
      const int expected = static_cast<int>(std::clamp(std::nearbyint(4.0f * ratios[at]), -127.0f, 127.0f));
      ASSERT_EQ(values.row[bit][lane], expected) << lane << ' ' << bit;
    }
}

// ---- the outer code

TEST(Staircase, CorrectsUpToThreeOfAnything) {
  std::mt19937 random(3);
  for (int trial = 0; trial < 20000; ++trial) {
    std::set<std::uint16_t> wrong;
    const std::size_t count = 1 + random() % 3;
    while (wrong.size() < count) wrong.insert(static_cast<std::uint16_t>(1 + random() % 1022));
    std::uint32_t syndrome = 0;
    for (const std::uint16_t beta : wrong) syndrome ^= staircase_column(beta);
    const StaircaseErrors errors = staircase_correct(syndrome);
    ASSERT_EQ(errors.count, static_cast<int>(count));
    EXPECT_EQ(std::set<std::uint16_t>(errors.beta.begin(), errors.beta.begin() + errors.count), wrong);
  }
  EXPECT_EQ(staircase_correct(0).count, 0);
}

// Every pair and single, exhaustively; and four are never taken for fewer (distance 8 with the parity).
TEST(Staircase, CorrectsAllPairsAndNoticesFour) {
  for (unsigned a = 1; a < 1023; a += 7)
    for (unsigned b = a + 1; b < 1023; ++b) {
      const StaircaseErrors errors = staircase_correct(staircase_column(a) ^ staircase_column(b));
      ASSERT_EQ(errors.count, 2) << a << ' ' << b;
      EXPECT_EQ(errors.beta[0] ^ errors.beta[1], a ^ b);
    }
  std::mt19937 random(4);
  for (int trial = 0; trial < 20000; ++trial) {
    std::set<unsigned> wrong;
    while (wrong.size() < 4) wrong.insert(static_cast<unsigned>(1 + random() % 1022));
    std::uint32_t syndrome = 0;
    for (const unsigned beta : wrong) syndrome ^= staircase_column(beta);
    EXPECT_EQ(staircase_correct(syndrome).count, -1);
  }
}

// The same rule gives the printed order of the inner code's columns, with its s7 and not with the other one.
TEST(Staircase, PermutationFollowsTheRuleOfTheInnerCode) {
  const auto independent = [](auto column, unsigned first, unsigned count) {
    std::vector<unsigned> chosen;
    std::set<unsigned> span{0};
    for (unsigned i = first + count; i-- > first;) {
      if (span.count(column(i))) continue;
      chosen.insert(chosen.begin(), i);
      for (const unsigned sum : std::vector<unsigned>(span.begin(), span.end())) span.insert(sum ^ column(i));
    }
    return chosen;
  };
  std::map<unsigned, unsigned> printed;
  for (const unsigned column : hamming_columns) printed[column & 127U] = column;
  EXPECT_EQ(independent([&](unsigned i) { return printed[i]; }, 0, 128),
            (std::vector<unsigned>{63, 95, 111, 119, 121, 123, 125, 126, 127}));

  const StaircasePermutation permutation = assumed_permutation();
  const StaircaseCode code(permutation);
  std::size_t information = 0;
  for (std::size_t i = 0; i < staircase_columns; ++i)
    if (permutation[i] < staircase_information_columns) {
      EXPECT_EQ(permutation[i], information++);
    }
  EXPECT_EQ(information, staircase_information_columns);
  StaircasePermutation identity;
  for (std::size_t i = 0; i < identity.size(); ++i) identity[i] = static_cast<std::uint16_t>(i);
  EXPECT_THROW(StaircaseCode{identity}, Error);
}

TEST(Staircase, EveryRowIsACodeword) {
  StaircasePermutation permutation = assumed_permutation();
  std::swap(permutation[3], permutation[470]);
  const StaircaseCode code(permutation);
  const auto information = random_bits(3 * staircase_information, 5);
  std::vector<std::uint8_t> coded;
  StaircaseEncoder(permutation).encode(information, coded);
  ASSERT_EQ(coded.size(), 3 * staircase_block_bits);
  const auto bit = [&](std::size_t block, std::size_t row, std::size_t column) {
    return coded[(block * staircase_rows + row) * staircase_columns + column];
  };
  for (std::size_t block = 0; block < 3; ++block)
    for (std::size_t j = 0; j < staircase_rows; ++j) {
      std::uint32_t sum = 0;
      for (std::size_t t = 0; t < staircase_rows; ++t) {
        const unsigned beta = static_cast<unsigned>(t < 2 ? 1021 + t : t - 1);
        if (block > 0 && j >= 2 && bit(block - 1, t, permutation[j - 2])) sum ^= staircase_column(beta);
      }
      for (std::size_t m = 0; m < staircase_columns; ++m)
        if (bit(block, j, m)) sum ^= code.right[m];
      ASSERT_EQ(sum, 0u) << block << ' ' << j;
    }
  for (std::size_t m = 0; m < staircase_columns; ++m)
    EXPECT_EQ(code.right[permutation[m]], staircase_column(static_cast<unsigned>(511 + m)));
}

// B. P. Smith et al. (2012): below about 4.8e-3 everything is corrected. Here 3.5e-3.
TEST(Staircase, DecodesAWindow) {
  const auto information = random_bits(9 * staircase_information, 6);
  std::vector<std::uint8_t> coded, result;
  StaircaseEncoder().encode(information, coded);
  std::mt19937_64 random(7);
  std::size_t wrong = 0;
  for (std::uint8_t& b : coded)
    if (random() % 1000000 < 3500) {
      b ^= 1U;
      ++wrong;
    }
  StaircaseDecoder decoder;
  decoder.decode(coded, result);
  EXPECT_EQ(result.size(), 3 * staircase_information);  // seven blocks stay, one leaves with each after that
  decoder.finish(result);
  ASSERT_EQ(result.size(), information.size());
  // The last block is protected from one side alone, which its neighbours feel.
  EXPECT_TRUE(std::equal(result.begin(), result.begin() + 6 * staircase_information, information.begin()));
  EXPECT_GT(decoder.counts().corrected_bits, wrong * 9 / 10);
  EXPECT_THROW(decoder.decode(random_bits(100, 1), result), Error);
}

// ---- the whole

// Facts: coherent 4.1: 10 976 words, 5 × 512 × 510 + 544 bits; 14.764 %.
TEST(Cfec, SizesOfAFrame) {
  EXPECT_EQ(cfec_words * 119, cfec_blocks * staircase_block_bits + cfec_pad);
  EXPECT_EQ(cfec_bits, cfec_words * 128);
  EXPECT_EQ(cfec_words % cfec_rows, 0u);
}

// Every place once; and of 509 bits sent in a row no two are in one row or in one column of their block, so
// that no two errors of an inner codeword, 119 bits, meet a codeword of the outer code.
TEST(Cfec, DiagonalsMeetEveryRowAndColumnOnce) {
  std::vector<std::uint8_t> seen(staircase_block_bits);
  std::array<std::size_t, staircase_rows> row_seen{};
  std::array<std::size_t, staircase_columns> column_seen{};
  for (std::size_t i = 0; i < staircase_block_bits; ++i) {
    const std::size_t place = cfec_place(i);
    ASSERT_LT(place, staircase_block_bits);
    ASSERT_EQ(seen[place]++, 0) << i;
    std::size_t& row = row_seen[place / staircase_columns];
    std::size_t& column = column_seen[place % staircase_columns];
    if (row != 0) {
      ASSERT_GE(i + 1 - row, staircase_rows);
    }
    if (column != 0) {  // the two halves meet one column further
      ASSERT_GE(i + 1 - column, staircase_columns - 1);
    }
    row = column = i + 1;
  }
}

// Words of row 0 of the convolutional interleaver are not late, those of row 3 by 96 words.
TEST(Cfec, SendsTheBlocksAlongTheirDiagonals) {
  const auto information = random_bits(cfec_information, 12);
  std::vector<std::uint8_t> blocks, coded;
  StaircaseEncoder().encode(information, blocks);
  CfecEncoder().encode(information, coded);
  const auto sent = [&](std::size_t word, std::size_t bit) {
    return coded[word / 8 * 1024 + hamming_line_place(word % 8, bit)];
  };
  for (const std::size_t word : {0U, 16U, 3U, 2192U, 2195U, 8000U})
    for (std::size_t bit = 0; bit < 119; ++bit) {
      const std::size_t at = 119 * word + bit;
      const std::size_t block = at / staircase_block_bits, i = at % staircase_block_bits;
      ASSERT_EQ(sent(word + 32 * (word % 16), bit), blocks[block * staircase_block_bits + cfec_place(i)])
          << word << ' ' << bit;
    }
  for (std::size_t word = 0; word < cfec_words; word += 97) {
    unsigned sum = 0;
    for (std::size_t j = 0; j < hamming_bits; ++j) sum ^= sent(word, j) ? hamming_columns[j] : 0U;
    ASSERT_EQ(sum, 0u) << word;
  }
}

// At the limit of the standard, 1.25e-2 (facts: coherent 3.1). Without the diagonals this fails, as errors of
// the inner decoder, 4e-3 in fours, meet rows that correct three.
TEST(Cfec, UndoesItselfInNoiseAtItsLimit) {
  const auto information = random_bits(3 * cfec_information, 8);
  std::vector<std::uint8_t> coded, result;
  CfecEncoder encoder;
  encoder.encode(information, coded);
  ASSERT_EQ(coded.size(), 3 * cfec_bits);
  std::vector<float> ratios(coded.size());
  signal::fill_normal_fast({.seed = 9}, ratios);
  const float level = 2.2414f;  // Q(2.2414) = 1.25e-2
  for (std::size_t i = 0; i < ratios.size(); ++i) {
    const float sample = ratios[i] + (coded[i] != 0 ? -level : level);
    ratios[i] = 2.0f * level * sample;
  }
  CfecDecoder decoder;
  for (std::size_t frame = 0; frame < 3; ++frame)
    decoder.decode(std::span(ratios).subspan(frame * cfec_bits, cfec_bits), result);
  decoder.finish(result);
  // Fourteen blocks are complete; the last of them is protected from one side, which its neighbour feels.
  ASSERT_EQ(result.size(), 14 * staircase_information);
  EXPECT_TRUE(std::equal(result.begin(), result.begin() + 12 * staircase_information, information.begin()));
  EXPECT_THROW(encoder.encode(random_bits(100, 1), coded), Error);

  // After the end the decoder is as new.
  std::vector<std::uint8_t> again;
  decoder.decode(std::span(ratios).first(cfec_bits), again);
  decoder.finish(again);
  ASSERT_EQ(again.size(), 4 * staircase_information);
  EXPECT_TRUE(std::equal(again.begin(), again.begin() + 2 * staircase_information, information.begin()));
}

}  // namespace
}  // namespace waverack::fec
