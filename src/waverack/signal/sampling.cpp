#include "waverack/signal/sampling.hpp"

#include <cassert>

namespace waverack::signal {

CubicWeights cubic_weights(double time) {
  const double whole = std::floor(time);
  const double x = time - whole;
  return {
      static_cast<long>(whole),
      {static_cast<float>(((-0.5 * x + 1.0) * x - 0.5) * x),
       static_cast<float>((1.5 * x - 2.5) * x * x + 1.0),
       static_cast<float>(((-1.5 * x + 2.0) * x + 0.5) * x), static_cast<float>((0.5 * x - 0.5) * x * x)}};
}

float value_at(const Waveform& waveform, double time) {
  assert(!waveform.samples.empty());
  const long length = static_cast<long>(waveform.samples.size());
  const CubicWeights cubic = cubic_weights(time);
  float sum = 0.0f;
  for (long i = 0; i < 4; ++i) {
    long index = (cubic.index - 1 + i) % length;
    if (index < 0) index += length;
    sum += cubic.weights[static_cast<std::size_t>(i)] * waveform.samples[static_cast<std::size_t>(index)];
  }
  return sum;
}

std::vector<float> sampled(const Waveform& waveform, double time) {
  std::vector<float> out(static_cast<std::size_t>(symbol_count(waveform)));
  const double times[] = {time};
  visit_samples(waveform, times, [&](std::size_t, std::size_t first, std::span<const float> values) {
    std::copy(values.begin(), values.end(), out.begin() + static_cast<long>(first));
  });
  return out;
}

}  // namespace waverack::signal
