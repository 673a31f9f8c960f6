#include "waverack/signal/slope.hpp"

#include <cstddef>

namespace waverack::signal {

std::vector<float> slope_per_symbol(std::span<const float> samples, int samples_per_symbol) {
  const std::size_t n = samples.size();
  const auto scale = static_cast<float>(samples_per_symbol) / 12.0f;
  const auto slope = [&](std::size_t before2, std::size_t before, std::size_t after, std::size_t after2) {
    return scale * (8.0f * (samples[after] - samples[before]) - (samples[after2] - samples[before2]));
  };
  std::vector<float> result(n);
  for (std::size_t i = 2; i + 2 < n; ++i) result[i] = slope(i - 2, i - 1, i + 1, i + 2);
  const auto wrapped = [&](std::size_t i) {
    result[i] = slope((i + 2 * n - 2) % n, (i + n - 1) % n, (i + 1) % n, (i + 2) % n);
  };
  for (std::size_t i = 0; i < n; ++i)
    if (i < 2 || i + 2 >= n) wrapped(i);
  return result;
}

}  // namespace waverack::signal
