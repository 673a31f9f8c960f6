#pragma once
// A smooth curve through measured points that does not overshoot between them.

#include <span>
#include <vector>

namespace waverack::signal {

// Piecewise cubic with a continuous slope; monotone wherever the points are (Fritsch and Carlson, SIAM J.
// Numer. Anal. 17, 238, 1980, with the weighted harmonic mean of the neighbours' slopes). Outside of the
// points it keeps the value of the nearest one.
class MonotoneCurve {
 public:
  // x rises strictly; as many y as x, at least one; all finite. Else Error is thrown.
  MonotoneCurve(std::span<const double> x, std::span<const double> y);

  double operator()(double x) const;
  double slope(double x) const;  // dy/dx; 0 outside
  double low() const { return x_.front(); }
  double high() const { return x_.back(); }

 private:
  std::vector<double> x_, y_, slope_;
};

}  // namespace waverack::signal
