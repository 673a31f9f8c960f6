#include "waverack/compliance/com_impulse.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waverack/base/error.hpp"

namespace waverack::compliance {
namespace {

using Complex = std::complex<double>;

using std::numbers::pi;
constexpr double smallest_kept = 1e-3;  // of the peak, where the record is cut off

// Magnitude and unwrapped phase of a table.
struct Polar {
  std::vector<double> magnitude;
  std::vector<double> phase;
};

Polar polar_of(std::span<const Complex> response) {
  Polar polar;
  for (const Complex& value : response) {
    polar.magnitude.push_back(std::abs(value));
    double phase = std::arg(value);
    if (!polar.phase.empty()) phase += 2.0 * pi * std::round((polar.phase.back() - phase) / (2.0 * pi));
    polar.phase.push_back(phase);
  }
  return polar;
}

// The value at `x` of the least-squares line through the upper half of the points.
double trend_at(double x, std::span<const double> xs, std::span<const double> ys) {
  const std::size_t first = xs.size() / 2;
  const auto count = static_cast<double>(xs.size() - first);
  double mean_x = 0.0, mean_y = 0.0, variance = 0.0, covariance = 0.0;
  for (std::size_t i = first; i < xs.size(); ++i) {
    mean_x += xs[i] / count;
    mean_y += ys[i] / count;
  }
  for (std::size_t i = first; i < xs.size(); ++i) {
    variance += (xs[i] - mean_x) * (xs[i] - mean_x);
    covariance += (xs[i] - mean_x) * (ys[i] - mean_y);
  }
  return mean_y + covariance / variance * (x - mean_x);
}

// Below the first point: φ(f) = φ_0 + s·f + c·f³ with the φ and the slope of the first interval.
struct LowPhase {
  LowPhase(std::span<const double> f, std::span<const double> phase) {
    const double measured = (phase[1] - phase[0]) / (f[1] - f[0]);
    start = pi * std::round((phase[0] - measured * f[0]) / pi);
    const double f0 = f[0];
    // Two conditions at f0: value and slope.
    cubic = f0 > 0.0 ? (measured * f0 - (phase[0] - start)) / (2.0 * f0 * f0 * f0) : 0.0;
    slope = measured - 3.0 * cubic * f0 * f0;
  }
  double at(double f) const { return start + slope * f + cubic * f * f * f; }
  double start, slope, cubic;
};

}  // namespace

signal::RealInversePlan impulse_plan(const ImpulseGrid& grid) {
  const double half = 0.5 / (grid.time_step * grid.frequency_step);
  return signal::RealInversePlan(signal::smooth_size(static_cast<std::size_t>(std::llround(half))));
}

std::vector<double> impulse_response(std::span<const double> f, std::span<const Complex> response,
                                     const signal::RealInversePlan& plan, double time_step,
                                     std::size_t lead) {
  if (f.size() < 4) throw Error("an impulse response needs at least 4 frequencies");
  const Polar polar = polar_of(response);
  const auto& magnitude = polar.magnitude;
  const auto& phase = polar.phase;
  const std::size_t last = f.size() - 1;
  const double top = 0.5 / time_step;
  const double step = top / static_cast<double>(plan.half());

  const LowPhase low(f, phase);
  const double low_slope = (magnitude[1] - magnitude[0]) / (f[1] - f[0]);
  const double end = std::clamp(trend_at(top, f, magnitude), 0.0, magnitude[last]);
  const double high_slope = top > f[last] ? (end - magnitude[last]) / (top - f[last]) : 0.0;
  const double phase_slope = (phase[last] - phase[last - 1]) / (f[last] - f[last - 1]);

  std::vector<Complex> spectrum(plan.half() + 1);
  const double rounding = 1e-6 * step;
  std::size_t next = 0;  // the first point at or above the frequency
  std::size_t k = 0;
  for (; k < spectrum.size(); ++k) {
    const double x = static_cast<double>(k) * step;
    if (x > f[last] + rounding) break;
    while (next < last && f[next] < x - rounding) ++next;
    if (std::abs(f[next] - x) <= rounding) {
      spectrum[k] = response[next];
    } else if (next == 0) {
      spectrum[k] = std::polar(std::max(0.0, magnitude[0] + low_slope * (x - f[0])), low.at(x));
    } else {
      const double t = (x - f[next - 1]) / (f[next] - f[next - 1]);
      spectrum[k] = std::polar(std::lerp(magnitude[next - 1], magnitude[next], t),
                               std::lerp(phase[next - 1], phase[next], t));
    }
  }
  if (k < spectrum.size()) {
    const double from = static_cast<double>(k) * step - f[last];
    Complex direction = std::polar(1.0, phase[last] + phase_slope * from);
    const Complex turn = std::polar(1.0, phase_slope * step);
    for (std::size_t i = 0; k + i < spectrum.size(); ++i, direction *= turn)
      spectrum[k + i] = direction * (magnitude[last] + high_slope * (from + static_cast<double>(i) * step));
  }

  std::vector<double> impulse = plan.record(spectrum);
  if (lead > impulse.size()) throw Error("the impulse response is shorter than its lead");
  std::rotate(impulse.begin(), impulse.end() - static_cast<std::ptrdiff_t>(lead), impulse.end());
  double peak = 0.0;
  for (const double value : impulse) peak = std::max(peak, std::abs(value));
  if (!(peak > 0.0)) throw Error("the channel transmits nothing");
  while (std::abs(impulse.back()) <= smallest_kept * peak) impulse.pop_back();
  return impulse;
}

std::vector<double> rectangle_response(std::span<const double> impulse, int width, double amplitude) {
  const auto w = static_cast<std::size_t>(width);
  std::vector<double> pulse(impulse.size() + w - 1);
  double sum = 0.0;
  for (std::size_t i = 0; i < pulse.size(); ++i) {
    if (i < impulse.size()) sum += impulse[i];
    if (i >= w) sum -= impulse[i - w];
    pulse[i] = amplitude * sum;
  }
  return pulse;
}

}  // namespace waverack::compliance
