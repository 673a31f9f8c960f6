#pragma once
// Decibels at the border: power ratios and powers as people print them.

#include <cmath>

namespace waverack {

// 10·log10 of a power ratio.
inline double to_db(double power_ratio) { return 10.0 * std::log10(power_ratio); }

// A power [W] relative to 1 mW.
inline double to_dbm(double watts) { return to_db(watts / 1e-3); }

}  // namespace waverack
