#pragma once
// The receiver's feed-forward equaliser at one sampling instant, floating taps included. docs/theory/com.md,
// section 9.

#include <span>
#include <vector>

#include "waverack/compliance/com_pulses.hpp"

namespace waverack::compliance {

// Symbol-spaced samples at the sampling instant [V].
struct FfeSamples {
  std::vector<double> pulse;     // of the equalised victim, all symbols
  std::size_t main = 0;          // the index of its cursor
  std::vector<double> slopes;    // per UI, of the same symbols
  std::vector<double> unshaped;  // of the victim without transmit equaliser, for the transmitter's noise
  std::vector<std::vector<double>> crosstalk;
};

struct FfeAdaptation {
  std::vector<double> taps;      // dense, the farthest pre-cursor first, zeros between floating groups
  std::vector<double> feedback;  // b
  double error = 0.0;            // mean square error relative to the power of the symbols
};

// Whether the sheet's receiver has such an equaliser.
bool has_receiver_ffe(const ComSheet&);

// How many lags of the receiver's noise are needed.
int noise_lags(const ComSheet&);

// MmseSolver's solution on the fixed taps; then each floating group in turn takes the place beyond them,
// clear of the others, where the error is least. `receiver_noise` [V²] by lag, at least noise_lags. Throws
// Error where there is no solution. Cost: span·(taps + group)³/6 products for each group.
FfeAdaptation adapt_receiver_ffe(const ComSheet&, const FfeSamples&, std::span<const double> receiver_noise);

}  // namespace waverack::compliance
