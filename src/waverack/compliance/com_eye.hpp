#pragma once
// The eye of chip-to-module interfaces: vertical opening over a window of sampling instants (Annex 120G).
// docs/theory/com.md, section 11.

#include "waverack/compliance/com_decision.hpp"

namespace waverack::compliance {

struct ComEyeOpening {
  double height =
      0.0;  // VEO: of the eye about the middle of two levels, at DER0 [V]; negative for a closed one
  double vec_db = 0.0;  // 20·log10(2·A_s/height), infinite for a closed eye
};

// Averages the probabilities of noise over the instants within ±half_window of the sampling instant, weighted
// by a Gaussian. A level at distance A_s(t) from the threshold is below it by v with probability Σ_t
// w(t)·P(noise < v − A_s(t)); height/2 is the v at which that is DER0. Feedback taps and equalisers stay as
// they are. `decision` should have the eye's samples_per_symbol. Cost: one density for each instant.
ComEyeOpening eye_opening(const ComSheet&, const ComDecision& decision);

}  // namespace waverack::compliance
