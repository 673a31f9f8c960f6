#pragma once
// What limits an equaliser's taps, and the step of a search within these limits.
// (docs/theory/tdecq.md, section 4)

#include <Eigen/Core>

#include "waverack/compliance/tdecq_settings.hpp"

namespace waverack::compliance {

// Linear limits rows·v ≤ bound on the unknowns v: the taps of an equaliser, then the shifts of the three
// thresholds. The sum of the taps is 1 besides.
struct Limits {
  Eigen::MatrixXd rows;
  Eigen::VectorXd bound;
};

// `shift`: largest size of a threshold's shift. `main`: index of the main tap.
Limits limits_of(const ReferenceEqualiser&, int main, double shift);

// Steps p that keep the sum of the first `taps` unknowns, as a map from unknowns that are free: p = map·q.
// The main tap and shifts beyond `shifts` (all or none) are not free.
Eigen::MatrixXd free_steps(int taps, int main, bool shifts);

// The q that makes max_n(value_n + slope_n·q) + ½ qᵀ·curvature·q least under rows·q ≤ room, room ≥ 0.
// curvature: positive definite. Two values at most. Method: for a mixture of the two slopes the dual is
// solved coordinate by coordinate (C. Hildreth, Naval Research Logistics Quarterly 4, 79, 1957); the mixture
// by bisection.
struct Slopes {
  Eigen::VectorXd value;  // (n)
  Eigen::MatrixXd slope;  // (unknowns, n)
};
Eigen::VectorXd least_step(const Slopes&, const Eigen::MatrixXd& curvature, const Limits& limits);

}  // namespace waverack::compliance
