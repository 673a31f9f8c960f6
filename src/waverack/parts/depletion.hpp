#pragma once
// The law of an abrupt pn junction, which depletion modulators of all shapes share (facts: photonics 4.1).

#include <algorithm>
#include <cmath>

namespace waverack::parts {

// √(1 + V/V_b) − 1 for the reverse voltage V and the built-in voltage V_b, without cancellation for very
// large V_b. Forward bias stops at −V_b/2.
inline double depletion(double voltage, double built_in) {
  const double x = std::max(voltage / built_in, -0.5);
  return x / (std::sqrt(1.0 + x) + 1.0);
}

// The law about a reverse bias U: g(v) = 2·V_b·√(1 + U/V_b)·(√(1 + (U + v)/V_b) − √(1 + U/V_b)) [V]. g = 0
// and dg/dv = 1 at v = 0, so an effect that is known per volt at the bias is that times g.
struct JunctionDrive {
  double bias, built_in;

  double operator()(double v) const {
    return 2.0 * built_in * std::sqrt(1.0 + bias / built_in) *
           (depletion(bias + v, built_in) - depletion(bias, built_in));
  }
  double slope(double v) const {
    const double x = (bias + v) / built_in;
    return x > -0.5 ? std::sqrt((1.0 + bias / built_in) / (1.0 + x)) : 0.0;
  }
};

}  // namespace waverack::parts
