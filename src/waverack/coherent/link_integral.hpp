#pragma once
// The antiderivative of the link function in a table: integrals of four-wave mixing between any two
// frequencies become differences.

#include <complex>
#include <vector>

#include "waverack/coherent/nonlinear_spans.hpp"

namespace waverack::coherent {

class LinkIntegral {
 public:
  // Of µ(scale·y) for |y| ≤ largest; scale [rad²/s²].
  LinkIntegral(const std::vector<NonlinearSpan>& spans, double scale, double largest);

  std::complex<double> value(double y) const;     // µ(scale·y)
  std::complex<double> integral(double y) const;  // ∫₀ʸ µ(scale·y') dy'

 private:
  struct Cell {
    std::complex<double> value, sum;
  };
  double largest_, step_;
  std::vector<Cell> cells_;  // at y = i·step; the other half is the conjugate
};

}  // namespace waverack::coherent
