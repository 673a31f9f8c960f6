#include "waverack/compliance/capture_clock.hpp"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/compliance/clock_tracking.hpp"
#include "waverack/signal/resampling.hpp"

namespace waverack::compliance {
namespace {

constexpr int pulse_before = 6, pulse_after = 18;  // symbols
constexpr long most_fitted = 131072;               // symbols
constexpr int clock_rounds = 2;
constexpr double largest_wander = 0.25;  // [UI] rms

using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// The symbols that act on symbols n … n + count − 1, a row for each; the last column is the offset.
Rows acting_symbols(std::span<const std::uint8_t> pattern, long first, long count) {
  const long period = static_cast<long>(pattern.size()), width = pulse_before + pulse_after;
  Rows rows(count, width + 1);
  // Row n, column j holds symbol n + before − j.
  std::vector<float> line(static_cast<std::size_t>(count + width));
  long at = ((first - pulse_after + 1) % period + period) % period;
  for (float& value : line) {
    value = static_cast<float>(pattern[static_cast<std::size_t>(at)]) - 1.5f;
    if (++at == period) at = 0;
  }
  for (long n = 0; n < count; ++n) {
    for (long j = 0; j < width; ++j) rows(n, j) = line[static_cast<std::size_t>(n + width - 1 - j)];
    rows(n, width) = 1.0f;
  }
  return rows;
}

Eigen::Map<const Rows> samples_of(std::span<const float> samples, int per_symbol, long first, long count) {
  return {samples.data() + first * per_symbol, count, per_symbol};
}

// Column p of the fit: the pulse at p/per_symbol − 1/2 symbols after the centres, and the offset.
Rows fit(std::span<const float> samples, int per_symbol, std::span<const std::uint8_t> pattern, long start) {
  const long record = static_cast<long>(samples.size()) / per_symbol, width = pulse_before + pulse_after + 1;
  Eigen::MatrixXd normal = Eigen::MatrixXd::Zero(width, width);
  Eigen::MatrixXd right = Eigen::MatrixXd::Zero(width, per_symbol);
  const long fitted = std::min(record, most_fitted), from = (record - fitted) / 2;
  for (long n = from; n < from + fitted; n += stretch_symbols) {
    const long count = std::min(stretch_symbols, from + fitted - n);
    const Rows symbols = acting_symbols(pattern, start + n, count);
    normal += (symbols.transpose() * symbols).cast<double>();
    right += (symbols.transpose() * samples_of(samples, per_symbol, n, count)).cast<double>();
  }
  // Short records may not tell all of the pulse.
  normal.diagonal().array() += 1e-9 * normal.trace();
  return normal.ldlt().solve(right).cast<float>();
}

// The slope in time [1/UI] of what `fit` gives, by differences along the pulse.
Rows slope_of(const Rows& fitted) {
  const long per_symbol = fitted.cols(), width = fitted.rows() - 1, length = per_symbol * width;
  const auto at = [&](long i) {
    return i < 0 || i >= length ? 0.0f : fitted(i / per_symbol, i % per_symbol);
  };
  Rows slope = Rows::Zero(fitted.rows(), fitted.cols());
  for (long i = 0; i < length; ++i)
    slope(i / per_symbol, i % per_symbol) = 0.5f * static_cast<float>(per_symbol) * (at(i + 1) - at(i - 1));
  return slope;
}

SymbolClock line_through(const std::vector<DelayPoint>& points) {
  double n = 0.0, x = 0.0, y = 0.0;
  for (const DelayPoint& p : points) n += 1.0, x += p.symbol, y += p.delay;
  x /= n;
  y /= n;
  double xx = 0.0, xy = 0.0;
  for (const DelayPoint& p : points) {
    xx += (p.symbol - x) * (p.symbol - x);
    xy += (p.symbol - x) * (p.delay - y);
  }
  const double slope = xx > 0.0 ? xy / xx : 0.0;
  return {y - slope * x, 1.0 + slope};
}

// What is left of the delays on a clock that gave them.
std::vector<DelayPoint> residue_of(std::vector<DelayPoint> points, const SymbolClock& clock) {
  for (DelayPoint& p : points) p.delay -= clock.first + (clock.period - 1.0) * p.symbol;
  return points;
}

// The time [UI] from the centre assumed to the middle of the pulse between its half-height points.
double centre_of(const PulseFit& fit) {
  const auto& pulse = fit.pulse;
  const long size = static_cast<long>(pulse.size());
  const long peak = std::max_element(pulse.begin(), pulse.end()) - pulse.begin();
  const double half = 0.5 * pulse[static_cast<std::size_t>(peak)];
  const auto crossing = [&](long direction) {
    long i = peak;
    while (i + direction >= 0 && i + direction < size && pulse[static_cast<std::size_t>(i)] > half)
      i += direction;
    const double here = pulse[static_cast<std::size_t>(i)],
                 above = pulse[static_cast<std::size_t>(i - direction)];
    return static_cast<double>(i) - static_cast<double>(direction) *
                                        std::clamp((half - here) / std::max(above - here, 1e-300), 0.0, 1.0);
  };
  const double middle = 0.5 * (crossing(-1) + crossing(1));
  return middle / fit.per_symbol - fit.before;
}

}  // namespace

PulseFit fit_pulse(std::span<const float> samples, int per_symbol, std::span<const std::uint8_t> pattern,
                   long start) {
  const Rows fitted = fit(samples, per_symbol, pattern, start);
  PulseFit result;
  result.per_symbol = per_symbol;
  result.before = pulse_before;
  result.after = pulse_after;
  const long width = pulse_before + pulse_after, half = per_symbol / 2;
  result.offset = fitted(width, half);
  // Column p lies p − half samples after the centre, so the pulse begins half a symbol earlier.
  result.pulse.assign(static_cast<std::size_t>(width * per_symbol), 0.0);
  for (long i = half; i < width * per_symbol; ++i)
    result.pulse[static_cast<std::size_t>(i - half)] = fitted(i / per_symbol, i % per_symbol);
  return result;
}

RecoveredClock recover_clock(std::span<const float> samples, int per_symbol, const PatternMatch& match) {
  RecoveredClock recovered;
  SymbolClock clock = line_through(match.delays);
  const auto judge = [&](const std::vector<DelayPoint>& left) {
    recovered.residual_rms = rms_delay(left);
    if (recovered.residual_rms > largest_wander)
      throw Error(ErrorInfo{
          {},
          {},
          fmt::format("no steady clock fits the record: it wanders by {:.2f} UI rms", recovered.residual_rms),
          "a symbol clock that the scope was triggered by, and no gaps",
          {}});
  };
  judge(residue_of(match.delays, clock));

  const auto nominal = static_cast<double>(per_symbol);
  for (int round = 0; round < clock_rounds; ++round) {
    // Symbols of which all samples lie within the record; the first may be one of a part of a symbol.
    const double reach = signal::resampling_reach(clock.period) / nominal + 0.5;
    const double size = static_cast<double>(samples.size()) / nominal;
    const long low = static_cast<long>(std::ceil((reach - clock.first) / clock.period));
    const long high = static_cast<long>(std::floor((size - reach - clock.first) / clock.period));
    const long count = high - low;
    if (count < 2 * (pulse_before + pulse_after))
      throw Error(ErrorInfo{{}, {}, fmt::format("only {} symbols are whole", count), "a longer record", {}});
    const std::vector<float> grid = signal::resampled(
        samples, (clock.first + static_cast<double>(low) * clock.period - 0.5 * clock.period) * nominal,
        clock.period, static_cast<std::size_t>(count * per_symbol));
    const long start = match.start + low;
    const Rows response = fit(grid, per_symbol, match.symbols, start);
    const Rows slope = slope_of(response);

    std::vector<DelayPoint> delays;
    double squares = 0.0;
    const long length = std::min(stretch_symbols, count);
    for (long n = 0; n + length <= count; n += length) {
      const Rows symbols = acting_symbols(match.symbols, start + n, length);
      const Rows misfit = samples_of(grid, per_symbol, n, length) - symbols * response;
      const Rows derivative = symbols * slope;
      const double late = -static_cast<double>((misfit.array() * derivative.array()).sum()) /
                          std::max(static_cast<double>(derivative.squaredNorm()), 1e-300);
      delays.push_back({static_cast<double>(low + n) + 0.5 * static_cast<double>(length - 1), late});
      squares += static_cast<double>(misfit.squaredNorm());
    }
    recovered.misfit_rms = std::sqrt(
        squares / static_cast<double>(delays.size() * static_cast<std::size_t>(length * per_symbol)));
    const SymbolClock correction = line_through(delays);
    recovered.residue = residue_of(delays, correction);
    judge(recovered.residue);
    // Delays were measured in periods of the clock that was assumed.
    double centre = 0.0;
    if (round == clock_rounds - 1) centre = centre_of(fit_pulse(grid, per_symbol, match.symbols, start));
    clock = {clock.first + (correction.first + centre) * clock.period, clock.period * correction.period};
  }
  recovered.clock = clock;
  return recovered;
}

}  // namespace waverack::compliance
