#include "waverack/signal/special.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "waverack/base/error.hpp"

namespace waverack::signal {
namespace {
const double log_sqrt_two_pi = 0.5 * std::log(2.0 * std::numbers::pi);
}

double q_function(double x) { return 0.5 * std::erfc(x / std::numbers::sqrt2); }

double log_q(double x) {
  if (x < 0.0) return std::log1p(-q_function(-x));
  if (x < 25.0) return std::log(q_function(x));
  // Seven terms of 1 − 1/x² + 1·3/x⁴ − …: the first left out is below 1e-14 here.
  const double u = 1.0 / (x * x);
  double term = 1.0, sum = 1.0;
  for (int k = 1; k <= 6; ++k) {
    term *= -(2 * k - 1) * u;
    sum += term;
  }
  return -0.5 * x * x - std::log(x) - log_sqrt_two_pi + std::log(sum);
}

double inverse_q(double probability) {
  if (!(probability > 0.0 && probability < 1.0))
    throw Error(fmt::format("inverse_q needs a probability between 0 and 1, not {}", probability));
  if (probability > 0.5) return -inverse_q(1.0 - probability);
  const double target = std::log(probability);
  // Q(x) < exp(−x²/2) for x > 0, so the start lies right of the root; log Q is concave and falling, so
  // Newton's iterates reach the root from the right without overshooting twice.
  double x = std::sqrt(-2.0 * target);
  for (int i = 0; i < 50; ++i) {
    const double value = log_q(x);
    const double slope = -std::exp(-0.5 * x * x - log_sqrt_two_pi - value);
    const double change = (value - target) / slope;
    x -= change;
    if (std::abs(change) <= 1e-15 * (1.0 + std::abs(x))) break;
  }
  return x;
}

}  // namespace waverack::signal
