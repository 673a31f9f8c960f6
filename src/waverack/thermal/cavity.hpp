#pragma once
// A cavity as numbers for the heat balance: geometry, capacity flow, heat transfer coefficients.

#include <vector>

#include "waverack/base/provenance.hpp"
#include "waverack/thermal/stack.hpp"

namespace waverack::thermal {

bool flows_along_y(Direction);
bool flows_forward(Direction);  // towards larger coordinates

// Edges of the walls across the flow, from one side of the layer: wall, channel, wall, …, wall.
struct ChannelWalls {
  int channels = 0;
  std::vector<double> lines;  // 2·channels of them [m]: where a channel begins, where it ends, …
};

// As many channels as fit with half a wall at either side; what is left goes to the two walls at the edges.
// Throws Error if there is no room for one.
ChannelWalls channel_walls(const Cavity&, double across);

struct CavityNumbers {
  int channels = 0;              // 0 for pins
  double porosity = 1.0;         // share of the volume that coolant has
  double heat_capacity = 0.0;    // of coolant, of a volume [J/(m³ K)]
  double capacity_flow = 0.0;    // of all of it [W/K]
  double coefficient_top = 0.0;  // [W/(m² K)]; porous: of plan area
  double coefficient_bottom = 0.0;
  double coefficient_side = 0.0;
  double velocity = 0.0;          // in a channel, or between pins where they are nearest [m/s]
  double reynolds = 0.0;          // by hydraulic diameter, or by that of pins
  double pressure_drop = 0.0;     // entrance and exit included [Pa]
  double pump_power = 0.0;        // [W]
  std::vector<Warning> warnings;  // what left the range of its correlation
};

// The layer that holds a cavity.
struct CavityShape {
  double across = 0.0, along = 0.0, height = 0.0;  // [m]
  double wall_conductivity = 0.0;                  // of walls or pins [W/(m K)]
};

// With the coolant at its mean temperature [K]. Coefficients that the cavity does not state follow from
// duct_flow.hpp and pin_fins.hpp: for porous layers with walls or pins as fins of half the height, for
// resolved channels those of the wetted wall. Throws Error for a geometry that cannot be, at the path of the
// cavity.
CavityNumbers cavity_numbers(const Cavity&, const CavityShape&, double mean_temperature);

// Whether they change with the temperature of the coolant.
bool depends_on_temperature(const Cavity&);

}  // namespace waverack::thermal
