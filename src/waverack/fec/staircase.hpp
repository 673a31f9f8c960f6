#pragma once
// The staircase code of ITU-T G.709.2, outer code of 400ZR: blocks of 512 × 510 bits, hard decisions.
//
// Row j of block B_i, 510 bits, ends a codeword of 1022 bits that begins with 512 bits of the block before
// it: column Π(j − 2) of B_(i−1) for j ≥ 2, zeros for rows 0 and 1. Columns 0 … 477 of a block are
// information, 478 … 509 parity. Every bit lies in two codewords. The component code has the columns
//   f(β) = (β, β^3, β^5, F(β), 1 + F(β))   over GF(2^10), p(x) = x^10 + x^3 + 1,
// β the element whose bits are those of the integer: 1021, 1022, 1 … 510 for the first 512 bits, 511 + Π⁻¹(m)
// for bit m of the row; F(β) = 1 where β mod 8 is 1 … 4. Up to three wrong bits are corrected.
//
// Sources: ITU-T G.709.2 (07/2018) Annex A as a public digest of it restates A.6 and A.7. Table A.2, the
// permutation Π, was not found in a public text; assumed_permutation() stands for it, and another one can be
// given. Nothing else of the code depends on it, but parity is that of the standard only with the standard's
// Π.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace waverack::fec {

inline constexpr std::size_t staircase_rows = 512, staircase_columns = 510;
inline constexpr std::size_t staircase_information_columns = 478, staircase_parity = 32;
inline constexpr std::size_t staircase_block_bits = staircase_rows * staircase_columns;  // 261120
inline constexpr std::size_t staircase_information =
    staircase_rows * staircase_information_columns;  // 244736

using StaircasePermutation = std::array<std::uint16_t, staircase_columns>;
// Π so that the elements of the parity columns are the last ones whose columns f are independent, taken from
// 1020 down, and all elements ascend within information and within parity. It is the rule that gives the
// printed order of the columns of the inner code (double_extended_hamming.hpp); the identity gives no parity
// at all.
StaircasePermutation assumed_permutation();

// The columns of the check matrix: β in bits 0 … 9, β^3 in 10 … 19, β^5 in 20 … 29, F in 30, 1 + F in 31.
std::uint32_t staircase_column(unsigned beta);  // 1 … 1023

// Elements β of at most three wrong bits from the sum of their columns; `count` of them, or −1 where no such
// bits exist. Cost: a few table look-ups.
struct StaircaseErrors {
  int count = 0;
  std::array<std::uint16_t, 3> beta{};
};
StaircaseErrors staircase_correct(std::uint32_t syndrome);

// Both sides of one codeword: columns of its bits, and where elements lie.
struct StaircaseCode {
  explicit StaircaseCode(const StaircasePermutation& permutation);  // not a permutation: throws Error

  std::array<std::uint32_t, staircase_rows> left{};      // of row t of the block before
  std::array<std::uint32_t, staircase_columns> right{};  // of column m of the block
  std::array<std::uint16_t, 1024> place{};  // of element β: 0 … 511 left, 512 + m right; 0xFFFF none
  StaircasePermutation permutation{}, inverse{};
  std::array<std::array<std::uint32_t, 256>, 4> parity{};  // parity bits of a syndrome, byte by byte
};

class StaircaseEncoder {
 public:
  explicit StaircaseEncoder(const StaircasePermutation& permutation = assumed_permutation());

  // Appends 261120·n bits, blocks row by row, for 244736·n bits (0 or 1) of information, row by row. Other
  // sizes throw Error. The block before the first is zero.
  void encode(std::span<const std::uint8_t> information, std::vector<std::uint8_t>& coded);

 private:
  StaircaseCode code_;
  std::vector<std::uint8_t> before_;
};

struct StaircaseSettings {
  int window_blocks = 7;  // 2 … 32: a block leaves when so many have come after and with it
  int sweeps = 4;         // 1 … 64, over the window, for each block that comes
  StaircasePermutation permutation = assumed_permutation();
};

struct StaircaseCounts {
  std::uint64_t coded_bits = 0, corrected_bits = 0;
  std::uint64_t failed_rows = 0;  // rows of blocks that left which are still no codewords
};

// Iterative bounded-distance decoding in a sliding window (B. P. Smith et al., J. Lightwave Technol. 30
// (2012) 110).
class StaircaseDecoder {
 public:
  explicit StaircaseDecoder(const StaircaseSettings& settings = {});  // throws Error

  // Takes 261120·n bits and appends 244736 for each block that leaves, window_blocks − 1 blocks later.
  void decode(std::span<const std::uint8_t> coded, std::vector<std::uint8_t>& information);
  void finish(std::vector<std::uint8_t>& information);  // the rest; afterwards as new

  const StaircaseCounts& counts() const { return counts_; }

 private:
  struct Block {
    std::vector<std::uint8_t> bits, received;
    std::array<std::uint32_t, staircase_rows> syndrome{};
    std::array<std::uint8_t, staircase_rows> open{};  // changed since it was last tried
  };
  void begin();
  void take(std::span<const std::uint8_t> bits);
  bool correct_rows(std::size_t index);
  void flip(std::size_t index, std::size_t row, std::size_t column);
  void emit(std::vector<std::uint8_t>& information);

  StaircaseCode code_;
  std::size_t window_blocks_;
  int sweeps_;
  std::vector<Block> window_;  // the oldest first; the first is complete and only read
  StaircaseCounts counts_;
};

}  // namespace waverack::fec
