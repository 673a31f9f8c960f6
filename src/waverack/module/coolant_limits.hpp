#pragma once
// How warm and how slow the coolant may be before the first lane stops meeting its limit.

#include "waverack/module/package_result.hpp"

namespace waverack::module {

// Follows the lane with the least margin; what it finds holds for the others as long as they are better at
// the higher temperatures too. All pieces are warmed alike, at unchanged watts, until the lane fails, unless
// a part reaches 150 °C or the coolant boils before: so much warmer may the inlet be, less what one solve of
// the package there shows this to be off. The flow is the one that warms the parts as much in the mean, to 3
// %. Solves are on cells three times as long. Down to a thousandth of the flow; NaN beyond, and where the
// lane has no margin to lose. Without coolant nothing. Cost: some ten solves of one lane, seven of the
// package.
std::optional<CoolantLimits> coolant_limits(const Module&, const link::Lane&, const PackageResult&);

}  // namespace waverack::module
