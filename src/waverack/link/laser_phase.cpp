#include "waverack/link/laser_phase.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "waverack/signal/fast_random.hpp"

namespace waverack::link {
namespace {

constexpr double turn = 2.0 * std::numbers::pi;
constexpr std::int64_t steps_of_a_piece = 4096, most_hold = 64;
constexpr double lowest_pole = 50.0;  // [Hz]

}  // namespace

LaserPhase::LaserPhase(const Settings& settings) : settings_(settings) {
  if (!(settings.corner > 0.0) || !(settings.linewidth > 0.0)) return;
  const double highest = std::min(10.0 * settings.corner, settings.sample_rate / 64.0);
  while (hold_ < most_hold && static_cast<double>(2 * hold_) <= settings.sample_rate / (8.0 * 2.0 * highest))
    hold_ *= 2;
  const double ratio = std::sqrt(10.0);
  const double sigma = std::sqrt(settings.linewidth / std::numbers::pi * settings.corner * std::log(ratio));
  for (double pole = lowest_pole; pole <= highest; pole *= ratio) {
    const double keep = std::exp(-turn * pole * static_cast<double>(hold_) / settings.sample_rate);
    flicker_.push_back({keep, sigma * std::sqrt(1.0 - keep * keep), sigma});
  }
}

void LaserPhase::extend(std::int64_t end) {
  const double step = std::sqrt(turn * settings_.linewidth / settings_.sample_rate);
  const std::size_t poles = flicker_.size();
  std::vector<float> steps(steps_of_a_piece),
      draws(poles * static_cast<std::size_t>(steps_of_a_piece / hold_));
  while (next_ < end) {
    signal::fill_normal_fast({.seed = settings_.seed, .source = settings_.source}, steps,
                             static_cast<std::uint64_t>(next_));
    if (poles > 0)
      signal::fill_normal_fast({.seed = settings_.seed, .source = settings_.source + 1}, draws,
                               static_cast<std::uint64_t>(next_ / hold_) * poles);
    std::size_t drawn = 0;
    double turning = 0.0;  // of what wanders [rad per sample]
    for (std::int64_t i = 0; i < steps_of_a_piece; ++i) {
      if (poles > 0 && i % hold_ == 0) {
        double frequency = 0.0;
        for (Flicker& one : flicker_) {
          const double g = static_cast<double>(draws[drawn++]);
          // The first value of all is one of the process at rest; until then `value` is its size.
          one.value = next_ + i == 0 ? one.value * g : one.keep * one.value + one.fresh * g;
          frequency += one.value;
        }
        turning = turn * frequency / settings_.sample_rate;
      }
      ring_.push_back(static_cast<float>(phase_));
      phase_ = std::remainder(
          phase_ + step * static_cast<double>(steps[static_cast<std::size_t>(i)]) + turning, turn);
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
