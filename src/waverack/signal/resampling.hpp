#pragma once
// A record on another grid of times, band-limited.

#include <cstddef>
#include <span>
#include <vector>

namespace waverack::signal {

// Samples of the record that one value needs on either side of its time, for resampled(…, step, …).
double resampling_reach(double step);

// Value i of the result is the record at start + i·step [samples of the record; step > 0], by a sinc under a
// Kaiser window over 16 periods of the slower of the two rates on either side. Beyond its ends the record is
// taken to go on with its outermost sample. Slower than 0.42 cycles of the slower rate a sine is right within
// 3e-4 of its amplitude (−70 dB); faster than 0.58 it is suppressed as much, so a record that is thinned out
// keeps no aliases.
// Cost: 64·max(1, step) operations for each value.
std::vector<float> resampled(std::span<const float> samples, double start, double step, std::size_t count);

}  // namespace waverack::signal
