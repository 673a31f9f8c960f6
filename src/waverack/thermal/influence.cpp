#include "waverack/thermal/influence.hpp"

#include <algorithm>
#include <cmath>

namespace waverack::thermal {
namespace {

constexpr double other_power = 1.2;  // at which the error is found, relative

// Means of blocks, then points.
std::vector<double> targets_of(const SteadyResult& result) {
  std::vector<double> found;
  for (const BlockTemperature& block : result.blocks) found.push_back(block.mean);
  found.insert(found.end(), result.points.begin(), result.points.end());
  return found;
}

std::vector<double> targets_of(const HeatProblem& problem, const Field& field) {
  std::vector<double> found;
  for (const Footprint& block : problem.blocks) found.push_back(block_temperature(field, block).mean);
  const std::vector<double> points = point_temperatures(problem.stack, problem.placement, field);
  found.insert(found.end(), points.begin(), points.end());
  return found;
}

// Rise of every node for a watt in one block.
void warm(const HeatProblem& problem, const LinearSolver& solver, std::size_t block, double tolerance,
          std::vector<double>& rise) {
  const Footprint& where = problem.blocks[block];
  std::vector<double> into(rise.size(), 0.0);
  for (std::size_t n = 0; n < where.nodes.size(); ++n)
    into[static_cast<std::size_t>(where.nodes[n])] += where.shares[n];
  std::fill(rise.begin(), rise.end(), 0.0);
  solver.solve(into, rise, tolerance);
}

}  // namespace

std::vector<double> rise_per_watt(const HeatProblem& problem, std::span<const std::size_t> blocks,
                                  double tolerance) {
  const LinearSolver solver = make_linear_solver(problem, problem.matrix);
  Field field{problem.grid, std::vector<double>(static_cast<std::size_t>(problem.grid.nodes), 0.0)};
  std::vector<double> found(blocks.size() * blocks.size());
  for (std::size_t from = 0; from < blocks.size(); ++from) {
    warm(problem, solver, blocks[from], tolerance, field.temperature);
    for (std::size_t to = 0; to < blocks.size(); ++to)
      found[to * blocks.size() + from] = block_temperature(field, problem.blocks[blocks[to]]).mean;
  }
  return found;
}

std::vector<double> temperatures(const Influence& influence, std::span<const double> powers) {
  std::vector<double> found = influence.base;
  for (std::size_t t = 0; t < found.size(); ++t)
    for (std::size_t b = 0; b < powers.size(); ++b)
      found[t] += influence.kelvin_per_watt[t * powers.size() + b] * powers[b];
  return found;
}

Influence influence(SteadySolver& solver, std::span<const double> powers, double tolerance) {
  Influence found;
  solver.solve(powers);
  const HeatProblem& problem = solver.problem();
  for (const Block& block : problem.stack.blocks) found.blocks.push_back(block.name);
  found.targets = found.blocks;
  for (const Point& point : problem.stack.points) found.targets.push_back(point.name);
  found.powers.assign(powers.begin(), powers.end());

  const std::size_t count = found.blocks.size();
  found.kelvin_per_watt.resize(found.targets.size() * count);
  Field field{problem.grid, std::vector<double>(static_cast<std::size_t>(problem.grid.nodes), 0.0)};
  for (std::size_t b = 0; b < count; ++b) {
    warm(problem, solver.linear_solver(), b, tolerance, field.temperature);
    const std::vector<double> rise = targets_of(problem, field);
    for (std::size_t t = 0; t < rise.size(); ++t) found.kelvin_per_watt[t * count + b] = rise[t];
  }
  solver.linear_solver().solve(sources(problem, std::vector<double>(count, 0.0)), field.temperature,
                               tolerance);
  found.base = targets_of(problem, field);
  for (double& t : found.base) t += problem.reference;

  for (const double power : powers) found.error_powers.push_back(other_power * power);
  const std::vector<double> full = targets_of(solver.solve(found.error_powers));
  const std::vector<double> linear = temperatures(found, found.error_powers);
  for (std::size_t t = 0; t < full.size(); ++t)
    found.error = std::max(found.error, std::abs(full[t] - linear[t]));
  return found;
}

}  // namespace waverack::thermal
