#pragma once
// Random numbers by the batch: normal noise and PAM symbols at the speed of the vector unit.
//
// As in base/random.hpp, value n of a stream is a pure function of the stream's name and n, however the
// reading is split. Symbols are the words of random_words(); normal values are those of ars_words(), another
// generator (docs/decisions/random-numbers.md). The code is chosen for the CPU at run time. Symbols are the
// same on every CPU; normal values are the same bit for bit with AVX2 and AVX-512, others agree to rounding
// (docs/decisions/highway.md).
//
// Speed is best where `first` and the size are multiples of the group that is made at once.

#include <cstddef>
#include <cstdint>
#include <span>

#include "waverack/base/random.hpp"

namespace waverack::signal {

inline constexpr std::size_t normal_group = 64;

// Values first, first + 1, … of the stream, normal with mean 0 and variance 1. At most 2^34 of a stream.
//
// Box and Muller (see base/random.hpp) on 32-bit words, read as signed: words a, b make
//   x = r·cos φ and y = r·sin φ,  |r| = sqrt(−2·ln(|a|/2^31)),  r of the sign of a,  φ = π·b/2^32,
// |a| rounded to 24 bits, and 1/4 for a = 0. Half a circle and the sign of r are the whole circle. Word w of
// group g of 64 is word w mod 4 of ars_words(stream, 16·g + w/4), and for j < 16
//   values 64·g + j and 64·g + 16 + j:       x and y of words j and 16 + j,
//   values 64·g + 32 + j and 64·g + 48 + j:  x and y of words 32 + j and 48 + j.
// A value is within 2.5e-6·|r| of that. The radius ends at 6.76, and so do the values: a normal distribution
// has 1.4e-11 of its mass beyond. Where more matters, use fill_normal() or importance sampling. Cost: about
// 1.4 cycles each with AVX-512, 2.5 with AVX2.
void fill_normal_fast(const Stream& stream, std::span<float> out, std::uint64_t first = 0);

inline constexpr std::size_t symbol_group = 1024;

// Symbols first, first + 1, … of the stream, each of 0 … levels − 1, independent and equally probable.
// `levels`: 2 … 255. With 2 and 4 levels a symbol is the low bits of two bits of a word, and a stream has
// 2^38 symbols. Otherwise it is floor(word·levels/2^32), at most 2^34 of a stream: exact for powers of two,
// else the probabilities differ by 2^-32 at most (D. Lemire, ACM TOMACS 29 (2019) 3, without rejection).
// Cost with AVX2: 0.16 cycles each with 2 and 4 levels, 3 with others.
void fill_symbols(const Stream& stream, int levels, std::span<std::uint8_t> out, std::uint64_t first = 0);

}  // namespace waverack::signal
