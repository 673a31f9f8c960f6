#pragma once

#include <cmath>

namespace waverack::signal {

// sin(x)/x, with 1 at x = 0: the spectrum of a value held for a time T is T·sinc(πfT).
inline double sinc(double x) { return x == 0.0 ? 1.0 : std::sin(x) / x; }

}  // namespace waverack::signal
