#pragma once
// An equaliser that follows its channel by the least-mean-square rule, for 32 records side by side (layout:
// signal/batch_kernels.hpp). Every record has taps of its own, as every receiver sees one stream only.
//
// After each symbol, and not once for a block of them, with the error e_k = d_k − y_k against the level d_k
// that was decided,
//   c ← c + μ·e_k·u_k                                            (B. Widrow, M. E. Hoff, IRE WESCON 1960)
// where u_k holds the samples under the taps, less their mean and over their rms, the constant 1 of the bias
// and the negative levels of the decision feedback. (theory: waveform-solver, eq. 4f)

#include <cstdint>
#include <span>
#include <vector>

#include "waverack/dsp/equaliser.hpp"
#include "waverack/signal/fft.hpp"

namespace waverack::dsp {

struct LmsRule {
  double step = 0.0;             // μ
  double mean = 0.0, rms = 1.0;  // of the samples, rms about the mean [unit of the samples]
};

// Memory for records of `symbols` symbols, kept from call to call; each thread needs its own.
class AdaptiveRows {
 public:
  // `start`: its forward taps act on samples, its feedback on `target`, the value of each level. Thresholds
  // rise; one fewer than levels, 15 at most; 64 feedback taps at most.
  AdaptiveRows(const Equaliser& start, const EqualiserShape& shape, const LmsRule& rule,
               std::span<const float> target, std::span<const float> thresholds, int symbols);

  // Every record has the taps of `start` again.
  void restart();

  // Equalises and decides one period of `symbols`·shape.samples_per_symbol rows of samples. y holds what is
  // to be added to each value, and then the values; decisions before the first row are taken from the end of
  // `sent`. The taps follow from row `first` to row `end` (not included). Feedback taps stay within
  // shape.feedback_limit. Cost: two multiply-adds for each tap.
  void run(const float* samples, const std::uint8_t* sent, int first, int end, float* y,
           std::uint8_t* decisions);

  // The equaliser of one record as it stands.
  Equaliser taps_of(int record) const;

 private:
  Equaliser start_;
  EqualiserShape shape_;
  LmsRule rule_;
  std::vector<float> target_, thresholds_;
  int symbols_, forward_, feedback_;
  signal::BatchBuffer inputs_;        // the samples as u, continued at either end
  signal::BatchBuffer coefficients_;  // rows: forward taps, bias, feedback taps
  std::vector<float> before_;
};

}  // namespace waverack::dsp
