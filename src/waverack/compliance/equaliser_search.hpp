#pragma once
// Equaliser, sampling phase and thresholds of the least penalty. (docs/theory/tdecq.md, section 4)

#include <vector>

#include "waverack/compliance/tap_search.hpp"

namespace waverack::compliance {

struct EqualiserChoice {
  TapAnswer answer;  // on the whole pattern
  int main = 0;
  double time = 0.0;  // where the eye of symbol 0 has its 0.5 UI [samples]
};

// `nominal`: middle between the average crossings about symbol 0 [samples]. Where windows may move, all
// phases within half a symbol of it are looked at, so together with the places of the main tap there is no
// gap. `noise_autocorrelation`: at least as many entries as taps.
EqualiserChoice choose_equaliser(const ReceivedPattern&, const TdecqSettings&,
                                 std::span<const double> noise_autocorrelation, double nominal);

// The instants of both windows for symbol 0 [samples], whose 0.5 UI is at `time`: three in each, of equal
// weight, by Chebyshev's quadrature, which is exact for cubics.
std::array<std::vector<double>, 2> window_instants(const TdecqSettings&, int samples_per_symbol, double time);

}  // namespace waverack::compliance
