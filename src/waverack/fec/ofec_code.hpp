#pragma once
// The component code and the geometry of oFEC, the code of OpenROADM, OpenZR+, 800ZR and FlexO-x-DO.
//
// Bits lie in an endless matrix of 128 columns, in square blocks of 16 × 16: bit V(R, C, r, c) is row r and
// column c of the block in block row R, block column C = 0 … 7. Row r of block row R is the second half of
// one codeword W(R, r) of 256 bits, whose first half are bits sent before:
//   W(R, r)[k]       = V((R ^ 1) − 20 + 2·⌊k/16⌋, ⌊k/16⌋, (k mod 16) ^ r, r)     k = 0 … 127      (1)
//   W(R, r)[128 + j] = V(R, ⌊j/16⌋, r, (j mod 16) ^ r)                          j = 0 … 127      (2)
// with ^ the exclusive or, and 20 = 2·G + 2·128/16, two guard blocks G = 2. Of the second half 111 bits are
// new, 17 are parity. Every bit lies in two codewords, 5 to 21 block rows apart. In block rows 0 … 19, where
// a stream starts, the first half is taken as zero. (theory: ofec, section 1)
//
// The component code is the extended BCH(256, 239): its first 255 bits, the highest power first, are a
// multiple of g(y) = y^16 + y^14 + y^13 + y^11 + y^10 + y^9 + y^8 + y^6 + y^5 + y + 1, and all 256 have even
// parity.
//
// Sources: ITU-T G.709.3 (03/2024) clause 16 and Annex E (g); Open ROADM MSA W-Port Digital Specification,
// clause 10.1.2 (maps), as two open implementations restate it: ofm-phy 0.8.0 and Maiman Studio 0.9.0, the
// latter checked by its author against the test vectors of that document, which are not free to be passed on.
//
// The unit of all streams is a pair of block rows 2p and 2p + 1, which share no bit of any codeword:
// 32 codewords, 3552 bits of information, 4096 coded bits.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace waverack::fec {

inline constexpr std::size_t ofec_block = 16;               // rows and columns of a square block
inline constexpr std::size_t ofec_block_columns = 8;        // square blocks side by side
inline constexpr std::size_t ofec_columns = 128;            // half a codeword
inline constexpr std::size_t ofec_word_bits = 256;          // a codeword
inline constexpr std::size_t ofec_new_bits = 111;           // of a codeword that carry information
inline constexpr std::size_t ofec_parity_bits = 17;         // of a codeword
inline constexpr std::size_t ofec_lanes = 32;               // codewords of a pair of block rows
inline constexpr std::size_t ofec_pair_information = 3552;  // bits
inline constexpr std::size_t ofec_pair_bits = 4096;
inline constexpr std::size_t ofec_reach = 10;  // pairs from a codeword back to its oldest bits
inline constexpr std::size_t ofec_gap = 3;     // pairs back to its newest old bits

inline constexpr unsigned ofec_generator = 0x16F63;  // bit i: coefficient of y^i

// Logarithms in GF(2^8), polynomials modulo x^8 + x^4 + x^3 + x^2 + 1, over which g = m1·m3.
struct ByteField {
  std::array<std::uint8_t, 510> power{};      // of α, the polynomial x; a sum of two logarithms fits
  std::array<std::uint8_t, 256> logarithm{};  // of 1 … 255; that of 0 is without meaning

  constexpr ByteField() {
    unsigned element = 1;
    for (std::size_t e = 0; e < 255; ++e) {
      power[e] = power[e + 255] = static_cast<std::uint8_t>(element);
      logarithm[element] = static_cast<std::uint8_t>(e);
      element <<= 1;
      if (element & 0x100U) element ^= 0x11DU;
    }
  }
  constexpr std::uint8_t product(std::uint8_t a, std::uint8_t b) const {
    return a == 0 || b == 0 ? std::uint8_t{0} : power[static_cast<std::size_t>(logarithm[a]) + logarithm[b]];
  }
};
inline constexpr ByteField byte_field;

// What bit k = 0 … 254 of a codeword adds to the two syndromes: S1 = α^(254−k) in the low byte, S3 =
// α^(3·(254−k)) in the high one. Bit 255 takes part in the parity alone: 0.
extern const std::array<std::uint16_t, ofec_word_bits> ofec_columns_of_check;

// The 17 parity bits of 239 bits (0 or 1): bit 16 is the first of the remainder, bit 0 makes the parity even.
std::uint32_t ofec_parity(std::span<const std::uint8_t> message);

// Bounded-distance decoding of the first 255 bits: entry S1 + 256·S3 holds the two positions that are wrong,
// the lower byte the one, the upper byte the other. 255: none. ofec_uncorrectable: more than two bits are
// wrong.
inline constexpr std::uint16_t ofec_uncorrectable = 0;
std::span<const std::uint16_t, 65536> ofec_corrections();

// Where bits of a pair lie in the streams. A codeword of the pair is a lane: lane r is row r of the even
// block row, lane 16 + r of the odd one. Bit j = 0 … 127 is that of the second half, (2). Information bit of
// the stream of 3552, j < 111; as the specification's input map.
constexpr std::size_t ofec_information_place(std::size_t lane, std::size_t j) {
  return lane * (16 - j / 96) + (j / 16) * 512 + j % 16;
}
// Coded bit of the stream of 4096: block columns one after another, in each the even block row's block, then
// the odd one's, each row by row.
constexpr std::size_t ofec_coded_place(std::size_t lane, std::size_t j) {
  return (j / 16) * 512 + lane * 16 + ((j % 16) ^ (lane % 16));
}

}  // namespace waverack::fec
