#pragma once
// Reed–Solomon codes over GF(2^10), 512 codewords at a time: the fast version of reed_solomon.hpp, with the
// same results. The bits of 512 codewords are sliced, so that one instruction works on the same bit of as
// many of them as a vector has bits (docs/theory/fec.md). The instruction set is chosen at run time.
//
// Codewords are packed as packed_bits.hpp says, one behind the other, words_of_symbols(n) words each, in any
// number; the last 512 cost the same however few they are. One object is for one thread; it allocates when
// made, never afterwards.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "waverack/fec/packed_bits.hpp"
#include "waverack/fec/reed_solomon.hpp"

namespace waverack::fec {

class SlicedReedSolomon {
 public:
  // Needs what check_reed_solomon() does and t ≤ 15; std::invalid_argument otherwise. Takes 1 MB of memory
  // for KP4.
  explicit SlicedReedSolomon(const BlockCode&);
  ~SlicedReedSolomon();
  SlicedReedSolomon(SlicedReedSolomon&&) noexcept;
  SlicedReedSolomon& operator=(SlicedReedSolomon&&) noexcept;

  // Words of one codeword.
  std::size_t stride() const;

  // Writes the parity of the first k symbols of every codeword behind them.
  void encode(std::span<std::uint64_t> codewords);

  // Corrects every codeword in place; `statuses` has one entry for each. Cost: syndromes for all; the rest
  // only for codewords with errors, and growing with the most errors among 512 of these.
  void decode(std::span<std::uint64_t> codewords, std::span<CodewordStatus> statuses);

 private:
  struct Work;
  std::unique_ptr<Work> work_;
};

}  // namespace waverack::fec
