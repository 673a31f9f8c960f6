#include "waverack/compliance/pattern_search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <complex>
#include <numeric>

#include "waverack/base/error.hpp"
#include "waverack/signal/fft.hpp"

namespace waverack::compliance {
namespace {

using signal::PatternName;

constexpr long probe_length = 2048;  // symbols of the search
constexpr long shortest = 200;       // symbols of a record
constexpr std::size_t most_candidates = 16;
constexpr double least_correlation = 0.35;

long cyclic(long index, long period) {
  const long rest = index % period;
  return rest < 0 ? rest + period : rest;
}

// Symbol `start` of the pattern lies at sample `sample` of the record.
struct PatternCandidate {
  std::size_t pattern = 0;
  long start = 0, sample = 0;
  double correlation = 0.0;
};

struct Pattern {
  PatternName name{};
  std::vector<std::uint8_t> symbols;
  long period() const { return static_cast<long>(symbols.size()); }
};

// The correlation coefficients of `count` samples, `per_symbol` apart from sample `first`, with the pattern
// at every start, for several `first` at once.
std::vector<std::vector<double>> coefficients(std::span<const float> samples, int per_symbol, long count,
                                              std::span<const long> firsts, const Pattern& pattern) {
  const long period = pattern.period();
  const auto size = std::bit_ceil(static_cast<std::size_t>(period + count));
  std::vector<std::complex<double>> symbols(size);
  std::vector<double> sum(static_cast<std::size_t>(period + count) + 1), squares(sum.size());
  for (long i = 0; i < period + count; ++i) {
    const double s = pattern.symbols[static_cast<std::size_t>(i % period)];
    const auto at = static_cast<std::size_t>(i);
    symbols[at] = s - 1.5;
    sum[at + 1] = sum[at] + s;
    squares[at + 1] = squares[at] + s * s;
  }
  signal::fft(symbols, false);

  std::vector<std::vector<double>> result;
  const auto n = static_cast<double>(count);
  // Two real stretches make one complex one: the symbols are real, so they stay apart.
  for (std::size_t pair = 0; pair < firsts.size(); pair += 2) {
    std::vector<std::complex<double>> stretch(size);
    std::array<double, 2> deviation{};
    for (std::size_t half = 0; half < 2 && pair + half < firsts.size(); ++half) {
      std::vector<double> values(static_cast<std::size_t>(count));
      for (long i = 0; i < count; ++i)
        values[static_cast<std::size_t>(i)] =
            samples[static_cast<std::size_t>(firsts[pair + half] + i * per_symbol)];
      const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
      for (std::size_t i = 0; i < values.size(); ++i) {
        const double y = values[i] - mean;
        deviation[half] += y * y;
        stretch[i] += half == 0 ? std::complex(y, 0.0) : std::complex(0.0, y);
      }
    }
    signal::fft(stretch, false);
    // Σ_i conj(z[i])·s[k + i] has the spectrum conj(Z)·S.
    for (std::size_t i = 0; i < size; ++i) stretch[i] = std::conj(stretch[i]) * symbols[i];
    signal::fft(stretch, true);
    for (std::size_t half = 0; half < 2 && pair + half < firsts.size(); ++half) {
      std::vector<double> rho(static_cast<std::size_t>(period));
      for (std::size_t k = 0; k < rho.size(); ++k) {
        const std::size_t end = k + static_cast<std::size_t>(count);
        const double s = sum[end] - sum[k], variance = squares[end] - squares[k] - s * s / n;
        const double product =
            (half == 0 ? stretch[k].real() : -stretch[k].imag()) / static_cast<double>(size);
        rho[k] = product / std::sqrt(std::max(deviation[half] * variance, 1e-300));
      }
      result.push_back(std::move(rho));
    }
  }
  return result;
}

// The best places of the probe in all patterns.
std::vector<PatternCandidate> candidates_of(std::span<const float> samples, int per_symbol, long first,
                                            long count, std::span<const Pattern> patterns) {
  std::vector<long> firsts;
  for (long phase = 0; phase < 4; ++phase) firsts.push_back(first + phase * per_symbol / 4);
  std::vector<PatternCandidate> all;
  double best = 0.0;
  for (std::size_t p = 0; p < patterns.size(); ++p) {
    const auto rho = coefficients(samples, per_symbol, count, firsts, patterns[p]);
    for (std::size_t f = 0; f < firsts.size(); ++f)
      for (long k = 0; k < patterns[p].period(); ++k) {
        const double c = rho[f][static_cast<std::size_t>(k)];
        if (std::abs(c) < 0.8 * best) continue;
        best = std::max(best, std::abs(c));
        all.push_back({p, k, firsts[f], c});
      }
  }
  std::sort(all.begin(), all.end(), [](const PatternCandidate& a, const PatternCandidate& b) {
    return std::abs(a.correlation) > std::abs(b.correlation);
  });
  std::vector<PatternCandidate> kept;
  for (const PatternCandidate& c : all) {
    if (std::abs(c.correlation) < 0.8 * best || kept.size() == most_candidates) break;
    // Neighbours in time are the flanks of one peak.
    const bool flank = std::any_of(kept.begin(), kept.end(), [&](const PatternCandidate& k) {
      const long period = patterns[c.pattern].period() * per_symbol;
      const long apart =
          cyclic((c.sample - c.start * per_symbol) - (k.sample - k.start * per_symbol), period);
      return k.pattern == c.pattern && std::min(apart, period - apart) <= 2 * per_symbol;
    });
    if (!flank) kept.push_back(c);
  }
  return kept;
}

// A candidate followed through the record.
struct Track {
  PatternCandidate candidate;
  double correlation = 0.0;  // mean
  std::vector<DelayPoint> delays;
};

class Follower {
 public:
  Follower(std::span<const float> samples, int per_symbol, const Pattern& pattern,
           const PatternCandidate& candidate)
      : samples_(samples), per_symbol_(per_symbol), pattern_(pattern), candidate_(candidate) {}

  Track run() {
    const long size = static_cast<long>(samples_.size());
    const long record = size / per_symbol_;
    const long length = std::min(stretch_symbols, record / 2);
    // From the middle to either end, every stretch from where the one before it was found.
    const long middle = candidate_.sample / per_symbol_;
    std::vector<DelayPoint> later, earlier;
    double offset = static_cast<double>(candidate_.sample - middle * per_symbol_);
    double sum = 0.0;
    const double first = step(middle, length, offset, later, sum);
    for (long n = middle + length; n + length <= record; n += length)
      offset = step(n, length, offset, later, sum);
    offset = first;
    for (long n = middle - length; n >= 0; n -= length) offset = step(n, length, offset, earlier, sum);
    Track track{candidate_, 0.0, {earlier.rbegin(), earlier.rend()}};
    track.delays.insert(track.delays.end(), later.begin(), later.end());
    track.correlation = sum / std::max<double>(1.0, static_cast<double>(track.delays.size()));
    return track;
  }

 private:
  // Stretch of symbols from n on, looked for around `offset` [samples]; returns where it is.
  double step(long n, long length, double offset, std::vector<DelayPoint>& delays, double& sum) {
    const long reach = per_symbol_, size = static_cast<long>(samples_.size());
    const long guess = n * per_symbol_ + std::lround(offset);
    const long low = guess - reach - 1, high = guess + reach + 1 + (length - 1) * per_symbol_;
    if (low < 0 || high >= size) return offset;
    symbols_.resize(static_cast<std::size_t>(length));
    const long period = pattern_.period(), start = candidate_.start + n - candidate_.sample / per_symbol_;
    double mean = 0.0, variance = 0.0;
    for (long i = 0; i < length; ++i) {
      const double s = pattern_.symbols[static_cast<std::size_t>(cyclic(start + i, period))];
      symbols_[static_cast<std::size_t>(i)] = static_cast<float>(s);
      mean += s;
      variance += s * s;
    }
    mean /= static_cast<double>(length);
    variance -= mean * mean * static_cast<double>(length);
    const double sign = candidate_.correlation < 0.0 ? -1.0 : 1.0;
    const auto product = [&](long at) {
      double total = 0.0;
      for (long i = 0; i < length; ++i)
        total += (symbols_[static_cast<std::size_t>(i)] - mean) *
                 samples_[static_cast<std::size_t>(at + i * per_symbol_)];
      return sign * total;
    };
    std::vector<double> products;
    for (long lag = -reach - 1; lag <= reach + 1; ++lag) products.push_back(product(guess + lag));
    const auto inside = std::max_element(products.begin() + 1, products.end() - 1);
    const double before = inside[-1], peak = inside[0], after = inside[1];
    const double curvature = before - 2.0 * peak + after;
    const double shift = curvature < 0.0 ? std::clamp(0.5 * (before - after) / curvature, -0.5, 0.5) : 0.0;
    const long lag = inside - products.begin() - reach - 1;
    const long at = guess + lag;
    double y_sum = 0.0, y_squares = 0.0;
    for (long i = 0; i < length; ++i) {
      const double y = samples_[static_cast<std::size_t>(at + i * per_symbol_)];
      y_sum += y;
      y_squares += y * y;
    }
    y_squares -= y_sum * y_sum / static_cast<double>(length);
    sum += peak / std::sqrt(std::max(y_squares * variance, 1e-300));
    const double found = std::round(offset) + static_cast<double>(lag) + shift;
    delays.push_back({static_cast<double>(n) + 0.5 * static_cast<double>(length - 1), found / per_symbol_});
    return found;
  }

  std::span<const float> samples_;
  int per_symbol_;
  const Pattern& pattern_;
  const PatternCandidate& candidate_;
  std::vector<float> symbols_;
};

[[noreturn]] void not_found(std::span<const Pattern> patterns, const PatternCandidate* best) {
  std::string names;
  for (const Pattern& pattern : patterns)
    names += fmt::format("{}{}", names.empty() ? "" : ", ", pattern_text(pattern.name));
  const std::string nearest =
      best ? fmt::format("; the best correlation is {:.2f} with {}", std::abs(best->correlation),
                         pattern_text(patterns[best->pattern].name))
           : std::string{};
  throw Error(
      ErrorInfo{{},
                {},
                fmt::format("the record does not hold {} at this symbol rate{}", names, nearest),
                fmt::format("a correlation of {:.2f} or more; look at symbol rate and sample interval",
                            least_correlation),
                {}});
}

}  // namespace

std::span<const PatternName> searched_patterns() {
  static constexpr std::array list{PatternName::ssprq, PatternName::prbs13q, PatternName::prbs9q};
  return list;
}

std::string_view pattern_text(PatternName name) {
  switch (name) {
    case PatternName::prbs7:
      return "PRBS7";
    case PatternName::prbs9:
      return "PRBS9";
    case PatternName::prbs13:
      return "PRBS13";
    case PatternName::prbs15:
      return "PRBS15";
    case PatternName::prbs9q:
      return "PRBS9Q";
    case PatternName::prbs13q:
      return "PRBS13Q";
    case PatternName::ssprq:
      return "SSPRQ";
  }
  return "";
}

PatternMatch find_pattern(std::span<const float> samples, int per_symbol,
                          std::span<const PatternName> names) {
  assert(per_symbol >= 4 && per_symbol % 4 == 0);
  const long record = static_cast<long>(samples.size()) / per_symbol;
  if (record < shortest)
    throw Error(ErrorInfo{{},
                          {},
                          fmt::format("the record is {} symbols long", record),
                          fmt::format("{} or more", shortest),
                          {}});
  std::vector<Pattern> patterns;
  for (const PatternName name : names) patterns.push_back({name, signal::symbols_of(name)});
  const long count = std::min(probe_length, record - 4);
  const std::vector<PatternCandidate> candidates =
      candidates_of(samples, per_symbol, (record - count) / 2 * per_symbol, count, patterns);
  const double least = std::max(least_correlation, 6.0 / std::sqrt(static_cast<double>(count)));
  if (candidates.empty() || std::abs(candidates.front().correlation) < least)
    not_found(patterns, candidates.empty() ? nullptr : &candidates.front());

  std::vector<Track> tracks;
  for (const PatternCandidate& candidate : candidates)
    tracks.push_back(Follower(samples, per_symbol, patterns[candidate.pattern], candidate).run());
  double best = 0.0;
  for (const Track& track : tracks) best = std::max(best, track.correlation);
  // Equally good ones are a part of SSPRQ and its inverse elsewhere in the pattern.
  std::erase_if(tracks, [&](const Track& track) { return track.correlation < best - 0.002; });
  const auto upright = std::find_if(tracks.begin(), tracks.end(),
                                    [](const Track& t) { return t.candidate.correlation > 0.0; });
  const Track& chosen = upright == tracks.end() ? tracks.front() : *upright;

  PatternMatch match;
  Pattern& pattern = patterns[chosen.candidate.pattern];
  match.pattern = pattern.name;
  match.start = cyclic(chosen.candidate.start - chosen.candidate.sample / per_symbol, pattern.period());
  match.symbols = std::move(pattern.symbols);
  match.inverted = chosen.candidate.correlation < 0.0;
  match.polarity_known = tracks.size() == 1;
  match.correlation = chosen.correlation;
  match.delays = chosen.delays;
  return match;
}

}  // namespace waverack::compliance
