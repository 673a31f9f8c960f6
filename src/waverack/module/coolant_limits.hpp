#pragma once
// How warm and how slow the coolant may be before the first lane stops meeting its limit.

#include "waverack/module/package_result.hpp"

namespace waverack::module {

// Follows the lane with the least margin; what it finds holds for the others as long as they are better at the
// higher temperatures too. Inlet: all pieces are warmed alike, at unchanged watts, until the margin is zero; one
// solve of the package at that inlet takes back what it is off. Flow: solves of the package on a grid with cells
// twice as long. Down to a thousandth of the flow; NaN beyond, and where the lane has no margin to
// lose. Without coolant nothing. Cost: some ten solves of one lane, ten of the package.
std::optional<CoolantLimits> coolant_limits(const Module&, const link::Lane&, const PackageResult&);

}  // namespace waverack::module
