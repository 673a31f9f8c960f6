#include "waverack/parts/diode_laser.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace waverack::parts {

std::optional<LaserDrive> drive_for(const DiodeLaser& part, double power, double temperature) {
  LaserDrive drive;
  drive.junction_temperature = temperature;
  // With the current written as I_th + P/η the balance of heat T + R_th·(V·I − P) − T_j is convex in T_j, so
  // Newton's steps from the cold side never pass its first root. Where it turns up before it crosses zero
  // there is none: the laser rolls over.
  for (int i = 0; i < 100; ++i) {
    const double rise = drive.junction_temperature - part.reference_temperature;
    const double slope = part.slope_efficiency * std::exp(-rise / part.slope_temperature);
    drive.threshold = part.threshold_current * std::exp(rise / part.threshold_temperature);
    drive.current = drive.threshold + power / slope;
    drive.voltage = part.diode_voltage + drive.current * part.series_resistance;
    if (!(drive.current <= part.largest_current)) return std::nullopt;  // it only grows from here
    const double balance = temperature + part.thermal_resistance * (drive.voltage * drive.current - power) -
                           drive.junction_temperature;
    const double current_change =
        drive.threshold / part.threshold_temperature + power / (slope * part.slope_temperature);
    const double balance_change =
        part.thermal_resistance * (drive.voltage + drive.current * part.series_resistance) * current_change -
        1.0;
    if (balance <= 1e-9) break;
    if (balance_change >= 0.0) return std::nullopt;
    drive.junction_temperature -= balance / balance_change;
  }
  drive.efficiency = power / (drive.voltage * drive.current);
  return drive;
}

double largest_power(const DiodeLaser& part, double temperature) {
  double low = 0.0,
         high = part.slope_efficiency * part.largest_current *
                std::exp(std::abs(temperature - part.reference_temperature) / part.slope_temperature);
  if (!drive_for(part, low, temperature)) return 0.0;
  while (high - low > 1e-9 * high) {
    const double middle = 0.5 * (low + high);
    (drive_for(part, middle, temperature) ? low : high) = middle;
  }
  return low;
}

CriticalFeedback critical_feedback(const DiodeLaser& part) {
  const double r = part.facet_reflectance, alpha = part.linewidth_enhancement;
  const double coupling = (1.0 - r) / (2.0 * std::sqrt(r));
  const double root = part.round_trip_time * part.damping_rate / (4.0 * coupling);
  CriticalFeedback critical;
  critical.formula = root * root * (1.0 + alpha * alpha) / std::pow(alpha, 4);
  critical.level = std::min(critical.formula, 1.0);
  return critical;
}

std::function<double(double)> rin_density(const DiodeLaser& part, double feedback_ratio) {
  const double width = part.damping_rate / (2.0 * std::numbers::pi);
  const double narrowed = width * std::max(1.0 - std::sqrt(feedback_ratio), least_damping);
  return [floor = part.rin, resonance = part.rin_resonance, place = part.relaxation_frequency, width,
          narrowed](double f) {
    const double distance = place * place - f * f, rise = width * f, damping = narrowed * f;
    return floor + resonance * rise * rise / (distance * distance + damping * damping);
  };
}

Light light(const DiodeLaser& part, const Conditions&) {
  return {part.output_power, part.rin, part.linewidth, part.wavelength, rin_density(part, 0.0)};
}

double power(const DiodeLaser& part, const Conditions& conditions) {
  const auto drive = drive_for(part, part.output_power, conditions.temperature);
  if (!drive) return std::numeric_limits<double>::quiet_NaN();
  return drive->voltage * drive->current * (1.0 + part.overhead);
}

}  // namespace waverack::parts
