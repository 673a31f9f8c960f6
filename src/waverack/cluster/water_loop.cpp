#include "waverack/cluster/water_loop.hpp"

#include <algorithm>
#include <cmath>

// All constants: facts, thermal 12.2 (assumed there). Numbers in parentheses are equations of
// docs/theory/hall.md.

namespace waverack::cluster {
namespace {

constexpr double largest_step = 0.25;  // of the supply [K]

double between(double a, double b, double w) { return a + w * (b - a); }

LoopDemand demand_at(const LoopYear& year, const std::vector<LoopDemand>& list, double supply) {
  if (list.size() == 1) return list.front();
  const double position = std::clamp((supply - year.low) / (year.high - year.low), 0.0, 1.0) *
                          static_cast<double>(list.size() - 1);
  const auto index = std::min(static_cast<std::size_t>(position), list.size() - 2);
  const LoopDemand &a = list[index], &b = list[index + 1];
  const double w = position - static_cast<double>(index);
  return {between(a.chiller_share, b.chiller_share, w), between(a.carnot_work, b.carnot_work, w),
          between(a.fan_effort, b.fan_effort, w)};
}

}  // namespace

LoopDemand loop_demand(HeatRejection rejection, double supply, const WeatherHour& now) {
  const bool tower = rejection == HeatRejection::tower;
  // (3) to (6)
  const double free_supply = tower ? now.wet_bulb + 4.0 + 2.0 : now.dry_bulb + 8.0;
  const double evaporator = supply - 3.0;
  const double condenser = tower ? now.wet_bulb + 4.0 + 8.0 : now.dry_bulb + 2.0 + 12.0;
  LoopDemand demand;
  demand.chiller_share = std::clamp((free_supply - supply) / 6.0, 0.0, 1.0);
  demand.carnot_work = demand.chiller_share * std::max(condenser - evaporator, 8.0) / evaporator;
  if (!tower && demand.chiller_share == 0.0) {  // fans slow down when the air is cold enough
    const double approach = 8.0 / (supply - now.dry_bulb);
    demand.fan_effort = std::min(1.0, approach * approach);
  }
  return demand;
}

LoopYear loop_year(HeatRejection rejection, double low, double high, const Weather& weather) {
  // Every loop asks for most when its air is warmest.
  const auto warmer = [&](const WeatherHour& a, const WeatherHour& b) {
    return rejection == HeatRejection::tower ? a.wet_bulb < b.wet_bulb : a.dry_bulb < b.dry_bulb;
  };
  const WeatherHour warmest = *std::max_element(weather.hours.begin(), weather.hours.end(), warmer);
  LoopYear year{rejection, low, high, {}, {}};
  const auto steps = static_cast<int>(std::ceil((high - low) / largest_step));
  for (int step = 0; step <= steps; ++step) {
    const double supply = steps == 0 ? low : between(low, high, static_cast<double>(step) / steps);
    LoopDemand mean{0.0, 0.0, 0.0};
    for (const WeatherHour& hour : weather.hours) {
      const LoopDemand now = loop_demand(rejection, supply, hour);
      mean.chiller_share += now.chiller_share;
      mean.carnot_work += now.carnot_work;
      mean.fan_effort += now.fan_effort;
    }
    const auto hours = static_cast<double>(weather.hours.size());
    year.means.push_back({mean.chiller_share / hours, mean.carnot_work / hours, mean.fan_effort / hours});
    year.worst.push_back(loop_demand(rejection, supply, warmest));
  }
  return year;
}

LoopDemand mean_demand(const LoopYear& year, double supply) { return demand_at(year, year.means, supply); }
LoopDemand worst_demand(const LoopYear& year, double supply) { return demand_at(year, year.worst, supply); }

}  // namespace waverack::cluster
