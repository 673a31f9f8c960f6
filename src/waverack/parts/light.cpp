#include "waverack/parts/light.hpp"

#include <fmt/format.h>

#include <cmath>

#include "waverack/base/units.hpp"

namespace waverack::parts {
namespace {

[[noreturn]] void wrong_order(const Instance& instance, std::string message, std::string allowed) {
  throw Error(
      ErrorInfo{instance.mark, "lane.light." + instance.name, std::move(message), std::move(allowed), {}});
}

void require_cooler(const Instance& instance, const DiodeLaser& laser, double hot) {
  const ThermoelectricCooler& cooler = laser.cooler;
  if (!cooler.fitted || best_performance(cooler.figure_of_merit, cooler.temperature, hot) > 0.0) return;
  throw Error(ErrorInfo{
      instance.mark,
      "lane.light." + instance.name + ".cooler.temperature",
      fmt::format("the cooler cannot hold {} in a case of {}", format_quantity(cooler.temperature, "degC", 4),
                  format_quantity(hot, "degC", 4)),
      fmt::format("above {}", format_quantity(hot / std::sqrt(1.0 + cooler.figure_of_merit), "degC", 4)),
      {}});
}

void require_drive(const Instance& instance, const DiodeLaser& laser, double temperature) {
  const double largest = largest_power(laser, temperature);
  if (laser.drive_current > 0.0) {
    const auto power = power_at(laser, laser.drive_current, temperature);
    if (power && *power > 0.0) return;
    const auto least = drive_for(laser, 0.0, temperature), most = drive_for(laser, largest, temperature);
    throw Error(ErrorInfo{
        instance.mark,
        "lane.light." + instance.name + ".drive_current",
        fmt::format("with {} in surroundings of {} the laser {}",
                    format_quantity(laser.drive_current, "mA", 4), format_quantity(temperature, "degC", 4),
                    power ? "is below its threshold" : "rolls over or passes its rating"),
        least && most ? fmt::format("{} to {}", format_quantity(least->current, "mA", 4),
                                    format_quantity(most->current, "mA", 4))
                      : "lower temperatures",
        {}});
  }
  if (drive_for(laser, laser.output_power, temperature)) return;
  throw Error(ErrorInfo{
      instance.mark,
      "lane.light." + instance.name + ".output_power",
      fmt::format("the laser cannot give {} in surroundings of {}: it rolls over or passes "
                  "{}",
                  format_quantity(laser.output_power, "dBm", 4), format_quantity(temperature, "degC", 4),
                  format_quantity(laser.largest_current, "mA", 4)),
      largest > 0.0 ? fmt::format("at most {}", format_quantity(largest, "dBm", 4)) : "lower temperatures",
      {}});
}

Light light_of(const Instance& instance, const Conditions& conditions) {
  if (const auto* laser = as<CwLaser>(instance)) return light(*laser, conditions);
  if (const auto* laser = as<TunableLaser>(instance)) return light(*laser, conditions);
  const auto& diode = std::get<DiodeLaser>(instance.part);
  require_cooler(instance, diode, case_temperature(diode, conditions));
  require_drive(instance, diode, mount_temperature(diode, conditions));
  return light(diode, conditions);
}

}  // namespace

bool is_laser(const Instance& instance) {
  return as<CwLaser>(instance) || as<DiodeLaser>(instance) || as<TunableLaser>(instance);
}

Light light_after(std::span<const Instance> chain, const Conditions& conditions) {
  Conditions here = conditions;
  Light& result = here.light;
  result = {};
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const Instance& instance = chain[i];
    if (i == 0) {
      if (!is_laser(instance))
        wrong_order(instance, fmt::format("the light begins with a {}", info(instance.part).type),
                    "a cw_laser, diode_laser or tunable_laser first");
      result = light_of(instance, conditions_of(instance, conditions));
      continue;
    }
    const bool passive = as<LaserPath>(instance) || as<Connector>(instance) || as<FibreFlex>(instance) ||
                         as<Fibre>(instance) || as<Isolator>(instance) || as<PmFibre>(instance) ||
                         output_domain(instance.part) == Domain::light;
    if (!passive)
      wrong_order(
          instance,
          fmt::format("a {} cannot stand in the path of continuous light", info(instance.part).type),
          "laser_path, isolator, connector, fibre_flex, fibre, pm_fibre, a measured_response of light");
    result.power /= optical_loss_of(instance.part, here);
  }
  return result;
}

int lanes_per_laser(std::span<const Instance> chain) {
  int lanes = 1;
  for (const Instance& instance : chain)
    if (const auto* path = as<LaserPath>(instance)) lanes *= path->ways;
  return lanes;
}

double laser_power_per_lane(std::span<const Instance> chain, const Conditions& conditions) {
  double watts = 0.0;
  for (const Instance& instance : chain)
    watts += power_of(instance.part, conditions_of(instance, conditions));
  return watts / lanes_per_laser(chain);
}

std::vector<LossStep> loss_ladder(std::span<const Instance> chain, const Conditions& conditions) {
  std::vector<LossStep> ladder;
  const auto add = [&](const Instance& instance, std::vector<LossStep> steps) {
    for (LossStep& step : steps) {
      step.name = step.name.empty() ? instance.name : instance.name + ": " + step.name;
      ladder.push_back(std::move(step));
    }
  };
  for (const Instance& instance : chain) {
    if (const auto* path = as<LaserPath>(instance))
      add(instance, loss_steps(*path));
    else if (const auto* flex = as<FibreFlex>(instance))
      add(instance, loss_steps(*flex));
    else if (const auto* joint = as<Connector>(instance))
      add(instance, steps_with_loss({{"", joint->insertion_loss, joint->end_of_life_loss}}));
    else
      add(instance, steps_with_loss({{"", optical_loss_of(instance.part, conditions)}}));
  }
  return ladder;
}

double ageing_of(const Instance& laser) {
  if (const auto* cw = as<CwLaser>(laser)) return cw->ageing;
  if (const auto* tunable = as<TunableLaser>(laser)) return tunable->ageing;
  return std::get<DiodeLaser>(laser.part).ageing;
}

const LaserModule& laser_module_of(const Instance& laser) {
  if (const auto* cw = as<CwLaser>(laser)) return cw->laser_module;
  if (const auto* tunable = as<TunableLaser>(laser)) return tunable->laser_module;
  return std::get<DiodeLaser>(laser.part).laser_module;
}

double laser_temperature(const Instance& laser, const Conditions& conditions) {
  if (const auto* diode = as<DiodeLaser>(laser)) return mount_temperature(*diode, conditions);
  return conditions.temperature + laser_module_of(laser).case_rise;
}

LaserPower laser_power_of(const Instance& laser, const Conditions& conditions) {
  if (const auto* diode = as<DiodeLaser>(laser)) return laser_power(*diode, conditions);
  if (const auto* tunable = as<TunableLaser>(laser)) return {power(*tunable, conditions), 0.0, 0.0};
  const auto& cw = std::get<CwLaser>(laser.part);
  const double bare = bare_power(cw, conditions);
  return {bare, 0.0, bare * cw.overhead};
}

}  // namespace waverack::parts
