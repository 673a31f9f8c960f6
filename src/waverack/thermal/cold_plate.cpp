#include "waverack/thermal/cold_plate.hpp"

#include <fmt/format.h>

#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/base/units.hpp"

namespace waverack::thermal {

FinnedPlate air_heat_sink() {
  FinnedPlate sink;
  sink.fluid = Fluid::air;
  sink.width = sink.length = 60e-3;
  sink.base_thickness = 5e-3;
  sink.channel_width = 1.5e-3;
  sink.channel_height = 30e-3;
  sink.wall_width = 0.5e-3;
  sink.conductivity = 200.0;
  sink.flow = 8e-3;
  sink.inlet_temperature = 308.15;
  sink.pressure = atmosphere;
  sink.mover_efficiency = 0.3;
  return sink;
}

PlateResult solve_plate(const FinnedPlate& plate, double heat, const std::string& path) {
  const double pitch = plate.channel_width + plate.wall_width;
  // Half a nanometre for the rounding of sizes written in decimals.
  const int channels = static_cast<int>((plate.width - plate.wall_width + 5e-10) / pitch);
  if (channels < 1)
    throw Error(
        ErrorInfo{{},
                  path,
                  fmt::format("no channel fits into a width of {}", format_engineering(plate.width, "m")),
                  fmt::format("at least {}, a channel between two walls",
                              format_engineering(pitch + plate.wall_width, "m")),
                  {}});
  const FluidProperties inlet = fluid_properties(plate.fluid, plate.inlet_temperature, plate.pressure);
  const double mass_flow = inlet.density * plate.flow;

  PlateResult r;
  r.channels = channels;
  // The heat capacity changes by a thousandth in ten kelvin: a few rounds settle the mean temperature.
  FluidProperties mean = inlet;
  for (int round = 0; round < 8; ++round) {
    r.capacity_flow = mass_flow * mean.heat_capacity;
    r.coolant_rise = heat / r.capacity_flow;
    mean = fluid_properties(plate.fluid, plate.inlet_temperature + 0.5 * r.coolant_rise, plate.pressure);
  }
  const RectangularDuct duct{plate.channel_width, plate.channel_height, plate.length};
  const double volume_flow = mass_flow / mean.density;
  r.duct = duct_flow(duct, mean, volume_flow / channels, plate.wall, path);
  r.coefficients = cavity_coefficients(r.duct.heat_transfer, duct, plate.wall_width, plate.conductivity);

  const double area = plate.width * plate.length;
  r.base_resistance = plate.base_thickness / plate.conductivity;
  r.convective_resistance = plate.width / (channels * pitch * r.coefficients.one_face);
  const double into_coolant = (r.base_resistance + r.convective_resistance) / area;
  r.resistance = into_coolant + 0.5 / r.capacity_flow;
  r.hottest_resistance = into_coolant + 1.0 / r.capacity_flow;
  r.face_temperature = plate.inlet_temperature + heat * r.resistance;
  r.hottest_temperature = plate.inlet_temperature + heat * r.hottest_resistance;

  const double free_share = channels * plate.channel_width / plate.width;
  r.pressure_drop = r.duct.friction_pressure +
                    (entrance_loss(free_share) + exit_loss(free_share)) * r.duct.dynamic_pressure;
  r.mover_power = pump_power(volume_flow, r.pressure_drop, plate.mover_efficiency);

  r.warnings = r.duct.warnings;
  const double hottest_wall = r.hottest_temperature - heat * r.base_resistance / area;
  if (auto warning =
          coolant_warning(plate.fluid, plate.inlet_temperature, hottest_wall, plate.pressure, path))
    r.warnings.push_back(std::move(*warning));
  return r;
}

}  // namespace waverack::thermal
