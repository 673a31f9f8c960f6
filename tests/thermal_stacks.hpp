#pragma once
// Stacks of published cases, as the tests of the heat solver need them.

#include <string>
#include <vector>

#include "waverack/thermal/pin_fins.hpp"
#include "waverack/thermal/stack.hpp"

namespace waverack::thermal {

// 3D-ICE regression stacks (facts: thermal 5): 10 mm by 10 mm, two dies on either side of a cavity; without
// one in the solid cases.
struct IceCase {
  bool cavity = true;
  bool resolved = false;
  bool pins = false;
  bool elements_die1 = false, elements_die2 = false;  // four_elements, else background
  bool sink_top = false, sink_bottom = false;
};

inline Stack ice_stack(const IceCase& c) {
  Stack stack;
  stack.width = stack.length = 10e-3;
  stack.materials = {{.name = "Si", .conductivity = 130.0, .heat_capacity = 1.63566e6}};
  const auto layer = [&](const char* name, double thickness) {
    stack.layers.push_back({.name = name, .material = "Si", .thickness = thickness});
  };
  layer("source2", 2e-6);
  layer("bulk2", 48e-6);
  if (c.cavity) layer("cavity", 100e-6);
  layer("bulk1", 48e-6);
  layer("source1", 2e-6);
  const auto heat = [&](const std::string& die, bool elements) {
    const std::string on = "source" + die;
    if (!elements) {
      stack.blocks.push_back({.name = "background" + die, .layer = on, .power = 50.0});
      return;
    }
    stack.blocks.push_back({.name = "a" + die, .layer = on, .width = 5e-3, .length = 5e-3, .power = 12.5});
    stack.blocks.push_back({.name = "b" + die, .layer = on, .x = 5e-3, .y = 5e-3, .power = 12.5});
  };
  heat("2", c.elements_die2);
  heat("1", c.elements_die1);
  const bool porous_elements = c.cavity && !c.resolved && !c.pins && c.elements_die1;
  stack.points = {{"die1", "source1", porous_elements ? 4.8e-3 : 5e-3, 4.8e-3},
                  {"die2", "source2", 0.0, 0.0}};
  if (c.sink_top)
    stack.faces.push_back({.name = "top", .layer = "source2", .coefficient = 1e5, .temperature = 300.0});
  if (c.sink_bottom)
    stack.faces.push_back({.name = "bottom",
                           .layer = "source1",
                           .side = Side::bottom,
                           .coefficient = 1e5,
                           .temperature = 300.0});
  if (c.cavity) {
    Cavity cavity{.name = "coolant", .layer = "cavity"};
    cavity.channel_width = cavity.wall_width = 50e-6;
    cavity.flow = 48e-6 / 60.0;
    cavity.inlet_temperature = 300.0;
    cavity.fluid_heat_capacity = 4.172638e6;
    cavity.coefficient_top = 4.7132e4;
    cavity.coefficient_bottom = 5.7132e4;
    cavity.coefficient_side = 2.7132e4;
    if (c.resolved) cavity.model = CavityModel::resolved;
    if (c.pins) {
      cavity.kind = CavityKind::pin_fins_in_line;
      cavity.pin_diameter = 50e-6;
      cavity.pin_pitch = 100e-6;
      cavity.flow = 1.1066 * 10e-3 * 100e-6;  // the case states the Darcy velocity
      cavity.coefficient_top = cavity.coefficient_bottom =
          darcy_pin_coefficient(PinArrangement::in_line, 1.1066);
    }
    stack.cavities = {cavity};
  }
  stack.grid.cell_x = c.cavity && !c.resolved ? 200e-6 : 50e-6;
  stack.grid.cell_y = 200e-6;
  stack.grid.closure = Closure::central;
  return stack;
}

// The engine of the facts (thermal 6.1), cases S (cold plate as a face) and L (cavity and lid).
inline Stack engine_stack(bool liquid, double cell) {
  Stack stack;
  stack.width = 10e-3;
  stack.length = 8e-3;
  const auto layer = [&](const char* name, double micrometres, double in_plane, double through, double c) {
    stack.materials.push_back(
        {.name = name, .conductivity = in_plane, .conductivity_z = through, .heat_capacity = c});
    stack.layers.push_back({.name = name, .material = name, .thickness = micrometres * 1e-6});
  };
  if (liquid) {
    layer("lid", 500, 390, 390, 3.45e6);
    layer("channels", 400, 390, 390, 3.45e6);
  }
  layer("base", 1000, 390, 390, 3.45e6);
  layer("tim", 50, 4, 4, 2.5e6);
  layer("eic bulk", 300, 120, 120, 1.63e6);
  layer("eic", 2, 120, 120, 1.63e6);
  layer("beol", 8, 2.25, 2.25, 2.175e6);
  layer("bumps", 30, 1.5, 1.5, 2.1e6);
  layer("oxide", 4, 1.38, 1.38, 1.65e6);
  layer("pic", 2, 120, 120, 1.63e6);
  layer("box", 2, 1.38, 1.38, 1.65e6);
  layer("pic bulk", 300, 120, 120, 1.63e6);
  layer("c4", 70, 1, 1, 2.1e6);
  layer("substrate", 1000, 20, 0.5, 2.0e6);
  const auto block = [&](const char* name, const char* on, double x, double y, double w, double l, double p) {
    stack.blocks.push_back({name, on, x * 1e-3, y * 1e-3, w * 1e-3, l * 1e-3, p});
  };
  block("TX drivers", "eic", 0, 0, 10, 3, 7.0);
  block("RX TIAs", "eic", 0, 5, 10, 3, 5.0);
  block("rings", "pic", 0, 1.0, 10, 0.4, 2.4);
  block("photodiodes", "pic", 0, 6.0, 10, 0.4, 0.6);
  block("coupler", "pic", 4.0, 3.6, 2, 0.8, 1.0);
  if (liquid) {
    Cavity cavity{.name = "coolant", .layer = "channels"};
    cavity.channel_width = cavity.wall_width = 100e-6;
    cavity.flow = 100e-6 / 60.0;
    cavity.inlet_temperature = 313.15;
    cavity.fluid_heat_capacity = 4.10e6;
    cavity.coefficient_top = cavity.coefficient_bottom = 1.7e4;
    stack.cavities = {cavity};
  } else {
    stack.faces.push_back({.name = "cold plate", .layer = "base", .coefficient = 2e4, .temperature = 313.15});
  }
  stack.faces.push_back({.name = "board",
                         .layer = "substrate",
                         .side = Side::bottom,
                         .coefficient = 10.0,
                         .temperature = 313.15});
  stack.grid.cell_x = cell;
  stack.grid.closure = Closure::central;
  return stack;
}

}  // namespace waverack::thermal
