#include "waverack/signal/outer_levels.hpp"

#include <vector>

#include "waverack/signal/sampling.hpp"

namespace waverack::signal {

std::optional<double> run_mean(const Waveform& waveform, std::span<const std::uint8_t> symbols,
                               double sampling_time, int symbol, int length) {
  const long count = static_cast<long>(symbols.size());
  const auto is = [&](long k) {
    return symbols[static_cast<std::size_t>((k % count + count) % count)] == symbol;
  };
  const int window = 2 * waveform.samples_per_symbol;
  double exact_sum = 0.0, longer_sum = 0.0;
  int exact = 0, longer = 0;
  for (long k = 0; k < count; ++k) {
    if (!is(k) || is(k - 1)) continue;  // not the first of a run
    long run = 1;
    while (is(k + run)) ++run;
    if (run < length) continue;
    const double centre = sampling_time + (static_cast<double>(k) + 0.5 * static_cast<double>(run - 1)) *
                                              waveform.samples_per_symbol;
    double mean = 0.0;
    for (int i = 0; i < window; ++i)
      mean += static_cast<double>(value_at(waveform, centre + 0.5 * (2 * i + 1 - window))) / window;
    (run == length ? exact_sum : longer_sum) += mean;
    ++(run == length ? exact : longer);
  }
  if (exact > 0) return exact_sum / exact;
  if (longer > 0) return longer_sum / longer;
  return std::nullopt;
}

std::optional<double> transition_time(const Waveform& waveform, std::span<const std::uint8_t> symbols,
                                      double sampling_time, int from, int to, double from_level,
                                      double to_level) {
  // From the middle of the second symbol `from` to the middle of the last symbol `to`.
  constexpr int per_ui = 64, length = 4 * per_ui + 1;
  const std::size_t count = symbols.size();
  std::vector<double> progress(length);  // 0 at from_level, 1 at to_level
  int edges = 0;
  for (std::size_t k = 0; k < count; ++k) {
    bool match = true;
    for (std::size_t i = 0; i < 6 && match; ++i) match = symbols[(k + i) % count] == (i < 3 ? from : to);
    if (!match) continue;
    ++edges;
    for (int i = 0; i < length; ++i) {
      const double time = sampling_time + (static_cast<double>(k + 1) + static_cast<double>(i) / per_ui) *
                                              waveform.samples_per_symbol;
      progress[static_cast<std::size_t>(i)] +=
          (static_cast<double>(value_at(waveform, time)) - from_level) / (to_level - from_level);
    }
  }
  if (edges == 0) return std::nullopt;
  for (double& p : progress) p /= edges;

  // The first time at 80 %, and the last time at 20 % before it.
  std::size_t high = 0;
  while (high < length && progress[high] < 0.8) ++high;
  if (high == 0 || high == length) return std::nullopt;
  std::size_t low = high;
  while (low > 0 && progress[low] > 0.2) --low;
  if (progress[low] > 0.2) return std::nullopt;
  const auto crossing = [&](std::size_t before, double level) {
    return static_cast<double>(before) +
           (level - progress[before]) / (progress[before + 1] - progress[before]);
  };
  return (crossing(high - 1, 0.8) - crossing(low, 0.2)) / per_ui / symbol_rate(waveform);
}

}  // namespace waverack::signal
