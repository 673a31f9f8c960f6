#include "waverack/parts/cw_laser.hpp"

#include <algorithm>
#include <cmath>

namespace waverack::parts {

Light light(const CwLaser& part, const Conditions& conditions) {
  return {part.output_power,
          part.rin,
          part.linewidth,
          part.wavelength + part.wavelength_drift * rise_of(conditions),
          {}};
}

double wall_plug_efficiency(const CwLaser& part, const Conditions& conditions) {
  if (part.efficiency_temperature <= 0.0) return part.wall_plug_efficiency;
  const double rise = conditions.temperature + part.laser_module.case_rise - part.reference_temperature;
  return std::min(part.wall_plug_efficiency * std::exp(-rise / part.efficiency_temperature), 1.0);
}

double bare_power(const CwLaser& part, const Conditions& conditions) {
  return part.output_power / wall_plug_efficiency(part, conditions);
}

double power(const CwLaser& part, const Conditions& conditions) {
  return bare_power(part, conditions) * (1.0 + part.overhead);
}

}  // namespace waverack::parts
