#pragma once
// Multi-path interference from pairs of reflections in the optical path.

#include <vector>

#include "waverack/link/plan.hpp"

namespace waverack::link {

// Amplitude of the doubly reflected field relative to the signal's, for every pair of reflectors i < j:
// rho = sqrt(R_i·R_j)/L_ij with L_ij the one-way power loss between the two. Pairs below 1e-6 are left out.
// (facts: photonics 7.3; the beat is δP = 2·rho·sqrt(P_a·P_b)·cos φ with φ uniform, because the paths differ
// by many coherence lengths of temperature drift.)
std::vector<double> beat_amplitudes(const std::vector<Reflector>& reflectors);

}  // namespace waverack::link
