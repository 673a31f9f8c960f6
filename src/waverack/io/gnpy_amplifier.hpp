#pragma once
// Noise of the amplifiers that GNPy's library describes (GNPy's documentation, "JSON input files" and
// "Physical model").

#include "waverack/io/gnpy_files.hpp"

namespace waverack::io {

// Noise figure as GNPy counts it, a ratio: ASE is F·h·f·B at the input. 0 for a noiseless booster. `type` is
// an entry of "Edfa", `gain_db` what the amplifier has to give; below the type's gain_min an attenuator in
// front makes up for it. `input_dbm` is all light of one channel. Of two stages ("dual_stage") the first has
// its gain_flatmax and the second the rest: F = F₁ + F₂/G₁. Throws Error for types that are not read.
double gnpy_noise_figure(const GnpyFiles&, const GnpyTable& type, double gain_db, double input_dbm);

// What all channels together have at most behind it [dBm]: p_max, of two stages that of the second.
double gnpy_output_limit(const GnpyFiles&, const GnpyTable& type);

}  // namespace waverack::io
