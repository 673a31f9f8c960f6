#pragma once
// Values of a periodic waveform between its samples, by the Catmull-Rom cubic: it passes through the samples
// with a continuous slope. A sine at the symbol rate comes out within 1 % at 8 samples per symbol and within
// 0.11 % at 16; slower ones better with the third power of the frequency.

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <vector>

#include "waverack/signal/waveform.hpp"

namespace waverack::signal {

// Where a time falls between the samples, and the weights of samples index − 1 … index + 2.
struct CubicWeights {
  long index = 0;
  std::array<float, 4> weights{};
};
CubicWeights cubic_weights(double time);

// The waveform at `time` [samples, any sign, cyclic].
float value_at(const Waveform& waveform, double time);

// One value per symbol: entry k is the waveform at time + k·samples_per_symbol [samples, cyclic].
std::vector<float> sampled(const Waveform& waveform, double time);

// The same for many times at once, a block of symbols after the other so that data stay in the cache:
// calls visit(t, first, values) for every t < times.size(), where values[i] belongs to symbol first + i and
// to times[t]. Within a block the times come in their order. `times` [samples] must rise and span at most two
// symbols or so: memory is (span + 4)·256 floats.
template <class Visit>
void visit_samples(const Waveform& waveform, std::span<const double> times, Visit&& visit) {
  constexpr long block = 256, stride = block + 16;  // an uneven stride spreads the rows over the cache
  const long length = static_cast<long>(waveform.samples.size());
  const long per_symbol = waveform.samples_per_symbol;
  const long symbols = length / per_symbol;
  std::vector<CubicWeights> weights;
  for (const double time : times) weights.push_back(cubic_weights(time));
  const long first_sample = weights.front().index - 1;
  const long rows = weights.back().index + 3 - first_sample;
  std::vector<float> transposed(static_cast<std::size_t>(rows * stride)), values(block);

  for (long first = 0; first < symbols; first += block) {
    const long count = std::min(block, symbols - first);
    for (long k = 0; k < count; ++k) {
      long from = (first_sample + (first + k) * per_symbol) % length;
      if (from < 0) from += length;
      for (long r = 0; r < rows; ++r) {
        transposed[static_cast<std::size_t>(r * stride + k)] =
            waveform.samples[static_cast<std::size_t>(from)];
        if (++from == length) from = 0;
      }
    }
    for (std::size_t t = 0; t < times.size(); ++t) {
      const float* row = transposed.data() + (weights[t].index - 1 - first_sample) * stride;
      const auto [w0, w1, w2, w3] = weights[t].weights;
      for (long k = 0; k < count; ++k)
        values[static_cast<std::size_t>(k)] =
            w0 * row[k] + w1 * row[k + stride] + w2 * row[k + 2 * stride] + w3 * row[k + 3 * stride];
      visit(t, static_cast<std::size_t>(first),
            std::span<const float>(values.data(), static_cast<std::size_t>(count)));
    }
  }
}

}  // namespace waverack::signal
