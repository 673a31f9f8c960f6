#include "waverack/compliance/window_samples.hpp"

#include <algorithm>

#include "waverack/signal/sampling.hpp"

namespace waverack::compliance {

Stretches whole(const ReceivedPattern& pattern) { return {{0}, static_cast<long>(pattern.symbols.size())}; }

Stretches part(const ReceivedPattern& pattern, long symbols) {
  constexpr long length = 256;
  const long all = static_cast<long>(pattern.symbols.size()), pieces = symbols / length;
  if (all < 2 * symbols) return whole(pattern);
  Stretches stretches{{}, length};
  for (long i = 0; i < pieces; ++i) stretches.first.push_back(i * all / pieces);
  return stretches;
}

WindowSamples window_samples(const ReceivedPattern& pattern, const Stretches& stretches,
                             const std::array<std::vector<double>, 2>& times, long margin) {
  const signal::Waveform& waveform = *pattern.waveform;
  const long length = static_cast<long>(waveform.samples.size()), per_symbol = waveform.samples_per_symbol;
  WindowSamples out;
  out.margin = margin;
  out.count = stretches.count;
  out.stretches = static_cast<long>(stretches.first.size());
  const std::size_t size = static_cast<std::size_t>(out.stretches * out.stride());

  struct Instant {
    signal::CubicWeights cubic;
    float* to;
  };
  std::vector<Instant> instants;
  for (std::size_t window = 0; window < 2; ++window)
    for (const double time : times[window]) {
      out.records[window].emplace_back(size);
      instants.push_back({signal::cubic_weights(time), nullptr});
    }
  std::size_t next = 0;
  for (auto& records : out.records)
    for (auto& record : records) instants[next++].to = record.data();

  const auto offset = static_cast<float>(pattern.average), scale = static_cast<float>(1.0 / pattern.swing);
  const float* samples = waveform.samples.data();
  std::size_t at = 0;
  for (const long first : stretches.first) {
    // All instants of one symbol lie close together in memory.
    for (long k = -margin; k < stretches.count + margin; ++k, ++at)
      for (const Instant& instant : instants) {
        const auto& [index, weights] = instant.cubic;
        long from = (index - 1 + (first + k) * per_symbol) % length;
        if (from < 0) from += length;
        float value = 0.0f;
        if (from + 4 <= length) {
          for (std::size_t i = 0; i < 4; ++i) value += weights[i] * samples[from + static_cast<long>(i)];
        } else {
          for (std::size_t i = 0; i < 4; ++i)
            value += weights[i] * samples[(from + static_cast<long>(i)) % length];
        }
        instant.to[at] = (value - offset) * scale;
      }
    for (long k = 0; k < stretches.count; ++k)
      out.symbols.push_back(
          pattern.symbols[static_cast<std::size_t>((first + k) % static_cast<long>(pattern.symbols.size()))]);
  }
  return out;
}

}  // namespace waverack::compliance
