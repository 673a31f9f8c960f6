#pragma once
// The heat balance of a grid as a network of thermal conductances (docs/theory/heat.md, sections 2 to 5).

#include <span>
#include <vector>

#include "waverack/thermal/cavity.hpp"
#include "waverack/thermal/grid.hpp"
#include "waverack/thermal/linear_solver.hpp"

namespace waverack::thermal {

struct Link {
  int a = 0, b = 0;
  double conductance = 0.0;  // [W/K]
};

struct Sink {
  int node = 0;
  double conductance = 0.0;  // [W/K]
  int face = 0;              // index in the stack
};

// One cell of coolant, with the cells before and behind it; −1: the inlet, the outlet.
struct CoolantCell {
  int node = 0;
  int upstream = -1, downstream = -1;
  double capacity_flow = 0.0;  // [W/K]
  int cavity = 0;              // index in the stack
};

struct Conductances {
  std::vector<Link> links;
  std::vector<Sink> sinks;
  std::vector<CoolantCell> coolant;
  std::vector<double> heat_capacity;  // of every node [J/K]; 0 for surfaces
};

// `temperature`, of every node [K], decides conductivities that depend on it; empty: those at the reference
// temperature. `cavities` are the numbers of the stack's cavities.
Conductances conductances(const Stack&, const Placement&, const Grid&,
                          std::span<const CavityNumbers> cavities, std::span<const double> temperature);

// The matrix of the balance  Σ G (T_i − T_j) + coolant = sources.
SparseMatrix heat_matrix(const Conductances&, Closure);

// Adds to `sources` what the surroundings and the inlets bring where temperatures count from `reference` [K].
void add_surroundings(const Stack&, const Conductances&, double reference, std::span<double> sources);

}  // namespace waverack::thermal
