#pragma once
// The second-order low-pass that stands for the bandwidth of amplifiers.

#include "waverack/parts/interface.hpp"

namespace waverack::parts {

// H(f) = 1 / (1 − (f/f0)² + j·f/(Q·f0)), with f0 and Q such that |H|² is ½ at `bandwidth` [Hz] and its
// largest value is `peaking` (power ratio ≥ 1). peaking = 1 is the maximally flat (Butterworth) response. Q²
// = (M² + sqrt(M⁴ − M²))/2 with M² = peaking (theory: parts, eq. 3 and 4).
Response second_order_low_pass(double bandwidth, double peaking);

}  // namespace waverack::parts
