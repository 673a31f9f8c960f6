#pragma once
// The numbers of a run that nobody measured for it.

#include <vector>

#include "waverack/base/provenance.hpp"
#include "waverack/design/result.hpp"

namespace waverack {

// Those that are assumed or claimed, in the order of their paths.
std::vector<Assumption> assumptions_of(const Provenance&);

}  // namespace waverack
