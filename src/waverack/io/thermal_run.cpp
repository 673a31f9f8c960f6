#include "waverack/io/thermal_run.hpp"

#include <fmt/format.h>

#include <set>

#include "waverack/design/assumptions.hpp"
#include "waverack/io/warnings.hpp"
#include "waverack/thermal/materials.hpp"

namespace waverack::io {
namespace {

// A built-in material is a number that nobody measured for this stack.
void add_materials(const thermal::Stack& stack, std::vector<Assumption>& list) {
  std::set<std::string> own, used;
  for (const thermal::Material& material : stack.materials) own.insert(material.name);
  for (const thermal::Layer& layer : stack.layers) used.insert(layer.material);
  for (const thermal::BuiltInMaterial& item : thermal::built_in_materials()) {
    const thermal::Material& material = item.material;
    if (item.kind != Kind::assumed || own.count(material.name) || !used.count(material.name)) continue;
    list.push_back({"materials." + material.name + ".conductivity",
                    fmt::format("{:g} W/(m K)", material.conductivity), item.kind, std::string(item.source),
                    "built in"});
  }
}

std::vector<thermal::PowerSlot> slots_of(const LoadedStack& loaded) {
  const thermal::TransientSettings& settings = loaded.stack.transient;
  if (loaded.trace.empty()) return thermal::power_slots(loaded.stack);
  std::vector<thermal::PowerSlot> slots;
  for (const std::vector<double>& row : loaded.trace)
    slots.push_back({settings.trace_interval > 0.0 ? settings.trace_interval : settings.step, row});
  return slots;
}

}  // namespace

ThermalAnswer run_thermal(LoadedStack loaded, const ThermalOptions& options) {
  ThermalAnswer answer;
  answer.loaded = std::move(loaded);
  const thermal::Stack& stack = answer.loaded.stack;
  with_place(answer.loaded, [&] {
    answer.placement = thermal::place(stack);
    thermal::SteadySolver solver(stack);
    const std::vector<double> powers = thermal::powers_of(stack);
    answer.steady = solver.solve(powers);
    if (options.grid_error) answer.grid_error = thermal::estimate_grid_error(stack, powers, answer.steady);
    if (options.influence) answer.influence = thermal::influence(solver, powers);
    if (options.transient && stack.transient.step > 0.0)
      answer.transient = thermal::solve_transient(stack, slots_of(answer.loaded), options.progress);
  });
  answer.assumptions = assumptions_of(answer.loaded.provenance);
  add_materials(stack, answer.assumptions);
  answer.warnings = answer.loaded.warnings;
  answer.warnings.insert(answer.warnings.end(), answer.steady.warnings.begin(), answer.steady.warnings.end());
  if (answer.transient)
    for (const Warning& warning : answer.transient->warnings) keep(answer.warnings, warning);
  return answer;
}

}  // namespace waverack::io
