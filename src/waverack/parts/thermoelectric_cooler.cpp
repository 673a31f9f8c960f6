#include "waverack/parts/thermoelectric_cooler.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace waverack::parts {

double best_performance(double figure_of_merit, double cold, double hot) {
  if (hot <= cold) return std::numeric_limits<double>::infinity();
  const double root = std::sqrt(1.0 + figure_of_merit);
  return std::max(cold / (hot - cold) * (root - hot / cold) / (root + 1.0), 0.0);
}

double cooler_power(const ThermoelectricCooler& cooler, double heat, double hot) {
  if (!cooler.fitted || heat <= 0.0) return 0.0;
  return heat / (cooler.share_of_best * best_performance(cooler.figure_of_merit, cooler.temperature, hot));
}

}  // namespace waverack::parts
