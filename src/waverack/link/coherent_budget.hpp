#pragma once
// The closed form of a coherent lane: every part's noise as a signal-to-noise ratio, the fibre's interference
// by EGN, and what is left of the code's room.

#include "waverack/coherent/link_closure.hpp"
#include "waverack/link/coherent_lane.hpp"
#include "waverack/link/result.hpp"

namespace waverack::link {

// What the modules at both ends do to the signal (theory: coherent-lane, section 2), as link closure takes
// it. Nothing of it is a specification: each noise is computed from a part's numbers.
coherent::TransceiverBudget transceiver_budget(const CoherentPlan&, double ber_limit);

// Closes the line, names the shares and their penalties, and finds the best launch power. `launch_powers`
// gets, where it is not null, SNR of amplifier noise, of the fibre's interference, of both and the margin,
// over the power of the channel into the first span, 8 dB to either side of the best.
// Cost: 30 to 80 ms, half of it the laws without memory, half the format's correction of the interference,
// which grows with the spans; 0.1 ms for each neighbour and span.
CoherentClosure close_lane(const CoherentPlan&, double ber_limit,
                           coherent::NonlinearModel = coherent::NonlinearModel::format,
                           Curve* launch_powers = nullptr);

// Light of the neighbours behind the channel's matched filter over the channel's own:
//   Σ_j P_j/P · ∫ RC(f)·RC_j(f − Δ_j)/R_j df,
// RC the raised cosines, 1 in the middle. 0 where no spectra overlap. Filters in front of the place where
// channels are joined are left out; what stands behind it acts on both alike.
double overlap_ratio(const coherent::Line&);

// What all neighbours do to the channel by the closed form, over the channel's power; 0 without neighbours.
double neighbours_noise(const CoherentClosure&);

}  // namespace waverack::link
