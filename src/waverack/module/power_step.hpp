#pragma once
// What the lanes' modulators feel when the chip beside their module takes more power: temperatures in time.

#include <string_view>
#include <vector>

#include "waverack/module/package_heat.hpp"

namespace waverack::module {

// Shape of `pieces`: (times, pieces of the site); the first time is 0, before the step.
struct PowerStep {
  double power_before = 0.0, power_after = 0.0;  // of the neighbour [W]
  std::vector<double> time;                      // [s]
  std::vector<double> neighbour;                 // mean temperature of its block [K]
  std::vector<std::vector<double>> pieces;       // of the part's site, mean temperatures [K]
  int lanes_of_piece = 1;                        // that share one
  double energy_balance = 0.0;                   // |in − out − stored| relative to what moved
};

// The part's piece of the site at all times, for lane `lane`.
std::vector<double> course_of(const PowerStep&, int lane);
// Fastest change between two times [K/s].
double steepest(const std::vector<double>& time, const std::vector<double>& temperature);

// The neighbour draws settings.share_before of its power until nothing changes, then all of it. The module's
// own parts draw what they draw in that stack before the step (heaters that a lock turns down are not
// followed: tenths of a watt). Steps in time begin at settings.first_step and double after every ten.
// Coolants and conductivities are those before the step. Throws Error where the stack has no such block, the
// part has no site, or a layer has no heat capacity. Cost: some hundred linear solves, a few seconds for 6e4
// cells.
PowerStep step_neighbour(const Module&, const link::Lane&, const PowerStepSettings&, std::string_view part);

}  // namespace waverack::module
