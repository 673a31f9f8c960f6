#pragma once
// The light that a module's lanes need, traced back to the lasers and their wall plug.

#include <optional>

#include "waverack/module/module.hpp"

namespace waverack::module {

// The ladder from the laser to the photodiode, the power a laser must give, and the watts it takes.
//
// Light is linear from the laser to the photodiode, so the optical margin of the lane is also the amount by
// which the laser may be weaker: power needed = power − margin + head room. That is the typical lane when
// new; end_of_life asks for every lane, to the end. Without light in the lane `present` is false. All but the
// supply of a switch is filled in. `surroundings`: mean over all lasers [K], for how often they fail; without
// it the laser's own, or those of the conditions. (theory: module-power, eq. 4 and 5; light-supply)
LaserResult solve_laser_supply(const Module&, const link::Lane&, const link::LaneResult&,
                               const parts::Conditions&, std::optional<double> surroundings = {});

}  // namespace waverack::module
