#pragma once
// The inner code of 802.3dj behind a lane's receiver: blocks of symbols are decoded from their soft values as
// if they had been sent as codewords.

#include <cstdint>
#include <span>
#include <vector>

#include "waverack/fec/inner_counts.hpp"

namespace waverack::link {

// Cuts the blocks of a run into inner blocks of 64 symbols and decodes them 64 at a time: two of each of the
// 32 records. What does not fill that many is left out.
class InnerOutput {
 public:
  // unit: the log-likelihood ratio that a reliability of 1 stands for (fec::soft_batch_of_bits).
  explicit InnerOutput(double unit);

  // Adds the blocks among `count` symbols from `first` on. `ratios`: two rows of 32 for each symbol, `sent`:
  // one row of levels 0 … 3. (soft_output.hpp)
  void add(const float* ratios, std::span<const std::uint8_t> sent, std::size_t first, std::size_t count,
           fec::InnerCounts& counts);

 private:
  float unit_;
  std::vector<float> ratios_;
  std::vector<std::uint8_t> sent_;
  fec::SoftBatch soft_;
};

}  // namespace waverack::link
