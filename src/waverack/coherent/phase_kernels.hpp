#pragma once
// The inner loops of the blind phase search; called by carrier_phase.cpp.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "waverack/coherent/format.hpp"

namespace waverack::coherent {

inline constexpr std::size_t most_test_phases = 64;

// For every symbol k and test phase b, the squared distances of y[k]·exp(j·phase_b) to the nearest point of
// the format, summed over the `polarisations` in `in` (re, im of the first, then of
// the second): distances[k·phases + b]. `rotations`: cosines, then sines of the test phases; `phases` is a
// multiple of 16.
void phase_distances(const std::array<const float*, 4>& in, int polarisations, Format format,
                     const float* rotations, std::size_t phases, std::size_t symbols, float* distances);

// Index of the least sum over 2·half_window + 1 symbols, for symbols half_window … symbols − half_window − 1.
// Distances are first rounded to a 2^−17th of them.
void least_phases(const float* distances, std::size_t phases, std::size_t symbols, std::size_t half_window,
                  std::uint8_t* best);

}  // namespace waverack::coherent
