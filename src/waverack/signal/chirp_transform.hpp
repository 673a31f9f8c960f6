#pragma once
// Fourier sums at any spacing: a spectrum on one uniform grid, wanted on any uniform grid of times.

#include <complex>
#include <cstddef>
#include <span>
#include <vector>

namespace waverack::signal {

// y[n] = Σ_k x[k]·exp(j2π·turns·k·n) for n = 0 … count − 1. With turns = ±1/size and count = size it is a
// Fourier transform; `turns` may be any number. Bluestein's algorithm (IEEE Trans. Audio Electroacoust. 18,
// 451 (1970)). Relative error about 1e-15·size. Cost: three transforms of the power of two above x.size() +
// count. No samples give zeros.
std::vector<std::complex<double>> chirp_transform(std::span<const std::complex<double>> x, double turns,
                                                  std::size_t count);

}  // namespace waverack::signal
