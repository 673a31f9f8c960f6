#include "waverack/parts/mode_overlap.hpp"

#include <cmath>
#include <numbers>

namespace waverack::parts {

double mode_overlap(const Joint& joint) {
  using std::numbers::pi;
  const double a = 0.5 * joint.mode_field_a, b = 0.5 * joint.mode_field_b;
  const double wavelength = joint.wavelength / joint.index;
  const double spread = wavelength * joint.gap / (pi * a * b);
  const double kappa = 4.0 / (std::pow(a / b + b / a, 2) + spread * spread);
  const double a_behind_gap = a * std::hypot(1.0, wavelength * joint.gap / (pi * a * a));
  const double sideways = 0.5 * joint.offset * joint.offset * (1.0 / (a * a) + 1.0 / (b * b));
  const double turned = pi * joint.tilt / wavelength;
  const double tilted = 0.5 * turned * turned * (a_behind_gap * a_behind_gap + b * b);
  const double both = joint.offset * joint.tilt * joint.gap / (a * a);
  return kappa * std::exp(-kappa * (sideways + tilted + both));
}

}  // namespace waverack::parts
