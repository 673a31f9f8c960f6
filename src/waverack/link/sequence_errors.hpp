#pragma once
// The error ratio of a receiver that detects sequences, from what the semi-analytic solver knows of its
// samples.

#include <cstdint>
#include <vector>

namespace waverack::link {

// A sequence detector and what reaches it; all vectors but the first two have one entry for each symbol of
// the pattern.
struct SequenceSamples {
  std::vector<double> postcursors;  // of the target response 1 + p_1·D + …; empty: no such detector
  std::vector<double> noise_autocorrelation;  // at the detector, lags 0, 1, … symbols; only its shape counts
  int levels = 4;
  std::vector<std::uint8_t> symbols;
  std::vector<float> residual;  // noiseless sample less the target response of the symbols
  std::vector<float> variance;  // Gaussian noise
  std::vector<float> fixed;     // mean square of what does not grow with the noise: jitter peaks, reflections
};

struct SequenceErrors {
  double ber = 0.5;               // at most ½
  double precoded_ber = 0.5;      // behind the inverse of a precoder; of 2 and 4 levels
  double errors_per_event = 1.0;  // wrong symbols of an error event, the mean
};

// With every Gaussian rms multiplied by `noise_scale`, by the union bound over error events of the pattern
// (dsp/error_events.hpp; theory: mlse, section 5). Of a long pattern 4096 symbols are looked at. Cost: some
// 10 ms.
SequenceErrors sequence_errors(const SequenceSamples& samples, double noise_scale);

}  // namespace waverack::link
