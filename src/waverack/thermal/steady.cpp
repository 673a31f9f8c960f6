#include "waverack/thermal/steady.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "waverack/base/units.hpp"
#include "waverack/thermal/possible.hpp"

namespace waverack::thermal {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

CoolantState coolant_state(const HeatProblem& problem, std::size_t c, std::span<const double> temperature) {
  const Cavity& cavity = problem.stack.cavities[c];
  CoolantState state;
  state.name = cavity.name;
  state.inlet = cavity.inlet_temperature;
  state.outlet_max = cavity.inlet_temperature;
  state.numbers = problem.cavities[c];
  double sum = 0.0;
  std::vector<bool> wet(temperature.size(), false);
  for (const CoolantCell& cell : problem.network.coolant) {
    if (cell.cavity != static_cast<int>(c)) continue;
    wet[static_cast<std::size_t>(cell.node)] = true;
    if (cell.downstream >= 0) continue;
    const double t = temperature[static_cast<std::size_t>(cell.node)];
    sum += cell.capacity_flow * t;
    state.outlet_max = std::max(state.outlet_max, t);
  }
  state.outlet = sum / state.numbers.capacity_flow;
  for (const Link& link : problem.network.links) {
    const auto a = static_cast<std::size_t>(link.a), b = static_cast<std::size_t>(link.b);
    if (wet[a]) state.hottest_wall = std::max(state.hottest_wall, temperature[b]);
    if (wet[b]) state.hottest_wall = std::max(state.hottest_wall, temperature[a]);
  }
  return state;
}

void fill_result(const HeatProblem& problem, std::span<const double> powers, SteadyResult& result) {
  const Stack& stack = problem.stack;
  const std::vector<double>& temperature = result.field.temperature;
  for (std::size_t b = 0; b < stack.blocks.size(); ++b) {
    BlockTemperature& block = result.blocks.emplace_back(block_temperature(result.field, problem.blocks[b]));
    block.name = stack.blocks[b].name;
    block.power = powers[b];
  }
  result.points = point_temperatures(stack, problem.placement, result.field);
  for (std::size_t n = 0; n < stack.layers.size(); ++n)
    result.layers.emplace_back(layer_temperature(result.field, n)).name = stack.layers[n].name;
  const HeatOut out = heat_out(problem, temperature);
  for (std::size_t f = 0; f < stack.faces.size(); ++f)
    result.faces.push_back({stack.faces[f].name, out.faces[f]});
  for (std::size_t c = 0; c < stack.cavities.size(); ++c)
    result.coolants.emplace_back(coolant_state(problem, c, temperature)).heat = out.cavities[c];
  result.power = std::accumulate(powers.begin(), powers.end(), 0.0);
  // Heat may also enter where surroundings are warm: the balance is relative to all that flows in.
  double in = 0.0;
  for (const double power : powers) in += std::max(power, 0.0);
  for (const HeatTaken& face : result.faces) in += std::max(-face.heat, 0.0);
  for (const CoolantState& coolant : result.coolants) in += std::max(-coolant.heat, 0.0);
  result.energy_balance = in > 0.0 ? std::abs(result.power - out.total()) / in : 0.0;
}

void add_warnings(const HeatProblem& problem, SteadyResult& result) {
  const auto add = [&](const std::vector<Warning>& more) {
    result.warnings.insert(result.warnings.end(), more.begin(), more.end());
  };
  add(problem.placement.warnings);
  if (const std::optional<Warning> warning = range_warning(result.layers))
    result.warnings.push_back(*warning);
  for (std::size_t c = 0; c < problem.cavities.size(); ++c) {
    const Cavity& cavity = problem.stack.cavities[c];
    add(problem.cavities[c].warnings);
    if (const double drop = problem.cavities[c].pressure_drop; drop > cavity.pressure)
      result.warnings.push_back(
          {"cavities." + cavity.name,
           fmt::format("the pressure drop of {} is above the pressure of {} that is "
                       "stated: no such flow is possible",
                       format_engineering(drop, "Pa"), format_engineering(cavity.pressure, "Pa"))});
    const double coldest = std::min(cavity.inlet_temperature, result.coolants[c].outlet);
    if (const std::optional<Warning> warning =
            coolant_warning(cavity.fluid, coldest, result.coolants[c].hottest_wall, cavity.pressure,
                            "cavities." + cavity.name))
      result.warnings.push_back(*warning);
  }
}

}  // namespace

SteadySolver::SteadySolver(Stack stack, const SteadyOptions& options, const Refinement& refinement)
    : problem_(make_problem(std::move(stack), refinement)), options_(options) {}

const LinearSolver& SteadySolver::linear_solver() {
  if (!solver_) solver_.emplace(make_linear_solver(problem_, problem_.matrix));
  return *solver_;
}

SteadyResult SteadySolver::solve(std::span<const double> powers) {
  const auto start = std::chrono::steady_clock::now();
  const bool changes = depends_on_temperature(problem_);
  SteadyResult result;
  rise_.resize(static_cast<std::size_t>(problem_.grid.nodes), 0.0);
  std::vector<double> temperature(rise_.size());
  for (;;) {
    const std::vector<double> before = rise_;
    const bool fresh = !solver_;
    int iterations = 0;
    try {
      iterations = linear_solver().solve(sources(problem_, powers), rise_, options_.tolerance);
    } catch (const std::runtime_error&) {
      if (result.solves > 1) refuse_runaway(problem_, temperature, powers);
      throw;
    }
    result.iterations += iterations;
    if (fresh) iterations_after_set_up_ = iterations;
    double moved = 0.0;
    for (std::size_t i = 0; i < rise_.size(); ++i) {
      temperature[i] = problem_.reference + rise_[i];
      moved = std::max(moved, std::abs(rise_[i] - before[i]));
    }
    if (!changes || (result.solves > 1 && moved <= options_.settled)) break;
    if (result.solves == options_.most_solves) {
      result.warnings.push_back(
          {"", fmt::format("temperatures still move by {:.2g} K after {} solves", moved, result.solves)});
      break;
    }
    update_problem(problem_, temperature);
    // Conductivities move little, and a set-up costs as much as a solve: it serves until it slows the solves.
    if (iterations > iterations_after_set_up_)
      solver_.reset();
    else
      solver_->change(problem_.matrix);
    ++result.solves;
  }
  refuse_impossible(problem_, temperature, powers);
  result.field = {problem_.grid, std::move(temperature)};
  fill_result(problem_, powers, result);
  add_warnings(problem_, result);
  result.seconds = seconds_since(start);
  return result;
}

SteadyResult solve_steady(const Stack& stack, const SteadyOptions& options, const Refinement& refinement) {
  const auto start = std::chrono::steady_clock::now();
  SteadySolver solver(stack, options, refinement);
  SteadyResult result = solver.solve(powers_of(stack));
  result.seconds = seconds_since(start);
  return result;
}

}  // namespace waverack::thermal
