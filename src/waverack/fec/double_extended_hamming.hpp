#pragma once
// The inner code of 400ZR: the double-extended Hamming code (128, 119), and its soft decoder.
//
// Bit j of a codeword, 119 message bits and then 9 parity bits, has the column g(i) = (s0 … s6, s7, 1) of the
// check matrix, where i = Σ s_k·2^k and s7 = (s0 ∧ s2) ∨ (¬s0 ∧ ¬s1 ∧ ¬s2) ∨ (s0 ∧ s1 ∧ ¬s2). The integers i
// are, in the order of j: 0 … 62, 64 … 94, 96 … 110, 112 … 118, 120, 122, 124, and for the parity bits 63,
// 95, 111, 119, 121, 123, 125, 126, 127. All columns differ and have a last 1: the distance is 4.
//
// Sources: OIF-400ZR-03.0.1 and ITU-T G.709.3 Annex D, as a public digest restates them, which compared the
// figures of both texts. The fact sheet (coherent 4.5) has s2 in place of ¬s2 in the second term. With ¬s2
// the nine parity columns are the last independent ones, taken from i = 127 down; with s2 they would be
// others, and three terms would reduce to two. So an overbar was lost there, and the digest is followed. Both
// correct alike.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace waverack::fec {

inline constexpr std::size_t hamming_message_bits = 119, hamming_bits = 128, hamming_parity_bits = 9;

// Columns: s0 in bit 0 … s7 in bit 7, the last 1 in bit 8.
extern const std::array<std::uint16_t, hamming_bits> hamming_columns;

// The 9 parity bits of 119 bits (0 or 1), the first one in bit 0.
std::uint16_t hamming_parity(std::span<const std::uint8_t> message);

inline constexpr std::size_t hamming_batch = 32;  // codewords side by side
struct HammingValues {
  alignas(
      64) std::int8_t row[hamming_bits][hamming_batch];  // bit j of every codeword, −127 … 127, positive: 0
};
struct HammingBits {
  alignas(64) std::uint8_t row[hamming_bits][hamming_batch];
};

// Eight codewords are sent byte by byte in turn: place of bit `bit` of codeword `word` of eight.
inline constexpr std::size_t hamming_turn = 8;
constexpr std::size_t hamming_line_place(std::size_t word, std::size_t bit) {
  return bit / 8 * 8 * hamming_turn + word * 8 + bit % 8;
}
// The ratios of 32 codewords, eight at a time as above, times `scale`, rounded to the nearest (halves to even
// numbers) and cut to ±127.
void hamming_quantise(const float* ratios, float scale, HammingValues& values);

// Chase's second algorithm (D. Chase, IEEE Trans. Inf. Theory 18 (1972) 170): of all codewords that differ
// from the signs in some of the p = `test_bits` least reliable bits (the first of equals) and in at most one
// more, one of least distance, which is the sum of |values| turned over. Where there is none, the bits as
// they came. As all columns have a last 1, only 2^(p−1) patterns need be tried, those that leave an odd
// number of bits wrong: a codeword that differs in tested bits alone is found by one that leaves out one of
// them. 2 ≤ test_bits ≤ 8, otherwise throws Error. Cost: see bench/ofec_bench.
void hamming_decode(const HammingValues& values, int test_bits, HammingBits& bits);

}  // namespace waverack::fec
