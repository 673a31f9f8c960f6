#include "waverack/module/laser_supply.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/base/decibel.hpp"
#include "waverack/module/elsfp.hpp"
#include "waverack/module/end_of_life.hpp"
#include "waverack/module/redundancy.hpp"
#include "waverack/parts/light.hpp"

namespace waverack::module {
namespace {

class Ladder {
 public:
  explicit Ladder(double power) : power_(power) {}
  void step(const parts::LossStep& item) {
    power_ /= item.loss;
    steps_.push_back({item.name, to_db(item.loss), to_dbm(power_), to_db(item.end_of_life)});
  }
  void steps(const std::vector<parts::LossStep>& list) {
    for (const parts::LossStep& item : list) step(item);
  }
  double power() const { return power_; }
  std::vector<LaserStep> take() { return std::move(steps_); }

 private:
  double power_;
  std::vector<LaserStep> steps_;
};

std::vector<LaserStep> ladder_of(const link::Lane& lane, double power, const parts::Conditions& conditions,
                                 double received_average_power) {
  // The chain in two: the modulation costs light right after the modulator.
  std::size_t modulator = 0;
  while (modulator < lane.chain.size() &&
         parts::output_domain(lane.chain[modulator].part) != parts::Domain::field)
    ++modulator;
  if (modulator == lane.chain.size()) return {};
  const std::span<const parts::Instance> chain(lane.chain);
  const std::vector<parts::LossStep> until = parts::loss_ladder(chain.first(modulator + 1), conditions);
  const std::vector<parts::LossStep> after = parts::loss_ladder(chain.subspan(modulator + 1), conditions);

  Ladder ladder(power);
  ladder.steps(parts::loss_ladder(lane.light, conditions));
  ladder.steps(until);
  if (std::isfinite(received_average_power)) {
    double without_modulation = ladder.power();
    for (const parts::LossStep& item : after) without_modulation /= item.loss;
    ladder.step({"modulation", without_modulation / received_average_power});
  }
  ladder.steps(after);
  return ladder.take();
}

LaserWatts watts_of(const parts::Instance& laser, double light, const parts::Conditions& conditions) {
  const parts::LaserPower power = parts::laser_power_of(laser, conditions);
  return {power.laser, power.cooler, power.control, light / power.laser,
          light / (power.laser + power.cooler + power.control)};
}

LaserModules laser_modules_of(const parts::LaserModule& one, const LaserResult& laser, int lanes) {
  LaserModules result;
  result.fibres = one.fibres;
  result.wavelengths = one.wavelengths;
  result.spares = one.spares;
  const int lasers = one.fibres * one.wavelengths;
  result.lanes = lasers * std::min(laser.lanes_per_laser, lanes);
  result.share = static_cast<double>(laser.lasers) / lasers;
  result.power_w = laser.wall_plug_w / laser.lasers * lasers;
  result.stated_power_w = one.stated_power;
  return result;
}

FibreCount fibres_of(const Module& module, const link::Lane& lane, const LaserResult& laser) {
  const auto whole = [](int count, int each) { return (count + each - 1) / each; };
  FibreCount result;
  if (laser.laser_modules) result.laser = whole(laser.lasers, laser.laser_modules->wavelengths);
  result.wavelengths = 1 + lane.neighbours.shorter + lane.neighbours.longer;
  result.signal = 2 * whole(module.lanes, result.wavelengths);
  if (module.outline.width > 0.0)
    result.edge = (result.laser + result.signal) * module.outline.fibre_pitch / module.outline.width;
  return result;
}

}  // namespace

LaserResult solve_laser_supply(const Module& module, const link::Lane& lane,
                               const link::LaneResult& lane_result, const parts::Conditions& conditions,
                               std::optional<double> surroundings) {
  LaserResult result;
  if (lane.light.empty()) return result;
  const parts::Instance& laser = lane.light.front();
  const double power = parts::light_after(std::span(&laser, 1), conditions).power;
  result.present = true;
  result.external = laser.place == parts::Place::laser;
  result.lanes_per_laser = parts::lanes_per_laser(lane.light);
  result.lasers = (module.lanes + result.lanes_per_laser - 1) / result.lanes_per_laser;
  const parts::Conditions here = parts::conditions_of(laser, conditions);
  result.wall_plug_w = parts::power_of(laser.part, here) * result.lasers;
  result.power_dbm = to_dbm(power);
  result.watts = watts_of(laser, power, here);
  if (const auto* diode = parts::as<parts::DiodeLaser>(laser)) {
    const double temperature = mount_temperature(*diode, here);
    result.drive = drive_for(*diode, power, temperature);
    result.largest_power_dbm = to_dbm(largest_power(*diode, temperature));
  }
  if (lane_result.optical && !lane_result.coherent) {
    result.power_needed_dbm = result.power_dbm - lane_result.margin_db + to_db(module.laser_head_room);
    result.margin_db = result.power_dbm - result.power_needed_dbm;
    if (result.external && std::isfinite(result.power_needed_dbm))
      result.elsfp_class = elsfp_class_for(result.power_needed_dbm);
  }
  result.ladder = ladder_of(lane, power, conditions, lane_result.received_average_power);
  result.end_of_life = end_of_life(
      loss_spread(lane, module.light), module.light.confidence, module.lanes, parts::ageing_of(laser),
      result.ladder, result.power_dbm,
      lane_result.optical && !lane_result.coherent ? lane_result.margin_db : no_value, result.external);
  const parts::LaserModule& own_module = parts::laser_module_of(laser);
  if (result.external) result.laser_modules = laser_modules_of(own_module, result, module.lanes);
  result.fibres = fibres_of(module, lane, result);
  const int lasers = result.external ? own_module.fibres * own_module.wavelengths : result.lasers;
  parts::Conditions of_all = here;
  of_all.temperature = surroundings.value_or(here.temperature);
  result.redundancy =
      redundancy_of(parts::failure_rate_at(laser.failures, parts::laser_temperature(laser, of_all)),
                    module.light.service_time, lasers, result.external ? own_module.spares : 0);
  result.blast_radius = blast_radius(result, module.lanes, module.mac_rate_per_lane);
  return result;
}

}  // namespace waverack::module
