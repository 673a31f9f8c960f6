#include "waverack/link/laser_phase.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "waverack/signal/fast_random.hpp"

namespace waverack::link {
namespace {

constexpr double turn = 2.0 * std::numbers::pi;
constexpr std::int64_t steps_of_a_piece = 4096;

}  // namespace

LaserPhase::LaserPhase(const Settings& settings) : settings_(settings) {}

void LaserPhase::extend(std::int64_t end) {
  const double step = std::sqrt(turn * settings_.linewidth / settings_.sample_rate);
  // A random walk of the angular frequency whose one-sided density is (2π)²·S_0·(corner/f)²; as radians per
  // sample its steps have the variance below.
  const double white = settings_.linewidth / std::numbers::pi;
  const double walk = std::sqrt(2.0 * std::pow(turn, 2) * std::pow(std::numbers::pi, 2) * white *
                                std::pow(settings_.corner, 2) / settings_.sample_rate) /
                      settings_.sample_rate;
  std::vector<float> steps(steps_of_a_piece), walks(steps_of_a_piece);
  while (next_ < end) {
    const auto first = static_cast<std::uint64_t>(next_);
    signal::fill_normal_fast({.seed = settings_.seed, .source = settings_.source}, steps, first);
    if (walk > 0.0)
      signal::fill_normal_fast({.seed = settings_.seed, .source = settings_.source + 1}, walks, first);
    for (std::int64_t i = 0; i < steps_of_a_piece; ++i) {
      ring_.push_back(static_cast<float>(phase_));
      const auto n = static_cast<std::size_t>(i);
      phase_ = std::remainder(phase_ + step * static_cast<double>(steps[n]) + frequency_, turn);
      frequency_ += walk * static_cast<double>(walks[n]);
    }
    next_ += steps_of_a_piece;
  }
  if (next_ - begin_ > 2 * look_back) {
    const std::int64_t surplus = next_ - begin_ - look_back;
    ring_.erase(ring_.begin(), ring_.begin() + surplus);
    begin_ += surplus;
  }
}

void LaserPhase::fill(std::int64_t first, std::span<float> phase) {
  const auto size = static_cast<std::int64_t>(phase.size());
  if (first < begin_ && begin_ > 0) throw std::logic_error("LaserPhase: these samples are forgotten");
  extend(first + size);
  const double per_sample = settings_.offset / settings_.sample_rate;  // turns
  for (std::int64_t i = 0; i < size; ++i) {
    const std::int64_t n = first + i;
    const double turns = per_sample * static_cast<double>(n);
    const double own = n > 0 ? static_cast<double>(ring_[static_cast<std::size_t>(n - begin_)]) : 0.0;
    phase[static_cast<std::size_t>(i)] =
        static_cast<float>(std::remainder(turn * (turns - std::nearbyint(turns)) + own, turn));
  }
}

}  // namespace waverack::link
