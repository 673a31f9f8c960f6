#pragma once
// The light of wavelength neighbours that a demultiplexer lets through.

#include <string>
#include <vector>

#include "waverack/link/lane.hpp"

namespace waverack::link {

// A neighbour at the photodiode.
struct WdmLight {
  std::string name;         // "1291.00 nm"
  double wavelength = 0.0;  // [m]
  double ratio = 0.0;       // its average power over that of the lane
};

// The neighbours of lane.neighbours at the photodiode: their power where they were joined, times what each
// demultiplexer of the chain lets through (parts::crosstalk). Everything else meets all of them alike. Empty
// without neighbours. `wavelength`: of the lane's own light [m].
std::vector<WdmLight> wdm_light(const Lane&, double wavelength);

}  // namespace waverack::link
