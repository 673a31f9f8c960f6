#include "waverack/link/mass_grid.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace waverack::link {

void deposit(Grid& grid, double step, double x, double weight) {
  const double position = (x - grid.origin) / step;
  const auto index = static_cast<std::size_t>(position);
  const double fraction = position - static_cast<double>(index);
  grid.mass[index] += weight * (1.0 - fraction);
  if (fraction > 0.0) grid.mass[index + 1] += weight * fraction;
  grid.spread += weight * fraction * (1.0 - fraction) * step * step;
}

Grid convolve_points(const Grid& grid, double step, std::span<const double> points) {
  const auto [low, high] = std::minmax_element(points.begin(), points.end());
  const double first = std::floor(*low / step);
  Grid result;
  result.origin = grid.origin + first * step;
  result.spread = grid.spread;
  result.mass.assign(grid.mass.size() + static_cast<std::size_t>(std::ceil(*high / step) - first) + 2, 0.0);
  for (const double point : points) {
    const double position = point / step - first;
    const auto index = static_cast<std::size_t>(position);
    const double fraction = position - static_cast<double>(index),
                 weight = 1.0 / static_cast<double>(points.size());
    for (std::size_t i = 0; i < grid.mass.size(); ++i) {
      result.mass[i + index] += grid.mass[i] * weight * (1.0 - fraction);
      result.mass[i + index + 1] += grid.mass[i] * weight * fraction;
    }
    result.spread += weight * fraction * (1.0 - fraction) * step * step;
  }
  return result;
}

Grid convolve(const Grid& a, const Grid& b) {
  Grid result;
  result.origin = a.origin + b.origin;
  result.spread = a.spread + b.spread;
  result.mass.assign(a.mass.size() + b.mass.size() - 1, 0.0);
  for (std::size_t i = 0; i < a.mass.size(); ++i) {
    if (a.mass[i] == 0.0) continue;
    for (std::size_t j = 0; j < b.mass.size(); ++j) result.mass[i + j] += a.mass[i] * b.mass[j];
  }
  return result;
}

Grid arcsine(double amplitude, double step) {
  const auto half = static_cast<long>(std::ceil(amplitude / step));
  const auto cumulative = [&](double x) {
    return 0.5 + std::asin(std::clamp(x / amplitude, -1.0, 1.0)) / std::numbers::pi;
  };
  Grid grid;
  grid.spread = step * step / 12.0;
  grid.origin = -static_cast<double>(half) * step;
  grid.mass.clear();
  for (long i = -half; i <= half; ++i) {
    const double x = static_cast<double>(i) * step;
    grid.mass.push_back(cumulative(x + 0.5 * step) - cumulative(x - 0.5 * step));
  }
  return grid;
}

}  // namespace waverack::link
