#pragma once
// Words of random generators as larger numbers.

#include <cstdint>

namespace waverack {

// The number whose lower and upper halves are two words.
inline std::uint64_t joined_words(std::uint32_t low, std::uint32_t high) {
  return std::uint64_t{high} << 32 | low;
}

}  // namespace waverack
