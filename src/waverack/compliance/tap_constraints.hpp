#pragma once
// What limits an equaliser's taps, and the step of a search within these limits.
// (docs/theory/tdecq.md, section 4)

#include <vector>

#include "waverack/compliance/tdecq_settings.hpp"

namespace waverack::compliance {

// Matrices here are column by column.

// Linear limits rows·v ≤ bound on the unknowns v: the taps of an equaliser, then the shifts of the three
// thresholds. The sum of the taps is 1 besides.
struct Limits {
  std::vector<double> rows;  // (bounds, unknowns)
  std::vector<double> bound;
};

// `shift`: largest size of a threshold's shift. `main`: index of the main tap.
Limits limits_of(const ReferenceEqualiser&, int main, double shift);

// Steps p that keep the sum of the first `taps` unknowns, as a map from unknowns that are free: p = map·q,
// shape (taps + 3, free). The main tap is not free, nor are shifts unless `shifts`.
std::vector<double> free_steps(int taps, int main, bool shifts);

// The q that makes max_n(value_n + slope_n·q) + ½ qᵀ·curvature·q least under rows·q ≤ bound, bound ≥ 0.
// curvature: positive definite. One value or two. Method: for a mixture of the two slopes the dual is
// solved coordinate by coordinate (C. Hildreth, Naval Research Logistics Quarterly 4, 79, 1957); the mixture
// by bisection.
struct Slopes {
  std::vector<double> value;  // (n)
  std::vector<double> slope;  // (unknowns, n)
};
std::vector<double> least_step(const Slopes&, const std::vector<double>& curvature, const Limits& limits);

}  // namespace waverack::compliance
