#include "waverack/link/eye_opening.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/signal/special.hpp"

namespace waverack::link {
namespace {

constexpr double tolerance = 1e-4;  // of a normal deviate

// How far beyond its mean a level reaches with `probability`, upwards or downwards. Of a Gaussian the deviate
// Q⁻¹(P) is proportional to the distance; of others it still rises nearly so.
double reach(std::span<const WeighedInstant> instants, int level, bool upwards, double probability) {
  const DecisionStatistics& first = *instants.front().statistics;
  const double mean = first.level_means()[static_cast<std::size_t>(level)];
  const auto deviate = [&](double distance) {
    double sum = 0.0;
    for (const WeighedInstant& instant : instants)
      sum += instant.weight * (upwards ? instant.statistics->above(level, mean + distance)
                                       : instant.statistics->below(level, mean - distance));
    return signal::inverse_q(std::clamp(sum, 1e-300, 0.999));
  };
  const double wanted = signal::inverse_q(probability);
  double at = wanted * std::sqrt(first.mean_variance() + first.interference_variance());
  double low = 0.0, high = at;
  while (deviate(high) < wanted) {
    low = high;
    high *= 2.0;
  }
  for (int i = 0; i < 60; ++i) {
    const double reached = deviate(at);
    if (std::abs(reached - wanted) < tolerance) break;
    (reached < wanted ? low : high) = at;
    const double next = reached > 0.0 ? at * wanted / reached : high;
    at = next > low && next < high && i % 4 != 3 ? next : 0.5 * (low + high);
  }
  return at;
}

}  // namespace

std::vector<double> eye_openings(std::span<const WeighedInstant> instants, double probability) {
  const std::vector<double>& means = instants.front().statistics->level_means();
  std::vector<double> heights;
  for (int level = 0; level + 1 < static_cast<int>(means.size()); ++level)
    heights.push_back(means[static_cast<std::size_t>(level) + 1] - means[static_cast<std::size_t>(level)] -
                      reach(instants, level, true, probability) -
                      reach(instants, level + 1, false, probability));
  return heights;
}

}  // namespace waverack::link
