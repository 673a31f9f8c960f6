#pragma once
// What every lane of a module does at the temperatures of its own parts.

#include <vector>

#include "waverack/module/package_heat.hpp"

namespace waverack::module {

struct LaneState {
  int lane = 0;                     // from 0
  std::vector<double> temperature;  // of its piece of every site, in the order of the sites [K]
  double ber_pre_fec = link::not_a_number;
  double margin_db = link::not_a_number;
  double heater_power = 0.0;  // of its ring's or modulator's heater [W]
  double wavelength = 0.0;    // of the light that reaches the modulator [m]; 0 without light
};

// One lane, counted from 0: with the semi-analytic solver on the short pattern at 8 samples per symbol. With
// a guess of the margin the search begins there. Cost: about 80 ms, 25 ms with a good guess.
LaneState solve_lane(const link::Lane&, const Module&, const PackageHeat&, int lane,
                     double margin_guess_db = 0.0);

// Decades by which the BER of a lane is above its limit, at the temperatures of `sites`; 0 or less: it keeps
// it. Not below −300; infinite where it cannot be solved so warm, as where a laser cannot give its power.
// Cost: 15 ms.
double excess_over_limit(const link::Lane&, const Module&, const std::vector<SiteHeat>& sites, int lane);

// For every lane an earlier one whose parts are equally warm within 1 mK (a mirror image), or itself.
std::vector<int> equally_warm_lanes(const Module&, const std::vector<SiteHeat>&);

// All lanes. Those that are equally warm are solved once. The result does not depend on the number of
// threads.
std::vector<LaneState> solve_lanes(const Module&, const link::Lane&, const PackageHeat&, int threads);

// The lane with the least margin.
const LaneState& worst_lane(const std::vector<LaneState>&);

}  // namespace waverack::module
