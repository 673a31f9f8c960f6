#pragma once
// A lane over media of other lengths.

#include <string>
#include <vector>

#include "waverack/cluster/technology.hpp"
#include "waverack/link/lane.hpp"

namespace waverack::study {

// What is between the modules of a lane: fibre where it has any, else copper. Throws Error, with the name of
// the design, where neither is in the chain or its length is 0.
cluster::Medium medium_of(const std::string& design, const link::Lane&);

// Bulk delay of the fibres and cables between the modules [s].
double latency_of_medium(const link::Lane&);

// The lane with all its fibres, or all its cables, stretched so that together they are `length` [m] long.
link::Lane with_medium(link::Lane, cluster::Medium, double length);

// The lane at the lengths of the ladder of its medium, up to the first that lacks `margin_db`, and at three
// more between that and the one before. Light with the short pattern, as margins are asked; copper with the
// lane's own, whose long runs its echoes and tails notice (SSPRQ takes 1 dB more than PRBS13Q from 2 m of
// DAC). Cost: some 60 ms a length.
std::vector<cluster::ReachPoint> solve_ladder(const link::Lane&, cluster::Medium, double margin_db,
                                              int threads);

}  // namespace waverack::study
