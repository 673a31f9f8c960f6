#pragma once
// What optical circuit switches do to a lane.

#include "waverack/cluster/circuit_switch.hpp"
#include "waverack/link/lane.hpp"

namespace waverack::cluster {

// The lane with `passes` switches along its first fibre, which they divide into equal pieces, and, where the
// switch is bidirectional, a circulator at either end of that fibre. Losses, their reflections and the light
// of the other direction then count in every solver (link/reflections.hpp). A switch is a `connector` named
// "circuit_switch" ("circuit_switch_2" …), the circulators are "circulator_a" and "circulator_b". Numbers
// with a range count with their value.
//
// No passes: the lane as it is. Throws Error for a lane without fibre, or with circulators of its own beside
// a bidirectional switch.
link::Lane through_circuit_switches(link::Lane lane, const CircuitSwitch& device, int passes);

}  // namespace waverack::cluster
