#pragma once
// The phase that belongs to a magnitude: of all causal responses with this magnitude, the one of least delay.

#include <span>
#include <vector>

namespace waverack::network {

// Phase [rad] of the minimum-phase response whose ln|H| is log_magnitude[i] at f_i = f_0·exp(i·step), step >
// 0, at the same frequencies. Between two of them |H| is a power of f, below the first it is constant, above
// the last it is proportional to f^slope_above. For this curve the phase is exact:
//
//   φ(f) = (1/π)·∫ (d ln|H|/du)·ln coth(|u|/2) du,  u = ln(f'/f),
//
// with the integral of ln coth over a piece in closed form (Bode, Network Analysis and Feedback Amplifier
// Design, 1945, chapter 14; theory: network, eq. 8). The sign is that of exp(+j2πft): a low-pass has φ < 0.
// Cost: the square of the number of points, about 0.5 ns each.
std::vector<double> minimum_phase(std::span<const double> log_magnitude, double step, double slope_above);

}  // namespace waverack::network
