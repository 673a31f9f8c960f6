#pragma once
// The charts of COM.

#include <vector>

#include "waverack/io/com_run.hpp"
#include "waverack/link/result.hpp"

namespace waverack::io {

// Of the channel: loss with its fit and with each package, reflection, crosstalk where there is some, and the
// reflected pulse of ERL. Of each package case, ids ending with its name: the equalised pulse with its
// cursors before and after feedback, the density of the noise and how often it exceeds a voltage, and the
// equalisers over frequency. Cost: some 10 ms for each case.
std::vector<link::Curve> com_curves(const ComReport&);

}  // namespace waverack::io
