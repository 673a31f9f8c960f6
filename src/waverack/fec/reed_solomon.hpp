#pragma once
// Reed–Solomon codes over GF(2^10), one codeword at a time: the version to read, and what the fast one
// (sliced_reed_solomon.hpp) is tested against. Equations: docs/theory/fec.md.
//
// A codeword is n symbols in the order of sending: codeword[i] is the coefficient of x^(n−1−i), the first k
// are the message, the last n − k the parity. The roots of the generator are alpha^0 … alpha^(2t−1) (IEEE
// 802.3, 91.5.2.7). A code is shortened by a smaller n and k with the same n − k.
//
// Needs 10 bits per symbol, n − k = 2t and n ≤ 1023; std::invalid_argument otherwise.

#include <cstdint>
#include <span>
#include <vector>

#include "waverack/fec/block_code.hpp"
#include "waverack/fec/galois_field.hpp"

namespace waverack::fec {

// What a decoder did to a codeword.
struct CodewordStatus {
  std::int8_t corrected =
      0;  // symbols that it changed, 0 … t, or −1: no codeword within t symbols, nothing changed

  bool clean() const { return corrected == 0; }
  bool failed() const { return corrected < 0; }
  friend bool operator==(CodewordStatus, CodewordStatus) = default;
};

void check_reed_solomon(const BlockCode&);

// Coefficients of g(x) = Π_{i<2t}(x − alpha^i), 2t + 1 of them, the highest power first.
std::vector<Symbol> generator_polynomial(const BlockCode&);

// Writes the parity of the first k symbols into the last n − k. Cost: k·(n − k) products.
void encode_reed_solomon(const BlockCode&, std::span<Symbol> codeword);

// S_j = r(alpha^j) for j = 0 … 2t − 1; all zero for a codeword. Cost: 2t·n products.
std::vector<Symbol> syndromes(const BlockCode&, std::span<const Symbol> received);

// Corrects up to t wrong symbols in place. More than t are reported as failed, but for a share of at most
// about 1/t! that lies within t symbols of another codeword. Cost: 2t·n products for a clean codeword, (3t)·n
// with t errors.
CodewordStatus decode_reed_solomon(const BlockCode&, std::span<Symbol> received);

}  // namespace waverack::fec
