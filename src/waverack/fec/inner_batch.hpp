#pragma once
// The soft decoder of the inner code (inner_code.hpp) for 64 codewords side by side.
//
// Codeword after codeword takes the same steps, so they lie in the lanes of vectors of bytes, and nothing is
// looked up in tables. All columns of the code have odd weight: with one of the tested bits chosen so that an
// odd number of columns is missing, half of the patterns reach every codeword that all of them reach.
// (theory: fec-analysis, section 2)

#include <cstddef>
#include <cstdint>
#include <span>

#include "waverack/fec/inner_code.hpp"

namespace waverack::fec {

inline constexpr std::size_t inner_batch = 64;
using InnerRow = std::uint8_t[inner_batch];  // one value for each codeword

// As SoftCodeword, rows of 64. Reliabilities are whole numbers, at most 255.
struct SoftBatch {
  alignas(64) InnerRow reliability[inner_checked_bits];
  alignas(64) InnerRow decided[inner_message_symbols], other[inner_message_symbols];
  alignas(64) InnerRow parity[8];
};

// Unit of the reliabilities of soft_batch(): a difference of squared distances of 2/128, with levels 1 apart.
inline constexpr double inner_reliability_unit = 2.0 / 128.0;

// The value that stands for a sample in a SoftBatch: steps of 1/64 of the distance of levels, taken in their
// middle, from −0.5 to 3.5, further ones as these. At a bit error ratio of 4.85e-3 it leaves 2 to 5 % more
// wrong outer symbols than exact samples do, as 0.01 to 0.02 dB of signal would (measured, 4 test bits).
double quantised_sample(float sample);

// From rows of 64 samples, 64 rows, on the scale of the levels (inner_code.hpp). Cost: see
// bench/fec_analysis_bench.
void soft_batch(std::span<const float> samples, SoftBatch& soft);

// From rows of 64 log-likelihood ratios ln P(0)/P(1), 128 rows in the order of the bits, as
// soft_codeword_of_bits() does it. Reliabilities are in units of `unit` > 0, rounded, at most 255.
void soft_batch_of_bits(std::span<const float> ratios, float unit, SoftBatch& soft);

// Decoded as inner_decode(…, test_bits) does it; of several codewords at the same distance any may be taken.
// Distances above 254 count as none. `symbols`: 60 rows of levels; `distance`: one row, 255 where no codeword
// was found and the decided levels stand. 2 ≤ test_bits ≤ 6, otherwise throws Error. Cost: see
// bench/fec_analysis_bench.
void inner_decode(const SoftBatch& soft, int test_bits, InnerRow* symbols, InnerRow& distance);

}  // namespace waverack::fec
