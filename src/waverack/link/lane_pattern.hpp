#pragma once
// The symbols of a lane's test pattern.

#include <cstdint>
#include <vector>

#include "waverack/link/lane.hpp"

namespace waverack::link {

// One period for a number of levels, 0 … levels − 1. Other numbers than 4 send the bits of the PAM4 pattern:
// PAM2 the more significant one of each symbol, PAM6 and PAM8 all of them, in groups of five and three.
std::vector<std::uint8_t> symbols_of(Pattern, int levels);

// The pattern for questions around a solution: PRBS13Q in place of SSPRQ. The contexts are weighted the same,
// so the answers hardly depend on it.
Pattern short_pattern(Pattern);

}  // namespace waverack::link
