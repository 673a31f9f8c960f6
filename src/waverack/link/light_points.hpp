#pragma once
// The test points of light of a plan, and TECQ there without a solution of the lane.

#include <cstdint>
#include <string>
#include <vector>

#include "waverack/compliance/tdecq.hpp"
#include "waverack/link/plan.hpp"

namespace waverack::link {

struct LightPoint {
  std::string name;
  std::size_t segment = 0, element = 0;
  bool before_fibre = false;  // the lane's fibre is still to come
};

// Whether light at element `element` has yet to pass the lane's fibre.
bool before_fibre(const Segment&, std::size_t element);

// All of them in the order of the chain.
std::vector<LightPoint> light_points(const Plan&);

// TECQ at a test point of light, with drawn noise and jitter: that of LaneResult::test_points for the lane's
// own pattern and the settings of its PMD. The draw is always the same, so that TECQ changes smoothly with
// the numbers of the lane. Errors: those of measure_tdecq(). Cost for PRBS13Q: about a quarter of that for
// SSPRQ.
compliance::TdecqResult measure_at(const Plan&, const LightPoint&, std::span<const std::uint8_t> symbols,
                                   const compliance::TdecqSettings&);

}  // namespace waverack::link
