#pragma once
// A ring held at a level of the light at its drop port, from the search for its resonance to ramps of the
// ambient.
//
// The level falls with the detuning on the warm side of the resonance, which is the stable one. An integrator
// on the heater, once in each update interval, takes away the share `gain` of the detuning error that the
// level tells; a ramp of the ambient leaves ramp rate over gain (theory: calibration, eq. 8 and 9).
// Maximising the level would be the same loop at its peak, where it has no slope and the ring is at the edge
// of the unstable side; the part's own `detuning` is the level to hold.

#include <limits>
#include <span>
#include <vector>

#include "waverack/base/random.hpp"
#include "waverack/module/calibration.hpp"
#include "waverack/module/ring_plant.hpp"
#include "waverack/module/trajectory.hpp"

namespace waverack::module {

// A ramp of the ambient, and what the lock made of it. Errors in half-widths.
struct RampRun {
  double rate = 0.0;      // [K/s]; below zero: it cools
  bool followed = false;  // the error stays within the tolerance, and the heater within its range
  bool kept = false;      // after the ramp the lock is back at its target
  double worst = 0.0;     // largest error on the way
  double settled = 0.0;   // mean error in the last quarter of the ramp
  // Change of the ambient at which the heater came to an end of its range for the first time [K]; NaN: never.
  double ended = std::numeric_limits<double>::quiet_NaN();
};

struct RingLock {
  bool locked = false;
  double time_to_lock = 0.0;   // from the warm end of the heater, without light in the ring [s]
  Remainder residual;          // of the detuning [half-widths]
  double expected_rms = 0.0;   // from the noise bandwidth [half-widths]
  double expected_mean = 0.0;  // from the error of the level, to first order [half-widths]
  double expected_ramp = 0.0;  // error on the ramp [half-widths]
  double peak = 0.0;           // detuning of the largest level, where the lock is lost [half-widths]
  double heater_power = 0.0;   // mean while it holds [W]
  RampRun warming, cooling;    // at settings.ramp by settings.ramp_rise, each in a lock of its own
  // Ramps that are followed [K/s], over rises within the heater's range [K]: settings.ramp_rise, or less.
  double fastest_warming = 0.0, fastest_cooling = 0.0;
  double warming_rise = 0.0, cooling_rise = 0.0;
  // One value for each update: search, hold, ramp up, hold; a fresh lock at rest, ramp down, hold.
  std::vector<double> time, detuning, level, heater, ambient;  // [s], [half-widths], 1 = wanted, [W], [K]
};

// Runs the plant. Noise is drawn from `stream`. Throws nothing; a ring that never locks has locked = false.
// Cost: about 0.1 s.
RingLock lock_ring(const RingPlant&, const RingSettings&, const Monitor&, const Stream& stream);

// A lock that follows a course of the ambient. Errors in half-widths.
struct CourseRun {
  bool followed = false;  // the error stays within ramp_tolerance, and the heater within its range
  bool kept = false;      // at the end the lock is at its target
  double worst = 0.0;     // largest error on the way
  double lost_at = 0.0;   // when the heater came to an end of its range for the first time [s]; NaN: never
  double least_heater = 0.0, most_heater = 0.0;  // [W]
  // A thousand times at most, evenly spaced: [s], [half-widths], [W], [K].
  std::vector<double> time, detuning, heater, ambient;
};

// From rest, without the search for the resonance; the ambient changes by `rise` [K] at the times `time` [s],
// which rise from 0, and linearly in between. Cost: about 10 us for every update interval.
CourseRun follow_course(const RingPlant&, const RingSettings&, const Monitor&, std::span<const double> time,
                        std::span<const double> rise, const Stream& stream);

// How far the ambient may go from rest, up (direction > 0) or down, before the heater comes to an end of its
// range [K].
double heater_room(const RingPlant&, double direction);

// One ramp alone, by `rise` [K] above 0, from rest, without the search for the resonance.
RampRun ramp_ring(const RingPlant&, const RingSettings&, const Monitor&, double rate, double rise,
                  const Stream& stream);

// Largest rate [K/s], of the sign of `direction`, at which `followed` answers true, between `lowest` and 1e7;
// 0 where it is false even there. `guess` [K/s] above 0 is where the search begins: slow ramps are long, and
// far from the guess they are not asked for. To a thousandth. Cost: a dozen calls near the guess.
double fastest_ramp(const std::function<bool(double rate)>& followed, double direction, double guess,
                    double lowest = 1.0);

}  // namespace waverack::module
