#pragma once
// Records of a scope in closed form: PAM4 behind a Gaussian filter, whose pulse is symmetric, so that the
// centre of a symbol is known.

#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>
#include <span>
#include <vector>

namespace waverack::compliance {

struct ScopeRecord {
  double samples_per_ui = 37.3;  // by the nominal clock
  double clock_error = 0.0;      // symbol rate over the nominal one − 1
  double start = 0.0;            // symbols of the pattern, any fraction, before the first sample
  double length = 0.0;           // symbols
  double low = 0.0, high = 3.0;  // of symbols 0 and 3
  double noise = 0.0;            // rms
  // Time constant of the Gaussian step [UI]: erf(t/width); 0.45 rises from 20 to 80 % in 0.54 UI.
  double width = 0.45;
  double jitter = 0.0;  // peak of a sinusoid [UI]: symbols come late by jitter·sin(2π·jitter_rate·symbol)
  double jitter_rate = 0.0;  // cycles per symbol
  double echo = 0.0;         // share of the signal that comes again 1.6 symbols later

  double period() const { return samples_per_ui / (1.0 + clock_error); }  // of a symbol [samples]
  // Of symbol k of the pattern, in samples.
  double centre(double symbol) const { return (symbol - start) * period(); }
};

// The value at `time` [symbols of the pattern; symbol k is centred at k]: the sum of the steps between
// symbols.
inline double value_at(const ScopeRecord& record, std::span<const std::uint8_t> pattern, double time) {
  const auto period = static_cast<long>(pattern.size());
  const auto symbol = [&](long k) {
    return pattern[static_cast<std::size_t>(((k % period) + period) % period)] / 3.0;
  };
  const long near = std::lround(time);
  double value = symbol(near - 2), before = value;
  for (long k = near - 1; k <= near + 2; ++k) {
    const double level = symbol(k);
    if (level != before)
      value +=
          (level - before) * 0.5 * (1.0 + std::erf((time - static_cast<double>(k) + 0.5) / record.width));
    before = level;
  }
  return record.low + (record.high - record.low) * value;
}

// The same with its echo.
inline double received_at(const ScopeRecord& record, std::span<const std::uint8_t> pattern, double time) {
  const double direct = value_at(record, pattern, time);
  return record.echo == 0.0 ? direct : direct + record.echo * value_at(record, pattern, time - 1.6);
}

inline std::vector<float> samples_of(const ScopeRecord& record, std::span<const std::uint8_t> pattern) {
  std::mt19937 engine(7);
  std::normal_distribution<double> normal;
  std::vector<float> samples;
  const auto count = static_cast<long>(record.length * record.period());
  for (long i = 0; i < count; ++i) {
    const double time = record.start + static_cast<double>(i) / record.period();
    const double late = record.jitter * std::sin(2.0 * std::numbers::pi * record.jitter_rate * time);
    const double y = received_at(record, pattern, time - late);
    samples.push_back(static_cast<float>(record.noise > 0.0 ? y + record.noise * normal(engine) : y));
  }
  return samples;
}

}  // namespace waverack::compliance
