#include "waverack/compliance/com_filters.hpp"

#include <cmath>
#include <numbers>

namespace waverack::compliance {
namespace {

using Complex = std::complex<double>;
using std::numbers::pi;

}  // namespace

Complex com_edge(double rise_time, double frequency) {
  const double x = pi * frequency * rise_time / 1.6832;
  return std::polar(std::exp(-2.0 * x * x), -2.0 * pi * frequency * 3.0 * rise_time);
}

Complex com_receiver_filter(const ComReceiverFilter& filter, double symbol_rate, double frequency) {
  const Complex s(0.0, frequency / (filter.bandwidth_ratio * symbol_rate));
  const Complex s2 = s * s;
  Complex response = 1.0 / (1.0 + 2.613126 * s + 3.414214 * s2 + 2.613126 * s2 * s + s2 * s2);
  const double start = filter.raised_cosine_start, stop = filter.raised_cosine_stop;
  if (stop > 0.0 && frequency > start)
    response *= frequency >= stop ? 0.0 : 0.5 + 0.5 * std::cos(pi * (frequency - start) / (stop - start));
  return response;
}

Complex com_ctle(const ComCtle& ctle, double dc_gain, double dc_gain_low, double frequency) {
  const auto j = [&](double corner) { return Complex(0.0, frequency / corner); };
  return (dc_gain + j(ctle.zero)) * (dc_gain_low + j(ctle.low_pole)) /
         ((1.0 + j(ctle.pole_1)) * (1.0 + j(ctle.pole_2)) * (1.0 + j(ctle.low_pole)));
}

bool gains_allowed(const ComCtle& ctle, double dc_gain_db, double dc_gain_low_db) {
  constexpr double rounding = 1e-9;
  for (const ComAllowedGain& entry : ctle.allowed)
    if (dc_gain_low_db >= entry.dc_gain_low_db - rounding)
      return dc_gain_db <= entry.highest_db + rounding && dc_gain_db >= entry.lowest_db - rounding;
  return ctle.allowed.empty();
}

}  // namespace waverack::compliance
