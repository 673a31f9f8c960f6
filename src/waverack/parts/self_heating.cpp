#include "waverack/parts/self_heating.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "waverack/parts/memoryless.hpp"

namespace waverack::parts {
namespace {

// The values of a record and how often each occurs, in equal bins.
struct Histogram {
  static constexpr int bins = 64;
  std::array<double, bins> value{}, share{};

  explicit Histogram(std::span<const float> samples) {
    if (samples.empty()) {
      share[0] = 1.0;
      return;
    }
    const Extent extent = extent_of(samples);
    const float per_bin = extent.high > extent.low ? bins / (extent.high - extent.low) : 0.0f;
    for (const float x : samples) {
      const auto i = static_cast<std::size_t>(std::min((x - extent.low) * per_bin, bins - 1.0f));
      value[i] += x;
      share[i] += 1.0;
    }
    for (std::size_t i = 0; i < bins; ++i) {
      if (share[i] > 0.0) value[i] /= share[i];
      share[i] /= static_cast<double>(samples.size());
    }
  }
};

}  // namespace

std::vector<double> thermal_states(const CoupledMode& mode, double cold, double heating,
                                   std::span<const float> drive) {
  if (!(heating > 0.0)) return {cold};  // also for no light at no wavelength
  const Histogram histogram(drive);
  CoupledMode moved = mode;
  const auto miss = [&](double detuning) {
    moved.detuning = detuning;
    double absorbed = 0.0;
    for (std::size_t i = 0; i < Histogram::bins; ++i)
      if (histogram.share[i] > 0.0) absorbed += histogram.share[i] * moved.absorbed(histogram.value[i]);
    return detuning - cold - heating * absorbed;
  };
  // The share is at most 1, so all states lie between cold and cold + heating.
  constexpr double points_per_half_width = 20.0;
  const int points =
      static_cast<int>(std::clamp(points_per_half_width * heating / mode.half_width(), 200.0, 20000.0));
  std::vector<double> states;
  double low = cold, value_low = miss(low);
  for (int i = 1; i <= points; ++i) {
    double high = cold + heating * i / points;
    const double next = high, value_next = miss(next);
    if ((value_low < 0.0) != (value_next < 0.0)) {
      for (int k = 0; k < 60; ++k) {
        const double middle = 0.5 * (low + high);
        ((miss(middle) < 0.0) == (value_low < 0.0) ? low : high) = middle;
      }
      states.push_back(0.5 * (low + high));
    }
    low = next;
    value_low = value_next;
  }
  return states;
}

double thermal_feedback(const CoupledMode& mode, double heating) {
  const double square = std::norm(mode.exponent(0.0));
  return heating * mode.absorbed(0.0) * 2.0 * mode.detuning / square;
}

}  // namespace waverack::parts
