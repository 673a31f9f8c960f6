#pragma once
// The samples of a DualBatch as plain numbers, for laws without memory.

#include <cstddef>
#include <span>

#include "waverack/coherent/dual_batch.hpp"

namespace waverack::parts {

// Real parts (in-phase) and imaginary parts (quadrature) alternate in rows of 16: the 32·size floats.
inline std::span<float> values_of(coherent::DualBatch& batch) {
  return {batch.data(), static_cast<std::size_t>(batch.size) * 2 * signal::fft_lanes};
}

// Root of the mean square of all branch voltages.
double branch_rms(const coherent::DualBatch&);

// Calls law(real, imaginary) with both lanes' rows of every sample: spans of 16, lanes 0 … 7 of the x and
// 8 … 15 of the y polarisation.
template <class Law>
void for_each_row(coherent::DualBatch& batch, Law law) {
  float* row = batch.data();
  for (int n = 0; n < batch.size; ++n, row += 2 * signal::fft_lanes)
    law(std::span<float, signal::fft_lanes>(row, signal::fft_lanes),
        std::span<float, signal::fft_lanes>(row + signal::fft_lanes, signal::fft_lanes));
}

// v → s·tanh(v/s) on every branch.
void compress(coherent::DualBatch&, float saturation);
// Clips every branch at ±limit.
void clip(coherent::DualBatch&, float limit);

}  // namespace waverack::parts
