#pragma once
// The signal-to-noise ratio of nonlinear interference alone, as its reference values are printed.

#include "coherent_lines.hpp"
#include "waverack/coherent/nonlinear_noise.hpp"

namespace waverack::coherent {

inline double nonlinear_snr_db(const NonlinearNoise& noise) { return -in_db(noise.ratio()); }

}  // namespace waverack::coherent
