#pragma once
// Codewords as packed bits, in the order of sending.
//
// Bit i of a codeword is bit i mod 64 (the lowest is bit 0) of its word i/64. Symbol s, in the order of
// sending, is bits 10·s … 10·s + 9, its lowest bit, the coefficient of alpha^0, first (IEEE 802.3, 91.5.2.7:
// the bit of lowest index is sent first). Every codeword starts a word; the bits behind its last symbol are
// without meaning. On a little-endian machine that is also: bit i mod 8 of byte i/8.

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>

#include "waverack/fec/galois_field.hpp"

namespace waverack::fec {

inline constexpr std::size_t word_bits = 64;

// Words that hold so many symbols: 85 for KP4, 83 for KR4.
constexpr std::size_t words_of_symbols(std::size_t symbols) {
  return (symbols * field_bits + word_bits - 1) / word_bits;
}

// Exclusive or of `value` into symbol s.
inline void add_packed_symbol(std::span<std::uint64_t> words, std::size_t s, Symbol value) {
  const std::size_t bit = s * field_bits, word = bit / word_bits, shift = bit % word_bits;
  words[word] ^= static_cast<std::uint64_t>(value) << shift;
  if (shift > word_bits - field_bits)
    words[word + 1] ^= static_cast<std::uint64_t>(value) >> (word_bits - shift);
}

inline Symbol packed_symbol(std::span<const std::uint64_t> words, std::size_t s) {
  const std::size_t bit = s * field_bits, word = bit / word_bits, shift = bit % word_bits;
  std::uint64_t value = words[word] >> shift;
  if (shift > word_bits - field_bits) value |= words[word + 1] << (word_bits - shift);
  return static_cast<Symbol>(value & field_period);
}

// `words` has words_of_symbols(symbols.size()) words, all of which are written.
inline void pack_symbols(std::span<const Symbol> symbols, std::span<std::uint64_t> words) {
  assert(words.size() == words_of_symbols(symbols.size()));
  for (std::uint64_t& word : words) word = 0;
  for (std::size_t s = 0; s < symbols.size(); ++s) add_packed_symbol(words, s, symbols[s]);
}

inline void unpack_symbols(std::span<const std::uint64_t> words, std::span<Symbol> symbols) {
  for (std::size_t s = 0; s < symbols.size(); ++s) symbols[s] = packed_symbol(words, s);
}

}  // namespace waverack::fec
