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

double lower_gamma(double a, double x) {
  if (x <= 0.0) return 0.0;
  const double front = std::exp(a * std::log(x) - x - std::lgamma(a));
  if (x < a + 1.0) {
    double term = 1.0 / a, sum = term;
    for (double n = a + 1.0; term > 1e-16 * sum; n += 1.0) {
      term *= x / n;
      sum += term;
    }
    return front * sum;
  }
  // 1 − P as the continued fraction 1/(x + 1 − a − 1·(1 − a)/(x + 3 − a − …)), by the recurrence of its
  // convergents, scaled so that the denominator stays 1.
  double p0 = 0.0, p1 = 1.0, q0 = 1.0, q1 = x + 1.0 - a, value = 1.0 / q1;
  for (int n = 1; n < 100'000; ++n) {
    const double numerator = -n * (n - a), denominator = x + 2.0 * n + 1.0 - a;
    const double p2 = denominator * p1 + numerator * p0, q2 = denominator * q1 + numerator * q0;
    p0 = p1 / q2;
    q0 = q1 / q2;
    p1 = p2 / q2;
    q1 = 1.0;
    if (std::abs(p1 - value) <= 1e-15 * std::abs(p1)) break;
    value = p1;
  }
  return 1.0 - front * p1;
}

double inverse_lower_gamma(double a, double probability) {
  if (!(probability > 0.0 && probability < 1.0 && a > 0.0))
    throw Error(fmt::format(
        "inverse_lower_gamma needs a > 0 and a probability between 0 and 1, not {} and {}", a, probability));
  const double z = -inverse_q(probability);
  const double cube_root = 1.0 - 1.0 / (9.0 * a) + z / (3.0 * std::sqrt(a));
  const double start = a * cube_root * cube_root * cube_root;
  if (a > 1e5) return start;
  // P rises with x: bisection from a bracket around the approximation.
  double low = 0.0, high = std::max(2.0 * start, a + 1.0);
  while (lower_gamma(a, high) < probability) high *= 2.0;
  for (int i = 0; i < 200 && high - low > 1e-14 * high; ++i) {
    const double middle = 0.5 * (low + high);
    (lower_gamma(a, middle) < probability ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace waverack::signal
