#pragma once
// How far the grid moves an answer (docs/theory/heat.md, section 7).

#include <vector>

#include "waverack/thermal/steady.hpp"

namespace waverack::thermal {

struct GridError {
  double in_plane = 0.0;       // largest over the blocks, of their min, mean and max [K]
  double through = 0.0;        // the same of the cells along z, and of the closure where it is central [K]
  std::vector<double> blocks;  // of each block, both together [K]
  double seconds = 0.0;        // wall time
  double total() const { return in_plane + through; }
};

// In the plane: what a grid of cells twice as long moves, which is the error where it falls with the first
// power of the cell, and more than the error where it falls faster. Through layers: on that coarser grid, 4/3
// of what twice as many cells along z move, which is the error where it falls with the square; a central
// closure is compared with upwind coupling and at least two cells. Where layers and channels alone fix the
// lines, the grid is halved instead. `powers` are those of `result`. Cost: about that of the solve, most of
// it along z.
GridError estimate_grid_error(const Stack&, std::span<const double> powers, const SteadyResult& result,
                              const SteadyOptions& = {});

}  // namespace waverack::thermal
