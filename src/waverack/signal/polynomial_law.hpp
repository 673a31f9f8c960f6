#pragma once
// A smooth function on an interval as a Chebyshev series, for evaluation on many samples at once.

#include <functional>
#include <vector>

namespace waverack::signal {

// law(x) ≈ Σ_k coefficients[k]·T_k(t), t = scale·x + offset clamped to −1 … 1: beyond its interval the law
// keeps the value of the end.
struct PolynomialLaw {
  float scale = 0.0f, offset = 0.0f;
  std::vector<float> coefficients;  // at least two

  double operator()(double x) const;  // as the kernels evaluate it, in double precision
};

// The series of `law` on [low, high], low < high, from its values at 128 Chebyshev points, cut where what is
// left out adds up to less than `tolerance` times the largest coefficient (float arithmetic adds some 1e-7).
// Throws Error where 127 coefficients do not reach the tolerance: a law with a kink. (Trefethen,
// Approximation Theory and Approximation Practice, chapters 3 and 7; Clenshaw's recurrence for the
// evaluation.)
PolynomialLaw fit_law(const std::function<double(double)>& law, double low, double high,
                      double tolerance = 1e-6);

}  // namespace waverack::signal
