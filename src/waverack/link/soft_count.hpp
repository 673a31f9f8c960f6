#pragma once
// Reliabilities of bits, counted so that what an inner code can make of them follows at the end of a run.
// (theory: mlse, section 4)

#include <cstdint>
#include <vector>

namespace waverack::link {

// How often a bit had the log-likelihood ratio L = ln P(0)/P(1), in favour of what was sent: ℓ = L where 0
// was sent and −L where 1 was, negative where the bit is wrong. Bins of 1/64, ±64 in all; what is beyond
// counts in the last bin. Counts of different pieces add up.
struct SoftCounts {
  static constexpr double largest = 64.0, bins_per_unit = 64.0;
  static constexpr std::size_t bins = 8192;

  std::vector<std::uint64_t> bits;  // one entry for each bin, lowest ℓ first; empty where none is counted

  void add(float favour);
  SoftCounts& operator+=(const SoftCounts&);
};

// Bits whose reliability |L| lies between `from` and the `from` of the next entry.
struct ReliabilityBin {
  double from = 0.0;
  std::uint64_t bits = 0, wrong_bits = 0;
  double stated_ratio = 0.0;  // of wrong bits, were L true: the mean of 1/(1 + e^|L|)
};

// What a bit-wise soft decoder behind an interleaver can get of each bit, by the reliabilities as they are
// but for a common scale:
//     1 − min over s of ⟨log2(1 + e^(−s·ℓ))⟩                                                       (theory:
//     mlse, eq. 6)
// the generalised mutual information over the bits of a symbol (A. Alvarado et al., J. Lightwave Technol. 33
// (2015) 4338; A. Martinez et al., IEEE Trans. Inf. Theory 55 (2009) 2756).
struct SoftResult {
  double information = 0.0;  // per bit, 0 … 1: the normalised generalised mutual information
  double scale = 1.0;  // the best s, 1 where reliabilities are true on average; infinity without a wrong bit
  std::vector<ReliabilityBin> reliability;  // |L| from 0, 1, 2 … up to the largest that there was
};
SoftResult soft_result(const SoftCounts&);

}  // namespace waverack::link
