#pragma once
// Second stage: the inverse of the fibre's chromatic dispersion, and the matched filter, in one filter.
//
//   channel   exp(−j·β2L·ω²/2), as A' = +j·(β2/2)·∂²A/∂t² makes it (split_step.hpp)
//   filter    exp(+j·β2L·ω²/2)·√RC(f − centre)
// by overlap-save: eight blocks of both polarisations fill the 16 lanes of the transform
// (docs/theory/coherent-receiver.md, eq. 5 to 7).

#include <span>

#include "waverack/coherent/dual_samples.hpp"
#include "waverack/signal/overlap_save.hpp"

namespace waverack::coherent {

struct DispersionFilterSettings {
  double sample_rate = 0.0;       // > 0 [Hz]
  double dispersion = 0.0;        // accumulated β2·L of the line [s²]
  double symbol_rate = 0.0;       // of the matched filter [Bd]; 0: no matched filter, all frequencies pass
  double roll_off = 0.1;          // of its root-raised-cosine spectrum, 0 < … ≤ 1
  double centre_frequency = 0.0;  // of the signal, where the matched filter lies [Hz]
  double tail_energy = 1e-7;      // share of the response's energy that may be cut off
};

// exp(+j·β2L·ω²/2)·√RC at one frequency.
std::complex<double> dispersion_response(const DispersionFilterSettings& settings, double frequency);

class DispersionFilter {
 public:
  // Settings out of range, and filters beyond 65 536 taps, throw Error. Cost: a few ms.
  explicit DispersionFilter(const DispersionFilterSettings& settings);

  // Takes samples and appends to `out` what is finished, without delay in time; before the first sample the
  // signal was zero. Samples are finished when batch() + taps() of them are there. Cost: two transforms of
  // 16 blocks for batch() pairs of samples; 20 ns per pair with 600 taps.
  void push(std::span<const Sample> x, std::span<const Sample> y, DualSamples& out);

  int taps() const { return filter_.last() - filter_.first() + 1; }
  std::size_t batch() const { return 8 * static_cast<std::size_t>(filter_.useful()); }

 private:
  signal::BlockFilter filter_;
  signal::BatchBuffer buffer_;
  DualSamples queue_;
  std::size_t skip_ = 0;  // outputs of before the first sample
};

// Finds the accumulated β2·L [s²] that a piece of signal has met, without knowing anything else of it: where
// the clock tone between the edges of its spectrum is strongest (docs/theory/coherent-receiver.md, eq. 8).
// Polarisation rotation, differential group delay, timing and carrier phase do not matter. `x` and `y`: at
// least 4096 samples each, of which the largest power of two is used; candidates lie from `lowest` to
// `highest`. The resolution is a small part of 1/(2π·roll_off·symbol_rate²). Throws Error if there are too
// few samples. Cost: two transforms in double precision.
struct DispersionEstimate {
  double dispersion = 0.0;  // β2·L [s²]
  double tone = 0.0;        // strength of the tone there over its rms over all candidates
};
DispersionEstimate estimate_dispersion(std::span<const Sample> x, std::span<const Sample> y,
                                       double sample_rate, double symbol_rate, double roll_off, double lowest,
                                       double highest);

}  // namespace waverack::coherent
