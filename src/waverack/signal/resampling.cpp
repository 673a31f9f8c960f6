#include "waverack/signal/resampling.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numbers>

#include "waverack/signal/sinc.hpp"

namespace waverack::signal {
namespace {

constexpr int lobes = 16;            // on either side
constexpr double kaiser_beta = 8.0;  // side lobes of about −80 dB
constexpr int phases = 256;          // between two samples; weights between are interpolated
constexpr std::size_t lanes = 8;     // sums that run side by side

// Σ (x/2)^2k/k!².
double bessel_i0(double x) {
  double sum = 1.0, term = 1.0;
  for (int k = 1; term > 1e-12 * sum; ++k) {
    term *= 0.25 * x * x / (static_cast<double>(k) * k);
    sum += term;
  }
  return sum;
}

// Weights of `width` successive samples for times between sample width/2 − 1 and the next: a row for each of
// phases + 1 times, and its difference to the next row.
struct Kernel {
  std::size_t width = 0;
  std::vector<float> weights;      // rows of `width`
  std::vector<float> differences;  // to the next row
};

Kernel kernel_of(double step) {
  const double stretch = std::max(1.0, step);
  Kernel kernel;
  const auto half = static_cast<std::size_t>(std::ceil(lobes * stretch)) + 1;
  kernel.width = (2 * half + lanes - 1) / lanes * lanes;
  const double scale = 1.0 / bessel_i0(kaiser_beta);
  std::vector<double> row(kernel.width);
  for (int p = 0; p <= phases; ++p) {
    double sum = 0.0;
    for (std::size_t i = 0; i < kernel.width; ++i) {
      const double x =
          (static_cast<double>(i) - static_cast<double>(half - 1) - static_cast<double>(p) / phases) /
          stretch;
      const double inside = 1.0 - x * x / (lobes * lobes);
      const double angle = std::numbers::pi * x;
      row[i] = inside <= 0.0 ? 0.0 : sinc(angle) * scale * bessel_i0(kaiser_beta * std::sqrt(inside));
      sum += row[i];
    }
    for (const double weight : row) kernel.weights.push_back(static_cast<float>(weight / sum));
  }
  for (std::size_t i = 0; i + kernel.width < kernel.weights.size(); ++i)
    kernel.differences.push_back(kernel.weights[i + kernel.width] - kernel.weights[i]);
  return kernel;
}

}  // namespace

double resampling_reach(double step) { return lobes * std::max(1.0, step) + 2.0; }

std::vector<float> resampled(std::span<const float> samples, double start, double step, std::size_t count) {
  assert(step > 0.0 && !samples.empty());
  const Kernel kernel = kernel_of(step);
  const long width = static_cast<long>(kernel.width), size = static_cast<long>(samples.size());
  const long before = static_cast<long>(std::ceil(lobes * std::max(1.0, step)));
  std::vector<float> result(count), edge(kernel.width);
  for (std::size_t n = 0; n < count; ++n) {
    const double time = start + static_cast<double>(n) * step;
    const double whole = std::floor(time);
    const double place = (time - whole) * phases;
    const auto phase = std::min(static_cast<std::size_t>(place), static_cast<std::size_t>(phases - 1));
    const auto fraction = static_cast<float>(place - static_cast<double>(phase));
    const long first = static_cast<long>(whole) - before;
    const float* from = edge.data();
    if (first >= 0 && first + width <= size)
      from = samples.data() + first;
    else
      for (long i = 0; i < width; ++i)
        edge[static_cast<std::size_t>(i)] =
            samples[static_cast<std::size_t>(std::clamp(first + i, 0L, size - 1))];
    const float* weights = kernel.weights.data() + phase * kernel.width;
    const float* differences = kernel.differences.data() + phase * kernel.width;
    std::array<float, lanes> sums{};
    for (std::size_t i = 0; i < kernel.width; i += lanes)
      for (std::size_t l = 0; l < lanes; ++l)
        sums[l] += (weights[i + l] + fraction * differences[i + l]) * from[i + l];
    float sum = 0.0f;
    for (const float part : sums) sum += part;
    result[n] = sum;
  }
  return result;
}

}  // namespace waverack::signal
