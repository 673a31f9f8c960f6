#pragma once
// The encoder of oFEC (ofec_code.hpp): a stream of information bits to a stream of coded bits.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "waverack/fec/ofec_code.hpp"

namespace waverack::fec {

// Encodes one stream; 800ZR and OpenROADM run four of them side by side (ofec_interleaver.hpp). It starts as
// the specification says, with the first halves of the first 20 block rows taken as zero.
class OfecEncoder {
 public:
  // Appends 4096·n coded bits to `coded` for 3552·n bits (0 or 1) of information; another size throws Error,
  // and nothing is then encoded. A bit of information appears among the coded bits as it is. Cost: see
  // bench/ofec_bench.
  void encode(std::span<const std::uint8_t> information, std::vector<std::uint8_t>& coded);

  std::size_t pairs() const { return pairs_; }  // encoded so far

 private:
  using Rows =
      std::array<std::uint32_t, ofec_columns>;  // second halves: bit j of every lane, lane l in bit l
  std::array<Rows, ofec_reach> history_{};      // of pair p in p mod 10
  std::size_t pairs_ = 0;
};

}  // namespace waverack::fec
