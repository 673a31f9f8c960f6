#pragma once
// The transmitter's clock moves, and the receiver's clock recovery follows it.
//
// The phase of the transmitter's clock [UI] is a sinusoid and a random walk whose variance grows by D·t. A
// loop of first order follows it through H = 1/(1 + jf/f_L) and leaves (1 − H)·φ, which displaces the
// decisions as jitter does; the loop adds the noise of its timing detector within its bandwidth. A clock that
// does not move needs no loop: the sampling phase is then fixed, and the loop's own noise is left out.
// (theory: semi-analytic, eq. 7b to 7e)

#include <span>

#include "waverack/link/plan.hpp"
#include "waverack/link/without.hpp"

namespace waverack::link {

struct ClockMotion {
  double sinusoid_peak = 0.0;       // [UI]
  double sinusoid_frequency = 0.0;  // [Hz]
  double diffusion = 0.0;           // D [UI²/s]
  double loop_bandwidth = 0.0;      // f_L [Hz]
  bool moves() const { return sinusoid_peak > 0.0 || diffusion > 0.0; }
};
// D = Δν/(2π) for the linewidth Δν of a clock at the symbol rate (Demir, Mehrotra and Roychowdhury, IEEE
// Trans. Circuits Syst. I 47 (2000) 655: a phase of variance 2π·Δν·t has the Lorentzian line Δν).
ClockMotion clock_motion(const Segment&, const Without&);

// The decision-directed timing detector of least squares, Σ e_k·s_k / Σ s_k² with e the error of a decision
// and s its slope against the sampling instant, about the sampling phase.
struct TimingDetector {
  double offset =
      0.0;  // mean of e·s over that of s² [UI]; a receiver that has settled at its phase subtracts it
  double variance = 0.0;  // of one symbol's worth of detection [UI²]; that of n symbols is an n-th
};
// One entry of each argument for each symbol: noiseless decision value, what is wanted there, noise variance
// and slope [1/UI]. What neighbouring symbols add is taken as independent. Without slope there is nothing to
// detect: zeros.
TimingDetector timing_detector(std::span<const float> value, std::span<const float> wanted,
                               std::span<const float> variance, std::span<const float> slope);

// What the loop leaves, and what it adds.
struct ClockResidual {
  double sinusoid_peak = 0.0;      // A·f_s/√(f_s² + f_L²) [UI]
  double wander_variance = 0.0;    // D/(4π·f_L) [UI²]
  double detector_variance = 0.0;  // that of the detector times π·f_L/f_b [UI²]
  double random_variance() const { return wander_variance + detector_variance; }
};
ClockResidual clock_residual(const ClockMotion&, const TimingDetector&, double symbol_rate);

}  // namespace waverack::link
