#pragma once
// Random codewords and errors for tests of codes.

#include <algorithm>
#include <numeric>
#include <random>
#include <span>
#include <vector>

#include "waverack/fec/reed_solomon.hpp"

namespace waverack::fec {

using Random = std::mt19937_64;

inline Symbol random_symbol(Random& random) { return static_cast<Symbol>(random() % 1024); }

inline std::vector<Symbol> random_codeword(const BlockCode& code, Random& random) {
  std::vector<Symbol> codeword(static_cast<std::size_t>(code.n));
  for (Symbol& symbol : codeword) symbol = random_symbol(random);
  encode_reed_solomon(code, codeword);
  return codeword;
}

// Changes `count` different symbols of those from `first` on.
inline void add_errors(std::span<Symbol> codeword, std::size_t first, std::size_t count, Random& random) {
  std::vector<std::size_t> places(codeword.size() - first);
  std::iota(places.begin(), places.end(), first);
  for (std::size_t i = 0; i < count; ++i) {
    std::swap(places[i], places[i + random() % (places.size() - i)]);
    codeword[places[i]] ^= static_cast<Symbol>(1 + random() % 1023);
  }
}

}  // namespace waverack::fec
