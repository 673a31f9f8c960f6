#pragma once
// Random bits, one in each byte.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "waverack/signal/fast_random.hpp"

namespace waverack::fec {

inline std::vector<std::uint8_t> random_bits(std::size_t size, std::uint64_t seed) {
  std::vector<std::uint8_t> bits(size);
  signal::fill_symbols({.seed = seed}, 2, bits);
  return bits;
}

}  // namespace waverack::fec
