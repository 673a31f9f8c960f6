#include "waverack/thermal/heat_problem.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

#include "waverack/base/error.hpp"
#include "waverack/base/text.hpp"
#include "waverack/thermal/materials.hpp"

namespace waverack::thermal {
namespace {

// The mean temperature of a cavity's coolant; its inlet's where temperatures are not known yet [K].
double coolant_mean(const HeatProblem& problem, std::size_t cavity, std::span<const double> temperature) {
  if (temperature.empty()) return problem.stack.cavities[cavity].inlet_temperature;
  double sum = 0.0, weight = 0.0;
  for (const CoolantCell& cell : problem.network.coolant)
    if (cell.cavity == static_cast<int>(cavity)) {
      sum += cell.capacity_flow * temperature[static_cast<std::size_t>(cell.node)];
      weight += cell.capacity_flow;
    }
  return sum / weight;
}

void fill_cavities(HeatProblem& problem, std::span<const double> temperature) {
  std::vector<CavityNumbers> cavities;
  for (std::size_t c = 0; c < problem.stack.cavities.size(); ++c) {
    const Cavity& cavity = problem.stack.cavities[c];
    const std::string path = "cavities." + cavity.name;
    const std::size_t n = layer_index(problem.stack, cavity.layer, path + ".layer");
    const PlacedLayer& placed = problem.placement.layers[n];
    const Material wall = find_material(problem.stack, problem.stack.layers[n].material,
                                        "layers." + cavity.layer + ".material");
    const double x = placed.outline.x1 - placed.outline.x0, y = placed.outline.y1 - placed.outline.y0;
    const bool along_y = flows_along_y(cavity.direction);
    const CavityShape shape{along_y ? x : y, along_y ? y : x, placed.top - placed.bottom,
                            wall.conductivity_z};
    cavities.push_back(cavity_numbers(cavity, shape, coolant_mean(problem, c, temperature)));
  }
  problem.cavities = std::move(cavities);
}

double coldest(const Stack& stack) {
  std::vector<double> found;
  for (const Face& face : stack.faces) found.push_back(face.temperature);
  for (const Cavity& cavity : stack.cavities) found.push_back(cavity.inlet_temperature);
  return *std::min_element(found.begin(), found.end());
}

}  // namespace

HeatProblem make_problem(Stack stack, const Refinement& refinement) {
  HeatProblem problem;
  problem.stack = std::move(stack);
  problem.placement = place(problem.stack);
  problem.grid = make_grid(problem.stack, problem.placement, refinement);
  for (std::size_t b = 0; b < problem.stack.blocks.size(); ++b) {
    const Block& block = problem.stack.blocks[b];
    problem.blocks.push_back(
        footprint(problem.grid, layer_index(problem.stack, block.layer, ""), problem.placement.blocks[b]));
    if (problem.blocks.back().nodes.empty())
      throw Error(ErrorInfo{{}, "blocks." + block.name, "other layers take all of the block's room", {}, {}});
  }
  problem.reference = coldest(problem.stack);
  update_problem(problem, {});
  return problem;
}

bool depends_on_temperature(const HeatProblem& problem) {
  const Stack& stack = problem.stack;
  for (const Cavity& cavity : stack.cavities)
    if (depends_on_temperature(cavity)) return true;
  return std::any_of(stack.layers.begin(), stack.layers.end(), [&](const Layer& layer) {
    return find_material(stack, layer.material, "").conductivity_exponent != 0.0;
  });
}

void update_problem(HeatProblem& problem, std::span<const double> temperature) {
  fill_cavities(problem, temperature);
  problem.network =
      conductances(problem.stack, problem.placement, problem.grid, problem.cavities, temperature);
  problem.matrix = heat_matrix(problem.network, problem.stack.grid.closure);
}

std::vector<double> powers_of(const Stack& stack) {
  std::vector<double> powers;
  for (const Block& block : stack.blocks) powers.push_back(block.power);
  return powers;
}

std::size_t block_index(const Stack& stack, const std::string& name, const std::string& path) {
  std::vector<std::string> names;
  for (std::size_t b = 0; b < stack.blocks.size(); ++b) {
    if (stack.blocks[b].name == name) return b;
    names.push_back(stack.blocks[b].name);
  }
  throw Error(ErrorInfo{{},
                        path,
                        "the stack has no block '" + name + "'",
                        fmt::format("{}", fmt::join(names, ", ")),
                        nearest_name(name, names)});
}

std::vector<double> sources(const HeatProblem& problem, std::span<const double> powers) {
  std::vector<double> into(static_cast<std::size_t>(problem.grid.nodes), 0.0);
  for (std::size_t b = 0; b < problem.blocks.size(); ++b) {
    const Footprint& block = problem.blocks[b];
    for (std::size_t n = 0; n < block.nodes.size(); ++n)
      into[static_cast<std::size_t>(block.nodes[n])] += powers[b] * block.shares[n];
  }
  add_surroundings(problem.stack, problem.network, problem.reference, into);
  return into;
}

LinearSolver make_linear_solver(const HeatProblem& problem, const SparseMatrix& matrix) {
  if (problem.network.coolant.empty()) return {matrix, Symmetry::symmetric_positive};
  if (problem.stack.grid.closure == Closure::upwind) return {matrix, Symmetry::general};
  // Central coupling leaves diagonals that are small beside what is next to them: relaxation diverges.
  SparseMatrix easier = heat_matrix(problem.network, Closure::upwind);
  for (int i = 0; i < matrix.rows(); ++i)
    diagonal_of(easier, i) += diagonal_of(matrix, i) - diagonal_of(problem.matrix, i);
  return {matrix, Symmetry::general, &easier};
}

double HeatOut::total() const {
  return std::accumulate(faces.begin(), faces.end(), 0.0) +
         std::accumulate(cavities.begin(), cavities.end(), 0.0);
}

HeatOut heat_out(const HeatProblem& problem, std::span<const double> temperature) {
  const Stack& stack = problem.stack;
  HeatOut out{std::vector<double>(stack.faces.size(), 0.0), std::vector<double>(stack.cavities.size(), 0.0)};
  for (const Sink& sink : problem.network.sinks) {
    const auto face = static_cast<std::size_t>(sink.face);
    out.faces[face] +=
        sink.conductance * (temperature[static_cast<std::size_t>(sink.node)] - stack.faces[face].temperature);
  }
  for (const CoolantCell& cell : problem.network.coolant) {
    const auto cavity = static_cast<std::size_t>(cell.cavity);
    const double inlet = stack.cavities[cavity].inlet_temperature;
    // At the outlet the coolant has the temperature of the last cell, in both closures.
    if (cell.downstream < 0)
      out.cavities[cavity] += cell.capacity_flow * (temperature[static_cast<std::size_t>(cell.node)] - inlet);
  }
  return out;
}

}  // namespace waverack::thermal
