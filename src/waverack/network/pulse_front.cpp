#include "waverack/network/pulse_front.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "waverack/signal/fft.hpp"

namespace waverack::network {
namespace {

using Complex = std::complex<double>;
using std::numbers::pi;

// Nothing is lower than −300 dB of the threshold.
constexpr double lowest_level = 1e-15;
// The pulse that probes for the front: a Gaussian spectrum with 1e-3 at the end of the data; and the share of
// the peak that counts as arrived.
constexpr double probe_edge = 1e-3, arrived = 0.02;

}  // namespace

double mean_group_delay(std::span<const double> f, std::span<const Complex> h, std::size_t first) {
  double sum = 0.0, weights = 0.0;
  for (std::size_t k = std::max<std::size_t>(first, 1); k < f.size(); ++k) {
    const Complex turn = h[k] * std::conj(h[k - 1]);
    const double weight = std::abs(turn);
    if (weight == 0.0) continue;
    sum -= weight * std::arg(turn) / (2.0 * pi * (f[k] - f[k - 1]));
    weights += weight;
  }
  return weights > 0.0 ? sum / weights : 0.0;
}

Front find_front(const std::function<Complex(double)>& response, double last_frequency, double step) {
  const double sample_rate = 4.0 * last_frequency;
  std::size_t size = 4096;
  while (size < 65536 && static_cast<double>(size) * step < sample_rate) size *= 2;
  std::vector<Complex> pulse(size);
  for (std::size_t i = 0; i <= size / 4; ++i) {
    const double share = 4.0 * static_cast<double>(i) / static_cast<double>(size);
    pulse[i] = response(share * last_frequency) * std::pow(probe_edge, share * share);
    if (i > 0) pulse[size - i] = std::conj(pulse[i]);
  }
  signal::fft(pulse, true);
  const auto level = [&](std::size_t i) { return std::abs(pulse[i % size].real()); };
  std::size_t peak = 0;
  for (std::size_t i = 1; i < size; ++i)
    if (level(i) > level(peak)) peak = i;
  // From half a period before the peak towards it; the peak itself is at the end, so the search ends.
  const std::size_t start = peak + size / 2;
  const double threshold = arrived * level(peak);
  std::size_t i = start + 1;
  while (level(i) < threshold) ++i;
  // The flank of a Gaussian is a parabola in decibels: through the three samples about the threshold, this is
  // exact.
  const auto height = [&](std::size_t k) {
    return std::log(std::max(level(k), threshold * lowest_level) / threshold);
  };
  const double left = height(i - 1), middle = height(i), right = height(i + 1);
  const double slope = 0.5 * (right - left), bend = 0.5 * (right + left) - middle;
  const double root = std::sqrt(std::max(slope * slope - 4.0 * bend * middle, 0.0));
  const double shift = slope + root > 0.0 ? -2.0 * middle / (slope + root) : 0.0;
  const double crossing = static_cast<double>(i) + std::clamp(shift, -1.0, 0.0);
  // The pulse itself reaches the threshold this much before its middle.
  const double lead = std::sqrt(std::log(1.0 / arrived) * std::log(1.0 / probe_edge)) / (pi * last_frequency);
  const double from_peak = crossing - static_cast<double>(peak + size);
  const double signed_peak = static_cast<double>(peak) - (peak < size / 2 ? 0.0 : static_cast<double>(size));
  Front front;
  front.time = (signed_peak + from_peak) / sample_rate + lead;
  double early = 0.0, total = 0.0;
  const double before = crossing - lead * sample_rate;
  for (std::size_t k = start; k < start + size; ++k) {
    const double energy = level(k) * level(k);
    total += energy;
    if (static_cast<double>(k) < before) early += energy;
  }
  front.early_energy = early / total;
  return front;
}

}  // namespace waverack::network
