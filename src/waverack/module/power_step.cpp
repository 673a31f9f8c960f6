#include "waverack/module/power_step.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "waverack/thermal/transient.hpp"

namespace waverack::module {
namespace {

constexpr int steps_of_a_length = 10;

std::size_t block_of(const thermal::Stack& stack, const std::string& name) {
  return thermal::block_index(stack, name, "module.calibration.power_step.block");
}

}  // namespace

std::vector<double> course_of(const PowerStep& step, int lane) {
  std::vector<double> course;
  for (const std::vector<double>& pieces : step.pieces)
    course.push_back(pieces[static_cast<std::size_t>(lane / step.lanes_of_piece)]);
  return course;
}

double steepest(const std::vector<double>& time, const std::vector<double>& temperature) {
  double rate = 0.0;
  for (std::size_t i = 1; i < time.size(); ++i)
    rate = std::max(rate, std::abs(temperature[i] - temperature[i - 1]) / (time[i] - time[i - 1]));
  return rate;
}

PowerStep step_neighbour(const Module& module, const link::Lane& lane, const PowerStepSettings& settings,
                         std::string_view part) {
  thermal::Stack stack = *settings.stack.value;
  PowerStep step;
  thermal::Block& neighbour = stack.blocks[block_of(stack, settings.block)];
  step.power_after = neighbour.power;
  neighbour.power *= settings.share_before;
  step.power_before = neighbour.power;

  PackageHeat heat = solve_package(module, lane, stack);
  const SiteHeat* site = site_of(heat, part);
  if (!site)
    throw Error(
        ErrorInfo{{},
                  "module.package.site",
                  fmt::format("no site takes the heat of {}, so it has no temperature of its own", part),
                  "a site that names it",
                  {}});
  step.lanes_of_piece = site->lanes_of_piece;
  thermal::SteadySolver steady(heat.stack);
  thermal::HeatProblem problem = steady.problem();
  const std::vector<double>& initial = heat.steady.field.temperature;
  if (thermal::depends_on_temperature(problem)) thermal::update_problem(problem, initial);
  const std::size_t beside = block_of(heat.stack, settings.block);
  std::vector<double> powers = thermal::powers_of(heat.stack);
  thermal::TransientSolver solver(std::move(problem), initial, settings.first_step);

  const auto record = [&] {
    const thermal::Field field{solver.problem().grid, solver.temperature()};
    const auto mean_of_block = [&](std::size_t b) {
      return thermal::block_temperature(field, solver.problem().blocks[b]).mean;
    };
    step.time.push_back(solver.time());
    step.neighbour.push_back(mean_of_block(beside));
    std::vector<double>& pieces = step.pieces.emplace_back();
    for (std::size_t i = 0; i < site->temperature.size(); ++i)
      pieces.push_back(mean_of_block(site->first_block + i));
  };
  record();
  powers[beside] = step.power_after;
  double length = settings.first_step;
  while (solver.time() < settings.duration) {
    for (int k = 0; k < steps_of_a_length && solver.time() < settings.duration; ++k) {
      solver.advance(powers);
      record();
    }
    length *= 2.0;
    solver.set_step(length);
  }
  const thermal::EnergyAccount& energy = solver.energy();
  if (energy.moved > 0.0)
    step.energy_balance = std::abs(energy.in - energy.out - energy.stored) / energy.moved;
  return step;
}

}  // namespace waverack::module
