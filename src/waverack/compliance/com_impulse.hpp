#pragma once
// From tabulated frequency responses to sampled impulse and pulse responses, as COM does it.
// docs/theory/com.md, section 4.

#include <complex>
#include <span>
#include <vector>

#include "waverack/signal/fft_real.hpp"

namespace waverack::compliance {

// How a response on a grid of frequencies becomes one in time.
struct ImpulseGrid {
  double frequency_step = 1e7;  // of the spectrum [Hz]; its inverse is the longest response
  double time_step = 5.88e-13;  // [s]
};

// The plan of the transform for that grid: its half size is smooth_size(1/(2·time_step·frequency_step)).
signal::RealInversePlan impulse_plan(const ImpulseGrid&);

// The impulse response: sample n is the response at (n − lead) time steps after the impulse. What lies
// earlier appears at the end of the record and is cut off with it, so `lead` must reach all precursors.
// `frequencies` [Hz] rise and there are at least 4.
//
//   between points   magnitude and unwrapped phase linearly
//   below them       magnitude by the line through the first two points, at least 0; phase by the cubic with
//   the
//                    slope of the first two points that reaches the nearest multiple of π at 0 Hz
//   above them       magnitude on the line from the last point to the value that a line fitted to the upper
//   half
//                    of the points takes at 1/(2·time_step), kept between 0 and the last magnitude; phase
//                    with the slope of the last two points
//
// The record ends with the last sample above 1e-3 of the largest.
// Throws Error for fewer than 4 points, a response that is 0, and a lead longer than the record.
std::vector<double> impulse_response(std::span<const double> frequencies,
                                     std::span<const std::complex<double>> response,
                                     const signal::RealInversePlan& plan, double time_step, std::size_t lead);

// The response to a rectangle of `width` samples and height `amplitude`. Shape (n) → (n + width − 1).
std::vector<double> rectangle_response(std::span<const double> impulse, int width, double amplitude);

}  // namespace waverack::compliance
