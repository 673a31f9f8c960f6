#pragma once
// Charts of a line: along the path, and over its channels.

#include <vector>

#include "waverack/io/line_run.hpp"

namespace waverack::io {

// "line.along" (OSNR and GSNR in 0.1 nm of the followed channel over the distance), "line.power" (of channel
// and noises along it), "line.channels" (OSNR, nonlinear SNR and GSNR in the signal's band over frequency).
std::vector<link::Curve> line_curves(const LineAnswer&);

}  // namespace waverack::io
