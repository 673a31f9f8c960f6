#pragma once
// The interpolating pulse of the receiver's filters: a sinc under a Kaiser window.

#include <cmath>
#include <numbers>

namespace waverack::coherent {

// sinc(t)·I0(β·√(1 − (t/half)²))/I0(β) with β = 8, stop band −80 dB (J. F. Kaiser, 1974); t and `half` in
// samples, 0 beyond `half`.
inline double windowed_sinc(double t, double half) {
  constexpr double beta = 8.0;
  if (std::abs(t) >= half) return 0.0;
  const double u = t / half;
  const double window = std::cyl_bessel_i(0.0, beta * std::sqrt(1.0 - u * u)) / std::cyl_bessel_i(0.0, beta);
  const double angle = std::numbers::pi * t;
  return (std::abs(t) < 1e-9 ? 1.0 : std::sin(angle) / angle) * window;
}

}  // namespace waverack::coherent
