#include "waverack/signal/monotone_curve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/error.hpp"

namespace waverack::signal {

MonotoneCurve::MonotoneCurve(std::span<const double> x, std::span<const double> y)
    : x_(x.begin(), x.end()), y_(y.begin(), y.end()), slope_(x.size(), 0.0) {
  if (x.empty() || x.size() != y.size())
    throw Error(fmt::format("a curve of {} abscissas and {} ordinates", x.size(), y.size()));
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!std::isfinite(x[i]) || !std::isfinite(y[i]))
      throw Error("a curve through points that are not finite");
    if (i > 0 && !(x[i] > x[i - 1]))
      throw Error(fmt::format("the abscissas of a curve must rise: {} after {}", x[i], x[i - 1]));
  }
  const std::size_t n = x.size();
  if (n == 1) return;
  std::vector<double> step(n - 1), rise(n - 1);
  for (std::size_t i = 0; i + 1 < n; ++i) {
    step[i] = x[i + 1] - x[i];
    rise[i] = (y[i + 1] - y[i]) / step[i];
  }
  for (std::size_t i = 1; i + 1 < n; ++i) {
    if (rise[i - 1] * rise[i] <= 0.0) continue;
    const double before = 2.0 * step[i] + step[i - 1], after = step[i] + 2.0 * step[i - 1];
    slope_[i] = (before + after) / (before / rise[i - 1] + after / rise[i]);
  }
  // At the ends the slope of the parabola through three points, held to what keeps the piece monotone.
  const auto end = [](double h0, double h1, double r0, double r1) {
    const double s = ((2.0 * h0 + h1) * r0 - h0 * r1) / (h0 + h1);
    if (s * r0 <= 0.0) return 0.0;
    return r0 * r1 <= 0.0 && std::abs(s) > 3.0 * std::abs(r0) ? 3.0 * r0 : s;
  };
  if (n == 2) {
    slope_[0] = slope_[1] = rise[0];
  } else {
    slope_[0] = end(step[0], step[1], rise[0], rise[1]);
    slope_[n - 1] = end(step[n - 2], step[n - 3], rise[n - 2], rise[n - 3]);
  }
}

double MonotoneCurve::operator()(double x) const {
  if (x <= x_.front()) return y_.front();
  if (x >= x_.back()) return y_.back();
  const auto i = static_cast<std::size_t>(std::upper_bound(x_.begin(), x_.end(), x) - x_.begin()) - 1;
  const double h = x_[i + 1] - x_[i], t = (x - x_[i]) / h, u = 1.0 - t;
  return u * u * ((1.0 + 2.0 * t) * y_[i] + t * h * slope_[i]) +
         t * t * ((1.0 + 2.0 * u) * y_[i + 1] - u * h * slope_[i + 1]);
}

double MonotoneCurve::slope(double x) const {
  if (x < x_.front() || x > x_.back() || x_.size() == 1) return 0.0;
  const auto found = static_cast<std::size_t>(std::upper_bound(x_.begin(), x_.end(), x) - x_.begin());
  const std::size_t i = std::min(found, x_.size() - 1) - 1;
  const double h = x_[i + 1] - x_[i], t = (x - x_[i]) / h, u = 1.0 - t;
  return 6.0 * t * u * (y_[i + 1] - y_[i]) / h + u * (1.0 - 3.0 * t) * slope_[i] +
         t * (1.0 - 3.0 * u) * slope_[i + 1];
}

}  // namespace waverack::signal
