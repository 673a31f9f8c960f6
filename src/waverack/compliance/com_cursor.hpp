#pragma once
// Where COM samples a pulse, and what its decision feedback takes away. docs/theory/com.md, section 5.

#include <cstddef>
#include <span>
#include <vector>

#include "waverack/compliance/com_sheet.hpp"

namespace waverack::compliance {

// The sampling instant t_s by the rule of Mueller and Müller as 93A-25 changes it: of the samples from 1 UI
// before to half a UI after `peak`, the one with the smallest |h(t_s − T) − h(t_s + T) + b(1)·h(t_s)|, where
// b(1) = h(t_s + T)/h(t_s) kept between `lower` and `upper` (both 0 without DFE). `pulse` [any unit] has
// `samples_per_symbol` samples per UI and at least two UI before the peak and one and a half after it.
// Returns an index of `pulse`; `peak` itself if no candidate is above 0.
std::size_t mueller_muller_instant(std::span<const double> pulse, std::size_t peak, int samples_per_symbol,
                                   double lower, double upper);

// How many post-cursors the DFE can reach.
int feedback_reach(const ComDfe&);

// The taps b(1), b(2), … relative to the cursor, 0 where there is none: the fixed ones are h(n)/h(0) within
// their limits; then each floating group in turn takes the place, clear of the others, where it removes most
// of the sum of squares; the tail is scaled down to its limit. `post` holds h(n)/h(0), n = 1 … at least
// feedback_reach. Shape (feedback_reach).
void feedback_taps(const ComDfe&, std::span<const double> post, std::span<double> taps);

}  // namespace waverack::compliance
