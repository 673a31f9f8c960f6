#include "waverack/parts/host_transmitter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <numbers>

#include "waverack/signal/pam.hpp"
#include "waverack/signal/sinc.hpp"

namespace waverack::parts {

void resolve(HostTransmitter& part, ReadContext&, const Node& node, const std::string& path) {
  const int count = static_cast<int>(part.taps.size());
  if (count == 0) fail(node, join_path(path, "taps"), "the FIR has no taps", "at least one tap");
  if (std::adjacent_find(part.levels.begin(), part.levels.end(), std::greater_equal<>()) != part.levels.end())
    fail(node, join_path(path, "levels"), "the levels do not rise", "each level above the one before");
  if (part.main_tap >= count) {
    const Node* given = node.table() ? node.table()->find("main_tap") : nullptr;
    fail(given ? *given : node, join_path(path, "main_tap"),
         fmt::format("tap {} does not exist: the FIR has {} taps", part.main_tap, count),
         fmt::format("0 to {}", count - 1));
  }
}

std::vector<double> level_voltages(const HostTransmitter& part, int levels) {
  assert(part.levels.empty() || part.levels.size() == static_cast<std::size_t>(levels));
  std::vector<double> voltages = !part.levels.empty() ? part.levels
                                 : levels == 4        ? signal::pam4_levels(part.r_lm)
                                                      : signal::pam_levels(levels);
  for (double& v : voltages) v *= 0.5 * part.swing;
  return voltages;
}

std::vector<float> symbol_voltages(const HostTransmitter& part, int levels,
                                   std::span<const std::uint8_t> symbols) {
  const std::vector<double> voltages = level_voltages(part, levels);
  const long n = static_cast<long>(symbols.size());
  std::vector<double> sum(symbols.size(), 0.0);
  for (std::size_t i = 0; i < part.taps.size(); ++i) {
    if (part.taps[i] == 0.0) continue;
    const long shift = part.main_tap - static_cast<long>(i);
    for (long k = 0; k < n; ++k) {
      const std::uint8_t symbol = symbols[static_cast<std::size_t>(((k + shift) % n + n) % n)];
      assert(symbol < levels);
      sum[static_cast<std::size_t>(k)] += part.taps[i] * voltages[symbol];
    }
  }
  return {sum.begin(), sum.end()};
}

Response response(const HostTransmitter& part, const Conditions&) {
  return signal::gaussian_edge(part.rise_time);
}

std::vector<NoiseSource> noise(const HostTransmitter& part, const Conditions& conditions) {
  const double peak = 0.5 * part.swing * std::abs(part.taps.at(static_cast<std::size_t>(part.main_tap)));
  const double variance = peak * peak / part.sndr;
  const double interval = 1.0 / conditions.symbol_rate;
  NoiseSource source;
  source.id = "sndr";
  source.label = "Transmitter noise and distortion (SNDR)";
  source.at_input = true;
  source.held = true;
  source.density = [variance, interval](double f) {
    const double s = signal::sinc(std::numbers::pi * f * interval);
    return 2.0 * variance * interval * s * s;
  };
  return {std::move(source)};
}

Jitter jitter(const HostTransmitter& part, const Conditions& conditions) {
  return {part.random_jitter / conditions.symbol_rate, part.dual_dirac_jitter / conditions.symbol_rate};
}

double power(const HostTransmitter& part, const Conditions&) { return part.power; }

}  // namespace waverack::parts
