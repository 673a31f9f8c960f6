#include "waverack/signal/fractional_advance.hpp"

#include <array>
#include <cassert>
#include <cmath>

namespace waverack::signal {
namespace {

constexpr int weight_count = 16, before = weight_count / 2 - 1;

}  // namespace

std::vector<float> advanced(std::span<const float> samples, double by) {
  assert(std::abs(by) <= 1.0);
  const double whole = std::floor(by), part = by - whole;
  std::array<float, weight_count> weights{};
  for (int i = 0; i < weight_count; ++i) {
    double weight = 1.0;
    for (int j = 0; j < weight_count; ++j)
      if (j != i) weight *= (part + before - j) / (i - j);
    weights[static_cast<std::size_t>(i)] = static_cast<float>(weight);
  }

  // The record with its ends repeated, so that the sum below runs without a wrap.
  const long length = static_cast<long>(samples.size()), first = static_cast<long>(whole) - before;
  std::vector<float> extended(samples.size() + weight_count);
  long from = ((first % length) + length) % length;
  for (float& sample : extended) {
    sample = samples[static_cast<std::size_t>(from)];
    if (++from == length) from = 0;
  }
  std::vector<float> result(samples.size());
  for (std::size_t n = 0; n < result.size(); ++n) {
    float sum = 0.0f;
    for (std::size_t i = 0; i < weight_count; ++i) sum += weights[i] * extended[n + i];
    result[n] = sum;
  }
  return result;
}

}  // namespace waverack::signal
