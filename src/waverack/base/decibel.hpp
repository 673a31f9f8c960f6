#pragma once
// Decibels at the border: power ratios and powers as people print them.

#include <cmath>

namespace waverack {

// 10·log10 of a power ratio.
inline double to_db(double power_ratio) { return 10.0 * std::log10(power_ratio); }

// Power ratio of `decibels`: from_db(3.0) is 1.995.
inline double from_db(double decibels) { return std::pow(10.0, decibels / 10.0); }

// A power [W] relative to 1 mW.
inline double to_dbm(double watts) { return to_db(watts / 1e-3); }

}  // namespace waverack
