#include "waverack/link/clock_loop.hpp"

#include <fmt/format.h>

#include <cassert>
#include <cmath>
#include <numbers>

#include "waverack/link/clock_recovery.hpp"
#include "waverack/signal/pam.hpp"

namespace waverack::link {
namespace {

constexpr double least_updates = 20.0;  // in 1/f_L

}  // namespace

ClockLoop compile_clock_loop(const Segment& segment, const parts::Conditions& conditions,
                             const SolvedSegment& solved) {
  const ClockMotion motion = clock_motion(segment, {});
  const double interval = clock_update / conditions.symbol_rate;
  const double fastest = 1.0 / (least_updates * interval);
  if (motion.loop_bandwidth > fastest)
    throw Error(
        ErrorInfo{{},
                  join_path(segment.receiver_path, "clock_recovery_bandwidth"),
                  fmt::format("the waveform solver updates clock recovery every {} symbols, too seldom for "
                              "{:.4g} MHz",
                              clock_update, motion.loop_bandwidth * 1e-6),
                  fmt::format("at most {:.4g} MHz at this symbol rate", fastest * 1e-6),
                  {}});
  ClockLoop loop;
  loop.gain = 2.0 * std::numbers::pi * motion.loop_bandwidth * interval;
  loop.offset = solved.timing_detector.offset;
  loop.walk_rms = std::sqrt(motion.diffusion * interval);
  loop.sinusoid_peak = motion.sinusoid_peak;
  loop.sinusoid_step = 2.0 * std::numbers::pi * motion.sinusoid_frequency * interval;
  loop.start_rms =
      std::sqrt(clock_residual(motion, solved.timing_detector, conditions.symbol_rate).random_variance());
  const std::complex<double> ratio(0.0, motion.sinusoid_frequency / motion.loop_bandwidth);
  loop.start_response = ratio / (1.0 + ratio);
  loop.thresholds.assign(solved.outcome.thresholds.begin(), solved.outcome.thresholds.end());
  for (const double level : signal::pam_levels(conditions.levels))
    loop.targets.push_back(static_cast<float>(level));
  loop.feedback.assign(solved.equaliser.feedback.begin(), solved.equaliser.feedback.end());
  return loop;
}

ClockTracker::ClockTracker(const ClockLoop& loop, int symbols, int guard)
    : loop_(loop), symbols_(symbols), guard_(guard) {
  assert((symbols - 2 * guard) % clock_update == 0);
  walk_.resize(static_cast<std::size_t>((symbols - 2 * guard) / clock_update) * records);
  decided_.resize((static_cast<std::size_t>(symbols) + loop.feedback.size()) * records);
}

Stream ClockTracker::stream(const Stream& name, std::uint32_t draw) const {
  Stream result = name;
  result.source = loop_.source + draw;
  return result;
}

void ClockTracker::start(const Stream& name) {
  std::array<double, records> uniform{}, normal{};
  fill_uniform(stream(name, 1), uniform);
  fill_normal(stream(name, 2), std::span<double>(normal));
  for (std::size_t r = 0; r < records; ++r) {
    sinusoid_[r] = std::polar(loop_.sinusoid_peak, 2.0 * std::numbers::pi * uniform[r]);
    residual_[r] = loop_.start_rms * normal[r] + (loop_.start_response * sinusoid_[r]).real();
  }
}

void ClockTracker::follow(const Stream& name, const float* slope, float* y) {
  fill_normal(stream(name, 0), std::span<double>(walk_));
  const std::complex<double> turn = std::polar(1.0, loop_.sinusoid_step);
  const std::size_t history = loop_.feedback.size();
  const int updates = (symbols_ - 2 * guard_) / clock_update;
  for (int u = 0; u < updates; ++u) {
    const int counted = guard_ + u * clock_update, end = counted + clock_update;
    const int first = u == 0 ? 0 : counted, last = u + 1 == updates ? symbols_ : end;
    std::array<float, records> shift{}, product{}, square{};
    for (std::size_t r = 0; r < records; ++r) shift[r] = static_cast<float>(residual_[r]);
    for (int k = first; k < last; ++k) {
      const std::size_t at = static_cast<std::size_t>(k) * records;
      std::array<float, records> value{};
      for (std::size_t r = 0; r < records; ++r) value[r] = y[at + r] += shift[r] * slope[at + r];
      for (std::size_t n = 0; n < history; ++n) {
        const float* past = decided_.data() + at + (history - 1 - n) * records;
        for (std::size_t r = 0; r < records; ++r) value[r] -= loop_.feedback[n] * past[r];
      }
      float* decided = decided_.data() + at + history * records;
      for (std::size_t r = 0; r < records; ++r) decided[r] = loop_.targets[0];
      for (std::size_t t = 0; t < loop_.thresholds.size(); ++t)
        for (std::size_t r = 0; r < records; ++r)
          decided[r] = value[r] > loop_.thresholds[t] ? loop_.targets[t + 1] : decided[r];
      if (k < counted || k >= end) continue;
      for (std::size_t r = 0; r < records; ++r) {
        product[r] += (value[r] - decided[r]) * slope[at + r];
        square[r] += slope[at + r] * slope[at + r];
      }
    }
    for (std::size_t r = 0; r < records; ++r) {
      const std::complex<double> next = sinusoid_[r] * turn;
      residual_[r] += next.real() - sinusoid_[r].real() +
                      loop_.walk_rms * walk_[static_cast<std::size_t>(u) * records + r];
      if (square[r] > 0.0f) residual_[r] -= loop_.gain * (product[r] / square[r] - loop_.offset);
      sinusoid_[r] = next;
    }
  }
}

}  // namespace waverack::link
