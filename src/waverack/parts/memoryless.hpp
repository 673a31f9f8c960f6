#pragma once
// A memoryless law on many samples: tabulated over the range of the samples, then interpolated. A part with a
// law need not write an apply of its own.

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <span>
#include <type_traits>
#include <vector>

#include "waverack/parts/interface.hpp"

namespace waverack::parts {

// Smallest, largest and mean value; zeros for no samples.
struct Extent {
  float low = 0.0f, high = 0.0f;
  double mean = 0.0;
};
inline Extent extent_of(std::span<const float> values) {
  Extent extent;
  if (values.empty()) return extent;
  // Eight independent chains, so that the compiler can use vectors.
  constexpr std::size_t lanes = 8;
  std::array<float, lanes> low, high;
  std::array<double, lanes> sum{};
  low.fill(values[0]);
  high.fill(values[0]);
  const std::size_t whole = values.size() / lanes * lanes;
  for (std::size_t i = 0; i < whole; i += lanes)
    for (std::size_t k = 0; k < lanes; ++k) {
      const float x = values[i + k];
      low[k] = x < low[k] ? x : low[k];
      high[k] = x > high[k] ? x : high[k];
      sum[k] += x;
    }
  for (std::size_t i = whole; i < values.size(); ++i) {
    low[0] = std::min(low[0], values[i]);
    high[0] = std::max(high[0], values[i]);
    sum[0] += values[i];
  }
  extent.low = *std::min_element(low.begin(), low.end());
  extent.high = *std::max_element(high.begin(), high.end());
  for (const double partial : sum) extent.mean += partial;
  extent.mean /= static_cast<double>(values.size());
  return extent;
}

// out[i] = law(in[i]) for a smooth law (double → double or complex<double>). With more than a few thousand
// samples the law is evaluated at 4097 equidistant inputs and interpolated linearly: the error is below
// |law''|·(range/4096)²/8. Few samples, or samples that are not finite, take the law itself.
template <class Out, class Law>
void apply_law(std::span<const float> in, std::span<Out> out, Law law) {
  constexpr int steps = 4096;
  const auto direct = [&](float x) { return static_cast<Out>(law(static_cast<double>(x))); };
  const auto [low, high, mean] = extent_of(in);
  const double step = (static_cast<double>(high) - low) / steps;
  if (in.size() < 4 * steps || !std::isfinite(step) || step <= 0.0) {
    for (std::size_t i = 0; i < in.size(); ++i) out[i] = direct(in[i]);
    return;
  }

  struct Knot {
    Out value, rise;  // rise to the next knot
  };
  std::vector<Knot> table(steps + 1);
  for (int k = 0; k <= steps; ++k) table[k].value = static_cast<Out>(law(low + step * k));
  for (int k = 0; k < steps; ++k) table[k].rise = table[k + 1].value - table[k].value;
  table[steps].rise = Out{};

  const auto per_step = static_cast<float>(1.0 / step);
  for (std::size_t i = 0; i < in.size(); ++i) {
    float position = (in[i] - low) * per_step;
    position = position > 0.0f ? position : 0.0f;  // also for NaN
    position = position < static_cast<float>(steps) ? position : static_cast<float>(steps);
    const int k = static_cast<int>(position);
    const Knot& knot = table[static_cast<std::size_t>(k)];
    out[i] = knot.value + (position - static_cast<float>(k)) * knot.rise;
  }
}

template <class P, class Out>
concept HasLaw = requires(const P& part, const Conditions& conditions, std::span<const float> in) {
  {
    law(part, conditions, in)
    } -> std::same_as<std::conditional_t<std::is_same_v<Out, float>, RealLaw, FieldLaw>>;
};

template <class Out, class P>
requires HasLaw<P, Out>
void apply(const P& part, const Conditions& conditions, std::span<const float> in, std::span<Out> out) {
  apply_law(in, out, law(part, conditions, in));
}

}  // namespace waverack::parts
