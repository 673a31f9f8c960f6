// The heat solver on the layered stack of the facts (thermal 9.1): films of 2 µm beside plates of 1 mm,
// conductivities from 0.5 to 390 W/(m K).

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <cmath>
#include <string>

#include "waverack/thermal/influence.hpp"
#include "waverack/thermal/transient.hpp"

namespace waverack::thermal {
namespace {

Stack layered_stack(double cells, bool coolant) {
  Stack stack;
  stack.width = 10e-3;
  stack.length = 8e-3;
  const auto layer = [&](const char* name, double micrometres, double in_plane, double through) {
    stack.materials.push_back(
        {.name = name, .conductivity = in_plane, .conductivity_z = through, .heat_capacity = 2e6});
    stack.layers.push_back({.name = name,
                            .material = name,
                            .thickness = micrometres * 1e-6,
                            .cells = micrometres > 100.0 ? 2 : 1});
  };
  if (coolant) {
    layer("lid", 500, 390, 390);
    layer("channels", 400, 390, 390);
  }
  layer("plate", 1000, 390, 390);
  layer("grease", 50, 4, 4);
  layer("upper die", 300, 120, 120);
  layer("upper film", 2, 120, 120);
  layer("metal", 8, 2.25, 2.25);
  layer("bumps", 30, 1.5, 1.5);
  layer("oxide", 4, 1.38, 1.38);
  layer("lower film", 2, 120, 120);
  layer("box", 2, 1.38, 1.38);
  layer("lower die", 300, 120, 120);
  layer("balls", 70, 1, 1);
  layer("substrate", 1000, 20, 0.5);
  for (const double y : {0.0, 5e-3}) {
    const std::string which = y > 0.0 ? "far" : "near";
    stack.blocks.push_back(
        {.name = "upper " + which, .layer = "upper film", .y = y, .length = 3e-3, .power = 6.0});
    stack.blocks.push_back(
        {.name = "lower " + which, .layer = "lower film", .y = y, .length = 3e-3, .power = 2.0});
  }
  stack.faces.push_back({.name = "below",
                         .layer = "substrate",
                         .side = Side::bottom,
                         .coefficient = 10.0,
                         .temperature = 313.15});
  if (coolant) {
    Cavity cavity{.name = "water", .layer = "channels"};
    cavity.channel_width = cavity.wall_width = 100e-6;
    cavity.flow = 100e-6 / 60.0;
    cavity.inlet_temperature = 313.15;
    cavity.fluid_heat_capacity = 4.1e6;
    cavity.coefficient_top = cavity.coefficient_bottom = 4.0 * 1.7e4;
    stack.cavities = {cavity};
  } else {
    stack.faces.push_back({.name = "above", .layer = "plate", .coefficient = 2e4, .temperature = 313.15});
  }
  const double planes = coolant ? 22.0 : 16.0;
  stack.grid.cell_x = std::sqrt(10e-3 * 8e-3 * planes / cells);
  return stack;
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

void steady(benchmark::State& state, double cells, bool coolant, const char* goal) {
  const Stack stack = layered_stack(cells, coolant);
  SteadyResult result;
  for (auto _ : state) result = solve_steady(stack);
  state.counters["cells"] = result.field.grid.nodes;
  state.counters["iterations"] = result.iterations;
  state.counters["balance"] = result.energy_balance;
  state.counters["peak MB of the process"] = peak_megabytes();
  state.SetLabel(goal);
}

// Steps of 1 ms from the moment that the power is switched on: the first few need most iterations.
void step(benchmark::State& state, bool with_error) {
  const Stack stack = layered_stack(1e5, false);
  HeatProblem problem = make_problem(stack);
  std::vector<double> initial(static_cast<std::size_t>(problem.grid.nodes), 313.15);
  TransientSolver solver(std::move(problem), std::move(initial), 1e-3);
  if (with_error) solver.follow_error();
  const std::vector<double> powers = powers_of(stack);
  for (auto _ : state) solver.advance(powers);
  state.counters["linear iterations in a step"] =
      benchmark::Counter(solver.iterations(), benchmark::Counter::kAvgIterations);
  state.SetLabel("target: at most 100 ms");
}

void column(benchmark::State& state) {
  const Stack stack = layered_stack(1e4, false);
  SteadySolver solver(stack);
  for (auto _ : state) benchmark::DoNotOptimize(influence(solver, powers_of(stack)));
  state.SetLabel("four blocks and three full solves");
}

void answer(benchmark::State& state) {
  const Stack stack = layered_stack(1e4, false);
  SteadySolver solver(stack);
  const Influence matrix = influence(solver, powers_of(stack));
  for (auto _ : state) benchmark::DoNotOptimize(temperatures(matrix, powers_of(stack)));
  state.SetLabel("target: microseconds");
}

BENCHMARK_CAPTURE(steady, 1e5_cells, 1e5, false, "target: at most 500 ms")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(steady, 1e5_cells_with_coolant, 1e5, true, "target: at most 500 ms")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(step, 1e5_cells_the_first_4, false)->Unit(benchmark::kMillisecond)->Iterations(4);
BENCHMARK_CAPTURE(step, 1e5_cells_of_40, false)->Unit(benchmark::kMillisecond)->Iterations(40);
BENCHMARK_CAPTURE(step, 1e5_cells_of_40_with_their_error, true)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(40);
BENCHMARK(column)->Unit(benchmark::kMillisecond);
BENCHMARK(answer)->Unit(benchmark::kMicrosecond);
// Last: the peak of memory is that of the process.
BENCHMARK_CAPTURE(steady, 1e6_cells, 1e6, false, "target: at most 12 s and 1500 MB")
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);

}  // namespace
}  // namespace waverack::thermal
