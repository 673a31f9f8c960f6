#pragma once
// The component decoder of oFEC for the 32 codewords of a pair of block rows side by side; not a public
// header.

#include <cstdint>

#include "waverack/fec/ofec_code.hpp"

namespace waverack::fec {

using OfecRow = std::int8_t[ofec_lanes];  // one value for each codeword
using OfecBitRow = std::uint8_t[ofec_lanes];

// Values of one pair in the order of (2): row j of 128 holds bit j of the second half of every lane, so that
// a pair's own codewords read it as it lies and later ones with the lanes exchanged.
template <class Row>
struct OfecPair {
  alignas(64) Row row[ofec_columns];
};
using OfecSoftPair = OfecPair<OfecRow>;
using OfecHardPair = OfecPair<OfecBitRow>;

// 32 codewords: row k is bit k.
struct OfecWords {
  alignas(64) OfecRow row[ofec_word_bits];
};
struct OfecBitWords {
  alignas(64) OfecBitRow row[ofec_word_bits];
};

// Rule of one soft sweep. Values are in the unit of the ratios.
struct OfecSoftRule {
  int test_bits = 6;   // p, 5 … 7: 2^(p − 1) patterns on the p least reliable of the first 255 bits
  int weight = 32;     // α·64, of what a codeword says of a bit, before it is stored
  int certainty = 16;  // β: what it says where every codeword that was found agrees
  bool trust_codewords = false;  // a word that is a codeword already is the only one that is considered
};

// Chase's second algorithm, and from its list of codewords what each codeword says of each bit beyond what is
// known of that bit already (R. Pyndiah, IEEE Trans. Commun. 46 (1998) 1003). x_k: the values given, −127 …
// 127, positive: 0 is likelier, and 0 is read as 0. Pattern m = 0 … 2^(p−1) − 1 turns over the i-th weakest
// of bits 0 … 254 (the first of equals) where bit i of m is set, i < p − 1, and the p-th weakest where that
// makes the parity of all 256 bits even. Then what is at most two more bits away from a codeword becomes it.
// The distance of such a codeword is the sum of |x_k| turned over; the best is the first of least distance.
// With d_k = ±1 its bits,
//   w_k = d_k·(distance of the best that differs in bit k − least distance) − x_k,
//   w_k = d_k·β  where there is none,
// and 0 for all bits where there is no codeword at all. `extrinsic`: (weight·w_k + 32) >> 6, cut to ±127.
void ofec_soft_decode(const OfecWords& values, const OfecSoftRule& rule, OfecWords& extrinsic);

// Bounded-distance decoding in place: words within two wrong bits of a codeword are corrected, and those with
// three that parity betrays stay. Returns the lanes, as bits, that hold no codeword afterwards.
// `changed`: lanes of which bits were turned over.
std::uint32_t ofec_hard_decode(OfecBitWords& words, std::uint32_t& changed);

// Words of pair p from its own values (second half) and those of pairs p − 10 + C (first half): rows of `own`
// plus `own_extrinsic`, cut to ±127. A null pointer among the old ones is a known 0.
void ofec_gather(const OfecSoftPair* const old[ofec_block_columns],
                 const OfecSoftPair* const old_extrinsic[ofec_block_columns], const OfecSoftPair& own,
                 const OfecSoftPair& own_extrinsic, OfecWords& words);
// The way back: both halves to where they came from.
void ofec_scatter(const OfecWords& words, OfecSoftPair* const old[ofec_block_columns], OfecSoftPair& own);

void ofec_gather(const OfecHardPair* const old[ofec_block_columns], const OfecHardPair& own,
                 OfecBitWords& words);
void ofec_scatter(const OfecBitWords& words, OfecHardPair* const old[ofec_block_columns], OfecHardPair& own);

// Bits that ratio + a + b stand for.
void ofec_decide(const OfecSoftPair& ratio, const OfecSoftPair& a, const OfecSoftPair& b, OfecHardPair& bits);

// 4096 ratios in the order of the stream, times `scale`, rounded, cut to ±127.
void ofec_quantise(const float* ratios, float scale, OfecSoftPair& values);

}  // namespace waverack::fec
