#include "waverack/parts/warming.hpp"

#include <algorithm>
#include <cmath>

namespace waverack::parts {

double rise_of(const Conditions& conditions) { return conditions.temperature - data_sheet_temperature; }

double warmed(double value, double drift, const Conditions& conditions) {
  return value * std::max(1.0 + drift * rise_of(conditions), 0.1);
}

double warmed_noise(double density, const Conditions& conditions) {
  return density * std::sqrt(conditions.temperature / data_sheet_temperature);
}

}  // namespace waverack::parts
