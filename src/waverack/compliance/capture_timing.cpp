#include "waverack/compliance/capture_timing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "waverack/base/error.hpp"
#include "waverack/base/units.hpp"
#include "waverack/compliance/clock_tracking.hpp"
#include "waverack/signal/pam.hpp"
#include "waverack/signal/resampling.hpp"

namespace waverack::compliance {
namespace {

constexpr int search_samples = 8;  // per symbol, of the nominal grid
constexpr int kept = LockedCapture::samples_per_symbol;
constexpr double fewest_samples = 2.0;  // per symbol
constexpr long fewest_captured_symbols = 256;
constexpr long straight = 64;            // symbols over which a tracked clock is even
constexpr double longest_stretch = 0.1;  // of a cycle of the loop

// Makes symbols 0 … count − 1 of the pattern a period of their own: what the pulses of the symbols before and
// behind added goes, what those of the other end add comes.
void join_ends(signal::Waveform& waveform, std::span<const std::uint8_t> symbols,
               std::span<const std::uint8_t> pattern, long start, const PulseFit& fit) {
  const long count = static_cast<long>(symbols.size()), period = static_cast<long>(pattern.size());
  const auto actual = [&](long n) {
    return pattern[static_cast<std::size_t>(((start + n) % period + period) % period)];
  };
  const auto joined = [&](long n) { return symbols[static_cast<std::size_t>((n % count + count) % count)]; };
  const auto add = [&](long n) {
    const double change = static_cast<double>(joined(n)) - static_cast<double>(actual(n));
    if (change == 0.0) return;
    // The pulse begins `before` symbols ahead of the centre.
    const long begin = (n - fit.before) * kept + kept / 2, size = count * kept;
    for (std::size_t i = 0; i < fit.pulse.size(); ++i) {
      const long at = begin + static_cast<long>(i);
      if (at >= 0 && at < size)
        waveform.samples[static_cast<std::size_t>(at)] += static_cast<float>(change * fit.pulse[i]);
    }
  };
  for (long n = -fit.after; n < 0; ++n) add(n);
  for (long n = count; n < count + fit.before + 1; ++n) add(n);
}

// The mean of the periods; returns the rms of the periods about it.
double average_of(const std::vector<float>& samples, std::size_t periods, std::vector<float>& mean) {
  const std::size_t length = samples.size() / periods;
  mean.assign(length, 0.0f);
  double squares = 0.0;
  for (std::size_t i = 0; i < length; ++i) {
    double sum = 0.0, sum_of_squares = 0.0;
    for (std::size_t p = 0; p < periods; ++p) {
      const double y = samples[p * length + i];
      sum += y;
      sum_of_squares += y * y;
    }
    mean[i] = static_cast<float>(sum / static_cast<double>(periods));
    squares += std::max(0.0, sum_of_squares - sum * sum / static_cast<double>(periods));
  }
  return std::sqrt(squares / static_cast<double>(length * (periods - 1)));
}

// The phase of the loop, none without one; what it leaves of the jitter is noted.
std::vector<DelayPoint> track(const RecoveredClock& recovered, double bandwidth, LockedCapture& locked) {
  locked.residual_jitter = recovered.residual_rms / locked.symbol_rate;
  if (bandwidth <= 0.0 || recovered.residue.size() < 2) return {};
  const double cycles = bandwidth / locked.symbol_rate;
  const double stretch = recovered.residue[1].symbol - recovered.residue[0].symbol;
  if (cycles * stretch > longest_stretch)
    refuse_at({},
              fmt::format("a clock recovery of {} is too fast for stretches of {:.0f} symbols",
                          format_engineering(bandwidth, "Hz"), stretch),
              fmt::format("{} or less",
                          format_engineering(longest_stretch / stretch * locked.symbol_rate, "Hz", 3)));
  const std::vector<DelayPoint> phase = followed(recovered.residue, cycles);
  std::vector<DelayPoint> left = recovered.residue;
  for (std::size_t i = 0; i < left.size(); ++i) left[i].delay -= phase[i].delay;
  locked.followed_jitter = rms_delay(phase) / locked.symbol_rate;
  locked.residual_jitter = rms_delay(left) / locked.symbol_rate;
  return phase;
}

std::vector<std::string> remarks_on(const LockedCapture& locked, std::size_t samples, double interval,
                                    Inversion inversion) {
  std::vector<std::string> remarks;
  const std::size_t period = signal::symbols_of(locked.pattern).size();
  remarks.push_back(
      fmt::format("{} samples at {} intervals hold {:.4f} periods of {} ({} symbols), {:.4f} samples per UI.",
                  samples, format_engineering(interval, "s"), locked.record_periods,
                  pattern_text(locked.pattern), period, locked.samples_per_ui));
  remarks.push_back(fmt::format(
      "The first symbol used is symbol {} of the pattern, centred at sample {:.3f}; its correlation with "
      "the symbols is {:.3f}.",
      locked.start_symbol, locked.first_centre, locked.correlation));
  if (locked.inverted)
    remarks.emplace_back(
        inversion == Inversion::of_the_samples
            ? "The waveform is upside down; it was turned over."
            : "The pattern is inverted: level 3 was sent for symbol 0. It was measured as it is.");
  if (!locked.polarity_known)
    remarks.emplace_back("The record is too short to tell which way up it is; it was taken as upright.");
  remarks.push_back(fmt::format(
      "The symbol rate is {} by the clock of the scope, {:+.2f} ppm from nominal; this was removed. What is "
      "left wanders "
      "by {} rms ({:.4f} UI), in stretches of 512 symbols.",
      format_engineering(locked.symbol_rate, "Bd", 8), 1e6 * locked.clock_error,
      format_engineering(locked.residual_jitter, "s", 3), locked.residual_jitter * locked.symbol_rate));
  if (locked.followed_jitter > 0.0)
    remarks.push_back(fmt::format("Clock recovery followed another {} rms.",
                                  format_engineering(locked.followed_jitter, "s", 3)));
  if (locked.periods == 0)
    remarks.push_back(
        fmt::format("Less than a whole period lies between the ends of the record: the {} symbols there were "
                    "used, their ends "
                    "joined by the fitted pulse response.",
                    locked.symbols.size()));
  else if (locked.averaged)
    remarks.push_back(fmt::format("{} periods were averaged.", locked.periods));
  else
    remarks.push_back(fmt::format("{} whole {} used, not averaged.", locked.periods,
                                  locked.periods == 1 ? "period was" : "periods were"));
  return remarks;
}

}  // namespace

LockedCapture lock_capture(std::span<const float> samples, double sample_interval,
                           const TimingOptions& options) {
  const double nominal = 1.0 / (options.symbol_rate * sample_interval);
  if (!(nominal >= fewest_samples))
    refuse_at({},
              fmt::format("the record has {:.3g} samples per symbol at {}", nominal,
                          format_engineering(options.symbol_rate, "Bd")),
              "2 or more");
  if (!std::isfinite(std::accumulate(samples.begin(), samples.end(), 0.0)))
    refuse_at({}, "the record holds values that are not finite", {});
  const double held = static_cast<double>(samples.size()) / nominal;
  if (held < fewest_captured_symbols)
    refuse_at({},
              fmt::format("the record holds {:.0f} symbols at {}", held,
                          format_engineering(options.symbol_rate, "Bd")),
              fmt::format("{} or more", fewest_captured_symbols));

  // The nominal grid; the mean is no part of the search.
  std::vector<float> grid = signal::resampled(samples, 0.0, nominal / search_samples,
                                              static_cast<std::size_t>(held * search_samples));
  std::vector<signal::PatternName> one;
  if (options.pattern) one = {*options.pattern};
  const PatternMatch match = find_pattern(grid, search_samples, options.pattern ? one : searched_patterns());
  const float sign = match.inverted ? -1.0f : 1.0f;
  for (float& y : grid) y *= sign;
  const RecoveredClock recovered = recover_clock(grid, search_samples, match);

  LockedCapture locked;
  locked.pattern = match.pattern;
  locked.inverted = match.inverted;
  locked.polarity_known = match.polarity_known;
  locked.correlation = match.correlation;
  locked.misfit = recovered.misfit_rms;
  // From nominal symbols to samples of the record.
  locked.samples_per_ui = recovered.clock.period * nominal;
  locked.clock_error = 1.0 / recovered.clock.period - 1.0;
  locked.symbol_rate = options.symbol_rate / recovered.clock.period;
  const std::vector<DelayPoint> phase = track(recovered, options.clock_recovery, locked);
  const double zero = recovered.clock.first * nominal;  // the centre of symbol 0 of the match

  const long period = static_cast<long>(match.symbols.size());
  const double step = locked.samples_per_ui / kept;
  // Symbols whose samples need nothing beyond the ends of the record.
  const double reach = signal::resampling_reach(step), last = static_cast<double>(samples.size()) - 1.0;
  const double moved = phase.empty() ? 0.0 : 1.0;  // a loop moves symbols by less
  const long low = static_cast<long>(std::ceil((reach - zero) / locked.samples_per_ui + 0.5 + moved));
  const long high =
      static_cast<long>(std::floor((last - reach - zero) / locked.samples_per_ui - 0.5 - moved)) + 1;
  const long available = high - low;
  locked.record_periods =
      static_cast<double>(samples.size()) / locked.samples_per_ui / static_cast<double>(period);
  locked.periods = static_cast<int>(available / period);
  const long used = locked.periods > 0 ? locked.periods * period : available;
  if (used < fewest_captured_symbols)
    refuse_at({}, fmt::format("the record holds {} whole symbols", used),
              fmt::format("{} or more", fewest_captured_symbols));
  locked.start_symbol = (((match.start + low) % period) + period) % period;
  // Where `symbol` of the match is centred on the tracked clock.
  const auto centre_of = [&](double symbol) {
    return zero + (symbol + delay_at(phase, symbol)) * locked.samples_per_ui;
  };
  locked.first_centre = centre_of(static_cast<double>(low));

  locked.waveform.samples_per_symbol = kept;
  locked.waveform.sample_rate = locked.symbol_rate * kept;
  const long even = phase.empty() ? used : straight;
  for (long n = 0; n < used; n += even) {
    const long count = std::min(even, used - n);
    const double begin = centre_of(static_cast<double>(low + n) - 0.5),
                 end = centre_of(static_cast<double>(low + n + count) - 0.5);
    const std::vector<float> part =
        signal::resampled(samples, begin, (end - begin) / static_cast<double>(count * kept),
                          static_cast<std::size_t>(count * kept));
    locked.waveform.samples.insert(locked.waveform.samples.end(), part.begin(), part.end());
  }
  std::vector<std::uint8_t> pattern = match.symbols;
  if (match.inverted && options.inversion == Inversion::of_the_samples)
    for (float& y : locked.waveform.samples) y = -y;
  else if (match.inverted)
    pattern = signal::inverted_symbols(pattern, 4);
  for (long n = 0; n < std::min(used, period); ++n)
    locked.symbols.push_back(pattern[static_cast<std::size_t>((locked.start_symbol + n) % period)]);

  if (locked.periods == 0)
    join_ends(locked.waveform, locked.symbols, pattern, locked.start_symbol,
              fit_pulse(locked.waveform.samples, kept, pattern, locked.start_symbol));
  if (locked.periods > 1) {
    std::vector<float> mean;
    locked.noise = average_of(locked.waveform.samples, static_cast<std::size_t>(locked.periods), mean);
    if (options.average) {
      locked.averaged = true;
      locked.waveform.samples = std::move(mean);
    }
  }
  locked.remarks = remarks_on(locked, samples.size(), sample_interval, options.inversion);
  return locked;
}

}  // namespace waverack::compliance
