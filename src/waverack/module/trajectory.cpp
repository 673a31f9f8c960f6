#include "waverack/module/trajectory.hpp"

#include <cmath>

namespace waverack::module {

std::size_t settled_at(std::span<const double> errors, double tolerance) {
  std::size_t from = errors.size();
  while (from > 0 && std::abs(errors[from - 1]) <= tolerance) --from;
  return from;
}

double mean_of(std::span<const double> values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double rms_of(std::span<const double> values) {
  double sum = 0.0;
  for (const double value : values) sum += value * value;
  return std::sqrt(sum / static_cast<double>(values.size()));
}

double Remainder::total() const { return std::hypot(mean, rms); }

Remainder remainder_of(std::span<const double> errors) {
  const std::span<const double> tail = errors.subspan(errors.size() / 2);
  const double mean = mean_of(tail), all = rms_of(tail);
  return {mean, std::sqrt(std::max(all * all - mean * mean, 0.0))};
}

double noise_gain(double gain) { return std::sqrt(gain / (2.0 - gain)); }

}  // namespace waverack::module
