#include "waverack/parts/branch_errors.hpp"

#include <cmath>
#include <complex>
#include <numbers>

namespace waverack::parts {

BranchErrors without_errors() { return {0.0, 1.0, 0.0, 0.0, 1.0}; }

double image_ratio(double iq_gain, double quadrature_error) {
  const std::complex<double> ratio = std::polar(std::sqrt(iq_gain), quadrature_error);
  return std::norm(1.0 - ratio) / std::norm(1.0 + ratio);
}

double skew_image_ratio(double iq_skew, double half_band) {
  // The mean of tan²(πfτ) over ±B is tan(πBτ)/(πBτ) − 1.
  const double angle = std::abs(std::numbers::pi * half_band * iq_skew);
  return angle < 1e-4 ? angle * angle / 3.0 : std::tan(angle) / angle - 1.0;
}

}  // namespace waverack::parts
