#include "waverack/thermal/cavity.hpp"

#include <fmt/format.h>

#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/base/units.hpp"
#include "waverack/thermal/duct_flow.hpp"
#include "waverack/thermal/pin_fins.hpp"

namespace waverack::thermal {
namespace {

[[noreturn]] void refuse_cavity(const Cavity& cavity, const char* key, std::string message,
                                std::string allowed) {
  throw Error(ErrorInfo{
      {}, fmt::format("cavities.{}.{}", cavity.name, key), std::move(message), std::move(allowed), {}});
}

void take(double given, double computed, double& coefficient) {
  coefficient = given > 0.0 ? given : computed;
}

void add_channels(const Cavity& cavity, const CavityShape& shape, const FluidProperties& fluid,
                  double volume_flow, CavityNumbers& numbers) {
  numbers.channels = channel_walls(cavity, shape.across).channels;
  numbers.porosity = cavity.channel_width / (cavity.channel_width + cavity.wall_width);
  const RectangularDuct duct{cavity.channel_width, shape.height, shape.along};
  DuctFlow flow = duct_flow(duct, fluid, volume_flow / numbers.channels, WallCondition::heat_flux,
                            "cavities." + cavity.name);
  numbers.velocity = flow.velocity;
  numbers.reynolds = flow.reynolds;
  const double free_share = numbers.channels * cavity.channel_width / shape.across;
  numbers.pressure_drop =
      flow.friction_pressure + (entrance_loss(free_share) + exit_loss(free_share)) * flow.dynamic_pressure;
  numbers.warnings = std::move(flow.warnings);
  const double at_face =
      cavity.model == CavityModel::resolved
          ? flow.heat_transfer
          : cavity_coefficients(flow.heat_transfer, duct, cavity.wall_width, shape.wall_conductivity)
                .each_face;
  take(cavity.coefficient_top, at_face, numbers.coefficient_top);
  take(cavity.coefficient_bottom, at_face, numbers.coefficient_bottom);
  take(cavity.coefficient_side, flow.heat_transfer, numbers.coefficient_side);
}

void add_pins(const Cavity& cavity, const CavityShape& shape, const FluidProperties& fluid,
              double volume_flow, CavityNumbers& numbers) {
  if (cavity.model == CavityModel::resolved)
    refuse_cavity(cavity, "model", "pins are not resolved", "porous");
  if (!(cavity.pin_diameter > 0.0) || !(cavity.pin_pitch > cavity.pin_diameter))
    refuse_cavity(cavity, "pin_pitch", "pins need a diameter and a larger pitch",
                  "pin_diameter and pin_pitch");
  const PinArray pins{
      cavity.kind == CavityKind::pin_fins_in_line ? PinArrangement::in_line : PinArrangement::staggered,
      cavity.pin_diameter,
      cavity.pin_pitch,
      cavity.pin_pitch,
      shape.height,
      shape.along};
  PinFlow flow = pin_flow(pins, fluid, volume_flow / (shape.across * shape.height), shape.wall_conductivity,
                          "cavities." + cavity.name);
  numbers.porosity = 1.0 - pins.solid_share();
  numbers.velocity = flow.gap_velocity;
  numbers.reynolds = flow.reynolds;
  numbers.pressure_drop = flow.pressure_drop;
  numbers.warnings = std::move(flow.warnings);
  take(cavity.coefficient_top, flow.each_face, numbers.coefficient_top);
  take(cavity.coefficient_bottom, flow.each_face, numbers.coefficient_bottom);
}

}  // namespace

bool flows_along_y(Direction direction) {
  return direction == Direction::positive_y || direction == Direction::negative_y;
}

bool flows_forward(Direction direction) {
  return direction == Direction::positive_y || direction == Direction::positive_x;
}

ChannelWalls channel_walls(const Cavity& cavity, double across) {
  const double pitch = cavity.channel_width + cavity.wall_width;
  if (!(cavity.channel_width > 0.0) || !(cavity.wall_width > 0.0))
    refuse_cavity(cavity, "channel_width", "microchannels need the widths of channel and wall",
                  "channel_width and wall_width above 0 um");
  ChannelWalls walls;
  walls.channels = static_cast<int>(std::floor(across / pitch + 1e-9));
  if (walls.channels < 1)
    refuse_cavity(cavity, "channel_width",
                  fmt::format("a channel and its wall take {}, and the layer has {}",
                              format_engineering(pitch, "m"), format_engineering(across, "m")),
                  "narrower channels");
  const double edge = (across - walls.channels * pitch + cavity.wall_width) / 2.0;
  for (int n = 0; n < walls.channels; ++n) {
    walls.lines.push_back(edge + n * pitch);
    walls.lines.push_back(edge + n * pitch + cavity.channel_width);
  }
  return walls;
}

CavityNumbers cavity_numbers(const Cavity& cavity, const CavityShape& shape, double mean_temperature) {
  const FluidProperties inlet = fluid_properties(cavity.fluid, cavity.inlet_temperature, cavity.pressure);
  const FluidProperties fluid = fluid_properties(cavity.fluid, mean_temperature, cavity.pressure);
  // The pump moves the same mass everywhere.
  const double mass_flow = inlet.density * cavity.flow, volume_flow = mass_flow / fluid.density;
  CavityNumbers numbers;
  const bool stated = cavity.fluid_heat_capacity > 0.0;
  numbers.heat_capacity = stated ? cavity.fluid_heat_capacity : fluid.volumetric_heat_capacity();
  numbers.capacity_flow = stated ? cavity.fluid_heat_capacity * cavity.flow : mass_flow * fluid.heat_capacity;
  if (cavity.kind == CavityKind::microchannels)
    add_channels(cavity, shape, fluid, volume_flow, numbers);
  else
    add_pins(cavity, shape, fluid, volume_flow, numbers);
  numbers.pump_power = pump_power(volume_flow, numbers.pressure_drop, cavity.pump_efficiency);
  return numbers;
}

bool depends_on_temperature(const Cavity& cavity) {
  const bool sides_count = cavity.model == CavityModel::resolved;
  return cavity.fluid_heat_capacity == 0.0 || cavity.coefficient_top == 0.0 ||
         cavity.coefficient_bottom == 0.0 || (sides_count && cavity.coefficient_side == 0.0);
}

}  // namespace waverack::thermal
