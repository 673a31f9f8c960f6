#include "waverack/signal/response.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <string_view>

#include "waverack/base/error.hpp"

namespace waverack::signal {
namespace {

using Complex = std::complex<double>;
using std::numbers::pi;

constexpr Complex j{0.0, 1.0};

void require_positive(double value, std::string_view name) {
  if (!(value > 0.0 && std::isfinite(value)))
    throw Error(fmt::format("the {} of a filter must be above 0, not {}", name, value));
}

// |H|² of the raised-cosine family at |f|, in symbol rates.
double raised_cosine_at(double f, double roll_off) {
  const double start = 0.5 * (1.0 - roll_off), end = 0.5 * (1.0 + roll_off);
  if (f <= start) return 1.0;
  if (f >= end) return 0.0;
  return 0.5 * (1.0 + std::cos(pi * (f - start) / roll_off));
}

void require_nyquist(double symbol_rate, double roll_off) {
  require_positive(symbol_rate, "symbol rate");
  if (!(roll_off >= 0.0 && roll_off <= 1.0))
    throw Error(fmt::format("a roll-off lies between 0 and 1, not {}", roll_off));
}

}  // namespace

Response bessel_thomson(double bandwidth) {
  require_positive(bandwidth, "bandwidth");
  return [bandwidth](double f) {
    const Complex s = j * (2.113918 * f / bandwidth);
    return 105.0 / ((((s + 10.0) * s + 45.0) * s + 105.0) * s + 105.0);
  };
}

Response butterworth(int order, double bandwidth) {
  require_positive(bandwidth, "bandwidth");
  if (order < 1 || order > 20)
    throw Error(fmt::format("a Butterworth filter has order 1 to 20, not {}", order));
  return [order, bandwidth](double f) {
    const Complex s = j * (f / bandwidth);
    Complex denominator = order % 2 == 1 ? s + 1.0 : Complex(1.0);
    // Poles in conjugate pairs on the unit circle: s² + 2·sin(θ)·s + 1.
    for (int k = 0; k < order / 2; ++k)
      denominator *= (s + 2.0 * std::sin(pi * (2 * k + 1) / (2.0 * order))) * s + 1.0;
    return 1.0 / denominator;
  };
}

Response gaussian_filter(double bandwidth) {
  require_positive(bandwidth, "bandwidth");
  return [bandwidth](double f) {
    const double x = f / bandwidth;
    return Complex(std::exp(-0.5 * std::numbers::ln2 * x * x));
  };
}

Response gaussian_edge(double rise_time) {
  if (!(rise_time >= 0.0 && std::isfinite(rise_time)))
    throw Error(fmt::format("a rise time must not be negative: {}", rise_time));
  return [rise_time](double f) {
    const double x = pi * f * rise_time / 1.6832;
    return Complex(std::exp(-2.0 * x * x));
  };
}

Response first_order_pole(double bandwidth) {
  require_positive(bandwidth, "bandwidth");
  return [bandwidth](double f) { return 1.0 / Complex(1.0, f / bandwidth); };
}

Response second_order(double natural_frequency, double damping) {
  require_positive(natural_frequency, "natural frequency");
  require_positive(damping, "damping");
  return [natural_frequency, damping](double f) {
    const double x = f / natural_frequency;
    return 1.0 / Complex(1.0 - x * x, 2.0 * damping * x);
  };
}

Response raised_cosine(double symbol_rate, double roll_off) {
  require_nyquist(symbol_rate, roll_off);
  return [symbol_rate, roll_off](double f) {
    return Complex(raised_cosine_at(std::abs(f) / symbol_rate, roll_off));
  };
}

Response root_raised_cosine(double symbol_rate, double roll_off) {
  require_nyquist(symbol_rate, roll_off);
  return [symbol_rate, roll_off](double f) {
    return Complex(std::sqrt(raised_cosine_at(std::abs(f) / symbol_rate, roll_off)));
  };
}

Response ctle(const Ctle& parameters) {
  require_positive(parameters.dc_gain, "CTLE gain");
  require_positive(parameters.dc_gain_low, "low-frequency CTLE gain");
  require_positive(parameters.zero, "CTLE zero");
  require_positive(parameters.pole1, "first CTLE pole");
  require_positive(parameters.pole2, "second CTLE pole");
  const bool low_stage = parameters.dc_gain_low != 1.0;
  if (low_stage) require_positive(parameters.low_frequency, "low CTLE frequency");
  return [p = parameters, low_stage](double f) {
    const Complex jf = j * f;
    Complex h = (p.dc_gain + jf / p.zero) / ((1.0 + jf / p.pole1) * (1.0 + jf / p.pole2));
    if (low_stage) h *= (p.dc_gain_low + jf / p.low_frequency) / (1.0 + jf / p.low_frequency);
    return h;
  };
}

Response ideal_delay(double delay) {
  return [delay](double f) { return std::polar(1.0, -2.0 * pi * f * delay); };
}

double noise_bandwidth(const Response& response, double upper) {
  require_positive(upper, "upper frequency");
  constexpr int intervals = 16384;
  const double step = upper / intervals;
  double sum = 0.0;
  for (int i = 0; i <= intervals; ++i) {
    const double weight = i == 0 || i == intervals ? 1.0 : (i % 2 == 1 ? 4.0 : 2.0);
    sum += weight * std::norm(response(i * step));
  }
  return sum * step / 3.0 / std::norm(response(0.0));
}

double bandwidth_3db(const Response& response, double upper) {
  require_positive(upper, "upper frequency");
  constexpr int steps = 4096;
  const double half = 0.5 * std::norm(response(0.0));
  for (int i = 1; i <= steps; ++i) {
    double high = upper * i / steps;
    if (std::norm(response(high)) > half) continue;
    double low = upper * (i - 1) / steps;
    for (int k = 0; k < 50; ++k) {
      const double middle = 0.5 * (low + high);
      (std::norm(response(middle)) > half ? low : high) = middle;
    }
    return high;
  }
  return std::numeric_limits<double>::infinity();
}

}  // namespace waverack::signal
