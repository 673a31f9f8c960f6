#include "waverack/module/spares.hpp"

#include <cmath>

#include "waverack/module/redundancy.hpp"

namespace waverack::module {

double yield_with_spares(double lane_yield, int needed, int built) {
  return 1.0 - too_few_survive(needed, built, 1.0 - lane_yield);
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
