#include "waverack/network/uniform_spectrum.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/units.hpp"

namespace waverack::network {
namespace {

using Complex = std::complex<double>;

// Files print frequencies with a few digits.
constexpr double grid_tolerance = 1e-3;
constexpr std::size_t most_spectrum_points = 2'000'000;

Complex below(const std::vector<double>& f, const std::vector<Complex>& h, double at) {
  const double a = f[0] * f[0], b = f[1] * f[1], x = (at * at - a) / (b - a);
  const double real = h[0].real() + (h[1].real() - h[0].real()) * x;
  return {std::clamp(real, -1.0, 1.0), h[0].imag() * at / f[0]};
}

// The cubic whose slopes at the points are those of the parabola through each and its neighbours.
Complex between(const std::vector<double>& f, const std::vector<Complex>& h, std::size_t left, double at) {
  const auto chord = [&](std::size_t k) { return (h[k + 1] - h[k]) / (f[k + 1] - f[k]); };
  const auto slope = [&](std::size_t k) {
    if (k == 0) return chord(0);
    if (k + 1 == f.size()) return chord(k - 1);
    const double before = f[k] - f[k - 1], after = f[k + 1] - f[k];
    return (chord(k - 1) * after + chord(k) * before) / (before + after);
  };
  const double width = f[left + 1] - f[left], x = (at - f[left]) / width, y = 1.0 - x;
  return y * y * ((1.0 + 2.0 * x) * h[left] + x * width * slope(left)) +
         x * x * ((1.0 + 2.0 * y) * h[left + 1] - y * width * slope(left + 1));
}

}  // namespace

UniformSpectrum uniform_spectrum(const Network& network, int to, int from) {
  const std::vector<double>& f = network.frequencies;
  if (f.size() < 2)
    refuse_network(network, "there are data at one frequency only", "at least two frequencies");
  std::vector<Complex> h;
  for (std::size_t k = 0; k < f.size(); ++k) h.push_back(network.at(k, to, from));

  UniformSpectrum result;
  result.step = f[1] - f[0];
  for (std::size_t k = 2; k < f.size(); ++k) result.step = std::min(result.step, f[k] - f[k - 1]);
  // The step of a regular grid is known best from its end.
  const double steps = std::round(f.back() / result.step);
  if (steps >= static_cast<double>(most_spectrum_points))
    refuse_network(network,
                   "the closest points are " + format_engineering(result.step, "Hz") +
                       " apart, too close for a regular grid",
                   fmt::format("at most {} steps up to the last frequency", most_spectrum_points));
  const double regular = f.back() / steps;
  const bool on_grid = std::all_of(f.begin(), f.end(), [&](double x) {
    return std::abs(x / regular - std::round(x / regular)) < grid_tolerance;
  });
  if (on_grid) result.step = regular;
  const auto count = static_cast<std::size_t>(std::floor(f.back() / result.step * (1.0 + 1e-12))) + 1;
  std::size_t left = 0;
  for (std::size_t k = 0; k < count; ++k) {
    const double at = std::min(static_cast<double>(k) * result.step, f.back());
    while (left + 2 < f.size() && f[left + 1] <= at) ++left;
    result.values.push_back(at < f.front() ? below(f, h, at) : between(f, h, left, at));
  }
  result.values.front() = result.values.front().real();
  if (f.front() > 0.0)
    result.remarks.push_back(fmt::format("the data start at {}: they are continued to {:.3g} at 0 Hz",
                                         format_engineering(f.front(), "Hz"), result.values.front().real()));
  if (!on_grid || f.size() + static_cast<std::size_t>(std::round(f.front() / result.step)) != count)
    result.remarks.push_back(
        fmt::format("the frequencies are not on a regular grid: cubic curves give what lies between"));
  return result;
}

}  // namespace waverack::network
