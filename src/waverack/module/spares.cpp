#include "waverack/module/spares.hpp"

#include <cmath>

namespace waverack::module {

double yield_with_spares(double lane_yield, int needed, int built) {
  if (lane_yield >= 1.0 || needed == 0) return 1.0;
  if (lane_yield <= 0.0) return 0.0;
  double sum = 0.0;
  for (int bad = 0; bad <= built - needed; ++bad)
    sum += std::exp(std::lgamma(built + 1.0) - std::lgamma(bad + 1.0) - std::lgamma(built - bad + 1.0) +
                    bad * std::log1p(-lane_yield) + (built - bad) * std::log(lane_yield));
  return std::fmin(sum, 1.0);
}

double yield_of_all(double module_yield, double modules) { return std::pow(module_yield, modules); }

Interval wilson_interval(std::uint64_t successes, std::uint64_t trials) {
  constexpr double z = 1.959963984540054;  // Q(z) = 2.5 %
  const double n = static_cast<double>(trials), p = static_cast<double>(successes) / n;
  const double middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
  const double half = z / (1.0 + z * z / n) * std::sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n));
  return {successes == 0 ? 0.0 : middle - half, successes == trials ? 1.0 : middle + half};
}

}  // namespace waverack::module
