#pragma once
// PAM4 waveforms from an exact pulse response, for tests of what is measured on waveforms.

#include <array>
#include <cmath>
#include <complex>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "waverack/signal/response.hpp"
#include "waverack/signal/waveform.hpp"

namespace waverack::tests {

// The pulse response of a rectangular symbol behind `response` (frequencies in symbol rates), `per_symbol`
// samples for each symbol from `before` symbols ahead of the pulse's leading edge, `length` symbols in all.
// By the trapezium rule on a frequency grid of 1/64 symbol rate as far as 32 symbol rates.
inline std::vector<double> pulse_response(const signal::Response& response, int per_symbol, int before,
                                          int length) {
  constexpr double step = 1.0 / 64.0, upper = 32.0;
  std::vector<double> pulse(static_cast<std::size_t>(length * per_symbol));
  for (double f = 0.0; f < upper; f += step) {
    const double angle = M_PI * f;
    // The pulse lasts from 0 to 1.
    const std::complex<double> spectrum =
        response(f) * (f == 0.0 ? 0.5 : std::sin(angle) / angle) * std::polar(1.0, -angle);
    const std::complex<double> turn = std::polar(1.0, 2.0 * M_PI * f / per_symbol);
    std::complex<double> phase = 2.0 * step * spectrum * std::polar(1.0, -2.0 * M_PI * f * before);
    for (double& p : pulse) {
      p += phase.real();
      phase *= turn;
    }
  }
  return pulse;
}

// Σ_k level[s_k]·pulse(t − k), cyclic. Sample 0 is the leading edge of symbol 0 without delay.
inline signal::Waveform pam_waveform(std::span<const std::uint8_t> symbols,
                                     const std::array<double, 4>& levels, const signal::Response& response,
                                     int per_symbol, double symbol_rate) {
  constexpr int before = 4, length = 32;
  const std::vector<double> pulse = pulse_response(response, per_symbol, before, length);
  const long count = static_cast<long>(symbols.size());
  signal::Waveform waveform{std::vector<float>(symbols.size() * static_cast<std::size_t>(per_symbol)),
                            symbol_rate * per_symbol, per_symbol};
  std::vector<double> sums(static_cast<std::size_t>(per_symbol));
  for (long k = 0; k < count; ++k) {
    std::fill(sums.begin(), sums.end(), 0.0);
    for (long d = 0; d < length; ++d) {
      const double level =
          levels[symbols[static_cast<std::size_t>(((k - d + before) % count + count) % count)]];
      for (long i = 0; i < per_symbol; ++i)
        sums[static_cast<std::size_t>(i)] += level * pulse[static_cast<std::size_t>(d * per_symbol + i)];
    }
    for (long i = 0; i < per_symbol; ++i)
      waveform.samples[static_cast<std::size_t>(k * per_symbol + i)] =
          static_cast<float>(sums[static_cast<std::size_t>(i)]);
  }
  return waveform;
}

// One response behind another.
inline signal::Response behind(const signal::Response& first, const signal::Response& second) {
  return [=](double f) { return first(f) * second(f); };
}

}  // namespace waverack::tests
