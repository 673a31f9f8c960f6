#pragma once
// Charts of a coherent lane.

#include <vector>

#include "waverack/link/coherent_run.hpp"
#include "waverack/link/result.hpp"

namespace waverack::link {

// Constellations, magnitude of the equaliser's taps and spectra, appended to `curves`.
void add_coherent_curves(const CoherentPictures&, std::vector<Curve>& curves);

}  // namespace waverack::link
