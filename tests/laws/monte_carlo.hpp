#pragma once
// A segment at its sampler, run with drawn noise and without jitter.

#include <cstdint>
#include <span>
#include <vector>

#include "waverack/link/drawn_pattern.hpp"

namespace waverack::laws {

class MonteCarlo {
 public:
  MonteCarlo(const link::Segment& segment, const parts::Conditions& conditions, const link::Without& without,
             int samples_per_symbol)
      : segment_(segment),
        conditions_(conditions),
        drawing_{.samples_per_symbol = samples_per_symbol, .without = without} {
    drawing_.without.random_jitter = drawing_.without.dual_dirac_jitter = true;
  }

  // One period of `symbols`, with the noise of draw `seed`.
  std::vector<float> at_sampler(std::span<const std::uint8_t> symbols, std::uint64_t seed) const {
    link::Drawing drawing = drawing_;
    drawing.seed = seed;
    return link::draw_pattern(segment_, conditions_, symbols, drawing, segment_.elements.size()).real;
  }

 private:
  const link::Segment& segment_;
  parts::Conditions conditions_;
  link::Drawing drawing_;
};

}  // namespace waverack::laws
