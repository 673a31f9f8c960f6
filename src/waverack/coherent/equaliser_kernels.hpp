#pragma once
// The inner loops of the 2×2 equaliser, in vectors of symbols; called by butterfly_equaliser.cpp and
// training_start.cpp.
//
// A plane is one part of every second sample: planes 0 … 3 are the real and imaginary parts of the even, then
// of the odd samples of x, planes 4 … 7 the same of y. Tap i of symbol k meets sample 2k + i, that is element
// k + i/2 of the planes of parity i mod 2.

#include <array>
#include <cstddef>

namespace waverack::coherent {

inline constexpr int equaliser_planes = 8;
using Planes = std::array<const float*, equaliser_planes>;

// Output planes 0 … 3 are re x, im x, re y, im y. `taps`: for each tap the pairs (re, im) of xx, xy, yx, yy.
// Inputs are read up to element symbols + taps/2 + 31, outputs written up to the next multiple of 32 symbols.
void equalise(const Planes& in, const float* taps, std::size_t tap_count, std::size_t symbols,
              const std::array<float*, 4>& out);

// Σ_k error_a[k]·conj(sample_b[2k + i]) for each tap in the order of `taps`; error planes as `out` above,
// zero up to the next multiple of 16 symbols.
void equaliser_gradient(const Planes& in, const std::array<const float*, 4>& error, std::size_t tap_count,
                        std::size_t symbols, float* gradient);

// Energy of the correlation with known symbols at each place: Σ over both inputs and both words of
// |Σ_j in[k + j]·conj(word[j])|². `in`: re x, im x, re y, im y; `words`: for each j the pairs (re, im) of the
// words of x and y. `in` is read up to element places + length + 15,
// `energy` written up to the next multiple of 16.
void correlate_words(const std::array<const float*, 4>& in, const float* words, std::size_t length,
                     std::size_t places, float* energy);

}  // namespace waverack::coherent
