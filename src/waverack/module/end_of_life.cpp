#include "waverack/module/end_of_life.hpp"

#include <fmt/format.h>

#include <cmath>

#include "waverack/base/decibel.hpp"
#include "waverack/module/elsfp.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::module {

double worst_lane_db(const LightBudget& budget, int lanes) {
  const double one_misses = -std::expm1(std::log(budget.confidence) / lanes);
  return to_db(budget.lane_spread) * signal::inverse_q(one_misses);
}

EndOfLife end_of_life(const LightBudget& budget, int lanes, double laser_ageing,
                      const std::vector<LaserStep>& ladder, double power_dbm, double lane_margin_db,
                      bool external) {
  EndOfLife result;
  const auto add = [&](std::string name, double loss_db) {
    if (loss_db == 0.0) return;
    result.allowances.push_back({std::move(name), loss_db});
    result.total_db += loss_db;
  };
  add("laser ageing", to_db(laser_ageing));
  for (const LaserStep& step : ladder) add(step.name, step.end_of_life_loss_db);
  add(lanes == 1 ? "spread of the lane" : fmt::format("worst of {} lanes", lanes),
      worst_lane_db(budget, lanes));
  result.margin_db = lane_margin_db - result.total_db;
  result.power_needed_dbm = power_dbm - result.margin_db;
  if (external && std::isfinite(result.power_needed_dbm))
    result.elsfp_class = elsfp_class_for(result.power_needed_dbm);
  return result;
}

}  // namespace waverack::module
