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

double skew_image_ratio(double skew_symbols, const std::function<double(double)>& direct_share,
                        double dispersion) {
  constexpr int points = 512;
  const auto image = [&](double u) { return std::tan(std::numbers::pi * u * skew_symbols); };
  double sum = 0.0;
  for (int i = 0; i < points; ++i) {
    const double u = 0.5 * (i + 0.5) / points, share = direct_share(u);
    sum += std::norm(share * image(u) -
                     std::polar((1.0 - share) * image(1.0 - u), dispersion * (1.0 - 2.0 * u)));
  }
  return sum / points;
}

}  // namespace waverack::parts
