#include "waverack/fec/codeword_errors.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "waverack/signal/special.hpp"

namespace waverack::fec {

double post_fec_ber(const BlockCode& code, const std::vector<double>& distribution, double ber) {
  double lost = 0.0, all = 0.0;
  for (std::size_t i = distribution.size(); i-- > 1;) {  // smallest terms first
    all += static_cast<double>(i) * distribution[i];
    if (i > static_cast<std::size_t>(code.t)) lost = all;
  }
  return all > 0.0 ? ber * lost / all : 0.0;
}

double ber_at(const std::function<double(double)>& codeword_error_ratio, double target, double highest) {
  double low = std::log(1e-15), high = std::log(highest);
  if (codeword_error_ratio(std::exp(low)) > target || codeword_error_ratio(std::exp(high)) < target)
    return std::numeric_limits<double>::quiet_NaN();
  // The ratio is close to a power of the error ratio: a secant of the logarithms, where it stays between what
  // is known, else half of that.
  double at = 0.5 * (low + high), last = at, last_value = 0.0;
  for (int i = 0; i < 100 && high - low > 1e-9; ++i) {
    const double value = std::log(std::max(codeword_error_ratio(std::exp(at)), 1e-300) / target);
    (value < 0.0 ? low : high) = at;
    const double step = last != at ? value * (at - last) / (value - last_value) : 0.0;
    if (last != at && std::abs(step) < 1e-9) return std::exp(at - step);
    last = at;
    last_value = value;
    at = step != 0.0 && at - step > low && at - step < high ? at - step : 0.5 * (low + high);
  }
  return std::exp(at);
}

double noise_margin_db(double ber, double limit, int bits_per_symbol) {
  const double share = 2.0 * (1.0 - std::exp2(-bits_per_symbol)) / bits_per_symbol;
  const auto defined = [&](double ratio) { return ratio > 0.0 && ratio < 0.5 * share; };
  if (!defined(ber) || !defined(limit)) return std::numeric_limits<double>::quiet_NaN();
  return 20.0 * std::log10(signal::inverse_q(ber / share) / signal::inverse_q(limit / share));
}

}  // namespace waverack::fec
