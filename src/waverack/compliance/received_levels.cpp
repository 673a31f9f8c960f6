#include "waverack/compliance/received_levels.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "waverack/signal/outer_levels.hpp"
#include "waverack/signal/sampling.hpp"

namespace waverack::compliance {

double eye_middle(const signal::Waveform& waveform, std::span<const std::uint8_t> symbols, double average,
                  double centre) {
  constexpr std::size_t enough = 16384;
  const long per_symbol = waveform.samples_per_symbol, length = static_cast<long>(waveform.samples.size());
  const long start = std::lround(centre - static_cast<double>(per_symbol));
  double sum = 0.0;
  long count = 0;
  for (std::size_t k = 1; k < std::min(symbols.size(), enough); ++k) {
    if (symbols[k - 1] + symbols[k] != 3) continue;
    const double direction = symbols[k] > symbols[k - 1] ? 1.0 : -1.0;
    // From the middle of symbol k − 1 to that of symbol k.
    const long from = start + static_cast<long>(k) * per_symbol;
    const auto above = [&](long i) {
      const long at = ((from + i) % length + length) % length;
      return direction * (static_cast<double>(waveform.samples[static_cast<std::size_t>(at)]) - average);
    };
    for (long i = 0; i < per_symbol; ++i) {
      const double before = above(i), after = above(i + 1);
      if (before > 0.0 || after <= 0.0) continue;
      sum += static_cast<double>(start + i) + before / (before - after);
      ++count;
      break;
    }
  }
  return count == 0 ? centre : sum / static_cast<double>(count) + 0.5 * static_cast<double>(per_symbol);
}

OuterLevels outer_levels(const signal::Waveform& waveform, std::span<const std::uint8_t> symbols,
                         double middle) {
  const auto zeros = signal::run_mean(waveform, symbols, middle, 0, 6);
  const auto threes = signal::run_mean(waveform, symbols, middle, 3, 7);
  if (zeros && threes) return {*zeros, *threes, true};
  const std::vector<float> samples = signal::sampled(waveform, middle);
  double sums[2] = {0.0, 0.0};
  long counts[2] = {0, 0};
  for (std::size_t k = 0; k < samples.size(); ++k)
    if (symbols[k] == 0 || symbols[k] == 3) {
      sums[symbols[k] / 3] += static_cast<double>(samples[k]);
      ++counts[symbols[k] / 3];
    }
  return {sums[0] / static_cast<double>(counts[0]), sums[1] / static_cast<double>(counts[1]), false};
}

std::optional<double> slower_transition(const signal::Waveform& waveform,
                                        std::span<const std::uint8_t> symbols, double middle,
                                        const OuterLevels& levels) {
  const auto rise = signal::transition_time(waveform, symbols, middle, 0, 3, levels.p0, levels.p3);
  const auto fall = signal::transition_time(waveform, symbols, middle, 3, 0, levels.p3, levels.p0);
  if (!rise || !fall) return std::nullopt;
  return std::max(*rise, *fall);
}

Extremes extremes(const signal::Waveform& waveform, double hit_ratio) {
  std::vector<float> samples = waveform.samples;
  const auto hits = std::min(static_cast<std::ptrdiff_t>(hit_ratio * static_cast<double>(samples.size())),
                             static_cast<std::ptrdiff_t>(samples.size()) - 1);
  const auto low = samples.begin() + hits;
  std::nth_element(samples.begin(), low, samples.end());
  const double lowest = static_cast<double>(*low);
  const auto high = samples.end() - 1 - hits;
  std::nth_element(low, high, samples.end());
  return {lowest, static_cast<double>(*high)};
}

}  // namespace waverack::compliance
