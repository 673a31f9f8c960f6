#pragma once
// The reference receiver of TDECQ: its filter, and what its equaliser does to noise that came through it.
// (docs/theory/tdecq.md, sections 1 and 3)

#include <span>
#include <vector>

#include "waverack/compliance/tdecq_settings.hpp"
#include "waverack/signal/waveform.hpp"

namespace waverack::compliance {

// Seen through the reference receiver: a 4th-order Bessel-Thomson low-pass with −3 dB at
// settings.receiver_bandwidth of the symbol rate. It keeps its delay.
signal::Waveform reference_received(const signal::Waveform&, const TdecqSettings&);

// Autocorrelation at whole symbols, r[0] = 1, of white noise behind the reference receiver, `count` entries:
// r(k) = ∫|H|²·cos(2πfkT) df / ∫|H|² df.
std::vector<double> noise_autocorrelation(double receiver_bandwidth, int count);

// Ceq = sqrt(Σ_ij w_i·w_j·r(|i−j|)): rms of such noise behind the taps over that before them. At least as
// many entries of r as taps.
double noise_enhancement(std::span<const double> taps, std::span<const double> noise_autocorrelation);

// Qt = Q⁻¹(2/3·target_ser): ideal PAM4 errs with 1.5·Q(Qt).
double target_q(double target_ser);

}  // namespace waverack::compliance
