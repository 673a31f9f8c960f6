#pragma once
// What a series of errors tells of a loop.

#include <cstddef>
#include <span>

namespace waverack::module {

// The first index from which on no error is beyond `tolerance`; the size where the last one is.
std::size_t settled_at(std::span<const double> errors, double tolerance);

double mean_of(std::span<const double> values);
double rms_of(std::span<const double> values);  // about zero

// Of the second half of the errors, where the start is forgotten.
struct Remainder {
  double mean = 0.0, rms = 0.0;  // rms about the mean
  double total() const;          // both together
};
Remainder remainder_of(std::span<const double> errors);

// Noise of a loop that takes away the share `gain` of what it measured, over that of one measurement:
// √(g/(2 − g)). (theory: calibration, eq. 3)
double noise_gain(double gain);

}  // namespace waverack::module
