#pragma once
// A micro-ring with its heater, its own heat, and an ambient, as a lock sees it.
//
// With h the shift that the heater gives, T the ambient and s the detuning by absorbed light,
//   Δ = Δ_0 + 2πc/λ²·(h + drift·T) + s
//   τ_h·dh/dt = u − h,   τ·ds/dt = heating·⟨A(Δ, g)⟩ − s
// u is what the lock asks for. ⟨⟩ is the mean over the data, which heat is too slow to follow. (theory:
// calibration, eq. 7; parts, section 5)

#include <functional>
#include <span>
#include <vector>

#include "waverack/parts/micro_ring.hpp"

namespace waverack::module {

struct RingPlant {
  parts::CoupledMode mode;     // its detuning is not read
  double target = 0.0;         // detuning to hold, of the undriven junction [rad/s]
  double per_metre = 0.0;      // detuning for each metre that the resonance goes to longer waves [rad/s/m]
  double heating = 0.0;        // detuning if all light became heat [rad/s]
  double time_constant = 0.0;  // of the heat of the light [s]
  double drift = 0.0;          // shift with the ambient [m/K]
  double range = 0.0;          // largest shift by the heater: a free spectral range [m]
  double held = 0.0;           // shift by the heater at the target, ambient change 0 [m]
  double efficiency = 0.0;     // of the heater [m/W]
  double power = 0.0;          // light at the ring [W]
  double rin = 0.0;            // of the light, one-sided [1/Hz]
  std::vector<double> drive;   // of the junction, values of equal weight [V]

  double half_width() const { return mode.half_width(); }
  // Share of the light that the ring takes, mean over the data, and its slope [s].
  double absorbed(double detuning) const;
  double slope(double detuning) const;
  // How much its own heat weakens what slow disturbances do: −heating·d⟨A⟩/dΔ.
  double feedback(double detuning) const { return -heating * slope(detuning); }
};

// `voltages`: samples of the data at the ring; what they are in between counts, not their order. The ring
// holds part.detuning whether or not it says that it is locked.
RingPlant ring_plant(const parts::MicroRing& part, const parts::Conditions&, std::span<const float> voltages);

// The state of the plant in time.
class RingState {
 public:
  // At rest at the target, at the ambient change 0.
  RingState(const RingPlant&, double heater_time_constant);

  double detuning() const;
  double heater() const { return heater_; }  // shift that it gives [m]
  // By `time` [s] with the heater asked for `asked` [m], ambient change `ambient` [K].
  void advance(double time, double asked, double ambient);
  // Until nothing moves any more.
  void settle(double asked, double ambient);
  // The heater at `shift` with no light in the ring.
  void start_at(double shift);
  // All light taken: from here the ring settles in its warmest state.
  void start_warm() { heat_ = plant_->heating; }

 private:
  const RingPlant* plant_;
  double heater_time_constant_, origin_, heater_, heat_, ambient_ = 0.0, step_;
};

}  // namespace waverack::module
