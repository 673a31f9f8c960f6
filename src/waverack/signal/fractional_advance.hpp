#pragma once
// A periodic record moved by a part of a sample.

#include <span>
#include <vector>

namespace waverack::signal {

// Sample n of the result is the record at n + `by`, cyclically, −1 ≤ by ≤ 1: Lagrange interpolation through
// the sixteen samples around it. A sine of f cycles per sample is wrong by at most 3.0e-6·(2πf)^16 of its
// amplitude: 6e-8 at half the symbol rate with 4 samples per symbol, 0.4 % at the symbol rate. A shorter
// record counts some of its samples more than once.
std::vector<float> advanced(std::span<const float> samples, double by);

}  // namespace waverack::signal
