#pragma once
// The temperatures at which the parts of a design work, for questions that solve a lane many times.

#include <string>
#include <vector>

#include "waverack/design/design.hpp"

namespace waverack {

struct PartTemperature {
  std::string part;          // by name, of chain or light
  double temperature = 0.0;  // of its surroundings [K]
};

// Of the lane whose parts are warmest in the mean, in the design's package on a grid with cells four times as
// long; none where there is no package. Cost: some 30 ms.
std::vector<PartTemperature> working_temperatures(const Design&);

// Gives the parts of a lane their temperatures, but for those whose design states one.
void set_temperatures(link::Lane&, const std::vector<PartTemperature>&);

}  // namespace waverack
