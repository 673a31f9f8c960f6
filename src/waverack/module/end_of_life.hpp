#pragma once
// What the years and the worst lane take from the light.

#include "waverack/module/laser_result.hpp"
#include "waverack/module/light_budget.hpp"

namespace waverack::module {

// The loss beyond the mean, in dB, that the worst of `lanes` lanes does not pass with the budget's
// confidence, for losses that are normal in dB and independent:
//   σ·Φ⁻¹(confidence^(1/lanes))
double worst_lane_db(const LightBudget&, int lanes);

// Sums what the laser, the steps of `ladder` and the worst lane ask for. `lane_margin_db` is the optical
// margin of the typical lane when new; where it is not a number the power needed stays open.
// (theory: light-supply, eq. 4 to 6)
EndOfLife end_of_life(const LightBudget&, int lanes, double laser_ageing,
                      const std::vector<LaserStep>& ladder, double power_dbm, double lane_margin_db,
                      bool external);

}  // namespace waverack::module
