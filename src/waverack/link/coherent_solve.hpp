#pragma once
// A coherent lane solved: closed form, simulation and what they tell together.

#include "waverack/link/solve.hpp"

namespace waverack::link {

// As solve() of a lane whose chain is coherent. Margins are SNR at the decision over what the code needs at
// the lane's ber_limit. Cost: 30 to 80 ms of closed form; with `charts` or `count` about half a second more.
LaneResult solve_coherent(const Lane& lane, const SolveOptions& options);

}  // namespace waverack::link
