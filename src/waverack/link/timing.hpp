#pragma once
// What jitter and the receiver's converter do to the samples, for both solvers.

#include <span>
#include <vector>

#include "waverack/link/decision.hpp"
#include "waverack/link/plan.hpp"
#include "waverack/link/without.hpp"

namespace waverack::link {

// Jitter of transmitter and receiver together. It displaces the whole waveform around a decision, as in COM
// (facts: standards 5.2): slow against the span of the equaliser.
struct Timing {
  double random_rms_ui = 0.0;
  double dual_dirac_ui = 0.0;  // half the distance of the two Dirac pulses
};
Timing timing_of(const Segment&, const parts::Conditions&, const Without&);

// Two Dirac pulses at ±dual_dirac and a sinusoid of peak `sinusoid` [UI], independent of each other, as
// points: the sinusoid by Gauss and Chebyshev, 16 points of equal weight, right for moments up to the 31st
// (Abramowitz and Stegun 25.4.38). None where both are 0.
std::vector<Displacement> displacements(double dual_dirac, double sinusoid);
// Of their times [UI²].
double mean_square(std::span<const Displacement> displacements);

// The analogue-to-digital converter [V]. Its effective bits count all its noise, of which rounding is a small
// part at these speeds (IEEE Std 1241: as much as the rounding of an ideal converter of so many bits), so the
// noise is white and Gaussian. full_scale 0 for no converter.
struct Converter {
  double noise_rms = 0.0;
  double full_scale = 0.0;  // larger samples are clipped
};
// `waveform`: noiseless, at the sampler; its largest value times the back-off is the full scale.
Converter converter_of(const parts::Receiver&, std::span<const float> waveform);

}  // namespace waverack::link
