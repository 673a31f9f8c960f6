#pragma once
// Random numbers that do not depend on the order in which they are drawn.
//
// A stream is named by (seed, source, lane, block), and its n-th value is a pure function of that name
// and n. So threads, SIMD widths and the order of blocks change nothing, and nobody holds a generator's
// state.
//
// The generator is Philox4x32-10: J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3",
// SC11 (2011), doi:10.1145/2063384.2063405, section 3.3; known answers in the authors' Random123 library.

#include <array>
#include <cstdint>
#include <span>

namespace waverack {

// The bijection itself: 128 random bits from a 128-bit counter and a 64-bit key.
std::array<std::uint32_t, 4> philox(const std::array<std::uint32_t, 4>& counter,
                                    const std::array<std::uint32_t, 2>& key);

// Streams with different names never share a counter. Each holds 2^33 values.
struct Stream {
  std::uint64_t seed = 0;    // of the run
  std::uint32_t source = 0;  // which noise source of the lane
  std::uint32_t lane = 0;
  std::uint32_t block = 0;  // which block of symbols
};

// Words 4·index … 4·index + 3 of the stream.
std::array<std::uint32_t, 4> random_words(const Stream& stream, std::uint32_t index);

// Values first, first + 1, … of the stream, uniform on the open interval (0, 1) with 52 bits.
void fill_uniform(const Stream& stream, std::span<double> out, std::uint64_t first = 0);

// Values first, first + 1, … of the stream, normal with mean 0 and variance 1, by Box and Muller (Annals of
// Mathematical Statistics 29 (1958) 610). The radius has 64 bits, so the tail reaches 9.4 standard
// deviations. Cost: about 30 ns each.
void fill_normal(const Stream& stream, std::span<double> out, std::uint64_t first = 0);
void fill_normal(const Stream& stream, std::span<float> out, std::uint64_t first = 0);

}  // namespace waverack
