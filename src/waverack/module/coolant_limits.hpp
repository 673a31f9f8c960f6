#pragma once
// How warm and how slow the coolant may be before the first lane stops meeting its limit.

#include "waverack/module/package_result.hpp"

namespace waverack::module {

// From `now`, the solved package of this stack, in which `worst_lane` has the least margin. The inlets of all
// coolants are warmed alike, then their flows slowed alike, until the first of all lanes fails, unless a part
// reaches 150 °C or a coolant boils before; of a stack without coolant the surroundings of its faces, and
// their coefficients. Watts follow the temperatures. Every lane is judged at the limit, each at its own
// temperatures, unless not even one would fail that had the warmest parts of all lanes, or the coldest; a
// lane that fails before it and holds again at it is not seen. Inlets to 0.02 K, shares of the flow to 0.3 %,
// as far as the BER is smooth (it steps by half a per cent here and there, with the sampler's phase). The
// package is solved on cells three times as long, and rises change as they do there. Flows down to a
// thousandth. Nothing for a stack with neither coolants nor faces. Cost: some ten solves of the package on
// that grid, twenty of one lane, one of every lane for each end that a lane sets.
std::optional<CoolantLimits> coolant_limits(const Module&, const link::Lane&, const thermal::Stack&,
                                            const PackageHeat& now, int worst_lane, int threads);

}  // namespace waverack::module
