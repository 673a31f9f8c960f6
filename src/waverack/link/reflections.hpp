#pragma once
// Light that beats with the signal at the photodiode: reflected twice, or, on a fibre that carries both
// directions, light of the other direction reflected once.

#include <vector>

#include "waverack/link/plan.hpp"

namespace waverack::link {

// Amplitude of the doubly reflected field relative to the signal's, for every pair of reflectors i < j:
// rho = sqrt(R_i·R_j)/L_ij with L_ij the one-way power loss between the two. Pairs below 1e-6 are left out.
// (facts: photonics 7.3; the beat is δP = 2·rho·sqrt(P_a·P_b)·cos φ with φ uniform, because the paths differ
// by many coherence lengths of temperature drift.) A circulator lets nothing back, so pairs lie on one side
// of it.
//
// Between two circulators the lane of the other direction runs, alike in power and wavelength. A reflector R
// there sends its light into this lane's receiver, and so does the second circulator by its isolation I:
//   rho² = R·L_1·L_a/L_b,   rho² = L_1·L_12/I
// with L_1 the loss of the first circulator, L_a that from it to behind the reflector, L_b from there to
// behind the second circulator, L_12 the whole. (theory: topology, section 5)
std::vector<double> beat_amplitudes(const std::vector<Reflector>& reflectors);

}  // namespace waverack::link
