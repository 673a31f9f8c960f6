#include "waverack/signal/binomial.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/base/error.hpp"

namespace waverack::signal {
namespace {

// ln Γ(z + a) − ln Γ(z): from z = 30 on by Stirling's series, where the difference of two large logarithms
// would keep few digits.
double log_gamma_rise(double z, double a) {
  if (z < 30.0) return std::lgamma(z + a) - std::lgamma(z);
  const auto rest = [](double x) {
    const double square = 1.0 / (x * x);
    return (1.0 / 12.0 - square * (1.0 / 360.0 - square / 1260.0)) / x;
  };
  return (z - 0.5) * std::log1p(a / z) + a * std::log(z + a) - a + rest(z + a) - rest(z);
}

// I_x(a, b), y = 1 − x: both are given, since near 1 either keeps too few digits of the other.
double lower_beta(double a, double b, double x, double y) {
  if (x <= 0.0) return 0.0;
  if (y <= 0.0) return 1.0;
  if (x > (a + 1.0) / (a + b + 2.0)) return 1.0 - lower_beta(b, a, y, x);
  const double small = std::min(a, b), large = std::max(a, b);
  const auto log_of = [](double p, double rest) { return p < 0.5 ? std::log(p) : std::log1p(-rest); };
  const double log_front =
      log_gamma_rise(large, small) - std::lgamma(small) + a * log_of(x, y) + b * log_of(y, x);
  // 1/(1 + d_1/(1 + d_2/(1 + …))) by Lentz's method; all convergents are positive here.
  // The first is 1 − (a + b)·x/(a + 1), written so that nothing cancels at x near 1.
  double c = 1.0, d = (a + 1.0) / (1.0 - b + (a + b) * y), value = d;
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

// The x with I_x(a, b) = probability: bisection of ln(x/(1 − x)), so that small x are as exact as large ones.
double inverse_lower_beta(double a, double b, double probability) {
  const auto of = [](double logit) { return 1.0 / (1.0 + std::exp(-logit)); };
  double low = -700.0, high = 700.0;
  while (high - low > 1e-11) {
    const double middle = 0.5 * (low + high);
    (lower_beta(a, b, of(middle), of(-middle)) < probability ? low : high) = middle;
  }
  return of(0.5 * (low + high));
}

}  // namespace

double lower_beta(double a, double b, double x) { return lower_beta(a, b, x, 1.0 - x); }

ProbabilityInterval binomial_interval(double successes, double trials) {
  if (!(successes >= 0.0 && successes <= trials)) throw Error("of so many trials no such number can succeed");
  ProbabilityInterval interval;
  const double failures = trials - successes;
  if (successes > 0.0) interval.low = inverse_lower_beta(successes, failures + 1.0, 0.025);
  if (failures > 0.0) interval.high = inverse_lower_beta(successes + 1.0, failures, 0.975);
  return interval;
}

}  // namespace waverack::signal
