#include "waverack/signal/binomial.hpp"

#include <cmath>

#include "waverack/base/error.hpp"

namespace waverack::signal {

double lower_beta(double a, double b, double x) {
  if (x <= 0.0) return 0.0;
  if (x >= 1.0) return 1.0;
  if (x > (a + 1.0) / (a + b + 2.0)) return 1.0 - lower_beta(b, a, 1.0 - x);
  const double log_front =
      std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log1p(-x);
  // 1/(1 + d_1/(1 + d_2/(1 + …))) by Lentz's method; all convergents are positive here.
  double c = 1.0, d = 1.0 / (1.0 - (a + b) * x / (a + 1.0)), value = d;
  for (int m = 1; m < 100'000; ++m) {
    double previous = value;
    for (const double term : {m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m)),
                              -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))}) {
      d = 1.0 / (1.0 + term * d);
      c = 1.0 + term / c;
      value *= c * d;
    }
    if (std::abs(value - previous) <= 1e-15 * value) break;
  }
  return std::exp(log_front) * value / a;
}

namespace {

// The x with I_x(a, b) = probability: bisection of ln(x/(1 − x)), so that small x are as exact as large ones.
double inverse_lower_beta(double a, double b, double probability) {
  const auto of = [](double logit) { return 1.0 / (1.0 + std::exp(-logit)); };
  double low = -700.0, high = 700.0;
  while (high - low > 1e-11) {
    const double middle = 0.5 * (low + high);
    (lower_beta(a, b, of(middle)) < probability ? low : high) = middle;
  }
  return of(0.5 * (low + high));
}

}  // namespace

ProbabilityInterval binomial_interval(double successes, double trials) {
  if (!(successes >= 0.0 && successes <= trials)) throw Error("of so many trials no such number can succeed");
  ProbabilityInterval interval;
  const double failures = trials - successes;
  if (successes > 0.0) interval.low = inverse_lower_beta(successes, failures + 1.0, 0.025);
  if (failures > 0.0) interval.high = inverse_lower_beta(successes + 1.0, failures, 0.975);
  return interval;
}

}  // namespace waverack::signal
