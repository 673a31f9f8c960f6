#pragma once
// Formulas that many tests check against.

#include <cmath>
#include <numbers>

namespace waverack {

inline double db(double power_ratio) { return 10.0 * std::log10(power_ratio); }

// Tail of the standard normal distribution beyond `z`.
inline double q(double z) { return 0.5 * std::erfc(z / std::numbers::sqrt2); }

}  // namespace waverack
