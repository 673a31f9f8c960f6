#pragma once
// What failing lasers take down.

#include "waverack/module/laser_result.hpp"
#include "waverack/module/module.hpp"

namespace waverack::module {

// Probability that fewer than `needed` of `count` survive where each fails with `fails`: the upper tail of
// the binomial law, exact to small values. needed ≤ count.
double too_few_survive(int needed, int count, double fails);

// Lasers that fail on their own at a constant rate [1/s] for `time` [s]; without a rate the probabilities are
// not numbers. (theory: light-supply, eq. 7 and 8)
Redundancy redundancy_of(double rate, double time, int needed, int spares);

// In the order in which they take more and more down. A laser and its fibre go together unless wavelengths
// share the fibre. A laser module may feed more lanes than a module has; what it takes down is counted over
// all of them.
std::vector<BlastRadius> blast_radius(const LaserResult&, int lanes, double mac_rate_per_lane);

// A switch of this rate, full of such modules.
SwitchSupply solve_switch_supply(const ModuleResult&, double rate);

}  // namespace waverack::module
