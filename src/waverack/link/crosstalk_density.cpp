#include "waverack/link/crosstalk_density.hpp"

#include <algorithm>
#include <cmath>

namespace waverack::link {
namespace {

constexpr double least_mass = 1e-40;    // of what is cut off at the ends
constexpr double smallest_move = 0.25;  // of a cursor that is kept, in steps

// The kept cursors of one phase.
signal::Density phase_density(const CoupledSymbols& symbols, std::vector<double> cursors, double step,
                              double small_variance) {
  double power = 0.0, largest = 0.0;
  for (const double level : symbols.levels) {
    power += level * level / static_cast<double>(symbols.levels.size());
    largest = std::max(largest, std::abs(level));
  }
  std::sort(cursors.begin(), cursors.end(), [](double a, double b) { return std::abs(a) > std::abs(b); });
  double rest = 0.0;
  while (!cursors.empty()) {
    rest += power * cursors.back() * cursors.back();
    if (rest > small_variance && std::abs(cursors.back()) * largest > smallest_move * step) break;
    cursors.pop_back();
  }
  signal::Density density = signal::delta(0.0, step);
  std::vector<double> points(symbols.levels.size());
  for (const double cursor : cursors) {
    for (std::size_t l = 0; l < points.size(); ++l) points[l] = cursor * symbols.levels[l];
    density = signal::trimmed(signal::convolve_points(density, points), least_mass);
  }
  return density;
}

}  // namespace

CoupledDensity coupled_density(const CoupledSymbols& symbols, double step, double small_variance) {
  std::vector<signal::Density> phases;
  double low = 0.0, high = 0.0, variance = 0.0;
  for (const std::vector<double>& cursors : symbols.cursors) {
    phases.push_back(phase_density(symbols, cursors, step, small_variance));
    low = std::min(low, phases.back().origin);
    high = std::max(high, phases.back().value(phases.back().probability.size() - 1));
    for (const double cursor : cursors)
      for (const double level : symbols.levels)
        variance += cursor * cursor * level * level /
                    static_cast<double>(symbols.levels.size() * symbols.cursors.size());
  }
  CoupledDensity result;
  result.density.origin = low;
  result.density.step = step;
  result.density.probability.assign(static_cast<std::size_t>(std::lround((high - low) / step)) + 1, 0.0);
  for (const signal::Density& phase : phases) {
    const auto first = static_cast<std::size_t>(std::lround((phase.origin - low) / step));
    for (std::size_t i = 0; i < phase.probability.size(); ++i)
      result.density.probability[first + i] += phase.probability[i] / static_cast<double>(phases.size());
  }
  result.gaussian_variance = variance - signal::variance(result.density);
  return result;
}

}  // namespace waverack::link
