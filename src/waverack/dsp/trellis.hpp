#pragma once
// The trellis of maximum-likelihood sequence estimation: what a receiver expects to see after every short
// history of symbols. (theory: mlse, section 2)

#include <span>
#include <vector>

namespace waverack::dsp {

// Sample k is expected to be expected[state·levels + a_k], where the state is the `memory` symbols before it,
// the latest in the lowest place: Σ_i a_{k−i}·levels^{i−1}, i = 1 … memory. Noise of equal variance is added.
struct Trellis {
  int levels = 4;               // 2 … 16
  int memory = 1;               // 1 …; at most 4096 states
  std::vector<float> expected;  // states·levels

  int states() const { return static_cast<int>(expected.size()) / levels; }
};

// The trellis of a target response 1 + Σ_i postcursors[i − 1]·D^i on symbols of the values `levels`, lowest
// first. Throws Error when it would have more than 4096 states, no memory, or fewer than 2 or more than 16
// levels.
Trellis make_trellis(std::span<const double> levels, std::span<const double> postcursors);

}  // namespace waverack::dsp
