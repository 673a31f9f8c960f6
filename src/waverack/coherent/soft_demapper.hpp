#pragma once
// Log-likelihood ratios of bits from received symbols, and what they are worth.

#include <complex>
#include <cstdint>
#include <span>

#include "waverack/coherent/format.hpp"

namespace waverack::coherent {

// exact: over all points. max_log: over the nearest point of either value only; QPSK is the same.
enum class Demapping { exact, max_log };

// ratios[m·n + b] = ln(P(bit b of symbol n is 0)/P(it is 1)) for equally likely points in white noise, m bits
// per symbol; the sign of fec/inner_code.hpp. `symbols` of one polarisation, scaled so that the points have
// unit mean power; `noise_variance`: E|n|² of the complex noise, > 0, of that polarisation.
// (docs/theory/coherent-signal.md, eq. 13 to 15; for 16QAM and QPSK each part on its own.) Within 2e-6·(1 +
// 10/noise_variance) of the formula for symbols of at most three times the outermost level. Of 8QAM's ratios
// beyond ±60, exact is max_log. Cost: see bench/coherent_signal_bench.cpp.
void demap(Format format, Demapping demapping, std::span<const std::complex<float>> symbols,
           float noise_variance, std::span<float> ratios);

// Sum of ln(1 + exp(−(−1)^bit·ratio)), the information that bits lose, in nats (eq. 11). Both of the same
// size, bits 0 or 1. Relative error below 1e-6 of the sum.
double information_loss(std::span<const float> ratios, std::span<const std::uint8_t> bits);

}  // namespace waverack::coherent
