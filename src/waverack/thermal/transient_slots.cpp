#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/thermal/possible.hpp"
#include "waverack/thermal/transient.hpp"

namespace waverack::thermal {
namespace {

constexpr double large_move = 20.0;  // within a slot, beyond which frozen conductivities are worth a word [K]

std::vector<double> slot_powers(const Stack& stack, const Slot& slot, std::size_t index) {
  std::vector<double> powers = powers_of(stack);
  if (slot.blocks.empty())
    for (double& power : powers) power *= slot.factor;
  for (const std::string& name : slot.blocks)
    powers[block_index(stack, name, fmt::format("transient.slots[{}].blocks", index))] *= slot.factor;
  return powers;
}

void record(const TransientSolver& solver, TransientResult& result) {
  const HeatProblem& problem = solver.problem();
  result.last.temperature = solver.temperature();
  result.time.push_back(solver.time());
  std::vector<BlockTemperature>& blocks = result.blocks.emplace_back();
  for (std::size_t b = 0; b < problem.blocks.size(); ++b)
    blocks.emplace_back(block_temperature(result.last, problem.blocks[b])).name =
        problem.stack.blocks[b].name;
  result.points.push_back(point_temperatures(problem.stack, problem.placement, result.last));
  std::vector<double>& outlets = result.outlets.emplace_back();
  const HeatOut out = heat_out(problem, result.last.temperature);
  for (std::size_t c = 0; c < problem.cavities.size(); ++c)
    outlets.push_back(problem.stack.cavities[c].inlet_temperature +
                      out.cavities[c] / problem.cavities[c].capacity_flow);
}

// Widens the largest errors by those of now.
void add_errors(const TransientSolver& solver, Field& errors, TransientResult& result) {
  const HeatProblem& problem = solver.problem();
  errors.temperature = solver.step_error();
  result.block_errors.resize(problem.blocks.size(), 0.0);
  for (std::size_t b = 0; b < problem.blocks.size(); ++b) {
    const BlockTemperature error = block_temperature(errors, problem.blocks[b]);
    double& largest = result.block_errors[b];
    largest = std::max({largest, std::abs(error.min), std::abs(error.max)});
    result.step_error = std::max(result.step_error, largest);
  }
  const std::vector<double> here = point_temperatures(problem.stack, problem.placement, errors);
  result.point_errors.resize(here.size(), 0.0);
  for (std::size_t p = 0; p < here.size(); ++p) {
    result.point_errors[p] = std::max(result.point_errors[p], std::abs(here[p]));
    result.step_error = std::max(result.step_error, result.point_errors[p]);
  }
  if (problem.blocks.empty() && here.empty())
    for (const double error : errors.temperature)
      result.step_error = std::max(result.step_error, std::abs(error));
}

double largest_move(const std::vector<double>& a, const std::vector<double>& b) {
  double moved = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) moved = std::max(moved, std::abs(a[i] - b[i]));
  return moved;
}

}  // namespace

std::vector<PowerSlot> power_slots(const Stack& stack) {
  std::vector<PowerSlot> slots;
  for (const Slot& slot : stack.transient.slots)
    slots.push_back({slot.duration, slot_powers(stack, slot, slots.size())});
  return slots;
}

TransientResult solve_transient(const Stack& stack, std::span<const PowerSlot> slots,
                                const std::function<bool(double)>& progress) {
  const auto start = std::chrono::steady_clock::now();
  const TransientSettings& settings = stack.transient;
  if (slots.empty())
    throw Error(
        ErrorInfo{{}, "transient.slots", "no slots are stated", "[[transient.slots]] with a duration", {}});
  SteadySolver steady(stack);
  std::vector<double> initial;
  if (settings.initial_temperature > 0.0)
    initial.assign(static_cast<std::size_t>(steady.problem().grid.nodes), settings.initial_temperature);
  else
    initial = steady.solve(powers_of(stack)).field.temperature;

  HeatProblem problem = steady.problem();
  if (depends_on_temperature(problem)) update_problem(problem, initial);
  TransientSolver solver(std::move(problem), std::move(initial), settings.step, settings.method);
  solver.follow_error();
  TransientResult result;
  result.last.grid = solver.problem().grid;
  Field errors{result.last.grid, {}};
  result.warnings = solver.problem().placement.warnings;
  record(solver, result);
  std::vector<LayerTemperature> extremes;
  for (std::size_t n = 0; n < stack.layers.size(); ++n)
    extremes.emplace_back(layer_temperature(result.last, n)).name = stack.layers[n].name;
  double duration = 0.0;
  for (const PowerSlot& slot : slots) duration += slot.duration;
  bool going = true;
  for (std::size_t n = 0; going && n < slots.size(); ++n) {
    const PowerSlot& slot = slots[n];
    const int steps = std::max(1, static_cast<int>(std::ceil(slot.duration / settings.step - 1e-6)));
    solver.set_step(slot.duration / steps);
    if (n > 0) solver.refresh();
    const std::vector<double> before = solver.temperature();
    for (int k = 0; going && k < steps; ++k) {
      solver.advance(slot.powers);
      record(solver, result);
      add_errors(solver, errors, result);
      refuse_impossible(solver.problem(), result.last.temperature, slot.powers);
      widen(extremes, result.last.grid, result.last.temperature);
      going = !progress || progress(solver.time() / duration);
    }
    if (const double moved = largest_move(before, result.last.temperature);
        moved > large_move && depends_on_temperature(solver.problem()))
      result.warnings.push_back(
          {fmt::format("transient.slots[{}]", n),
           fmt::format("temperatures move by {:.0f} K within the slot, and conductivities stay those of its "
                       "start; shorter slots follow them",
                       moved)});
  }
  if (const std::optional<Warning> warning = range_warning(extremes)) result.warnings.push_back(*warning);
  // A call that ends the run after its last step ends nothing.
  result.complete = solver.time() >= duration * (1.0 - 1e-9);
  if (!result.complete)
    result.warnings.push_back(
        {"transient", fmt::format("ended after {:.4g} s of {:.4g} s", solver.time(), duration)});
  const EnergyAccount& energy = solver.energy();
  result.energy_balance =
      energy.moved > 0.0 ? std::abs(energy.in - energy.out - energy.stored) / energy.moved : 0.0;
  result.iterations = solver.iterations();
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

}  // namespace waverack::thermal
