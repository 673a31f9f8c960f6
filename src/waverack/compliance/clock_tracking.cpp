#include "waverack/compliance/clock_tracking.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace waverack::compliance {

std::vector<DelayPoint> followed(std::span<const DelayPoint> points, double bandwidth) {
  const double rate = 2.0 * std::numbers::pi * bandwidth;
  std::vector<DelayPoint> phase(points.begin(), points.end());
  double left = 0.0;  // x − y
  for (std::size_t i = 1; i < points.size(); ++i) {
    const double time = points[i].symbol - points[i - 1].symbol;
    const double steady = (points[i].delay - points[i - 1].delay) / (time * rate);
    left = steady + (left - steady) * std::exp(-rate * time);
    phase[i].delay = points[i].delay - left;
  }
  return phase;
}

double delay_at(std::span<const DelayPoint> points, double symbol) {
  if (points.empty()) return 0.0;
  const auto next = std::lower_bound(points.begin(), points.end(), symbol,
                                     [](const DelayPoint& p, double at) { return p.symbol < at; });
  if (next == points.begin()) return points.front().delay;
  if (next == points.end()) return points.back().delay;
  const auto before = next - 1;
  const double part = (symbol - before->symbol) / (next->symbol - before->symbol);
  return before->delay + part * (next->delay - before->delay);
}

double rms_delay(std::span<const DelayPoint> points) {
  double squares = 0.0;
  for (const DelayPoint& p : points) squares += p.delay * p.delay;
  return std::sqrt(squares / static_cast<double>(points.size()));
}

}  // namespace waverack::compliance
