#pragma once
// The operating point of a lane: numbers of its parts that are found for the lowest bit error ratio, or for
// the least TECQ, instead of given.

#include "waverack/design/result.hpp"
#include "waverack/study/sensitivity.hpp"

namespace waverack::study {

// Throws Error if an entry of the design's `tune` is not a number of a part of the lane, stands twice, or has
// bounds that do not fit, and if `tune_for` asks for TECQ where it cannot be measured (tecq_goal.hpp).
void require_tunable(const LoadedDesign& loaded);

// Finds the entries of the design's `tune` for what its `tune_for` names, the lowest BER before FEC or the
// least TECQ at a test point, beginning at what the design states. `reload` reads the design with settings
// PATH=VALUE laid over it.
//
// A number stays between its bounds, and between those that its part has for it. The FIR taps of a
// transmitter are found together: every tap but the cursor is free, and the cursor takes what is left of the
// sum of magnitudes that the design states, because that sum is the peak of what the transmitter can send.
//
// What is minimised (base/minimise.hpp) is −Q with Q(x) the BER, or tecq_objective(), on PRBS13Q where the
// lane has a longer pattern. Start and end are then compared on the lane's own pattern, and the start wins
// unless the end is better: what was asked for is never above that of the design as it stands. The BER of
// both is told in either case; one found for TECQ may be higher. The minimum is a local one; the BER jumps a
// little wherever the receiver takes another sampling phase, so that two searches from different starts may
// end some per cent of Q apart. Found numbers are rounded to a fraction of the first step. Deterministic, and
// on one thread. Cost: 15 to 30 solves of a lane (0.1 s each), or measurements of TECQ, for each free number.
OperatingPoint find_operating_point(const LoadedDesign& loaded, const Reload& reload);

}  // namespace waverack::study
