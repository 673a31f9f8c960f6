#include "waverack/network/tabulated_response.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>

#include "waverack/base/error.hpp"
#include "waverack/base/units.hpp"
#include "waverack/network/limits.hpp"
#include "waverack/network/minimum_phase.hpp"
#include "waverack/network/pulse_front.hpp"
#include "waverack/signal/monotone_curve.hpp"

namespace waverack::network {
namespace {

using Complex = std::complex<double>;
using signal::MonotoneCurve;
using std::numbers::pi;

// The grid of the minimum phase: five decades, one of them above the data.
constexpr int phase_points = 2048;
constexpr double phase_grid_low = 1e-4, phase_grid_high = 10.0;  // times the last frequency

void require_points(const FrequencyTable& table) {
  if (table.points() < 2)
    throw Error(ErrorInfo{{table.name, 0, 0}, {}, "there are data at one frequency only", "two or more", {}});
}

std::vector<double> logarithms(std::span<const double> magnitude) {
  std::vector<double> result;
  for (const double value : magnitude) result.push_back(std::log(std::max(value, no_transmission)));
  return result;
}

std::vector<double> unwrapped(std::span<const double> phase) {
  std::vector<double> result(phase.begin(), phase.end());
  for (std::size_t k = 1; k < result.size(); ++k)
    result[k] = result[k - 1] + std::remainder(phase[k] - phase[k - 1], 2.0 * pi);
  return result;
}

// Slope of y over x in the last octave of the frequencies, by least squares; of the last two points at least.
double last_octave_slope(std::span<const double> f, std::span<const double> x, std::span<const double> y) {
  std::size_t first = f.size() - 2;
  while (first > 0 && f[first - 1] >= 0.5 * f.back() && f[first - 1] > 0.0) --first;
  double n = 0.0, sum_x = 0.0, sum_y = 0.0;
  for (std::size_t k = first; k < f.size(); ++k) n += 1.0, sum_x += x[k], sum_y += y[k];
  double xx = 0.0, xy = 0.0;
  for (std::size_t k = first; k < f.size(); ++k) {
    const double dx = x[k] - sum_x / n;
    xx += dx * dx;
    xy += dx * (y[k] - sum_y / n);
  }
  return xx > 0.0 ? xy / xx : 0.0;
}

// ln|H| for f ≥ 0 by the laws of the header.
class Magnitude {
 public:
  explicit Magnitude(const FrequencyTable& table)
      : Magnitude(table.frequencies, logarithms(table.magnitude)) {}

  double at(double f) const { return curve_(f) + (f > last_ ? slope * std::log(f / last_) : 0.0); }

  double slope = 0.0;  // d ln|H| / d ln f above the data, at most 0

 private:
  Magnitude(const std::vector<double>& f, const std::vector<double>& logarithm)
      : curve_(f, logarithm), last_(f.back()) {
    std::vector<double> log_f;
    for (const double value : f) log_f.push_back(std::log(std::max(value, no_transmission * last_)));
    slope = std::min(last_octave_slope(f, log_f, logarithm), 0.0);
  }

  MonotoneCurve curve_;
  double last_;
};

// The phase for f ≥ 0: a curve, a line to `base` at 0 Hz below it, and a line above it.
struct Phase {
  MonotoneCurve curve;
  double base = 0.0;         // a multiple of π
  double slope_above = 0.0;  // [rad/Hz]

  double at(double f) const {
    if (f < curve.low()) return base + (curve(0.0) - base) * f / curve.low();
    return curve(f) + (f > curve.high() ? slope_above * (f - curve.high()) : 0.0);
  }
};

Phase minimum_phase_of(const Magnitude& magnitude, double last) {
  const double low = phase_grid_low * last,
               step = std::log(phase_grid_high / phase_grid_low) / (phase_points - 1);
  std::vector<double> f, logarithm;
  for (int i = 0; i < phase_points; ++i) {
    f.push_back(low * std::exp(step * i));
    logarithm.push_back(magnitude.at(f.back()));
  }
  return {MonotoneCurve(f, minimum_phase(logarithm, step, magnitude.slope))};
}

// `phase` with the delay taken out.
Phase measured_phase(const std::vector<double>& f, std::vector<double> phase, double delay) {
  for (std::size_t k = 0; k < f.size(); ++k) phase[k] += 2.0 * pi * f[k] * delay;
  const double base = std::round(phase.front() / pi) * pi;
  const double slope = last_octave_slope(f, f, phase);
  return {MonotoneCurve(f, phase), base, slope};
}

struct Curve {
  Magnitude magnitude;
  Phase phase;
  Complex at(double f) const {
    const double amplitude = std::exp(magnitude.at(f));
    if (f == 0.0) return std::cos(phase.base) < 0.0 ? -amplitude : amplitude;
    return std::polar(amplitude, phase.at(f));
  }
};

}  // namespace

Channel tabulated_response(const FrequencyTable& table) {
  require_points(table);
  if (table.magnitude.front() < no_transmission)
    throw Error(ErrorInfo{{table.name, 0, 0},
                          {},
                          fmt::format("nothing is transmitted at {}, the first point",
                                      format_engineering(table.frequencies.front(), "Hz")),
                          "a magnitude above 0",
                          {}});
  Channel channel;
  channel.remarks = table.remarks;
  channel.first_frequency = table.frequencies.front();
  channel.last_frequency = table.frequencies.back();
  const Magnitude magnitude(table);
  std::shared_ptr<const Curve> curve;
  if (table.phase.empty()) {
    curve =
        std::make_shared<const Curve>(Curve{magnitude, minimum_phase_of(magnitude, channel.last_frequency)});
    channel.remarks.emplace_back("the file states no phase: the minimum phase of its magnitude is taken");
  } else {
    std::vector<Complex> samples;
    for (std::size_t k = 0; k < table.points(); ++k)
      samples.push_back(std::polar(table.magnitude[k], table.phase[k]));
    const double mean_delay = mean_group_delay(table.frequencies, samples, 1);
    const double step =
        (channel.last_frequency - channel.first_frequency) / static_cast<double>(table.points() - 1);
    std::vector<double> turned = table.phase;
    for (std::size_t k = 0; k < turned.size(); ++k) turned[k] += 2.0 * pi * table.frequencies[k] * mean_delay;
    const std::vector<double> phase = unwrapped(turned);
    const Curve undelayed{magnitude, measured_phase(table.frequencies, phase, 0.0)};
    const Front front = find_front([&](double f) { return undelayed.at(f); }, channel.last_frequency, step);
    channel.latency = std::max(mean_delay + front.time, 0.0);
    curve = std::make_shared<const Curve>(
        Curve{magnitude, measured_phase(table.frequencies, phase, channel.latency - mean_delay)});
    const double residue = std::abs(curve->phase.curve(0.0) - curve->phase.base);
    if (residue > doubtful_dc_residue)
      channel.remarks.push_back(
          fmt::format("the phase of the first point is {:.0f} degrees off the real axis: the sign of the "
                      "response at 0 Hz is a guess",
                      residue * 180.0 / pi));
    if (2.0 * pi * std::abs(mean_delay) * step > doubtful_step)
      channel.remarks.push_back(
          fmt::format("the frequency step of {} is too coarse to be sure of a delay of {}",
                      format_engineering(step, "Hz"), format_engineering(mean_delay, "s")));
    if (front.early_energy > doubtful_early_energy)
      channel.remarks.push_back(
          fmt::format("{:.2g} % of the pulse's energy comes before its front: the data are not causal",
                      100.0 * front.early_energy));
  }
  channel.response = [curve](double f) { return f < 0.0 ? std::conj(curve->at(-f)) : curve->at(f); };
  return channel;
}

Channel passband_response(const FrequencyTable& table, double carrier) {
  require_points(table);
  Channel channel;
  channel.remarks = table.remarks;
  channel.first_frequency = table.frequencies.front();
  channel.last_frequency = table.frequencies.back();
  if (carrier < channel.first_frequency || carrier > channel.last_frequency)
    channel.remarks.push_back(fmt::format(
        "the carrier at {} is outside of the data, {} to {}: the nearest point is taken",
        format_engineering(carrier, "Hz", 6), format_engineering(channel.first_frequency, "Hz", 6),
        format_engineering(channel.last_frequency, "Hz", 6)));
  std::vector<double> phase(table.points(), 0.0);
  if (table.phase.empty()) {
    channel.remarks.emplace_back("the file states no phase: no dispersion is assumed");
  } else {
    phase = unwrapped(table.phase);
    const MonotoneCurve whole(table.frequencies, phase);
    const double at = std::clamp(carrier, channel.first_frequency, channel.last_frequency);
    const double delay = -whole.slope(at) / (2.0 * pi), turn = whole(at);
    channel.latency = std::max(delay, 0.0);
    for (std::size_t k = 0; k < phase.size(); ++k)
      phase[k] += 2.0 * pi * (table.frequencies[k] - at) * delay - turn;
  }
  struct Band {
    MonotoneCurve magnitude, phase;
  };
  const auto band = std::make_shared<const Band>(
      Band{MonotoneCurve(table.frequencies, table.magnitude), MonotoneCurve(table.frequencies, phase)});
  channel.response = [band, carrier](double f) {
    return std::polar(band->magnitude(carrier + f), band->phase(carrier + f));
  };
  return channel;
}

}  // namespace waverack::network
