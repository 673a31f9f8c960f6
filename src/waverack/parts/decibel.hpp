#pragma once
// Attenuations of default values, written as people print them.

#include <cmath>

#include "waverack/base/decibel.hpp"

namespace waverack::parts {

// Attenuation of power [1/m] of `decibels_per_m`, P(z) = P(0)·exp(−value·z).
inline double from_db_per_m(double decibels_per_m) { return decibels_per_m * (std::log(10.0) / 10.0); }

// Attenuation of power [1/m] of `decibels_per_cm`, P(z) = P(0)·exp(−value·z).
inline double from_db_per_cm(double decibels_per_cm) {
  return decibels_per_cm * 100.0 * std::log(10.0) / 10.0;
}

}  // namespace waverack::parts
