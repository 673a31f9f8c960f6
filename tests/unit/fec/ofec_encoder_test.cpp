#include "waverack/fec/ofec_encoder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "unit/fec/ofec_reference.hpp"
#include "unit/fec/random_bits.hpp"
#include "waverack/base/error.hpp"
#include "waverack/fec/ofec_interleaver.hpp"

namespace waverack::fec {
namespace {

// Minimal polynomial of an element: the product over its conjugates, as bits of coefficients.
unsigned minimal_polynomial(unsigned exponent) {
  std::set<unsigned> conjugates;
  for (unsigned e = exponent % 255; conjugates.insert(e).second; e = 2 * e % 255) {
  }
  std::vector<std::uint8_t> polynomial{1};
  for (const unsigned e : conjugates) {
    std::vector<std::uint8_t> next(polynomial.size() + 1);
    for (std::size_t i = 0; i < polynomial.size(); ++i) {
      next[i + 1] ^= polynomial[i];
      next[i] ^= byte_field.product(polynomial[i], byte_field.power[e]);
    }
    polynomial = next;
  }
  unsigned bits = 0;
  for (std::size_t i = 0; i < polynomial.size(); ++i) {
    EXPECT_LE(polynomial[i], 1);  // a polynomial over GF(2)
    bits |= static_cast<unsigned>(polynomial[i]) << i;
  }
  return bits;
}

// Facts: coherent 4.4: g = m1·m3 over the field of x^8 + x^4 + x^3 + x^2 + 1.
TEST(OfecCode, GeneratorIsOfTheField) {
  const unsigned m1 = minimal_polynomial(1), m3 = minimal_polynomial(3);
  EXPECT_EQ(m1, 0x11Du);
  unsigned product = 0;
  for (unsigned i = 0; i < 16; ++i)
    if (m3 >> i & 1U) product ^= m1 << i;
  EXPECT_EQ(product, ofec_generator);
  unsigned printed = 0;
  for (const unsigned power : {16, 14, 13, 11, 10, 9, 8, 6, 5, 1, 0}) printed |= 1U << power;
  EXPECT_EQ(product, printed);
}

// Division by g leaves a word without syndrome, and the 17th bit even parity.
TEST(OfecCode, ParityGivesCodewords) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const auto message = random_bits(239, seed);
    std::vector<std::uint8_t> word = message;
    const std::uint32_t parity = ofec_parity(message);
    for (unsigned bit = 17; bit-- > 0;) word.push_back(parity >> bit & 1U);
    EXPECT_TRUE(is_ofec_codeword(word)) << seed;
    word[seed * 5] ^= 1U;
    EXPECT_FALSE(is_ofec_codeword(word)) << seed;
  }
}

// All errors of up to two bits are told apart; most of three are noticed (d = 5 without the parity bit).
TEST(OfecCode, CorrectsAllPairs) {
  const auto table = ofec_corrections();
  std::size_t correctable = 0;
  for (const std::uint16_t entry : table) correctable += entry != ofec_uncorrectable;
  EXPECT_EQ(correctable, 1u + 255u + 255u * 254u / 2u);  // no two patterns share a syndrome
  for (unsigned a = 0; a < 255; ++a) {
    EXPECT_EQ(table[ofec_columns_of_check[a]], a | 255U << 8);
    for (unsigned b = a + 1; b < 255; ++b)
      ASSERT_EQ(table[ofec_columns_of_check[a] ^ ofec_columns_of_check[b]], a | b << 8);
  }
}

// Equations (1) and (2) of ofec_code.hpp, with a matrix that is written out.
TEST(OfecEncoder, EveryRowIsACodeword) {
  constexpr std::size_t pairs = 30;
  const auto information = random_bits(pairs * ofec_pair_information, 7);
  OfecEncoder encoder;
  std::vector<std::uint8_t> coded;
  encoder.encode(information, coded);
  ASSERT_EQ(coded.size(), pairs * ofec_pair_bits);
  const OfecMatrix matrix(coded);
  for (std::size_t row = 0; row < 2 * pairs; ++row)
    for (std::size_t r = 0; r < 16; ++r) {
      std::vector<std::uint8_t> word(256);
      for (std::size_t k = 0; k < 256; ++k) word[k] = matrix.bit(OfecMatrix::place(row, r, k), row, k);
      EXPECT_TRUE(is_ofec_codeword(word)) << row << ' ' << r;
    }
  EXPECT_EQ(encoder.pairs(), pairs);
}

// What another program sends for the same information: ofm-phy 0.8.0 (hosseinkhoshnevis/ofm-phy, commit
// 1eaa65e), encoded from its first block row on, without its leader. Information: the top bits of the linear
// congruence x → 1664525·x + 1013904223 modulo 2³² from 1 on. The coded bits, one for each byte, as FNV-1a;
// the pairs from 10 on are those whose first halves are not zero. G.709.3 Annex G has vectors of its own,
// which are not free.
TEST(OfecEncoder, AgreesWithAnotherProgram) {
  constexpr std::size_t pairs = 24;
  std::vector<std::uint8_t> information(pairs * ofec_pair_information), coded;
  std::uint32_t x = 1;
  for (std::uint8_t& bit : information) {
    x = 1664525U * x + 1013904223U;
    bit = static_cast<std::uint8_t>(x >> 31);
  }
  OfecEncoder().encode(information, coded);
  std::uint64_t hash = 0xcbf29ce484222325U;
  const auto add_pair = [&](std::size_t p) {
    for (std::size_t i = p * ofec_pair_bits; i < (p + 1) * ofec_pair_bits; ++i)
      hash = (hash ^ coded[i]) * 0x100000001b3U;
    return hash;
  };
  std::vector<std::uint64_t> hashes;
  for (std::size_t p = 0; p < pairs; ++p) hashes.push_back(add_pair(p));
  EXPECT_EQ(hashes[0], 0x36d2b1cf0590ad45U);
  EXPECT_EQ(hashes[9], 0x383f61a8113d2011U);
  EXPECT_EQ(hashes[10], 0x30abc96a1446ba6fU);
  EXPECT_EQ(hashes[23], 0xd390aaac4a71f38cU);
}

TEST(OfecEncoder, IsSystematicAndStreams) {
  const auto information = random_bits(25 * ofec_pair_information, 8);
  OfecEncoder whole, parts;
  std::vector<std::uint8_t> coded, pieces;
  whole.encode(information, coded);
  for (std::size_t p = 0; p < 25; ++p)
    parts.encode(std::span(information).subspan(p * ofec_pair_information, ofec_pair_information), pieces);
  EXPECT_EQ(coded, pieces);
  for (std::size_t p = 0; p < 25; ++p)
    for (std::size_t lane = 0; lane < ofec_lanes; ++lane)
      for (std::size_t j = 0; j < ofec_new_bits; ++j)
        ASSERT_EQ(coded[p * ofec_pair_bits + ofec_coded_place(lane, j)],
                  information[p * ofec_pair_information + ofec_information_place(lane, j)]);
  EXPECT_THROW(whole.encode(std::vector<std::uint8_t>(100), coded), Error);
}

TEST(OfecEncoder, IsLinear) {
  const auto a = random_bits(15 * ofec_pair_information, 1), b = random_bits(a.size(), 2);
  std::vector<std::uint8_t> sum(a.size()), coded_a, coded_b, coded_sum;
  std::transform(a.begin(), a.end(), b.begin(), sum.begin(), std::bit_xor<>());
  OfecEncoder().encode(a, coded_a);
  OfecEncoder().encode(b, coded_b);
  OfecEncoder().encode(sum, coded_sum);
  std::transform(coded_a.begin(), coded_a.end(), coded_b.begin(), coded_a.begin(), std::bit_xor<>());
  EXPECT_EQ(coded_a, coded_sum);
}

TEST(OfecCode, PlacesArePermutations) {
  std::set<std::size_t> information, coded;
  for (std::size_t lane = 0; lane < ofec_lanes; ++lane)
    for (std::size_t j = 0; j < ofec_columns; ++j) {
      coded.insert(ofec_coded_place(lane, j));
      if (j < ofec_new_bits) information.insert(ofec_information_place(lane, j));
    }
  EXPECT_EQ(coded.size(), ofec_pair_bits);
  EXPECT_EQ(*coded.rbegin(), ofec_pair_bits - 1);
  EXPECT_EQ(information.size(), ofec_pair_information);
  EXPECT_EQ(*information.rbegin(), ofec_pair_information - 1);
}

// Facts: coherent 4.4: 84 × 8 blocks of 16 × 16.
TEST(OfecInterleaver, IsAPermutation) {
  const auto order = ofec_interleaver_order();
  ASSERT_EQ(order.size(), 84u * 8u * 256u);
  std::set<std::uint32_t> places(order.begin(), order.end());
  EXPECT_EQ(places.size(), order.size());
  EXPECT_EQ(*places.rbegin(), order.size() - 1);
}

// Rows of Table 8 as printed: source row and column for the first bits of rows 1, 7, 8 and 15.
TEST(OfecInterleaver, PermutesBlocksAsTable8) {
  const auto order = ofec_interleaver_order();
  const std::size_t printed[][4] = {{1, 0, 14, 15}, {1, 1, 15, 0},   {7, 0, 2, 9},
                                    {7, 15, 1, 8},  {8, 0, 15, 7},   {8, 1, 0, 8},
                                    {15, 0, 1, 0},  {15, 15, 0, 15}, {0, 5, 5, 5}};
  for (const auto& [i, j, row, column] : printed) {
    // Bit (i, j) of block row 0 leaves in column j, cycle i/8, first set.
    const std::size_t at = j * 1344 + i / 8 * 32 + i % 8;
    EXPECT_EQ(order[at], row * 16 + column) << i << ' ' << j;
  }
}

TEST(OfecInterleaver, IsUndone) {
  std::vector<std::vector<std::uint8_t>> streams;
  for (std::uint64_t s = 0; s < 4; ++s) streams.push_back(random_bits(2 * 86016, s));
  for (const std::size_t symbol_bits : {4, 8}) {
    const auto line = ofec_interleave(streams, symbol_bits);
    ASSERT_EQ(line.size(), 4u * 2u * 86016u);
    std::vector<std::vector<std::uint8_t>> back(4);
    ofec_deinterleave(line, symbol_bits, back);
    EXPECT_EQ(back, streams);
  }
  const auto payload = random_bits(400, 9);
  EXPECT_EQ(ofec_collect(ofec_distribute(payload)), payload);
  EXPECT_THROW(ofec_interleave(streams, 11), Error);
}

}  // namespace
}  // namespace waverack::fec
