#include "waverack/network/loss_law.hpp"

#include <Eigen/LU>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace waverack::network {

double LossLaw::at(double f) const { return constant + skin * std::sqrt(f) + dielectric * f; }

LossLaw fit_loss_law(std::span<const double> f, std::span<const double> loss, bool with_dielectric) {
  if (f.empty()) return {};
  // Frequencies relative to the highest keep the normal equations well scaled.
  const double scale = std::max(*std::max_element(f.begin(), f.end()), std::numeric_limits<double>::min());
  Eigen::Matrix3d gram = Eigen::Matrix3d::Zero();
  Eigen::Vector3d right = Eigen::Vector3d::Zero();
  for (std::size_t k = 0; k < f.size(); ++k) {
    const double x = f[k] / scale;
    const Eigen::Vector3d terms(1.0, std::sqrt(x), x);
    gram += terms * terms.transpose();
    right += terms * loss[k];
  }
  // With three coefficients the non-negative optimum is the best admissible one of the eight supports.
  Eigen::Vector3d best = Eigen::Vector3d::Zero();
  double least = 0.0;  // of the quadratic form, which is 0 without any term
  for (unsigned support = 1; support < (with_dielectric ? 8u : 4u); ++support) {
    Eigen::Matrix3d a = gram;
    Eigen::Vector3d b = right;
    for (int i = 0; i < 3; ++i)
      if (!(support >> i & 1u)) {
        a.row(i).setZero();
        a.col(i).setZero();
        a(i, i) = 1.0;
        b[i] = 0.0;
      }
    const Eigen::Vector3d c = a.fullPivLu().solve(b);
    if (!c.allFinite() || c.minCoeff() < 0.0) continue;
    const double form = c.dot(gram * c) - 2.0 * c.dot(right);
    if (form < least) {
      least = form;
      best = c;
    }
  }
  return {best[0], best[1] / std::sqrt(scale), best[2] / scale};
}

}  // namespace waverack::network
