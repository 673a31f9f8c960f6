#pragma once
// Test signals: numbers without a pattern, the same on every machine.

#include <complex>
#include <cstdint>
#include <random>
#include <type_traits>
#include <vector>

namespace waverack::signal {

// `count` samples whose parts are uniform in −1 … 1. T: float, double or complex of either.
template <class T>
std::vector<T> noise(std::size_t count, std::uint32_t seed) {
  // The engine is specified by the standard; its distributions are not.
  std::mt19937 engine(seed);
  const auto next = [&] { return static_cast<double>(engine()) / 2147483648.0 - 1.0; };
  std::vector<T> samples(count);
  for (T& sample : samples) {
    if constexpr (std::is_floating_point_v<T>) {
      sample = static_cast<T>(next());
    } else {
      using Part = typename T::value_type;
      const double re = next(), im = next();
      sample = {static_cast<Part>(re), static_cast<Part>(im)};
    }
  }
  return samples;
}

}  // namespace waverack::signal
