#pragma once
// What the filters of a line cost a receiver with a linear equaliser, from spectra alone.

#include <cstddef>
#include <vector>

#include "waverack/coherent/line.hpp"

namespace waverack::coherent {

// A source of white noise in the channel's band: how much of it, and how many of the line's elements lie
// before the place where it enters.
struct NoiseSource {
  std::size_t behind = 0;  // 0: with the transmitter; Line::elements.size(): in the receiver
  double ratio = 0.0;      // noise over signal, in a band of the symbol rate, without filters
};

// |H(f)|² of a filter without its loss, f from the carrier [Hz].
double filter_power(const LineFilter&, double f);

struct FilteredSnr {
  double unfiltered = 0.0;                         // 1/Σ ratio
  double zero_forcing = 0.0, least_squares = 0.0;  // at the decision
  // Of the least-squares equaliser, dB ≥ 0; what the carriers' offsets and the lines' filters take.
  double penalty_db = 0.0;
};

// SNR at the decision of a root-raised-cosine spectrum S(f) behind the filters of the line, equalised by an
// infinitely long linear equaliser that takes in the folded spectrum:
//   ρ(f) = Σ_k T(f + kR)/N(f + kR),  T = S·Π|H|²,  N = Σ_i ratio_i·Π_{filters behind i}|H|²,
//   zero forcing: 1/⟨1/ρ⟩;  least mean squares, without bias: 1/⟨1/(1 + ρ)⟩ − 1,
// ⟨⟩ the mean over one period R. J. G. Proakis, Digital Communications, 5th ed., eq. 9.4-19 and 9.4-41 (the
// folded SNR of a matched front end). (theory: coherent-link-closure, eq. 8.) Nonlinear interference is taken
// for white within the channel. Throws Error for a filter without bandwidth or order. Cost: 0.1 ms.
FilteredSnr filtered_snr(const Line&, const std::vector<NoiseSource>& sources);

}  // namespace waverack::coherent
