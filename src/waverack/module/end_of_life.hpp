#pragma once
// What the years and the worst lane take from the light.

#include "waverack/link/lane.hpp"
#include "waverack/module/laser_result.hpp"
#include "waverack/module/light_budget.hpp"

namespace waverack::module {

// Standard deviations of a lane's optical loss [dB]: of what all lanes of a module have in common, and of
// what each has of its own.
struct LossSpread {
  double common_db = 0.0;
  double own_db = 0.0;
};

// Root of the sum of the squares over the losses of the optical parts whose spread is stated in decibels, and
// of the budget's own lane_spread. What a laser gives is not in it: it is the quantity that is asked for.
LossSpread loss_spread(const link::Lane&, const LightBudget&);

// The loss L beyond the mean, in dB, that none of `lanes` lanes passes with probability `confidence`, for
// losses that are normal in dB. It solves
//   confidence = ∫ φ(x)·Φ((L − σ_common·x)/σ_own)^lanes dx
// to 1e-6 dB for σ_own above a tenth of σ_common. Cost: half a millisecond. Without σ_common L =
// σ_own·Φ⁻¹(confidence^(1/lanes)), for one lane L = √(σ_common² + σ_own²)·Φ⁻¹(confidence). (theory:
// light-supply, eq. 5)
double worst_lane_db(const LossSpread&, double confidence, int lanes);

// Sums what the laser, the steps of `ladder` and the worst lane ask for. `lane_margin_db` is the optical
// margin of the typical lane when new; where it is not a number the power needed stays open.
// (theory: light-supply, eq. 4 to 6)
EndOfLife end_of_life(const LossSpread&, double confidence, int lanes, double laser_ageing,
                      const std::vector<LaserStep>& ladder, double power_dbm, double lane_margin_db,
                      bool external);

}  // namespace waverack::module
