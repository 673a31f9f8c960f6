#pragma once
// The bandwidths of the electro-optic blocks of a lane, and what "combined bandwidth" comes to.

#include <limits>
#include <span>
#include <string>
#include <vector>

#include "waverack/link/lane.hpp"

namespace waverack::link {

// One block with memory and a law of its own: driver, modulator, photodiode, TIA.
struct BlockBandwidth {
  std::string name;
  double bandwidth = 0.0;  // where its small-signal response is 3 dB down [Hz]; infinity without memory
};

// Frequencies in Hz, not numbers for a lane without light.
struct Bandwidths {
  static constexpr double none = std::numeric_limits<double>::quiet_NaN();
  std::vector<BlockBandwidth> blocks;  // in the order of the chain; empty for a lane without light
  std::size_t transmitting = 0;        // how many of them stand up to the modulator, it included
  double combined = none;              // of all blocks, by the rule below
  double transmitter = none;           // of driver and modulator, by the same rule
  double cascade = none;               // where the product of all responses is 3 dB down
  double transmitter_cascade = none;   // the same of driver and modulator
};

// 1/f² = Σ 1/f_i², the rule for the rise times of blocks in a row (facts: photonics 8.5): exact for Gaussian
// responses, and blind to peaking, with which one block makes up for another. Infinity without blocks.
double combined_bandwidth(std::span<const double> bandwidths);

// The bandwidth that one more block must have so that it and `others` combine to `target` > 0 by the same
// rule [Hz]; infinity where the others alone are not wider than the target.
double needed_bandwidth(double target, std::span<const double> others);

// Of the parts with a law (`apply`) in the segment with light. Responses are searched up to 1 THz.
Bandwidths bandwidths_of(const Lane&, const parts::Conditions&);

}  // namespace waverack::link
