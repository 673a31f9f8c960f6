#pragma once
// A tone through a lane.

#include <cmath>
#include <complex>
#include <cstdint>
#include <numbers>
#include <vector>

#include "waverack/link/plan.hpp"
#include "waverack/link/propagate.hpp"

namespace waverack {

// The fundamental at the sampler of two levels that alternate, half the lane's symbol rate.
inline std::complex<double> fundamental(const link::Lane& lane) {
  const link::Plan plan = link::make_plan(lane);
  std::vector<std::uint8_t> symbols(64);
  for (std::size_t k = 0; k < symbols.size(); ++k) symbols[k] = k % 2;
  const link::Propagation run = link::propagate(plan.segments.front(), plan.conditions, symbols, {}, {});
  std::complex<double> sum = 0.0;
  for (std::size_t i = 0; i < run.at_sampler.size(); ++i)
    sum += static_cast<double>(run.at_sampler[i]) *
           std::polar(1.0, -std::numbers::pi * static_cast<double>(i) / 16.0);
  return sum;
}

}  // namespace waverack
