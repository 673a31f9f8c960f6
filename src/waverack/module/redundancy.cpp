#include "waverack/module/redundancy.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/signal/binomial.hpp"

namespace waverack::module {

double too_few_survive(int needed, int count, double fails) {
  const int spares = count - needed;
  return needed > 0 ? signal::lower_beta(spares + 1.0, needed, fails) : 0.0;
}

Redundancy redundancy_of(double rate, double time, int needed, int spares) {
  Redundancy result;
  result.lasers = needed + spares;
  result.needed = needed;
  if (rate <= 0.0) return result;
  result.laser_fails = -std::expm1(-rate * time);
  result.failures = result.lasers * result.laser_fails;
  result.light_fails = too_few_survive(result.needed, result.lasers, result.laser_fails);
  return result;
}

std::vector<BlastRadius> blast_radius(const LaserResult& laser, int lanes, double mac_rate_per_lane) {
  std::vector<BlastRadius> list;
  const auto add = [&](std::string what, int of_it, bool spare = false) {
    BlastRadius item{std::move(what), of_it, spare ? 0 : of_it, 0.0, 0.0};
    item.rate = item.dark * mac_rate_per_lane;
    item.modules = std::ceil(static_cast<double>(item.dark) / lanes);
    list.push_back(std::move(item));
  };
  const bool spares = laser.laser_modules && laser.laser_modules->spares > 0;
  add("laser", std::min(laser.lanes_per_laser, lanes), spares);
  if (laser.laser_modules) {
    const int of_fibre = laser.lanes_per_laser * laser.laser_modules->wavelengths;
    add("laser_fibre", of_fibre);
    add("laser_module", laser.laser_modules->lanes);
  }
  add("fibre", std::min(laser.fibres.wavelengths, lanes));
  add("module", lanes);
  std::stable_sort(list.begin(), list.end(),
                   [](const BlastRadius& a, const BlastRadius& b) { return a.lanes < b.lanes; });
  return list;
}

SwitchSupply solve_switch_supply(const ModuleResult& module, double rate) {
  const auto whole = [](double count) { return static_cast<int>(std::ceil(count - 1e-9)); };
  const LaserResult& laser = module.laser;
  SwitchSupply result;
  result.rate = rate;
  result.modules = whole(rate / module.mac_rate);
  result.lasers = result.modules * laser.lasers;
  result.laser_fibres = result.modules * laser.fibres.laser;
  result.signal_fibres = result.modules * laser.fibres.signal;
  double groups = result.modules;
  if (laser.laser_modules) {
    result.laser_modules = whole(result.modules * laser.laser_modules->share);
    result.laser_w = result.laser_modules * laser.laser_modules->power_w;
    groups = result.laser_modules;
  } else {
    result.laser_w = result.modules * laser.wall_plug_w;
  }
  result.light_fails = -std::expm1(groups * std::log1p(-laser.redundancy.light_fails));
  return result;
}

}  // namespace waverack::module
