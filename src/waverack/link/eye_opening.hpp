#pragma once
// How far the eyes of a decision are open at a probability.

#include <memory>
#include <span>
#include <vector>

#include "waverack/link/decision.hpp"

namespace waverack::link {

// One sampling instant of several, and how much it counts; the weights add up to 1.
struct WeighedInstant {
  std::shared_ptr<const DecisionStatistics> statistics;
  double weight = 1.0;
};

// The eye between levels l and l + 1 goes from the value that level l exceeds with `probability` to the one
// below which level l + 1 falls with it; each probability is that of one level, averaged over the instants.
// The heights [level units], lowest eye first; negative for a closed one. 0 < probability < 0.5. Heights are
// right to 1e-4 of the rms that the tails look as if they had.
std::vector<double> eye_openings(std::span<const WeighedInstant> instants, double probability);

}  // namespace waverack::link
