#pragma once
// What decoding did to many codewords, when the truth is known.

#include <cstdint>
#include <span>
#include <vector>

#include "waverack/fec/reed_solomon.hpp"

namespace waverack::fec {

struct DecodeCount {
  std::uint64_t clean = 0;  // no error, or one that made another codeword of it
  std::uint64_t corrected = 0;
  std::uint64_t failed = 0;
  std::uint64_t miscorrected = 0;      // of clean and corrected: those that are not what was sent
  std::vector<std::uint64_t> symbols;  // codewords of which 0, 1 … t symbols were changed
};

// `decoded` and `sent` are packed codewords (packed_bits.hpp), as many as there are statuses.
DecodeCount count_decoded(const BlockCode&, std::span<const std::uint64_t> decoded,
                          std::span<const std::uint64_t> sent, std::span<const CodewordStatus> statuses);

}  // namespace waverack::fec
