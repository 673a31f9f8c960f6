#pragma once
// Continuous light from the laser to the modulator, and the losses on the way to the photodiode.

#include <span>
#include <vector>

#include "waverack/parts/part.hpp"

namespace waverack::parts {

// Whether a part makes the light: cw_laser, diode_laser, tunable_laser.
bool is_laser(const Instance&);

// Continuous light at the end of `chain` (a laser first, then passive parts), without feedback into the
// laser. Zero power for an empty chain. Throws Error with the line of the part where the order is wrong, or
// whose laser cannot give its power at conditions.temperature.
Light light_after(std::span<const Instance> chain, const Conditions& conditions);

// Modulators fed by one laser of `chain`: the product of the `ways` of its laser paths; 1 for an empty chain.
int lanes_per_laser(std::span<const Instance> chain);

// Electrical power of the lasers of `chain` for each lane they feed, cooler included [W].
double laser_power_per_lane(std::span<const Instance> chain, const Conditions& conditions);

// The losses of the passive optical parts of `chain` and of its modulators (on-state; modulation and bias
// point are not in it), in order, at the wavelength of conditions.light, each with what it adds until the end
// of life. A laser_path or fibre_flex gives one step for each of its own, named "<instance>: <step>".
std::vector<LossStep> loss_ladder(std::span<const Instance> chain, const Conditions& conditions = {});

// Of a part that makes the light: what it loses until the end of life (power ratio), the module it sits in,
// and how it draws its power [W]. The cooler of a cw_laser is in its control.
double ageing_of(const Instance& laser);
const LaserModule& laser_module_of(const Instance& laser);
LaserPower laser_power_of(const Instance& laser, const Conditions& conditions);
// What it is mounted on: its cooler, or its case [K].
double laser_temperature(const Instance& laser, const Conditions& conditions);

}  // namespace waverack::parts
