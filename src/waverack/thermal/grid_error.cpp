#include "waverack/thermal/grid_error.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace waverack::thermal {
namespace {

double distance(const BlockTemperature& a, const BlockTemperature& b) {
  return std::max({std::abs(a.min - b.min), std::abs(a.mean - b.mean), std::abs(a.max - b.max)});
}

}  // namespace

GridError estimate_grid_error(const Stack& stack, std::span<const double> powers, const SteadyResult& result,
                              const SteadyOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  Refinement other{2.0, 1};
  SteadySolver coarse_solver(stack, options, other);
  const bool same = coarse_solver.problem().grid.nodes == result.field.grid.nodes;
  if (same) {
    other.cells_in_plane = 0.5;
    coarse_solver = SteadySolver(stack, options, other);
  }
  const SteadyResult coarse = coarse_solver.solve(powers);
  Stack finer = stack;
  finer.grid.closure = Closure::upwind;
  other.cells_through = 2;
  const SteadyResult through = SteadySolver(std::move(finer), options, other).solve(powers);

  constexpr double second_order = 4.0 / 3.0;
  GridError error;
  for (std::size_t b = 0; b < result.blocks.size(); ++b) {
    // From twice the cell to this one as far as from here to none; from this one to half of it, twice as far.
    const double in_plane = (same ? 2.0 : 1.0) * distance(result.blocks[b], coarse.blocks[b]);
    const double along_z = second_order * distance(coarse.blocks[b], through.blocks[b]);
    error.blocks.push_back(in_plane + along_z);
    error.in_plane = std::max(error.in_plane, in_plane);
    error.through = std::max(error.through, along_z);
  }
  error.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return error;
}

}  // namespace waverack::thermal
