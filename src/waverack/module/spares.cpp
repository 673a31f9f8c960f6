#include "waverack/module/spares.hpp"

#include <cmath>

#include "waverack/module/redundancy.hpp"

namespace waverack::module {

double yield_with_spares(double lane_yield, int needed, int built) {
  return 1.0 - too_few_survive(needed, built, 1.0 - lane_yield);
}

double yield_of_all(double module_yield, double modules) { return std::pow(module_yield, modules); }

constexpr double z = 1.959963984540054;  // Q(z) = 2.5 %

Interval wilson_interval(std::uint64_t successes, std::uint64_t trials) {
  const double n = static_cast<double>(trials), p = static_cast<double>(successes) / n;
  const double middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
  const double half = z / (1.0 + z * z / n) * std::sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n));
  return {successes == 0 ? 0.0 : middle - half, successes == trials ? 1.0 : middle + half};
}

Interval paired_difference_interval(std::uint64_t first_alone, std::uint64_t second_alone,
                                    std::uint64_t pairs) {
  const double n = static_cast<double>(pairs) + 2.0;
  const double first = (static_cast<double>(first_alone) + 1.0) / n;
  const double second = (static_cast<double>(second_alone) + 1.0) / n;
  const double middle = first - second;
  const double half = z * std::sqrt((first + second - middle * middle) / n);
  return {std::fmax(-1.0, middle - half), std::fmin(1.0, middle + half)};
}

}  // namespace waverack::module
