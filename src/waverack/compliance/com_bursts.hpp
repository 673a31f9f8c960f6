#pragma once
// Errors that follow errors: what decision feedback makes of a wrong decision. docs/theory/com.md,
// section 13.

#include <span>
#include <vector>

#include "waverack/compliance/com_margin.hpp"

namespace waverack::compliance {

struct ComBursts {
  std::vector<double> propagation;  // [k − 1]: the probability of an error after k errors in a row
  std::vector<double> probability;  // [k − 1]: how often per symbol errors in a row reach the number k
};

// Decisions go wrong by one level, 2·signal, to either side, so tap n of the feedback is off by
// ±2·signal·b(n) for k = 1 … taps wrong decisions before; signs are taken as independent. `signal`: A_s [V].
// Without feedback `propagation` is empty. Cost: taps · (size of the density).
ComBursts com_bursts(int levels, double signal, const ComNoiseDensity&, std::span<const double> feedback);

}  // namespace waverack::compliance
