#pragma once
// Random numbers from the rounds of the AES cipher, for which most CPUs have an instruction.
//
// ARS, the "advanced randomization system" of J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2,
// 3", SC11 (2011), doi:10.1145/2063384.2063405: rounds of AES with keys that rise by equal steps. Known
// answers in the authors' Random123 library. This is the plain form, which says what the words are;
// signal/fast_normal.cpp makes them at the speed of the vector unit (why: docs/decisions/random-numbers.md).

#include <array>
#include <cstdint>

#include "waverack/base/random.hpp"

namespace waverack {

// Five rounds pass every test of BigCrush; seven are what the authors take.
inline constexpr int ars_rounds = 7;

// What is added to the low and to the high half of the key before each round.
inline constexpr std::uint64_t ars_step_low = 0x9E3779B97F4A7C15, ars_step_high = 0xBB67AE8584CAA73B;

// The bijection itself: 128 random bits from a 128-bit counter and a 128-bit key, lowest words first;
// `rounds` at least 1. Cost: about 1 µs.
std::array<std::uint32_t, 4> ars(const std::array<std::uint32_t, 4>& counter,
                                 const std::array<std::uint32_t, 4>& key, int rounds = ars_rounds);

// Words 4·index … 4·index + 3 of a stream of this generator. The seed is the lower half of the key, and the
// counter holds, lowest word first, index, block, lane and source.
std::array<std::uint32_t, 4> ars_words(const Stream& stream, std::uint32_t index);

}  // namespace waverack
