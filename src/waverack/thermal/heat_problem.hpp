#pragma once
// A stack on its grid, with everything that does not depend on its powers.

#include <span>
#include <vector>

#include "waverack/thermal/conductances.hpp"

namespace waverack::thermal {

struct HeatProblem {
  Stack stack;
  Placement placement;
  Grid grid;
  std::vector<Footprint> blocks;  // in the order of the stack
  double reference = 0.0;         // the coldest of surroundings and inlets, from which temperatures count [K]
  std::vector<CavityNumbers> cavities;
  Conductances network;
  SparseMatrix matrix;
};

// With conductivities and coolants at the reference. Throws Error for a bad stack (placement.hpp).
HeatProblem make_problem(Stack, const Refinement& = {});

// Whether update_problem() changes anything.
bool depends_on_temperature(const HeatProblem&);
// Takes conductivities and coolants at these temperatures of the nodes [K].
void update_problem(HeatProblem&, std::span<const double> temperature);

// What enters every node [W] where temperatures count from the reference: powers, by block, and surroundings.
std::vector<double> sources(const HeatProblem&, std::span<const double> powers);
std::vector<double> powers_of(const Stack&);
// The index of the block of this name, in the stack and in powers. Throws Error at `path` with the nearest
// name.
std::size_t block_index(const Stack&, const std::string& name, const std::string& path);

// For `matrix`, that of the problem or the problem's with heat capacities added to its diagonal.
LinearSolver make_linear_solver(const HeatProblem&, const SparseMatrix& matrix);

// Heat through every face and into every coolant [W], in the order of the stack.
struct HeatOut {
  std::vector<double> faces, cavities;
  double total() const;
};
HeatOut heat_out(const HeatProblem&, std::span<const double> temperature);

}  // namespace waverack::thermal
