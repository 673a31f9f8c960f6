#pragma once
// Which modules work over a path of a GNPy network: designs by their closed form, and the modes of the
// equipment's own transceivers by their required OSNR and penalties.

#include <vector>

#include "waverack/io/gnpy_modes.hpp"
#include "waverack/io/line_run.hpp"

namespace waverack::io {

// Light of a mode: its symbol rate, roll-off and OSNR; its least spacing where SI's is narrower.
GnpyLoad load_of_mode(const GnpyMode&, const GnpyFiles&);

// The designs and then the modes, each with the line loaded with it alone; with a mode in the question that
// mode alone. Throws Error for designs that are not coherent.
std::vector<LineModule> judge_modules(const LineQuestion&, const GnpyFiles&);

}  // namespace waverack::io
