#pragma once
// The temperatures at which the parts of a design work, for questions that solve a lane many times.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "waverack/design/design.hpp"
#include "waverack/module/package_heat.hpp"

namespace waverack {

struct PartTemperature {
  std::string part;          // by name, of chain or light
  double temperature = 0.0;  // of its surroundings [K]
};

// The design in its package on a grid with cells four times as long, for the sake of watts or of one lane;
// nothing where there is no package. Cost: some 30 ms.
std::optional<module::PackageHeat> coarse_heat(const Design&);

// Of the lane whose parts are warmest in the mean, by coarse_heat(); none where there is no package.
std::vector<PartTemperature> working_temperatures(const Design&);

// Of the surroundings of parts in the mean over the lanes, by path [K], by coarse_heat(): for failure rates,
// which all lanes share. Only of parts that have a site and no temperature that the design states.
std::map<std::string, double> mean_temperatures(const Design&);

// Gives the parts of a lane their temperatures, but for those whose design states one.
void set_temperatures(link::Lane&, const std::vector<PartTemperature>&);

}  // namespace waverack
