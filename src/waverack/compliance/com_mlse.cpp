#include "waverack/compliance/com_mlse.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/signal/special.hpp"

namespace waverack::compliance {

double mlse_error_ratio(int levels, double a, double x) {
  const double stay = (levels - 1.0) / levels;
  double sum = 0.0, weight = 1.0;
  constexpr int longest = 4000;  // error events; their weight falls by `stay` each
  for (int j = 1; j <= longest; ++j) {
    weight *= stay;
    const double distance = std::sqrt(1.0 + (j - 1) * (1.0 - a) * (1.0 - a) + a * a);
    const double term = 2.0 * j * weight * signal::q_function(x * distance);
    sum += term;
    if (term < 1e-16 * sum || j * weight < 1e-18) break;
  }
  return sum;
}

double mlse_credit_db(int levels, double a, double error_ratio) {
  const double alone = signal::inverse_q(error_ratio * levels / (2.0 * (levels - 1.0)));
  double low = 0.0, high = alone;
  if (mlse_error_ratio(levels, a, high) > error_ratio) return 0.0;
  while (high - low > 1e-12 * alone) {
    const double middle = 0.5 * (low + high);
    (mlse_error_ratio(levels, a, middle) > error_ratio ? low : high) = middle;
  }
  return std::max(0.0, 20.0 * std::log10(alone / high));
}

}  // namespace waverack::compliance
