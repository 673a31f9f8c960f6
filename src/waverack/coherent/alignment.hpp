#pragma once
// Finding the start of a super-frame in received symbols, and what became of them on the way.
//
// Products of neighbouring symbols are compared with those of the known symbols at the head of a super-frame
// (training, alignment word and the pilots between them): a frequency error turns all products alike, so it
// changes nothing but the phase of the sum. (docs/theory/coherent-signal.md, section 4)

#include <complex>
#include <cstddef>
#include <cstdint>
#include <span>

#include "waverack/coherent/frame.hpp"

namespace waverack::coherent {

// One polarisation: received[start + k] = gain·e^{j(phase + 2π·frequency·k/symbol_rate)}·s[k] + noise, where
// s is x or y of the frame from its first symbol on, or its complex conjugate.
struct Alignment {
  bool found = false;
  std::size_t start = 0;  // place of the first symbol of the first super-frame that begins in the record
  bool is_y = false;      // it holds the frame's y polarisation
  bool conjugated = false;
  double frequency = 0.0;    // [Hz], of the record against the sent symbols, ± half the symbol rate
  double phase = 0.0;        // at the start, −π … π [rad]
  int quadrant = 0;          // phase in quarter turns, nearest, 0 … 3
  double correlation = 0.0;  // |Σ|²/(Σ|d|²·Σ|ref|²), 0 … 1 (eq. 9)
};

// The threshold of `correlation`. Where it should pass, at a bit error ratio of 2e-2 with 16QAM, the value is
// 0.94 ± 0.02. A place of random symbols passes with 0.3^32 (eq. 11); the starts of other sub-frames, which
// have the same training, come to 0.4 and, one in 500, to 0.56.
inline constexpr double alignment_threshold = 0.7;

// Symbols of the head: those that are compared.
int head_symbols(const Frame& frame);

// The best place of all in a record of one polarisation, one sample a symbol, any scale. Not found where the
// record is shorter than the head or the best is below the threshold. A record of one super-frame and a head
// always holds a start. Cost: about 40 ns a symbol with AVX2.
Alignment find_alignment(const Frame& frame, std::span<const std::complex<float>> received,
                         double threshold = alignment_threshold);

// Both polarisations at once, of the same size, with one start for both. They may hold either polarisation of
// the frame, each once, and each may be conjugated. Their mean correlation is what is compared with the
// threshold.
struct DualAlignment {
  bool found = false;
  std::size_t start = 0;
  bool swapped = false;  // the first record holds y
  Alignment first, second;
};
DualAlignment find_alignment(const Frame& frame, std::span<const std::complex<float>> first,
                             std::span<const std::complex<float>> second,
                             double threshold = alignment_threshold);

// Probability that `places` places of random symbols hold one above the threshold for one polarisation: 4
// sums, of x and y, each conjugated or not (eq. 11). For independent normal products; those of QAM symbols
// stay below.
double false_alarm_probability(const Frame& frame, std::size_t places,
                               double threshold = alignment_threshold);

// The mean correlation at the right place, for a signal-to-noise ratio of the payload (eq. 10).
double expected_correlation(const Frame& frame, double snr);

}  // namespace waverack::coherent
