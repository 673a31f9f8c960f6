#pragma once
// Records in and out of the lanes of a batch (fft.hpp): a transposition.
//
// `count`: samples taken from or written to each record. In both directions `data` is where the first sample
// of the batch lies, 64-byte aligned (a batch's start plus 32 floats per sample). Records need no alignment
// and may repeat. Cost: one pass over memory.

#include <complex>
#include <span>

#include "waverack/signal/fft.hpp"

namespace waverack::signal {

// Real records: number `lane` of 32 fills the real parts of that lane, number 16 + `lane` its imaginary
// parts.
void gather_lanes(std::span<const float* const, 2 * fft_lanes> records, int count, float* data);
void scatter_lanes(const float* data, int count, std::span<float* const, 2 * fft_lanes> records);

// Complex records: number `lane` of 16 fills that lane.
void gather_lanes(std::span<const std::complex<float>* const, fft_lanes> records, int count, float* data);
void scatter_lanes(const float* data, int count, std::span<std::complex<float>* const, fft_lanes> records);

}  // namespace waverack::signal
