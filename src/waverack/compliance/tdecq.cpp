#include "waverack/compliance/tdecq.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "waverack/base/error.hpp"
#include "waverack/compliance/equaliser_search.hpp"
#include "waverack/compliance/received_levels.hpp"
#include "waverack/signal/pam.hpp"
#include "waverack/signal/sampling.hpp"

namespace waverack::compliance {
namespace {

constexpr double not_measured = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t fewest_pattern_symbols = 256;

// The symbols of every period that the waveform holds.
std::vector<std::uint8_t> repeated(const signal::Waveform& waveform, std::span<const std::uint8_t> symbols) {
  const std::size_t count = static_cast<std::size_t>(signal::symbol_count(waveform));
  if (symbols.size() < fewest_pattern_symbols || count == 0 || count % symbols.size() != 0 ||
      count * static_cast<std::size_t>(waveform.samples_per_symbol) != waveform.samples.size())
    throw Error(fmt::format(
        "a waveform of {} samples at {} per symbol is not whole periods of a pattern of {} "
        "symbols, at least {}",
        waveform.samples.size(), waveform.samples_per_symbol, symbols.size(), fewest_pattern_symbols));
  if (std::any_of(symbols.begin(), symbols.end(), [](std::uint8_t s) { return s > 3; }))
    throw Error("TDECQ is of four levels: the pattern has symbols beyond 3");
  std::vector<std::uint8_t> all;
  for (std::size_t k = 0; k < count; k += symbols.size())
    all.insert(all.end(), symbols.begin(), symbols.end());
  return all;
}

void require_consistent(const TdecqSettings& settings) {
  const ReferenceEqualiser& equaliser = settings.equaliser;
  if (equaliser.fewest_pre > equaliser.most_pre || equaliser.most_pre >= equaliser.taps)
    throw Error(fmt::format("an equaliser of {} taps cannot have {} to {} before the main one",
                            equaliser.taps, equaliser.fewest_pre, equaliser.most_pre));
  // The search begins at the main tap alone.
  const bool holds =
      equaliser.main_lowest <= 1.0 && equaliser.main_highest >= 1.0 &&
      std::all_of(equaliser.lowest.begin(), equaliser.lowest.end(), [](double x) { return x <= 0.0; }) &&
      std::all_of(equaliser.highest.begin(), equaliser.highest.end(), [](double x) { return x >= 0.0; });
  if (!holds) throw Error("tap limits must allow a main tap of 1 with all others 0");
}

WindowHistogram histogram(std::span<const float> samples, const ReceivedPattern& pattern) {
  constexpr int bins = 256;
  const auto [low, high] = std::minmax_element(samples.begin(), samples.end());
  WindowHistogram out;
  const double width = std::max(static_cast<double>(*high - *low), 1e-9) / (bins - 1);
  out.step = width * pattern.swing;
  out.start = pattern.average + static_cast<double>(*low) * pattern.swing;
  out.share.resize(bins);
  for (const float y : samples)
    out.share[static_cast<std::size_t>(std::lround(static_cast<double>(y - *low) / width))] +=
        1.0 / static_cast<double>(samples.size());
  return out;
}

// Of the equalised signal at the sampling time.
std::array<double, 4> level_means(const ReceivedPattern& pattern, const TdecqResult& result) {
  const std::vector<float> samples = signal::sampled(*pattern.waveform, result.sampling_time);
  const long count = static_cast<long>(samples.size());
  std::array<double, 4> sums{}, counts{};
  for (long k = 0; k < count; ++k) {
    double y = 0.0;
    for (std::size_t i = 0; i < result.taps.size(); ++i)
      y += result.taps[i] *
           static_cast<double>(
               samples[static_cast<std::size_t>((k + result.main - static_cast<long>(i) + count) % count)]);
    const std::uint8_t symbol = pattern.symbols[static_cast<std::size_t>(k)];
    sums[symbol] += y;
    ++counts[symbol];
  }
  for (std::size_t level = 0; level < 4; ++level) sums[level] /= counts[level];
  return sums;
}

}  // namespace

TdecqResult measure_tdecq(const signal::Waveform& waveform, std::span<const std::uint8_t> period,
                          const TdecqSettings& settings, const Capture& capture) {
  require_consistent(settings);
  const std::vector<std::uint8_t> symbols = repeated(waveform, period);
  if (!std::all_of(waveform.samples.begin(), waveform.samples.end(),
                   [](float x) { return std::isfinite(x); }))
    throw Error("the waveform has samples that are not finite");
  signal::Waveform filtered;
  if (capture.filter == ReferenceFilter::needed) filtered = reference_received(waveform, settings);
  const signal::Waveform& received = capture.filter == ReferenceFilter::needed ? filtered : waveform;

  TdecqResult result;
  result.average = std::accumulate(received.samples.begin(), received.samples.end(), 0.0) /
                   static_cast<double>(received.samples.size());
  // A delay that is given belongs to the waveform before the filter.
  const double centre = capture.delay && capture.filter == ReferenceFilter::applied
                            ? *capture.delay
                            : signal::symbol_delay(received, symbols);
  const double middle = eye_middle(received, symbols, result.average, centre);

  const OuterLevels levels = outer_levels(received, symbols, middle);
  result.p0 = levels.p0;
  result.p3 = levels.p3;
  result.oma_from_runs = levels.from_runs;
  result.oma_outer = levels.p3 - levels.p0;
  if (!(result.oma_outer > 0.0))
    throw Error("the waveform does not follow its pattern: its highest level is not above its lowest");
  result.extinction_ratio = levels.p0 > 0.0 && levels.p3 > 0.0 ? levels.p3 / levels.p0 : not_measured;
  result.transition_time = slower_transition(received, symbols, middle, levels).value_or(not_measured);
  const Extremes extreme = extremes(received, settings.hit_ratio);
  result.overshoot = (extreme.high - levels.p3) / result.oma_outer;
  result.undershoot = (levels.p0 - extreme.low) / result.oma_outer;
  result.power_excursion = std::max(extreme.high - result.average, result.average - extreme.low);

  const ReceivedPattern pattern{&received, symbols, result.average, result.oma_outer,
                                (levels.p0 - result.average) / result.oma_outer};
  const std::vector<double> noise =
      noise_autocorrelation(settings.receiver_bandwidth, settings.equaliser.taps);
  const EqualiserChoice choice = choose_equaliser(pattern, settings, noise, middle);
  const TapAnswer& answer = choice.answer;

  result.taps = answer.taps;
  result.main = choice.main;
  result.sampling_time = choice.time;
  result.sampling_ui = 0.5 + (choice.time - middle) / received.samples_per_symbol;
  result.ceq = answer.noise_enhancement;
  result.qt = target_q(settings.target_ser);
  result.sigma_g = answer.allowed() * result.oma_outer;
  result.r = std::hypot(result.sigma_g, capture.scope_noise);
  result.tdecq = result.oma_outer / (6.0 * result.qt * result.r);
  for (std::size_t n = 0; n < 3; ++n)
    result.thresholds[n] = result.average + answer.thresholds[n] * result.oma_outer;
  result.level_means = level_means(pattern, result);
  result.r_lm = signal::r_lm(result.level_means);
  const NormalTable normal;
  const double at_decision = answer.allowed() * answer.noise_enhancement;
  const auto errors = [&](const EqualisedWindow& window) {
    return at_decision > 0.0 ? error_ratio(window, answer.thresholds, at_decision, normal).value
                             : not_measured;
  };
  result.ser_left = errors(answer.windows[0]);
  result.ser_right = errors(answer.windows[1]);
  result.left = histogram(answer.windows[0].samples, pattern);
  result.right = histogram(answer.windows[1].samples, pattern);
  return result;
}

signal::Waveform equalised(const signal::Waveform& received, const TdecqResult& result) {
  const long length = static_cast<long>(received.samples.size());
  signal::Waveform out = received;
  std::fill(out.samples.begin(), out.samples.end(), 0.0f);
  for (std::size_t i = 0; i < result.taps.size(); ++i) {
    const auto tap = static_cast<float>(result.taps[i]);
    // The cyclic shift in two runs.
    const long shift =
        (((result.main - static_cast<long>(i)) * received.samples_per_symbol) % length + length) % length;
    for (long k = 0; k < length - shift; ++k)
      out.samples[static_cast<std::size_t>(k)] += tap * received.samples[static_cast<std::size_t>(k + shift)];
    for (long k = length - shift; k < length; ++k)
      out.samples[static_cast<std::size_t>(k)] +=
          tap * received.samples[static_cast<std::size_t>(k + shift - length)];
  }
  return out;
}

}  // namespace waverack::compliance
