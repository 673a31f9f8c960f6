#pragma once
// Temperatures on a grid, and what people ask of them.

#include <string>
#include <vector>

#include "waverack/thermal/grid.hpp"

namespace waverack::thermal {

struct Field {
  Grid grid;
  std::vector<double> temperature;  // of every node [K]
};

struct BlockTemperature {
  std::string name;
  double power = 0.0;  // [W]
  // Over the cells that it covers by more than a sliver; mean by area over all of them, min ≤ mean ≤ max [K].
  double min = 0.0, mean = 0.0, max = 0.0;
};

struct LayerTemperature {
  std::string name;
  double min = 0.0, mean = 0.0, max = 0.0;  // over its cells, coolant and walls of a cavity included [K]
};

// Temperature of a layer from above: of coolant where it flows, else the mean through the thickness.
struct LayerMap {
  std::vector<double> x, y;         // lines [m]
  std::vector<double> temperature;  // [K], shape (y cells, x cells), x fastest; NaN where there is nothing
};

BlockTemperature block_temperature(const Field&, const Footprint&);
LayerTemperature layer_temperature(const Field&, std::size_t layer);
LayerMap layer_map(const Field&, std::size_t layer);
// Of the stack's points: the cell that contains each, the uppermost of its layer [K].
std::vector<double> point_temperatures(const Stack&, const Placement&, const Field&);

}  // namespace waverack::thermal
