#pragma once
// C-FEC, the concatenated code of 400ZR: staircase code outside, double-extended Hamming code inside.
//
// A frame is five staircase blocks, 5·244736 bits of information, and 544 zero bits: 10976 words of 119 bits.
// The bits of every staircase block are sent along its diagonals, see cfec_place(). The words pass a
// convolutional interleaver of 16 rows (word n goes through row n mod 16, which keeps it for 2·(n mod 16)
// turns of 16 words), are encoded to 128 bits each, and eight codewords at a time are sent byte by byte in
// turn: 1404928 coded bits. Rate 119·478/(128·510), overhead 14.764 %.
//
// Sources: sizes, OIF-400ZR-03.0.1 as in facts: coherent 4.1; that an error decorrelator stands between the
// staircase code and the padding, US patents 10374752 and 11245493. Assumed, as no public text with them was
// found: the permutation of the error decorrelator (G.709.2 A.8), for which the diagonals stand; that the pad
// is zeros; which row of the convolutional interleaver is the slowest; and the permutation of the staircase
// code (staircase.hpp). Scramblers and CRC belong to the frame, not here.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "waverack/fec/double_extended_hamming.hpp"
#include "waverack/fec/staircase.hpp"

namespace waverack::fec {

inline constexpr std::size_t cfec_blocks = 5, cfec_pad = 544, cfec_words = 10976;     // of a frame
inline constexpr std::size_t cfec_information = cfec_blocks * staircase_information;  // 1223680 bits
inline constexpr std::size_t cfec_bits = cfec_words * 128;                            // 1404928 bits

inline constexpr std::size_t cfec_rows = 16,
                             cfec_row_step = 2;  // convolutional interleaver, in words of 119 bits
// Words by which a word is late behind both interleavers: 480.
inline constexpr std::size_t cfec_word_delay = cfec_rows * (cfec_rows - 1) * cfec_row_step;

// Place, row · 510 + column, in a staircase block of the i-th of its 261120 bits that is sent: row i mod 512,
// column i mod 510, and one column further in the second half, so that every place comes once. 509 bits in a
// row, and so those of a word, are of different rows and of different columns: no two of them lie in one
// codeword of the outer code. Errors of the inner decoder come in fours and more; without this they would
// meet one row.
constexpr std::size_t cfec_place(std::size_t i) {
  return i % staircase_rows * staircase_columns + (i + 2 * i / staircase_block_bits) % staircase_columns;
}

class CfecEncoder {
 public:
  explicit CfecEncoder(const StaircasePermutation& permutation = assumed_permutation());
  // Appends 1404928·n bits for 1223680·n bits (0 or 1); another size throws Error. The interleaver is filled
  // with zeros at first.
  void encode(std::span<const std::uint8_t> information, std::vector<std::uint8_t>& coded);

 private:
  StaircaseEncoder outer_;
  std::vector<std::uint8_t> words_;  // words that the interleaver may still need, the oldest first
  std::vector<std::uint8_t> blocks_;
};

struct CfecDecoderSettings {
  int test_bits = 7;         // of the inner decoder, 2 … 8
  double ratio_step = 0.25;  // ratios are rounded to multiples of it and cut at 127 times it
  StaircaseSettings outer;
};

class CfecDecoder {
 public:
  explicit CfecDecoder(const CfecDecoderSettings& settings = {});  // throws Error

  // Takes 1404928·n ratios ln P(0)/P(1) in the order of the encoder and appends 244736 bits for each
  // staircase block that is ready: it has to be complete, 480 words late, and then to leave the window of the
  // outer decoder.
  void decode(std::span<const float> ratios, std::vector<std::uint8_t>& information);
  // The stream has ended: the words still in the interleavers are lost, and with them the last block of the
  // last frame, unless a frame of filling follows it. Appends the complete blocks; afterwards as new.
  void finish(std::vector<std::uint8_t>& information);

  const StaircaseCounts& outer_counts() const { return outer_.counts(); }

 private:
  void place_word(std::size_t word, const HammingBits& bits, std::size_t lane);

  int test_bits_;
  float scale_;
  StaircaseDecoder outer_;
  std::vector<std::vector<std::uint8_t>> blocks_;  // of the outer code, being filled, the oldest first
  std::size_t first_block_ = 0;                    // the oldest one's number
  std::size_t arrived_ = 0;                        // words so far
};

}  // namespace waverack::fec
