#include "waverack/cluster/facility.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

// All constants without another source: facts, thermal 12.2 (assumed there, and editable there as here).

namespace waverack::cluster {
namespace {

constexpr double zero_celsius = 273.15;
constexpr double machine_efficiency = 0.60;  // pumps and room fans

// Moving q watts of heat by a fluid of volumetric heat capacity `rho_c` [J/(m³ K)] against `pressure` [Pa].
double transport_power(double heat, double rho_c, double rise, double pressure) {
  return heat / (rho_c * rise) * pressure / machine_efficiency;
}

constexpr double air_rho_c = 1.2 * 1005.0;
constexpr double water_rho_c = 998.0 * 4180.0;
constexpr double glycol_rho_c = 1015.0 * 3900.0;  // PG25

struct Weather {
  double dry_bulb, wet_bulb;  // [K]
};

struct ClimateData {
  double mean, season, day, wet_low, wet_high;  // [°C], [K]
};

ClimateData data_of(Climate climate) {
  switch (climate) {
    case Climate::cold:
      return {8.0, 10.0, 4.0, 2.0, 5.0};
    case Climate::temperate:
      return {17.0, 12.5, 4.0, 2.0, 5.0};
    case Climate::hot_humid:
      return {28.0, 3.0, 3.0, 1.0, 3.0};
  }
  return {};
}

Weather weather(const ClimateData& c, int hour) {
  constexpr double turn = 2.0 * std::numbers::pi;
  const double clock = hour % 24;
  const double dry = c.mean - c.season * std::cos(turn * (hour / 8760.0 - 0.05)) -
                     c.day * std::cos(turn * (clock - 3.0) / 24.0);
  const double depression =
      c.wet_low + (c.wet_high - c.wet_low) * std::max(0.0, std::cos(turn * (clock - 15.0) / 24.0));
  return {dry + zero_celsius, dry - depression + zero_celsius};
}

double coefficient_of_performance(double evaporator, double condenser) {
  return 0.55 * evaporator / std::max(condenser - evaporator, 8.0);
}

struct LoopPower {
  double power = 0.0;  // per W of heat
  double chiller_share = 0.0;
};

// One water loop that rejects 1 W at supply temperature `supply`, at one hour.
LoopPower loop_power(HeatRejection rejection, double supply, const Weather& now) {
  LoopPower loop;
  const bool tower = rejection == HeatRejection::tower;
  const double free_supply = tower ? now.wet_bulb + 4.0 + 2.0 : now.dry_bulb + 8.0;
  const double share = std::clamp((free_supply - supply) / 6.0, 0.0, 1.0);
  loop.chiller_share = share;
  loop.power = transport_power(1.0, water_rho_c, 6.0, 250e3);
  const double evaporator = supply - 3.0;
  if (tower) {
    const double cop = coefficient_of_performance(evaporator, now.wet_bulb + 4.0 + 8.0);
    loop.power += 0.012 * (1.0 + share / cop);
    loop.power += share * (1.0 / cop + transport_power(1.0, water_rho_c, 5.5, 150e3));
  } else {
    const double cop = coefficient_of_performance(evaporator, now.dry_bulb + 2.0 + 12.0);
    double fan = 0.020;
    if (share == 0.0) {  // fans slow down when the air is cold enough
      const double approach = 8.0 / (supply - now.dry_bulb);
      fan *= std::min(1.0, approach * approach);
    }
    loop.power += fan + share / cop;
  }
  return loop;
}

LoopPower yearly_mean(const Facility& facility, HeatRejection rejection, double supply) {
  const ClimateData climate = data_of(facility.climate);
  LoopPower mean;
  int count = 0;
  for (int hour = 0; hour < 8760; hour += 7, ++count) {
    const LoopPower now = loop_power(rejection, supply, weather(climate, hour));
    mean.power += now.power;
    mean.chiller_share += now.chiller_share;
  }
  mean.power /= count;
  mean.chiller_share /= count;
  return mean;
}

}  // namespace

FacilityResult solve_facility(const Facility& facility, double liquid_share) {
  const double fans =
      facility.server_fans_air * (1.0 - liquid_share) + facility.server_fans_liquid * liquid_share;
  const double it = 1.0 + fans;
  const double to_air = (1.0 - liquid_share) + fans;
  const double room_fans = transport_power(to_air, air_rho_c, 12.0, facility.room_fan_pressure);
  const double coolant_pumps = transport_power(liquid_share, glycol_rho_c, 10.0, 250e3);
  const LoopPower air = yearly_mean(facility, HeatRejection::tower, facility.chilled_water);
  const LoopPower liquid = yearly_mean(facility, facility.liquid_rejection, facility.facility_water);
  const double loops = air.power * (to_air + room_fans) + liquid.power * (liquid_share + coolant_pumps);
  const double cooling = room_fans + coolant_pumps + loops;
  const double total = it * (1.0 + facility.electrical_losses + facility.miscellaneous) + cooling;

  FacilityResult result;
  result.pue = total / it;
  result.tue = total;
  result.itue = it;
  result.cooling = cooling / it;
  result.room_fans = room_fans / it;
  result.chiller_share_air = air.chiller_share;
  result.chiller_share_liquid = liquid.chiller_share;
  return result;
}

}  // namespace waverack::cluster
