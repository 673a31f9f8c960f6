#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/physical_constants.hpp"
#include "waverack/io/design_document.hpp"
#include "waverack/io/number_text.hpp"
#include "waverack/io/output.hpp"
#include "waverack/io/result_json.hpp"
#include "waverack/io/thermal_curves.hpp"
#include "waverack/io/thermal_lines.hpp"
#include "waverack/io/thermal_maps.hpp"
#include "waverack/io/thermal_output.hpp"

namespace waverack::io {
namespace {

std::vector<Headline> headline_of(const ThermalAnswer& answer) {
  const thermal::SteadyResult& steady = answer.steady;
  std::vector<Headline> items;
  const auto hottest = std::max_element(
      steady.blocks.begin(), steady.blocks.end(),
      [](const thermal::BlockTemperature& a, const thermal::BlockTemperature& b) { return a.max < b.max; });
  if (hottest != steady.blocks.end())
    items.push_back({"Hottest place", fmt::format("{:.1f} °C", to_celsius(hottest->max)), hottest->name});
  items.push_back({"Heat", quantity_text(steady.power, "W"), "of all blocks"});
  for (const thermal::CoolantState& coolant : steady.coolants)
    items.push_back({"Outlet of " + coolant.name, fmt::format("{:.1f} °C", to_celsius(coolant.outlet)),
                     fmt::format("inlet {:.1f} °C, pressure drop {}", to_celsius(coolant.inlet),
                                 quantity_text(coolant.numbers.pressure_drop, "Pa"))});
  if (answer.grid_error)
    items.push_back({"Grid error", kelvin_text(answer.grid_error->total()), "estimated on other grids"});
  if (answer.transient)
    items.push_back({"Error of the step", kelvin_text(answer.transient->step_error), "over time, estimated"});
  items.push_back({"Energy balance", number_text(steady.energy_balance, 2), "of the heat"});
  return items;
}

void write_coolant(JsonWriter& json, const thermal::CoolantState& coolant) {
  const thermal::CavityNumbers& numbers = coolant.numbers;
  json.member("heat_w", coolant.heat);
  json.member("inlet_c", to_celsius(coolant.inlet));
  json.member("outlet_c", to_celsius(coolant.outlet));
  json.member("outlet_max_c", to_celsius(coolant.outlet_max));
  json.member("hottest_wall_c", to_celsius(coolant.hottest_wall));
  json.member("capacity_flow_w_per_k", numbers.capacity_flow);
  json.member("coefficient_top_w_per_m2_k", numbers.coefficient_top);
  json.member("coefficient_bottom_w_per_m2_k", numbers.coefficient_bottom);
  if (numbers.coefficient_side > 0.0) json.member("coefficient_side_w_per_m2_k", numbers.coefficient_side);
  json.member("velocity_m_per_s", numbers.velocity);
  json.member("reynolds", numbers.reynolds);
  json.member("pressure_drop_pa", numbers.pressure_drop);
  json.member("pump_power_w", numbers.pump_power);
}

void write_temperatures(JsonWriter& json, const ThermalAnswer& answer) {
  const thermal::Stack& stack = answer.loaded.stack;
  const thermal::SteadyResult& steady = answer.steady;
  json.object("blocks", [&] {
    for (std::size_t b = 0; b < steady.blocks.size(); ++b)
      json.object(steady.blocks[b].name, [&] {
        json.member("layer", stack.blocks[b].layer);
        json.member("power_w", steady.blocks[b].power);
        json.member("min_c", to_celsius(steady.blocks[b].min));
        json.member("mean_c", to_celsius(steady.blocks[b].mean));
        json.member("max_c", to_celsius(steady.blocks[b].max));
        if (answer.grid_error) json.member("grid_error_k", answer.grid_error->blocks[b]);
      });
  });
  json.object("points", [&] {
    for (std::size_t p = 0; p < steady.points.size(); ++p)
      json.object(stack.points[p].name, [&] { json.member("temperature_c", to_celsius(steady.points[p])); });
  });
  json.object("layers", [&] {
    for (const thermal::LayerTemperature& layer : steady.layers)
      json.object(layer.name, [&] {
        json.member("min_c", to_celsius(layer.min));
        json.member("mean_c", to_celsius(layer.mean));
        json.member("max_c", to_celsius(layer.max));
      });
  });
  json.object("faces", [&] {
    for (const thermal::HeatTaken& face : steady.faces)
      json.object(face.name, [&] { json.member("heat_w", face.heat); });
  });
  json.object("coolants", [&] {
    for (const thermal::CoolantState& coolant : steady.coolants)
      json.object(coolant.name, [&] { write_coolant(json, coolant); });
  });
}

void write_influence(JsonWriter& json, const thermal::Influence& influence) {
  json.object("influence", [&] {
    json.member("blocks", influence.blocks);
    json.member("targets", influence.targets);
    json.key("kelvin_per_watt");
    json.begin_array();
    const std::size_t count = influence.blocks.size();
    for (std::size_t t = 0; t < influence.targets.size(); ++t)
      json.value(std::span(influence.kelvin_per_watt).subspan(t * count, count));
    json.end_array();
    std::vector<double> base = influence.base;
    for (double& t : base) t = to_celsius(t);
    json.member("base_c", base);
    json.member("error_k", influence.error);
    json.member("error_at_power_w", influence.error_powers);
  });
}

// What was solved: floorplans are there as blocks, powers as they counted.
thermal::Stack solved_stack(const ThermalAnswer& answer) {
  thermal::Stack stack = answer.loaded.stack;
  for (thermal::Layer& layer : stack.layers) layer.floorplan = {};
  return stack;
}

std::vector<HeatMap> maps_of(const ThermalAnswer& answer) {
  std::vector<HeatMap> maps = layer_maps(answer.loaded.stack, answer.placement, answer.steady.field);
  for (HeatMap& section : section_maps(answer.loaded.stack, answer.placement, answer.steady.field))
    maps.push_back(std::move(section));
  return maps;
}

}  // namespace

std::vector<link::Curve> thermal_curves(const ThermalAnswer& answer) {
  std::vector<link::Curve> curves = coolant_curves(answer.loaded.stack, answer.steady.field);
  if (answer.transient)
    for (link::Curve& curve : transient_curves(answer.loaded.stack, *answer.transient))
      curves.push_back(std::move(curve));
  return curves;
}

std::string thermal_json(const ThermalAnswer& answer) {
  const thermal::SteadyResult& steady = answer.steady;
  JsonWriter json;
  json.begin_object();
  json.member("format", "waverack-thermal");
  json.member("version", 1);
  write_program(json);
  json.member("title", thermal_title(answer));
  json.member("summary", thermal_summary(answer));
  json.member("command", answer.command);
  write_headline(json, headline_of(answer));
  json.object("thermal", [&] {
    write_temperatures(json, answer);
    json.member("power_w", steady.power);
    json.member("energy_balance", steady.energy_balance);
    if (answer.grid_error) {
      json.member("grid_error_k", answer.grid_error->total());
      json.member("grid_error_in_plane_k", answer.grid_error->in_plane);
      json.member("grid_error_through_k", answer.grid_error->through);
      json.member("grid_error_s", answer.grid_error->seconds);
    }
    json.member("cells", steady.field.grid.nodes);
    json.member("iterations", steady.iterations);
    json.member("solves", steady.solves);
    json.member("solve_s", steady.seconds);
    if (answer.transient)
      json.object("transient", [&] {
        json.member("steps", static_cast<int>(answer.transient->time.size()) - 1);
        json.member("complete", answer.transient->complete);
        json.member("energy_balance", answer.transient->energy_balance);
        json.member("step_error_k", answer.transient->step_error);
        const auto errors = [&](std::string_view key, const auto& items, const std::vector<double>& of) {
          json.object(key, [&] {
            for (std::size_t n = 0; n < of.size(); ++n) json.member(items[n].name, of[n]);
          });
        };
        errors("block_step_errors_k", answer.loaded.stack.blocks, answer.transient->block_errors);
        errors("point_step_errors_k", answer.loaded.stack.points, answer.transient->point_errors);
        json.member("solve_s", answer.transient->seconds);
      });
    if (answer.influence) write_influence(json, *answer.influence);
  });
  write_assumptions(json, answer.assumptions);
  write_warnings(json, answer.warnings);
  json.list("files", answer.loaded.files, [&](const InputFile& file) {
    json.member("name", file.name);
    json.member("sha256", file.sha256);
    json.member("bytes", file.bytes);
  });
  json.member("stack", Node(with_parents(write(solved_stack(answer)), answer.loaded.provenance)));
  write_maps(json, maps_of(answer));
  write_series(json, {}, thermal_curves(answer));
  json.end_object();
  return json.take();
}

std::vector<std::string> write_thermal(const ThermalAnswer& answer, const std::filesystem::path& folder) {
  std::vector<SeriesFile> files = series_files({}, thermal_curves(answer));
  for (SeriesFile& file : map_files(answer)) files.push_back(std::move(file));
  files.push_back({"temperatures.vtk", vtk_text(answer)});
  return write_report(folder, "thermal.json", thermal_json(answer), files);
}

}  // namespace waverack::io
