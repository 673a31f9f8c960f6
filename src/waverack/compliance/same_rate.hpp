#pragma once

#include <cmath>

namespace waverack::compliance {

// Whether two symbol rates are meant to be the same: within 0.1 %, ten times what clocks may be off.
inline bool same_rate(double a, double b) { return std::abs(a / b - 1.0) <= 1e-3; }

}  // namespace waverack::compliance
