#pragma once
// Samples taken by another clock: a stream at one rate in, its values at the instants of another rate out.

#include <complex>
#include <cstdint>
#include <span>
#include <vector>

namespace waverack::link {

// Output k is the input at k·step samples, interpolated by a sinc under a Kaiser window of 24 samples: exact
// within −80 dB for what lies below 0.8 of the input's Nyquist frequency. Nothing is filtered: what lies
// above the output's Nyquist frequency folds, as in a converter.
class ClockedSampler {
 public:
  explicit ClockedSampler(double step);

  // Appends the outputs that `in`, behind all before it, has completed.
  void push(std::span<const std::complex<float>> in, std::vector<std::complex<float>>& out);

 private:
  static constexpr int half = 12, phases = 1024;

  double step_;
  std::int64_t taken_ = 0;  // outputs so far
  std::int64_t begin_ = 0;  // index of the first sample in queue_
  std::vector<std::complex<float>> queue_;
  std::vector<float> table_;  // phases + 1 rows of 2·half values
};

}  // namespace waverack::link
