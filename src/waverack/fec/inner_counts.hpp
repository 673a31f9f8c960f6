#pragma once
// What the inner code leaves to the outer one, counted: random codewords on PAM4 in white Gaussian noise.

#include <array>
#include <cstdint>
#include <vector>

#include "waverack/fec/block_code.hpp"
#include "waverack/fec/inner_batch.hpp"

namespace waverack::fec {

struct InnerCountOptions {
  double noise = 0.2;  // rms, the distance of levels being 1
  int test_bits = inner_test_bits;
  std::uint64_t blocks = 100'000;  // inner codewords, rounded up to a multiple of 1024
  std::uint64_t seed = 1;
  int threads = 1;  // 0: one per core; the result does not depend on it
};

// Counts over the 120 message bits of each block; they are 12 symbols of the outer code.
struct InnerCounts {
  static constexpr int block_symbols = 12;
  static constexpr std::array<int, 4> spreads{1, 2, 4, 12};

  std::uint64_t blocks = 0;
  std::uint64_t wrong_bits_before = 0;  // of the decided levels
  std::uint64_t wrong_bits_after = 0;
  std::uint64_t without_codeword = 0;  // blocks whose levels stand as they were decided
  // For each spread d, where symbol i of a block belongs to codeword i mod d: how often a codeword of the
  // outer code had 0, 1, 2 … of its 12/d symbols of a block wrong. The sum is d·blocks.
  std::array<std::array<std::uint64_t, block_symbols + 1>, spreads.size()> wrong_symbols{};
};

InnerCounts& operator+=(InnerCounts&, const InnerCounts&);

// Decodes what was received of 64 blocks that were sent as the levels `sent`, rows of 64, and counts. What
// was sent need not be codewords: the decoder is told which parity bits would have made them so, and then
// errs as often as for codewords, since the code is linear. `soft` is changed accordingly.
void decode_and_count(const InnerRow* sent, SoftBatch& soft, int test_bits, InnerCounts& counts);

InnerCounts count_inner_errors(const InnerCountOptions&);

double ber_before(const InnerCounts&);
double ber_after(const InnerCounts&);
// Of the symbols of the outer code behind the inner decoder.
double symbol_error_ratio(const InnerCounts&);

// Noise (InnerCountOptions) at which levels are decided with this bit error ratio, 0 < ber < 3/8:
// ber = ¾·Q(1/(2·noise)); slips of two levels are neglected.
double inner_noise(double ber);

// Distribution of wrong symbols in a codeword of the outer code, of `entries` entries, the last holding all
// above too. `spread` is one of InnerCounts::spreads: how many codewords share a block; otherwise throws
// Error. Blocks err independently; with 12, behind the convolutional interleaver, it is the binomial. The
// last block of a codeword that does not end with it is a random part of a block.
std::vector<double> symbol_error_distribution(const InnerCounts&, int spread, const BlockCode& outer,
                                              std::size_t entries);

}  // namespace waverack::fec
