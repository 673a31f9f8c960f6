#pragma once
// Limits of a design, and what others state, against its result.

#include <vector>

#include "waverack/design/result.hpp"

namespace waverack {

// One check per bound of each limit of the design, after those that lanes have of themselves: ber_pre_fec
// against lane.ber_limit, the feedback into a diode_laser against its critical level, whether the closed form
// of a coherent lane closes and its simulated receiver found the frame, what its decoder left wrong if it
// ran, and the demands of the lane's PMD (pmd_checks.hpp). Margins: in dB for ratios without unit (10·log10
// of limit over value), else the difference in the limit's unit; positive is good. A quantity that was not
// computed gives Verdict::info. Throws Error for a limit on a quantity that the result does not have.
std::vector<Check> check_limits(const Result&, const Provenance&);

// The ranges of the design's list `published` with what was computed, in their order. The same Error.
std::vector<PublishedNumber> beside_published(const Result&, const Provenance&);

// Throws the same Error, and one for a published range whose ends are exchanged, before anything expensive is
// computed. Cost: that of plan, module and cluster, far below that of a lane.
void require_known_limits(const LoadedDesign&);

}  // namespace waverack
