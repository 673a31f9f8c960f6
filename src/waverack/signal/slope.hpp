#pragma once
// How fast a periodic record changes.

#include <span>
#include <vector>

namespace waverack::signal {

// Slope at each sample of a periodic record [unit of the samples per symbol], by the five points around it:
// a sine of f cycles per sample is (2πf)⁴/30 of its slope short, 1.2 % at half the symbol rate with 4 samples
// per symbol and 0.08 % with 8. (Three points are 10 % and 2.6 % short.)
std::vector<float> slope_per_symbol(std::span<const float> samples, int samples_per_symbol);

}  // namespace waverack::signal
