#include "waverack/parts/diode_laser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "waverack/base/units.hpp"

namespace waverack::parts {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::optional<LaserDrive> measured_drive(const DiodeLaser& part, double power, double temperature) {
  const auto found = part.liv_file.laser->drive(power, temperature);
  if (!found || found->current > part.largest_current) return std::nullopt;
  LaserDrive drive;
  drive.current = found->current;
  drive.threshold = found->threshold;
  drive.voltage = found->voltage.value_or(part.diode_voltage + drive.current * part.series_resistance);
  const double watts = drive.voltage * drive.current;
  drive.junction_temperature = temperature + part.thermal_resistance * (watts - power);
  drive.efficiency = power / watts;
  return drive;
}

// More light than the laser gives at its rating.
double more_than_largest(const DiodeLaser& part, double temperature) {
  if (part.liv_file) {
    double power = 1e-6;
    while (drive_for(part, power, temperature)) power *= 2.0;
    return power;
  }
  return part.slope_efficiency * part.largest_current *
         std::exp(std::abs(temperature - part.reference_temperature) / part.slope_temperature);
}

}  // namespace

std::optional<LaserDrive> drive_for(const DiodeLaser& part, double power, double temperature) {
  if (part.liv_file) return measured_drive(part, power, temperature);
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
  double low = 0.0, high = more_than_largest(part, temperature);
  if (!drive_for(part, low, temperature)) return 0.0;
  while (high - low > 1e-9 * high) {
    const double middle = 0.5 * (low + high);
    (drive_for(part, middle, temperature) ? low : high) = middle;
  }
  return low;
}

std::optional<double> power_at(const DiodeLaser& part, double current, double temperature) {
  double low = 0.0, high = largest_power(part, temperature);
  const auto top = drive_for(part, high, temperature);
  constexpr double rounding = 1e-6;  // of the search for the largest power
  if (!top || current > top->current * (1.0 + rounding)) return std::nullopt;
  while (high - low > 1e-12 * high) {
    const double middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) break;
    (drive_for(part, middle, temperature)->current <= current ? low : high) = middle;
  }
  return low;
}

std::optional<double> emitted_power(const DiodeLaser& part, double temperature) {
  if (part.drive_current > 0.0) return power_at(part, part.drive_current, temperature);
  return drive_for(part, part.output_power, temperature) ? std::optional(part.output_power) : std::nullopt;
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

double case_temperature(const DiodeLaser& part, const Conditions& conditions) {
  return conditions.temperature + part.laser_module.case_rise;
}

double mount_temperature(const DiodeLaser& part, const Conditions& conditions) {
  return part.cooler.fitted ? part.cooler.temperature : case_temperature(part, conditions);
}

LaserPower laser_power(const DiodeLaser& part, const Conditions& conditions) {
  const double temperature = mount_temperature(part, conditions);
  const auto emitted = emitted_power(part, temperature);
  if (!emitted) return {nan, nan, nan};
  const auto drive = drive_for(part, *emitted, temperature);
  LaserPower power;
  power.laser = drive->voltage * drive->current;
  power.cooler = cooler_power(part.cooler, power.laser - *emitted, case_temperature(part, conditions));
  power.control = part.overhead * (power.laser + power.cooler);
  return power;
}

Light light(const DiodeLaser& part, const Conditions& conditions) {
  Conditions mount = conditions;
  mount.temperature = mount_temperature(part, conditions);
  return {emitted_power(part, mount.temperature).value_or(nan), part.rin, part.linewidth,
          part.wavelength + part.wavelength_drift * rise_of(mount), rin_density(part, 0.0)};
}

double power(const DiodeLaser& part, const Conditions& conditions) {
  const LaserPower power = laser_power(part, conditions);
  return power.laser + power.cooler + power.control;
}

std::vector<std::string_view> unused(const DiodeLaser& part) {
  std::vector<std::string_view> keys;
  if (part.drive_current > 0.0) keys.push_back("output_power");
  if (!part.cooler.fitted)
    keys.insert(keys.end(), {"cooler.temperature", "cooler.figure_of_merit", "cooler.share_of_best"});
  if (!part.liv_file) return keys;
  keys.insert(keys.end(), {"threshold_current", "slope_efficiency", "reference_temperature",
                           "threshold_temperature", "slope_temperature"});
  if (part.liv_file.laser->has_voltage()) keys.insert(keys.end(), {"diode_voltage", "series_resistance"});
  return keys;
}

std::vector<std::string> remarks(const DiodeLaser& part, const Conditions& conditions) {
  std::vector<std::string> list;
  if (!part.liv_file) return list;
  const MeasuredLaser& laser = *part.liv_file.laser;
  const double temperature = mount_temperature(part, conditions);
  if (temperature < laser.lowest_temperature() || temperature > laser.highest_temperature())
    list.push_back(
        fmt::format("the surroundings of {} are outside of '{}', which was measured from {} to {}: its "
                    "nearest curve counts",
                    format_quantity(temperature, "degC", 4), part.liv_file.file,
                    format_quantity(laser.lowest_temperature(), "degC", 4),
                    format_quantity(laser.highest_temperature(), "degC", 4)));
  const auto emitted = emitted_power(part, temperature);
  const auto drive = emitted ? laser.drive(*emitted, temperature) : std::nullopt;
  if (drive && drive->beyond)
    list.push_back(fmt::format("{} is outside of the currents of '{}': its curve is continued straight on",
                               format_engineering(drive->current, "A", 4), part.liv_file.file));
  return list;
}

}  // namespace waverack::parts
