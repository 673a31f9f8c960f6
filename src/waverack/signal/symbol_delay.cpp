#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "waverack/base/error.hpp"
#include "waverack/signal/eye.hpp"

namespace waverack::signal {
namespace {

constexpr long probe_length = 128;     // symbols of the coarse search over the whole period
constexpr long refine_length = 8192;   // symbols of the fine search
constexpr long window_length = 16384;  // symbols of the coarse search within a window
constexpr long screen_length = 1024;   // symbols that choose among its candidates
constexpr std::size_t candidate_count = 256, screened_count = 8;

// A waveform without its mean and the symbols without theirs.
struct Record {
  std::span<const float> samples;
  int samples_per_symbol = 1;
  double mean = 0.0;
  std::vector<float> reference;
  long per_symbol() const { return samples_per_symbol; }
  long length() const { return static_cast<long>(samples.size()); }
  long count() const { return static_cast<long>(reference.size()); }
};

Record record_of(std::span<const float> samples, int samples_per_symbol,
                 std::span<const std::uint8_t> symbols) {
  Record record{samples, samples_per_symbol, 0.0, {}};
  const std::size_t count = symbols.size();
  if (count == 0 || samples.size() != count * static_cast<std::size_t>(samples_per_symbol))
    throw Error(fmt::format("a waveform of {} samples at {} per symbol does not hold {} symbols",
                            samples.size(), samples_per_symbol, count));
  record.mean = std::accumulate(samples.begin(), samples.end(), 0.0) / static_cast<double>(samples.size());
  const double symbol_mean =
      std::accumulate(symbols.begin(), symbols.end(), 0.0) / static_cast<double>(count);
  for (const std::uint8_t symbol : symbols)
    record.reference.push_back(static_cast<float>(symbol - symbol_mean));
  return record;
}

// Σ_k a_k·y(delay + k·per_symbol) over `count` symbols from the first.
double correlation(const Record& record, long count, long delay) {
  const long length = record.length(), per_symbol = record.per_symbol();
  const auto mean = static_cast<float>(record.mean);
  long at = ((delay % length) + length) % length;
  double sum = 0.0;
  for (long k = 0; k < count;) {
    // Up to the end of the record there is no wrap to look for.
    const long stretch = std::min(count - k, (length - at + per_symbol - 1) / per_symbol);
    const float* y = record.samples.data() + at;
    const float* a = record.reference.data() + k;
    for (long i = 0; i < stretch; ++i) sum += static_cast<double>(a[i] * (y[i * per_symbol] - mean));
    k += stretch;
    at = (at + stretch * per_symbol) % length;
  }
  return sum;
}

// Correlation of the first `probe` symbols with y at all whole-symbol delays; y holds one value per symbol.
std::vector<float> probe_all(std::span<const float> symbols, long probe, std::vector<float> y) {
  const long count = static_cast<long>(y.size());
  y.insert(y.end(), y.begin(), y.begin() + probe);
  std::vector<float> result(static_cast<std::size_t>(count));
  constexpr long block = 2048;
  for (long first = 0; first < count; first += block) {
    const long size = std::min(block, count - first);
    float* to = result.data() + first;
    for (long k = 0; k < probe; ++k) {
      const float a = symbols[static_cast<std::size_t>(k)];
      const float* from = y.data() + first + k;
      for (long m = 0; m < size; ++m) to[m] += a * from[m];
    }
  }
  return result;
}

// The middle of the pulse response between its half-height points, sample by sample around the coarse peak
// `best`.
double refined(const Record& record, long best, double sign) {
  const long reach = 2 * record.per_symbol();
  std::vector<double> pulse;
  for (long d = -reach; d <= reach; ++d)
    pulse.push_back(sign * correlation(record, std::min(record.count(), refine_length), best + d));
  const long peak = std::max_element(pulse.begin(), pulse.end()) - pulse.begin();
  const double half = 0.5 * pulse[static_cast<std::size_t>(peak)];
  const auto crossing = [&](long direction) {
    long i = peak;
    while (i > 0 && i < 2 * reach && pulse[static_cast<std::size_t>(i + direction)] > half) i += direction;
    if (i == 0 || i == 2 * reach) return static_cast<double>(i);
    const double inside = pulse[static_cast<std::size_t>(i)],
                 outside = pulse[static_cast<std::size_t>(i + direction)];
    return static_cast<double>(i) + static_cast<double>(direction) * (inside - half) / (inside - outside);
  };
  return static_cast<double>(best - reach) + 0.5 * (crossing(-1) + crossing(1));
}

}  // namespace

double symbol_delay(const Waveform& waveform, std::span<const std::uint8_t> symbols) {
  const Record record = record_of(waveform.samples, waveform.samples_per_symbol, symbols);
  const long count = record.count(), per_symbol = record.per_symbol();

  // Coarse: a stretch of the pattern against one or two samples of every symbol. A stretch is enough to make
  // the true delay one of many, even where it is as plain as the start of SSPRQ; a longer one makes it one of
  // few, and the whole pattern then chooses among these.
  struct Candidate {
    double score;
    long delay;
  };
  std::vector<Candidate> candidates;
  const long probe = std::min(probe_length, count);
  const long phase_step = std::max(1L, per_symbol / 2);
  for (long phase = 0; phase < per_symbol; phase += phase_step) {
    std::vector<float> y(static_cast<std::size_t>(count));
    for (long k = 0; k < count; ++k)
      y[static_cast<std::size_t>(k)] = static_cast<float>(
          waveform.samples[static_cast<std::size_t>(k * per_symbol + phase)] - record.mean);
    const std::vector<float> scores = probe_all(record.reference, probe, std::move(y));
    for (long m = 0; m < count; ++m) {
      const double score = scores[static_cast<std::size_t>(m)];
      if (candidates.size() == candidate_count && score <= candidates.back().score) continue;
      // One candidate for each peak, or a single wide peak would fill the list.
      if (score < scores[static_cast<std::size_t>((m + 1) % count)] ||
          score < scores[static_cast<std::size_t>((m + count - 1) % count)])
        continue;
      if (candidates.size() == candidate_count) candidates.pop_back();
      const Candidate candidate{score, m * per_symbol + phase};
      candidates.insert(
          std::upper_bound(candidates.begin(), candidates.end(), candidate,
                           [](const Candidate& a, const Candidate& b) { return a.score > b.score; }),
          candidate);
    }
  }
  for (Candidate& candidate : candidates)
    candidate.score = correlation(record, std::min(screen_length, count), candidate.delay);
  std::sort(candidates.begin(), candidates.end(),
            [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  candidates.resize(std::min(candidates.size(), screened_count));
  long best = candidates.front().delay;
  double best_score = 0.0;
  for (const Candidate& candidate : candidates) {
    const double score = correlation(record, count, candidate.delay);
    if (score > best_score) best_score = score, best = candidate.delay;
  }
  const double delay = refined(record, best, 1.0), period = static_cast<double>(record.length());
  return delay - period * std::floor(delay / period);
}

SymbolTiming symbol_timing(std::span<const float> samples, int samples_per_symbol,
                           std::span<const std::uint8_t> symbols, long first, long last) {
  const Record record = record_of(samples, samples_per_symbol, symbols);
  long best = first;
  double best_score = 0.0;
  for (long delay = first; delay <= last; delay += std::max(1L, record.per_symbol() / 2)) {
    const double score = correlation(record, std::min(record.count(), window_length), delay);
    if (std::abs(score) > std::abs(best_score)) best_score = score, best = delay;
  }
  return {refined(record, best, best_score < 0.0 ? -1.0 : 1.0), best_score < 0.0};
}

}  // namespace waverack::signal
