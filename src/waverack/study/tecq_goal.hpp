#pragma once
// The least TECQ at a test point as what an operating point is found for.

#include <string>

#include "waverack/design/design.hpp"

namespace waverack::study {

// The test point that the design's `tune_at` names, or the last one in front of the fibre. Throws Error where
// TECQ cannot be measured: without a PMD, for another modulation than PAM4, and without such a point.
std::string tecq_point(const LoadedDesign&);

// TECQ at that point of a lane, on its own pattern: an amplitude ratio.
double tecq_at(const link::Lane&, const std::string& point);

// What a search makes least: −x with x = 1/TECQ², which falls straight with the variance that the equaliser
// leaves, so that it has no cliff where the eye closes. Errors are counted by what was sent: folded, levels
// that have crossed look like an open eye. Beyond 6 dB, from x0 = 0.063 on, a term shows the way back:
//
//     (1 − x/x0)·ln(1 + max(0, y)),   y = (v·(6·Qt)² − 1)/Ceq²
//
// −y is 1/TECQ² if what the equaliser leaves has a normal distribution. v is the mean square error in the
// windows over OMA_outer squared, about equally spaced levels, behind taps for a symbol error ratio of 0.5:
// such a ratio every eye meets. Cost: two measurements beyond 6 dB, else one.
double tecq_objective(const link::Lane&, const std::string& point);

}  // namespace waverack::study
