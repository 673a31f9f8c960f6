#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "waverack/base/error.hpp"
#include "waverack/signal/density.hpp"
#include "waverack/signal/eye.hpp"
#include "waverack/signal/outer_levels.hpp"
#include "waverack/signal/pam.hpp"
#include "waverack/signal/sampling.hpp"

namespace waverack::signal {
namespace {

constexpr double phases_per_ui = 32.0;
constexpr std::size_t phase_count = 49;  // ±0.75 UI about the delay

double phase_offset_ui(std::size_t phase) { return (static_cast<double>(phase) - 24.0) / phases_per_ui; }

struct Eyes {
  const Waveform& waveform;
  std::span<const std::uint8_t> symbols;
  std::size_t levels;
  double noise_rms;
  double probability;

  std::size_t count() const { return levels - 1; }
};

// Where the upper side of one eye begins and the lower side ends, at the probability asked for.
struct Opening {
  double lower = 0.0, upper = 0.0;
  double height() const { return upper - lower; }
};

// The openings of all eyes from one density per level. All levels above an eye make its upper side, because
// away from the sampling instant the outer levels may reach further in than the nearest one.
std::vector<Opening> openings(const std::vector<Density>& by_level, const Eyes& eyes) {
  std::vector<Opening> result(eyes.count());
  const auto merge = [](Density& into, const Density& other) {  // on one grid
    for (std::size_t i = 0; i < into.probability.size(); ++i) into.probability[i] += other.probability[i];
  };
  Density side = by_level.front();
  for (std::size_t n = 0; n < eyes.count(); ++n) {
    if (n > 0) merge(side, by_level[n]);
    result[n].lower = upper_quantile(side, eyes.probability * total(side), eyes.noise_rms);
  }
  side = by_level.back();
  for (std::size_t n = eyes.count(); n-- > 0;) {
    if (n + 1 < eyes.count()) merge(side, by_level[n + 1]);
    result[n].upper = lower_quantile(side, eyes.probability * total(side), eyes.noise_rms);
  }
  return result;
}

struct Range {
  double low = 0.0, high = 0.0;
};

// The range of the samples and `share` of it more at either end; never empty, not even for a flat line.
Range range_of(std::span<const float> samples, double share) {
  const auto [low, high] = std::minmax_element(samples.begin(), samples.end());
  const double span = static_cast<double>(*high) - static_cast<double>(*low);
  const double margin = std::max({share * span, 1e-6 * std::abs(static_cast<double>(*high)), 1e-30});
  return {*low - margin, *high + margin};
}

// Samples by level on a grid of `rows` over a range; the masses are counts.
class Histogram {
 public:
  Histogram(std::size_t levels, const Range& range, std::size_t rows)
      : low_(range.low),
        gain_(static_cast<double>(rows - 1) / (range.high - range.low)),
        by_level_(levels, Density{range.low, 1.0 / gain_, std::vector<double>(rows)}) {}

  void add(std::span<const float> values, const std::uint8_t* symbols) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      std::vector<double>& counts = by_level_[symbols[i]].probability;
      const double row = (static_cast<double>(values[i]) - low_) * gain_ + 0.5;
      counts[std::min(static_cast<std::size_t>(std::max(row, 0.0)), counts.size() - 1)] += 1.0;
    }
  }
  const std::vector<Density>& by_level() const { return by_level_; }

 private:
  double low_, gain_;
  std::vector<Density> by_level_;
};

// Openings at every phase of the search range.
std::vector<std::vector<Opening>> scan(const Eyes& eyes, double delay) {
  std::vector<double> times;
  for (std::size_t i = 0; i < phase_count; ++i)
    times.push_back(delay + phase_offset_ui(i) * eyes.waveform.samples_per_symbol);
  const Range range = range_of(eyes.waveform.samples, 0.1);
  std::vector<Histogram> histograms(times.size(), Histogram(eyes.levels, range, 512));
  visit_samples(eyes.waveform, times, [&](std::size_t t, std::size_t first, std::span<const float> values) {
    histograms[t].add(values, eyes.symbols.data() + first);
  });
  std::vector<std::vector<Opening>> result;
  for (const Histogram& histogram : histograms) result.push_back(openings(histogram.by_level(), eyes));
  return result;
}

double smallest_height(const std::vector<Opening>& all) {
  double smallest = all.front().height();
  for (const Opening& opening : all) smallest = std::min(smallest, opening.height());
  return smallest;
}

// The phase in the middle of the longest stretch where the smallest eye is within `tolerance` of its largest
// height: a flat eye has no peak of its own, and one peak beside its edge must not win.
std::size_t best_phase(const std::vector<std::vector<Opening>>& openings, double tolerance) {
  std::vector<double> heights;
  for (const auto& all : openings) heights.push_back(smallest_height(all));
  const double enough = *std::max_element(heights.begin(), heights.end()) - tolerance;
  std::size_t best = 0, longest = 0, run = 0;
  for (std::size_t i = 0; i < heights.size(); ++i) {
    run = heights[i] >= enough ? run + 1 : 0;
    if (run > longest) {
      longest = run;
      best = i - run / 2;
    }
  }
  return best;
}

// Width of one eye at `threshold`: from the best phase to where the opening reaches the threshold, either
// way.
double width_ui(const std::vector<std::vector<Opening>>& openings, std::size_t best, std::size_t eye,
                double threshold) {
  const auto room = [&](std::size_t phase) {
    const Opening& opening = openings[phase][eye];
    return std::min(opening.upper - threshold, threshold - opening.lower);
  };
  if (room(best) <= 0.0) return 0.0;
  double phases = 0.0;
  for (const int direction : {-1, 1}) {
    std::size_t at = best;
    while (true) {
      if (at == (direction < 0 ? 0 : openings.size() - 1)) break;
      const std::size_t next = at + static_cast<std::size_t>(direction);
      const double here = room(at), there = room(next);
      if (there <= 0.0) {
        phases += here / (here - there);
        break;
      }
      phases += 1.0;
      at = next;
    }
  }
  return phases / phases_per_ui;
}

// The outer amplitudes: by the runs of 802.3 where the pattern has them, else the level means.
void outer_levels(const Eyes& eyes, EyeMetrics& metrics) {
  metrics.p0 = metrics.level_means.front();
  metrics.p3 = metrics.level_means.back();
  if (eyes.levels == 4) {
    const auto threes = run_mean(eyes.waveform, eyes.symbols, metrics.sampling_time, 3, 7);
    const auto zeros = run_mean(eyes.waveform, eyes.symbols, metrics.sampling_time, 0, 6);
    if (threes && zeros) {
      metrics.p3 = *threes;
      metrics.p0 = *zeros;
      metrics.oma_from_runs = true;
    }
  }
  metrics.oma_outer = metrics.p3 - metrics.p0;
  if (metrics.p0 > 0.0 && metrics.p3 > 0.0) metrics.extinction_ratio = metrics.p3 / metrics.p0;

  const int top = static_cast<int>(eyes.levels) - 1;
  const auto rise =
      transition_time(eyes.waveform, eyes.symbols, metrics.sampling_time, 0, top, metrics.p0, metrics.p3);
  const auto fall =
      transition_time(eyes.waveform, eyes.symbols, metrics.sampling_time, top, 0, metrics.p3, metrics.p0);
  if (rise && fall) metrics.transition_time = std::max(*rise, *fall);
}

// Means, deviations and openings from the samples at the sampling instant.
std::vector<Opening> levels_and_heights(const Eyes& eyes, EyeMetrics& metrics) {
  const std::vector<float> samples = sampled(eyes.waveform, metrics.sampling_time);
  std::vector<double> count(eyes.levels), sum(eyes.levels), square(eyes.levels);
  std::vector<float> smallest(eyes.levels, std::numeric_limits<float>::infinity());
  std::vector<float> largest(eyes.levels, -std::numeric_limits<float>::infinity());
  for (std::size_t k = 0; k < samples.size(); ++k) {
    const std::size_t level = eyes.symbols[k];
    count[level] += 1.0;
    sum[level] += static_cast<double>(samples[k]);
    smallest[level] = std::min(smallest[level], samples[k]);
    largest[level] = std::max(largest[level], samples[k]);
  }
  for (std::size_t level = 0; level < eyes.levels; ++level)
    metrics.level_means.push_back(sum[level] / count[level]);
  for (std::size_t k = 0; k < samples.size(); ++k) {
    const double distance = static_cast<double>(samples[k]) - metrics.level_means[eyes.symbols[k]];
    square[eyes.symbols[k]] += distance * distance;
  }
  for (std::size_t level = 0; level < eyes.levels; ++level)
    metrics.level_rms.push_back(std::sqrt(square[level] / count[level]));
  for (std::size_t n = 0; n < eyes.count(); ++n) {
    const auto split = static_cast<long>(n) + 1;
    metrics.inner_heights.push_back(
        static_cast<double>(*std::min_element(smallest.begin() + split, smallest.end())) -
        static_cast<double>(*std::max_element(largest.begin(), largest.begin() + split)));
  }

  Histogram histogram(eyes.levels, range_of(samples, 0.01), 4096);
  histogram.add(samples, eyes.symbols.data());
  const std::vector<Opening> result = openings(histogram.by_level(), eyes);
  for (const Opening& opening : result) metrics.eye_heights.push_back(opening.height());
  return result;
}

double average_of(const Waveform& waveform) {
  return std::accumulate(waveform.samples.begin(), waveform.samples.end(), 0.0) /
         static_cast<double>(waveform.samples.size());
}

void check(const Waveform& waveform, std::span<const std::uint8_t> symbols, int levels,
           const EyeOptions& options) {
  if (levels < 2) throw Error(fmt::format("an eye needs at least 2 levels, not {}", levels));
  if (symbols.empty() ||
      waveform.samples.size() != symbols.size() * static_cast<std::size_t>(waveform.samples_per_symbol))
    throw Error(fmt::format("a waveform of {} samples at {} per symbol does not hold {} symbols",
                            waveform.samples.size(), waveform.samples_per_symbol, symbols.size()));
  std::vector<bool> seen(static_cast<std::size_t>(levels));
  for (const std::uint8_t symbol : symbols) {
    if (symbol >= levels) throw Error(fmt::format("symbol {} in a pattern of {} levels", symbol, levels));
    seen[symbol] = true;
  }
  if (std::find(seen.begin(), seen.end(), false) != seen.end())
    throw Error(fmt::format("the pattern does not use all of its {} levels", levels));
  if (!(options.probability > 0.0 && options.probability < 0.5))
    throw Error(
        fmt::format("an eye is measured at a probability between 0 and 0.5, not {}", options.probability));
  if (!std::isfinite(average_of(waveform))) throw Error("the waveform holds values that are not finite");
  if (!(options.noise_rms >= 0.0))
    throw Error(fmt::format("noise must not be negative: {}", options.noise_rms));
}

}  // namespace

EyeMetrics measure_eye(const Waveform& waveform, std::span<const std::uint8_t> symbols, int levels,
                       const EyeOptions& options) {
  check(waveform, symbols, levels, options);
  const Eyes eyes{waveform, symbols, static_cast<std::size_t>(levels), options.noise_rms,
                  options.probability};
  const double delay = options.delay ? *options.delay : symbol_delay(waveform, symbols);

  EyeMetrics metrics;
  const Range full = range_of(waveform.samples, 0.0);
  const std::vector<std::vector<Opening>> by_phase = scan(eyes, delay);
  const std::size_t best = best_phase(by_phase, 0.005 * (full.high - full.low));
  metrics.sampling_time = delay + phase_offset_ui(best) * waveform.samples_per_symbol;

  const std::vector<Opening> at_best = levels_and_heights(eyes, metrics);
  for (std::size_t n = 0; n < eyes.count(); ++n)
    metrics.eye_widths_ui.push_back(width_ui(by_phase, best, n, 0.5 * (at_best[n].lower + at_best[n].upper)));
  metrics.r_lm = r_lm(metrics.level_means);
  outer_levels(eyes, metrics);
  metrics.average = average_of(waveform);
  return metrics;
}

}  // namespace waverack::signal
