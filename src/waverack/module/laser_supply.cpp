#include "waverack/module/laser_supply.hpp"

#include <cmath>

#include "waverack/base/decibel.hpp"
#include "waverack/module/elsfp.hpp"
#include "waverack/parts/light.hpp"

namespace waverack::module {
namespace {

class Ladder {
 public:
  explicit Ladder(double power) : power_(power) {}
  void step(std::string name, double loss) {
    power_ /= loss;
    steps_.push_back({std::move(name), to_db(loss), to_dbm(power_)});
  }
  void steps(const std::vector<parts::LossStep>& list) {
    for (const parts::LossStep& item : list) step(item.name, item.loss);
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
    ladder.step("modulation", without_modulation / received_average_power);
  }
  ladder.steps(after);
  return ladder.take();
}

}  // namespace

LaserResult solve_laser_supply(const Module& module, const link::Lane& lane,
                               const link::LaneResult& lane_result, const parts::Conditions& conditions) {
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
  if (const auto* diode = parts::as<parts::DiodeLaser>(laser)) {
    result.drive = drive_for(*diode, power, here.temperature);
    result.largest_power_dbm = to_dbm(largest_power(*diode, here.temperature));
  }
  if (lane_result.optical) {
    result.power_needed_dbm = result.power_dbm - lane_result.margin_db + to_db(module.laser_head_room);
    result.margin_db = result.power_dbm - result.power_needed_dbm;
    if (result.external && std::isfinite(result.power_needed_dbm))
      result.elsfp_class = elsfp_class_for(result.power_needed_dbm);
  }
  result.ladder = ladder_of(lane, power, conditions, lane_result.received_average_power);
  return result;
}

}  // namespace waverack::module
