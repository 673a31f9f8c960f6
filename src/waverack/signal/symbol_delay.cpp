#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "waverack/base/error.hpp"
#include "waverack/signal/eye.hpp"

namespace waverack::signal {
namespace {

constexpr long probe_length = 128;    // symbols of the coarse search
constexpr long refine_length = 8192;  // symbols of the fine search
constexpr std::size_t candidate_count = 8;

// Σ_k a_k·y(delay + k·per_symbol) over `count` symbols from the first.
double correlation(const Waveform& waveform, double mean, std::span<const float> symbols, long count,
                   long delay) {
  const long length = static_cast<long>(waveform.samples.size());
  long at = ((delay % length) + length) % length;
  double sum = 0.0;
  for (long k = 0; k < count; ++k) {
    sum += static_cast<double>(symbols[static_cast<std::size_t>(k)]) *
           (waveform.samples[static_cast<std::size_t>(at)] - mean);
    at += waveform.samples_per_symbol;
    if (at >= length) at -= length;
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

}  // namespace

double symbol_delay(const Waveform& waveform, std::span<const std::uint8_t> symbols) {
  const long count = static_cast<long>(symbols.size());
  const long per_symbol = waveform.samples_per_symbol;
  const long length = static_cast<long>(waveform.samples.size());
  if (count == 0 || length != count * per_symbol)
    throw Error(fmt::format("a waveform of {} samples at {} per symbol does not hold {} symbols", length,
                            per_symbol, count));

  const double mean =
      std::accumulate(waveform.samples.begin(), waveform.samples.end(), 0.0) / static_cast<double>(length);
  const double symbol_mean =
      std::accumulate(symbols.begin(), symbols.end(), 0.0) / static_cast<double>(count);
  std::vector<float> reference;
  for (const std::uint8_t symbol : symbols) reference.push_back(static_cast<float>(symbol - symbol_mean));

  // Coarse: a stretch of the pattern against one or two samples of every symbol; a stretch is enough to make
  // the true delay one of the best few, and the whole pattern then chooses among these.
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
      y[static_cast<std::size_t>(k)] =
          static_cast<float>(waveform.samples[static_cast<std::size_t>(k * per_symbol + phase)] - mean);
    const std::vector<float> scores = probe_all(reference, probe, std::move(y));
    for (long m = 0; m < count; ++m) {
      const double score = scores[static_cast<std::size_t>(m)];
      if (candidates.size() == candidate_count && score <= candidates.back().score) continue;
      if (candidates.size() == candidate_count) candidates.pop_back();
      const Candidate candidate{score, m * per_symbol + phase};
      candidates.insert(
          std::upper_bound(candidates.begin(), candidates.end(), candidate,
                           [](const Candidate& a, const Candidate& b) { return a.score > b.score; }),
          candidate);
    }
  }
  long best = candidates.front().delay;
  double best_score = 0.0;
  for (const Candidate& candidate : candidates) {
    const double score = correlation(waveform, mean, reference, count, candidate.delay);
    if (score > best_score) best_score = score, best = candidate.delay;
  }

  // Fine: the pulse response around the coarse peak, sample by sample, and the middle of its half-height
  // points.
  const long reach = 2 * per_symbol;
  std::vector<double> pulse;
  for (long d = -reach; d <= reach; ++d)
    pulse.push_back(correlation(waveform, mean, reference, std::min(count, refine_length), best + d));
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
  const double delay = static_cast<double>(best - reach) + 0.5 * (crossing(-1) + crossing(1));
  const double period = static_cast<double>(length);
  return delay - period * std::floor(delay / period);
}

}  // namespace waverack::signal
