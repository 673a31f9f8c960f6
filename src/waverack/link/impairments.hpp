#pragma once
// The impairments of a segment that can be taken away one at a time.

#include <string>
#include <vector>

#include "waverack/link/plan.hpp"
#include "waverack/link/without.hpp"

namespace waverack::link {

struct Impairment {
  std::string id;  // "noise:lane.chain.tia.input", "bandwidth:tia"
  std::string label;
  Without without;
};

// Every noise source and high-pass, every part's frequency response that is not flat up to the symbol rate
// [Bd], the compression of every voltage part, all aggressors together, level mismatch, every kind of jitter,
// the converter and the mismatch of several, multi-path interference: those that the segment has.
std::vector<Impairment> impairments_of(const Segment& segment, double symbol_rate);

}  // namespace waverack::link
