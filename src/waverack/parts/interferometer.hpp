#pragma once
// What Mach-Zehnder modulators of all materials share.

#include <cmath>

namespace waverack::parts {

// Amplitude of the weaker arm over that of the stronger one, r, of an interferometer whose static extinction
// ratio (1 + r)²/(1 − r)² is `extinction`, a power ratio ≥ 1 (facts: photonics 4.1).
inline double arm_ratio(double extinction) {
  const double root = std::sqrt(extinction);
  return (root - 1.0) / (root + 1.0);
}

}  // namespace waverack::parts
