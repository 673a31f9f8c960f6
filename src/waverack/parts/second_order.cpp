#include "waverack/parts/second_order.hpp"

#include <algorithm>
#include <cmath>

namespace waverack::parts {

Response second_order_low_pass(double bandwidth, double peaking) {
  const double m = std::max(peaking, 1.0);
  const double q_squared = 0.5 * (m + std::sqrt(m * m - m));
  // |H|² = ½ at (f/f0)² = x, where x² + (1/Q² − 2)·x − 1 = 0.
  const double b = 1.0 / q_squared - 2.0;
  const double x = 0.5 * (std::sqrt(b * b + 4.0) - b);
  return signal::second_order(bandwidth / std::sqrt(x), 0.5 / std::sqrt(q_squared));
}

}  // namespace waverack::parts
