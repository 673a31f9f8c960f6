#pragma once
// The reliabilities of the bits of a block, beside its decisions.

#include <cstdint>
#include <span>

#include "waverack/dsp/mlse_rows.hpp"
#include "waverack/link/block_program.hpp"
#include "waverack/link/soft_count.hpp"
#include "waverack/signal/fft.hpp"

namespace waverack::link {

// Log-likelihood ratios by the best path with either value of a bit (theory: mlse, section 4), in noise as
// strong as the mean square around the expected values. A receiver that decides symbol by symbol has paths of
// one symbol: then the distances to the nearest level with either value count, all levels being taken as
// equally noisy. Holds the memory of one thread; symbols of 2, 4 or 8 levels, others throw Error.
class SoftOutput {
 public:
  explicit SoftOutput(const BlockProgram& program);

  // Of a block. `values`: rows of 32, as the decisions were taken from them.
  void detect(std::span<const float> values);

  // ln P(0)/P(1) of every bit of the block, rows of 32, the most significant bit of a symbol first.
  const float* ratios() const { return reliabilities_.data(); }

  // Adds the bits of `count` symbols from `first` on.
  void add(std::span<const std::uint8_t> sent, std::size_t first, std::size_t count,
           SoftCounts& counts) const;

 private:
  dsp::ReliabilityDetector detector_;
  double variance_;
  int bits_;
  signal::BatchBuffer reliabilities_;
};

}  // namespace waverack::link
