#pragma once
// The test points of a lane against its standards, in a few lines.

#include <string>

#include "waverack/design/result.hpp"
#include "waverack/io/terminal.hpp"

namespace waverack::io {

// A table with the test points of which the lane's standards say something, in the order of the chain, and
// the host's error ratio: what the lane itself makes there (the smallest eye, OMA_outer), what counts for the
// standard (EECQ and VEC; TECQ and TDECQ; sensitivity), its limit, the margin, and whether the limit is
// assumed. At most 80 columns. Nothing where the lane names no standard, or was solved without charts.
std::string test_point_lines(const Result&, const Style&);

}  // namespace waverack::io
