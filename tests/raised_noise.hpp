#pragma once
// More noise in a lane, so that two solvers can be compared where errors are frequent enough to be counted.

#include <cmath>
#include <utility>

#include "waverack/link/segment.hpp"

namespace waverack {

// Every noise of the plan `factor` times as strong in rms; jitter and the converter stay as they are.
inline void raise_noise(link::Plan& plan, double factor) {
  const double power = factor * factor;
  for (link::Segment& segment : plan.segments)
    for (link::PlacedNoise& noise : segment.noises) {
      noise.source.scale *= power;
      if (auto density = std::move(noise.source.density))
        noise.source.density = [density, power](double f) { return power * density(f); };
    }
}

// The factor that brings the worst segment of `lane` to a bit error ratio between `low` and `high`, for the
// equaliser that adapts to it; to be found at `samples_per_symbol`.
inline double factor_for(const link::Lane& lane, std::span<const std::uint8_t> symbols,
                         int samples_per_symbol, double low, double high) {
  double below = 0.05, above = 20.0, factor = 1.0;
  for (int i = 0; i < 20; ++i) {
    link::Plan plan = link::make_plan(lane);
    raise_noise(plan, factor);
    double worst = 0.0;
    for (const link::Segment& segment : plan.segments) {
      link::SegmentOptions options;
      options.samples_per_symbol = samples_per_symbol;
      worst = std::max(worst, link::solve_segment(segment, plan.conditions, symbols, options).outcome.ber);
    }
    if (worst >= low && worst <= high) return factor;
    (worst < low ? below : above) = factor;
    factor = std::sqrt(below * above);
  }
  return factor;
}

}  // namespace waverack
