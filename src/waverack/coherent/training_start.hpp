#pragma once
// Start of the equaliser from what the frame makes known: finds the frame, the frequency and the taps.
//
// 1. Training and alignment word of the first sub-frame are correlated, each polarisation's with each input,
//    and energies added over five half symbols: neither rotation nor differential delay matter.
// 2. First taps by least squares from these few symbols: their correlation with the samples, but the
//    covariance of all samples, which needs no known symbol.
// 3. The phasors of the pilots give the frequency but for multiples of 1/spacing, training and alignment word
//    which of them it is; the signal is turned back by it.
// 4. Taps by least squares from ever more pilots, whose phases are smoothed over seven, and last from all
//    symbols of 256 pilots' spacings, as decided
// (docs/theory/coherent-receiver.md, eq. 28 to 33).

#include <cstdint>

#include "waverack/coherent/butterfly_equaliser.hpp"
#include "waverack/coherent/dual_samples.hpp"
#include "waverack/coherent/frame.hpp"
#include "waverack/coherent/frame_watch.hpp"

namespace waverack::coherent {

struct TrainingStart {
  bool found = false;      // the pilots fit: residual < frame_misfit
  std::int64_t first = 0;  // symbol (two samples each) at which a super-frame starts; its window is
                           // 2·first … 2·first + taps − 1
  double frequency = 0.0;  // of the carrier, in cycles per symbol, `centre` included
  double strength = 0.0;   // peak of the correlation over its mean
  double residual = 1.0;   // mean |error|² at the pilots over their power
  double power = 0.0;      // mean of a sample of one polarisation
  ButterflyTaps taps{1};
};

// `samples`: two per symbol, at least a super-frame and a sub-frame of them; `centre`: of their spectrum, in
// cycles per symbol, right within 2.5/spacing of the pilots. `taps`: odd, 5 … 31. Throws Error if there are
// too few samples or the frame has no known symbols. Cost: 0.1 s for a super-frame of 175 104 symbols.
TrainingStart start_from_frame(const DualSamples& samples, const Frame& frame, double centre, int taps);

}  // namespace waverack::coherent
