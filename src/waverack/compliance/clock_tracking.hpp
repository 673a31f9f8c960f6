#pragma once
// What a clock recovery of first order follows of a wandering clock. (docs/theory/captures.md, section 3)

#include <span>
#include <vector>

#include "waverack/compliance/pattern_search.hpp"

namespace waverack::compliance {

// The phase of a loop whose input is late by `points` (rising in time, straight between them), at the same
// symbols: y' = 2π·bandwidth·(x − y), settled at the first point. `bandwidth` is in cycles per symbol. What
// is left, x − y, is x through a first-order high-pass of that corner.
std::vector<DelayPoint> followed(std::span<const DelayPoint> points, double bandwidth);

// The delay at a symbol, straight between points, and that of the outermost ones beyond.
double delay_at(std::span<const DelayPoint> points, double symbol);

// The rms of the delays; NaN without points.
double rms_delay(std::span<const DelayPoint> points);

}  // namespace waverack::compliance
