#pragma once
// Noise of the amplifiers that GNPy's library describes (GNPy's documentation, "JSON input files" and
// "Physical model").

#include "waverack/io/gnpy_files.hpp"

namespace waverack::io {

// Noise figure as GNPy counts it, a ratio: ASE is F·h·f·B at the input. 0 for a noiseless booster. `type` is
// an entry of "Edfa", `gain_db` what the amplifier has to give; below the type's gain_min an attenuator in
// front makes up for it. `input_dbm` is all light of one channel. Throws Error for types that are not read.
double gnpy_noise_figure(const GnpyTable& type, double gain_db, double input_dbm);

}  // namespace waverack::io
