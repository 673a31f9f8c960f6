#include "waverack/signal/polynomial_law.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

#include "waverack/base/error.hpp"

namespace waverack::signal {

double PolynomialLaw::operator()(double x) const {
  const double t = std::clamp(scale * x + offset, -1.0, 1.0);
  double b1 = 0.0, b2 = 0.0;
  for (std::size_t k = coefficients.size(); k-- > 1;) {
    const double b = 2.0 * t * b1 - b2 + coefficients[k];
    b2 = b1;
    b1 = b;
  }
  return t * b1 - b2 + coefficients[0];
}

PolynomialLaw fit_law(const std::function<double(double)>& law, double low, double high, double tolerance) {
  assert(low < high);
  constexpr int points = 128;
  std::vector<double> values(points), series(points);
  const double middle = 0.5 * (low + high), half = 0.5 * (high - low);
  const auto angle = [](int i) { return std::numbers::pi * (i + 0.5) / points; };
  for (int i = 0; i < points; ++i) values[i] = law(middle + half * std::cos(angle(i)));
  double largest = 0.0;
  for (int k = 0; k < points; ++k) {
    for (int i = 0; i < points; ++i) series[k] += values[i] * std::cos(k * angle(i));
    series[k] *= (k == 0 ? 1.0 : 2.0) / points;
    largest = std::max(largest, std::abs(series[k]));
  }
  if (!std::isfinite(largest))
    throw Error(fmt::format("a law is not finite everywhere between {} and {}", low, high));
  int count = points;
  for (double rest = 0.0; count > 2; --count) {
    rest += std::abs(series[count - 1]);
    if (rest > tolerance * largest) break;
  }
  if (count == points) throw Error(fmt::format("a law is not smooth between {} and {}", low, high));

  PolynomialLaw result;
  result.scale = static_cast<float>(1.0 / half);
  result.offset = static_cast<float>(-middle / half);
  result.coefficients.assign(series.begin(), series.begin() + count);
  return result;
}

}  // namespace waverack::signal
