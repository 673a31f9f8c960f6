#pragma once
// Limits that several readers and models of this layer share.

#include <numbers>

namespace waverack::network {

// What the numbers of a file may be; beyond it, a unit is wrong or a value is broken.
inline constexpr double largest_frequency = 1e18;   // [Hz]
inline constexpr double smallest_frequency = 1e-6;  // [Hz], apart from 0
// Of an S-parameter or a response. Results of a calculation beyond it are what rounding leaves of a pole.
inline constexpr double largest_magnitude = 1e9;

// A magnitude of −300 dB: no transmission.
inline constexpr double no_transmission = 1e-15;

// What is worth a remark: how far the phase below the data leads off a multiple of π [rad]; the phase of the
// delay from sample to sample [rad]; the share of the pulse's energy before its front.
inline constexpr double doubtful_dc_residue = std::numbers::pi / 4.0;
inline constexpr double doubtful_step = std::numbers::pi / 2.0;
inline constexpr double doubtful_early_energy = 1e-3;

}  // namespace waverack::network
