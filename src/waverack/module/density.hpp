#pragma once
// Channel density under each definition that people use.

#include <vector>

#include "waverack/module/outline.hpp"

namespace waverack::module {

// (theory: light-supply, eq. 9 to 11)
//   edge        per length of the module's own width
//   edge_pitch  per length of the board's edge that one module takes, its distance to the next included
//   edge_rows   the same with all rows of modules at that edge
//   footprint   per area on the board, width · length
//   face        per area that the edge shows, width · height
//   volume      per volume of the module
// Empty without a width.
std::vector<Density> densities(const Outline&, int lanes, double rate);

// The density of this name; not a number where there is none.
double lane_density(const std::vector<Density>&, std::string_view name);
double rate_density(const std::vector<Density>&, std::string_view name);

// Units in which people state them: "mm", "mm²", "mm³", and how many of them make one of SI.
std::string_view density_unit(std::string_view name);
double density_scale(std::string_view name);

}  // namespace waverack::module
