#include "waverack/network/minimum_phase.hpp"

#include <cmath>
#include <numbers>

namespace waverack::network {
namespace {

using std::numbers::pi;

constexpr double whole = pi * pi / 4.0;  // the integral to infinity

// ∫ ln coth(t/2) dt from 0 to u ≥ 0.
double kernel_integral(double u) {
  if (u == 0.0) return 0.0;
  if (u < 0.7) {
    // Of −ln tanh(t/2) = −ln(t/2) + t²/12 − 7t⁴/1440 + 31t⁶/90720 − 127t⁸/4838400.
    const double x = u * u;
    return u * (1.0 - std::log(0.5 * u) +
                x * (1.0 / 36.0 - x * (7.0 / 7200.0 - x * (31.0 / 635040.0 - x * 127.0 / 43545600.0))));
  }
  // ln coth(t/2) = 2·Σ e^(−kt)/k over odd k.
  const double factor = std::exp(-2.0 * u);
  double sum = 0.0, power = std::exp(-u);
  for (int k = 1; k < 40 && power > 1e-17; k += 2, power *= factor) sum += power / (k * k);
  return whole - 2.0 * sum;
}

}  // namespace

std::vector<double> minimum_phase(std::span<const double> log_magnitude, double step, double slope_above) {
  const std::size_t n = log_magnitude.size();
  std::vector<double> integral(n);
  for (std::size_t m = 0; m < n; ++m) integral[m] = kernel_integral(static_cast<double>(m) * step);
  // The share of a piece that lies m to m + 1 steps away, on either side.
  std::vector<double> share(n, 0.0), slope(n, 0.0);
  for (std::size_t m = 0; m + 1 < n; ++m) {
    share[m] = integral[m + 1] - integral[m];
    slope[m] = (log_magnitude[m + 1] - log_magnitude[m]) / step;
  }
  std::vector<double> phase(n);
  for (std::size_t i = 0; i < n; ++i) {
    double sum = slope_above * (whole - integral[n - 1 - i]);
    for (std::size_t j = i; j + 1 < n; ++j) sum += slope[j] * share[j - i];
    for (std::size_t j = 0; j < i; ++j) sum += slope[j] * share[i - 1 - j];
    phase[i] = sum / pi;
  }
  return phase;
}

}  // namespace waverack::network
