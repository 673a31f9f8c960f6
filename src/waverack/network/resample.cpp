#include "waverack/network/resample.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waverack/base/units.hpp"
#include "waverack/network/port_order.hpp"
#include "waverack/network/pulse_front.hpp"
#include "waverack/network/transmission_curve.hpp"

namespace waverack::network {
namespace {

using Complex = std::complex<double>;

constexpr std::size_t most_resampled_points = 1000000;
constexpr std::size_t most_steps_to_dc = 100;
constexpr double transmits = 0.1;  // as power at low frequency, −10 dB
// A frequency this close to the end of the data, relative to it, is the end.
constexpr double rounding = 1e-9;

void require_two_points(const Network& network) {
  if (network.points() < 2)
    refuse_network(network, "there are data at one frequency only", "at least two frequencies");
}

// One S-parameter without its mean delay.
struct Entry {
  Samples samples;
  double delay = 0.0;  // [s]

  Complex with_delay(Complex h, double f) const {
    return h * std::polar(1.0, -2.0 * std::numbers::pi * f * delay);
  }
};

Entry entry_of(const Network& network, int to, int from) {
  Entry entry{{network.frequencies, {}}, 0.0};
  entry.samples.h.reserve(network.points());
  for (std::size_t k = 0; k < network.points(); ++k) entry.samples.h.push_back(network.at(k, to, from));
  entry.delay = mean_group_delay(entry.samples.f, entry.samples.h, 1);
  entry.samples = without_delay(entry.samples, entry.delay);
  return entry;
}

bool is_transmission(const Network& network, int to, int from) {
  const std::size_t count = low_frequency_points(network);
  double power = 0.0;
  for (std::size_t k = 0; k < count; ++k) power += std::norm(network.at(k, to, from));
  return to != from && power > transmits * static_cast<double>(count);
}

// Through the first two samples, even in the real and odd in the imaginary part.
Complex continued(const Samples& samples, double f) {
  const double f1 = samples.f[0], f2 = samples.f[1];
  const Complex h1 = samples.h[0], h2 = samples.h[1];
  const double curvature = (h2.real() - h1.real()) / (f2 * f2 - f1 * f1);
  return {h1.real() + curvature * (f * f - f1 * f1), h1.imag() * (f / f1)};
}

}  // namespace

std::vector<double> even_grid(const Network& network, double step, std::optional<double> stop) {
  if (!(step > 0.0 && std::isfinite(step)))
    refuse_network(network, fmt::format("the step is {:g} Hz", step), "a step above 0 Hz");
  const double first = network.frequencies.front(), last = network.frequencies.back();
  if (stop && !(*stop <= last * (1.0 + rounding)))
    refuse_network(network,
                   fmt::format("the data stop at {}, below {}", format_engineering(last, "Hz"),
                               format_engineering(*stop, "Hz")),
                   "data up to the end of the grid");
  const double from = std::ceil(first / step * (1.0 - rounding));
  const double to = std::floor(stop.value_or(last) / step * (1.0 + rounding));
  const double count = to - from + 1.0;
  if (!(count >= 2.0 && count <= static_cast<double>(most_resampled_points)))
    refuse_network(network, fmt::format("the grid has {:.0f} points", std::max(count, 0.0)),
                   fmt::format("2 to {}", most_resampled_points));
  std::vector<double> frequencies(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < frequencies.size(); ++i)
    frequencies[i] = std::clamp((from + static_cast<double>(i)) * step, first, last);
  return frequencies;
}

Network resample(const Network& network, std::span<const double> frequencies) {
  if (same_frequencies(frequencies, network.frequencies)) return network;
  require_two_points(network);
  const double first = network.frequencies.front(), last = network.frequencies.back();
  if (frequencies.front() < first * (1.0 - rounding) || frequencies.back() > last * (1.0 + rounding))
    refuse_network(
        network,
        fmt::format("the data reach from {} to {}, not from {} to {}", format_engineering(first, "Hz"),
                    format_engineering(last, "Hz"), format_engineering(frequencies.front(), "Hz"),
                    format_engineering(frequencies.back(), "Hz")),
        "frequencies within the data; extend_to_dc first where the start is missing");
  Network result = network;
  result.frequencies.assign(frequencies.begin(), frequencies.end());
  const auto n = static_cast<std::size_t>(network.ports);
  result.s.resize(frequencies.size() * n * n);
  for (int to = 1; to <= network.ports; ++to)
    for (int from = 1; from <= network.ports; ++from) {
      const Entry entry = entry_of(network, to, from);
      const TransmissionCurve curve(entry.samples);
      for (std::size_t k = 0; k < frequencies.size(); ++k)
        result.at(k, to, from) =
            entry.with_delay(curve.at(std::clamp(frequencies[k], first, last)), frequencies[k]);
    }
  return result;
}

Network extend_to_dc(const Network& network) {
  require_two_points(network);
  const double first = network.frequencies[0], step = network.frequencies[1] - first;
  if (first == 0.0) return network;
  if (first > static_cast<double>(most_steps_to_dc) * step)
    refuse_network(network,
                   fmt::format("the data start at {}, too far from 0 Hz for steps of {}",
                               format_engineering(first, "Hz"), format_engineering(step, "Hz")),
                   fmt::format("a start within {} steps", most_steps_to_dc));
  const auto added = static_cast<std::size_t>(std::max(std::round(first / step), 1.0));
  Network result = network;
  std::vector<double> below(added);
  for (std::size_t k = 0; k < added; ++k)
    below[k] = first * static_cast<double>(k) / static_cast<double>(added);
  result.frequencies.insert(result.frequencies.begin(), below.begin(), below.end());
  const auto n = static_cast<std::size_t>(network.ports);
  result.s.insert(result.s.begin(), added * n * n, Complex{});
  for (int to = 1; to <= network.ports; ++to)
    for (int from = 1; from <= network.ports; ++from) {
      const Entry entry = entry_of(network, to, from);
      if (is_transmission(network, to, from)) {
        const TransmissionCurve curve(entry.samples);
        for (std::size_t k = 0; k < added; ++k)
          result.at(k, to, from) = entry.with_delay(curve.at(below[k]), below[k]);
      } else {
        for (std::size_t k = 0; k < added; ++k)
          result.at(k, to, from) = entry.with_delay(continued(entry.samples, below[k]), below[k]);
      }
    }
  result.remarks.push_back(
      fmt::format("the data start at {}: they are continued to 0 Hz", format_engineering(first, "Hz")));
  return result;
}

}  // namespace waverack::network
