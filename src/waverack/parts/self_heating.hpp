#pragma once
// A resonator that the light inside it heats: the states in which detuning and heat agree.

#include <span>
#include <vector>

#include "waverack/parts/coupled_mode.hpp"

namespace waverack::parts {

// Absorbed light warms the resonator, which lowers its frequency and so raises Δ. Heat is slow: it follows
// the mean over the data, not the data (facts: photonics 4.2). With A(Δ, g) the absorbed share of the light,
//   Δ = cold + heating·⟨A(Δ, g)⟩
// `mode.detuning` is not read. `cold` is Δ without light, `heating` the rise of Δ if all light were absorbed
// [both rad/s]. All solutions, rising: one, or three where the resonator is bistable (two at the edge of it).
// Of three the middle one is unstable. ⟨⟩ is the mean over `drive`, each sample counted at its slow response.
std::vector<double> thermal_states(const CoupledMode& mode, double cold, double heating,
                                   std::span<const float> drive);

// How much slow changes of light are weaker than those that heat cannot follow: −heating·dA/dΔ at
// `mode.detuning` and g = 0, so that the slow response is 1/(1 + feedback). Below −1 the state is unstable.
double thermal_feedback(const CoupledMode& mode, double heating);

}  // namespace waverack::parts
