#pragma once
// Linear filters by overlap-save, in blocks of 16 transforms side by side (fft.hpp).
//
//   y[t] = Σ_k h[k]·x[t − k],  k = first … last
//
// A filter adds no delay of its own: taps at negative time (pre-cursors) are allowed, and a long common delay
// of all taps costs nothing.

#include <complex>
#include <span>
#include <vector>

#include "waverack/signal/fft.hpp"
#include "waverack/signal/response.hpp"

namespace waverack::signal {

// A finite impulse response, transformed and ready to be applied. Immutable apart from the two figures at
// the end, so threads may share it.
class BlockFilter {
 public:
  // taps[i] acts at time i − origin [samples]; `origin` may lie outside the taps. 1 … 2^19 finite taps, else
  // Error is thrown. Taps whose imaginary parts hold less than 1e-14 of the energy count as real.
  BlockFilter(std::span<const std::complex<double>> taps, int origin);

  int first() const { return first_; }               // time of the first tap [samples], may be negative
  int last() const { return first_ + length_ - 1; }  // time of the last tap [samples]
  int block() const { return plan_.size(); }         // size of the transform
  int useful() const { return plan_.size() - length_ + 1; }  // new samples in each block
  bool real() const { return real_; }
  const FftPlan& plan() const { return plan_; }
  std::span<const float> spectrum() const {
    return spectrum_;
  }  // pairs in the plan's order, divided by block()

  // Filled in by make_block_filter(Response): the share of the response's energy that lies beyond the taps,
  // and the rms of its difference from the filter between the grid's frequencies, over the rms of the
  // response.
  double truncated_energy = 0.0;
  double response_error = 0.0;

 private:
  int first_, length_;
  FftPlan plan_;
  bool real_;
  std::vector<float> spectrum_;
};

// The filter of a frequency response H(f) for samples at `sample_rate` > 0 [Hz].
//
// The impulse response is computed on a grid of 4096 to 65 536 samples — the shortest that holds it, and
// whose filter follows H between the grid's frequencies too — and cut where all but `tail_energy` of its
// energy lies. A response that is longer than that is cut there; response_error then says how far off the
// filter is.
//
// A sampled filter is periodic in frequency. Where H(+sample_rate/2) and H(−sample_rate/2) differ, they are
// joined by a smooth step within the uppermost eighth of the band, which moves H by half of that difference
// at most. Without it the response would decay with 1/t only.
//
// Throws Error if H is not finite somewhere or `sample_rate` is out of range. Cost: 4096 evaluations of H or
// more.
BlockFilter make_block_filter(const Response& response, double sample_rate, double tail_energy = 1e-10);
BlockFilter make_block_filter(std::span<const std::complex<double>> taps, int origin);

// One period of a periodic signal in, one period out; any length, also shorter than the filter. A real signal
// needs a real filter, else Error is thrown; two blocks of it share one complex transform. Cost: two
// transforms of block() for each useful() samples (a real signal: half of that).
std::vector<float> filter_cyclic(const BlockFilter& filter, std::span<const float> signal);
std::vector<std::complex<float>> filter_cyclic(const BlockFilter& filter,
                                               std::span<const std::complex<float>> signal);

// The same for a signal that is zero before and after; output of the same length and at the same times.
std::vector<float> filter_linear(const BlockFilter& filter, std::span<const float> signal);
std::vector<std::complex<float>> filter_linear(const BlockFilter& filter,
                                               std::span<const std::complex<float>> signal);

}  // namespace waverack::signal
