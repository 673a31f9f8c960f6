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

// Closes the line, names the shares and their penalties, and finds the best launch power.
// Cost: some ms with the format's correction of the interference.
CoherentClosure close_lane(const CoherentPlan&, double ber_limit,
                           coherent::NonlinearModel = coherent::NonlinearModel::format);

// SNR of amplifier noise, of the fibre's interference, of both and the margin, over the power of the channel
// into the first span, 6 dB to either side of the best.
Curve launch_power_curve(const CoherentPlan&, double ber_limit);

}  // namespace waverack::link
