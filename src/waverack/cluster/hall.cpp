#include "waverack/cluster/hall.hpp"

#include <algorithm>
#include <cmath>

// Numbers in parentheses are equations of docs/theory/hall.md.

namespace waverack::cluster {
namespace {

constexpr double air_rho_c = 1.2 * 1005.0;
constexpr double water_rho_c = 998.0 * 4180.0;
constexpr double glycol_rho_c = 1015.0 * 3900.0;  // PG25
constexpr double reference_rise = 12.0;           // of air, to which fans are stated [K]
constexpr double facility_rise = 6.0;             // of both water loops [K]
constexpr double condenser_rise = 5.5, condenser_pressure = 150e3;
constexpr double latent_heat = 2.43e6;  // of water at 30 °C [J/kg]
constexpr double hours_of_year = 8760.0, seconds_of_hour = 3600.0, water_density = 1000.0;

// Watts that move one watt of heat by a fluid of volumetric heat capacity `rho_c` [J/(m³ K)] (2).
double transport(double rho_c, double rise, double pressure, double efficiency) {
  return pressure / (rho_c * rise * efficiency);
}

// Fans' watts over those at the reference rise: the third power of their speed.
double fan_affinity(const Hall& hall) { return std::pow(reference_rise / hall.air_rise.value, 3.0); }

// What enters the hall as IT.
struct Loads {
  double air_w = 0.0, liquid_w = 0.0;  // electronics of the bill
  double optics_w = 0.0;               // of them, behind supplies whose losses are not in their watts
  double optics_liquid_w = 0.0;

  double electronics() const { return air_w + liquid_w; }
  Loads scaled(double factor) const {
    return {factor * air_w, factor * liquid_w, factor * optics_w, factor * optics_liquid_w};
  }
};

struct Rejected {
  double pumps_w = 0.0, chiller_w = 0.0, fans_w = 0.0, water_m3_per_s = 0.0;
  double total() const { return pumps_w + chiller_w + fans_w; }
};

struct Plant {
  double it_w = 0.0, supplies_w = 0.0, server_fans_w = 0.0;
  double to_air_w = 0.0, to_liquid_w = 0.0;
  double room_fans_w = 0.0, coolant_pumps_w = 0.0;
  Rejected air, liquid;
  double distribution_w = 0.0, ups_w = 0.0, transformers_w = 0.0, miscellaneous_w = 0.0;

  double total() const {
    return it_w + room_fans_w + coolant_pumps_w + air.total() + liquid.total() + distribution_w + ups_w +
           transformers_w + miscellaneous_w;
  }
};

// A water loop that carries `heat`: (2), (5), (6).
Rejected reject(const Hall& hall, HeatRejection rejection, double heat, const LoopDemand& demand) {
  const double efficiency = hall.machine_efficiency.value;
  Rejected loop;
  loop.pumps_w = heat * transport(water_rho_c, facility_rise, hall.facility_pressure.value, efficiency);
  loop.chiller_w = heat * demand.carnot_work / hall.chiller_efficiency.value;
  const double rejected = heat + loop.chiller_w;
  if (rejection == HeatRejection::tower) {
    loop.pumps_w +=
        heat * demand.chiller_share * transport(water_rho_c, condenser_rise, condenser_pressure, efficiency);
    loop.fans_w = hall.tower_fans.value * rejected;
    const double drained = 1.0 / (hall.concentration.value - 1.0);
    loop.water_m3_per_s =
        rejected * hall.evaporated_share.value / (latent_heat * water_density) * (1.0 + drained);
  } else {
    loop.fans_w = heat * hall.dry_cooler_fans.value * demand.fan_effort;
  }
  return loop;
}

// `load` of every stage of the power over what it is provisioned for.
Plant plant_of(const Hall& hall, const HallYear& year, const Loads& loads, const LoopDemand& air_demand,
               const LoopDemand& liquid_demand, double load) {
  const auto loss = [&](const PowerStage& stage) { return stage_loss(stage, load / stage.rating.value); };
  const double efficiency = hall.machine_efficiency.value;
  Plant plant;
  plant.supplies_w = loads.optics_w * loss(hall.power_supplies);
  const double supplies_liquid = loads.optics_liquid_w * loss(hall.power_supplies);
  const double liquid = loads.liquid_w + supplies_liquid;
  const double air = loads.air_w + plant.supplies_w - supplies_liquid;
  plant.server_fans_w = server_fans(hall, air, liquid);
  plant.it_w = air + liquid + plant.server_fans_w;
  plant.to_air_w = air + plant.server_fans_w;
  plant.to_liquid_w = liquid;

  plant.room_fans_w = plant.to_air_w * fan_affinity(hall) *
                      transport(air_rho_c, reference_rise, hall.room_fan_pressure.value, efficiency);
  plant.coolant_pumps_w = plant.to_liquid_w * transport(glycol_rho_c, hall.coolant_rise.value,
                                                        hall.coolant_pressure.value, efficiency);
  plant.air = reject(hall, year.air.rejection, plant.to_air_w + plant.room_fans_w, air_demand);
  plant.liquid =
      reject(hall, year.liquid.rejection, plant.to_liquid_w + plant.coolant_pumps_w, liquid_demand);

  plant.miscellaneous_w = hall.miscellaneous.value * plant.it_w;
  plant.distribution_w = plant.it_w * loss(hall.distribution);
  plant.ups_w = (plant.it_w + plant.distribution_w) * loss(hall.ups);
  plant.transformers_w = plant.total() * loss(hall.transformers);
  return plant;
}

Cause cause_of(ItemKind kind) {
  switch (kind) {
    case ItemKind::node:
      return Cause::nodes;
    case ItemKind::network_card:
      return Cause::network_cards;
    case ItemKind::switch_box:
      return Cause::switches;
    case ItemKind::circuit_switch:
      return Cause::circuit_switches;
    case ItemKind::module:
    case ItemKind::external_laser:
    case ItemKind::cable:
    case ItemKind::fibre:
      break;
  }
  return Cause::optics;
}

void add(std::vector<HallItem>& items, Cause cause, const std::string& network, double watts) {
  const auto same = [&](const HallItem& item) { return item.cause == cause && item.network == network; };
  const auto found = std::find_if(items.begin(), items.end(), same);
  if (found == items.end())
    items.push_back({cause, network, watts});
  else
    found->power_w += watts;
}

struct Provision {
  double watts = 0.0;            // all boxes at their maximum
  double typical_instead = 0.0;  // of them, what is typical power because no maximum is stated
};

// The maximum of a switch holds what its cages may draw, so its optics are not added again.
Provision provision(const std::vector<BillLine>& bill) {
  const auto in_box = [](const BillLine& line, const BillLine& box) {
    return box.kind == ItemKind::switch_box && cause_of(line.kind) == Cause::optics &&
           line.network == box.network && line.place == box.place && !line.place.empty();
  };
  Provision sum;
  for (const BillLine& line : bill) {
    if (std::any_of(bill.begin(), bill.end(), [&](const BillLine& box) { return in_box(line, box); }))
      continue;
    double typical = watts_of(line);
    for (const BillLine& other : bill)
      if (in_box(other, line)) typical += watts_of(other);
    const double maximum = static_cast<double>(line.quantity) * line.maximum_power.value;
    sum.watts += std::max(maximum, typical);
    if (line.maximum_power.value == 0.0) sum.typical_instead += typical;
  }
  return sum;
}

}  // namespace

bool is_it(Cause cause) { return cause <= Cause::server_fans; }
bool is_cooling(Cause cause) { return cause >= Cause::room_fans && cause <= Cause::tower_fans; }
bool is_loss(Cause cause) { return cause >= Cause::distribution && cause <= Cause::transformers; }

HallYear hall_year(const Hall& hall, const std::string& path) {
  check_stage(hall.power_supplies, join_path(path, "power_supplies"));
  check_stage(hall.distribution, join_path(path, "distribution"));
  check_stage(hall.ups, join_path(path, "ups"));
  check_stage(hall.transformers, join_path(path, "transformers"));
  const Weather weather = hall.weather ? *hall.weather.weather : synthetic_weather(hall.climate);
  return {loop_year(HeatRejection::tower, hall.chilled_water.low, hall.chilled_water.high, weather),
          loop_year(hall.liquid_rejection, hall.facility_water.low, hall.facility_water.high, weather)};
}

// (1)
double server_fans(const Hall& hall, double air_w, double liquid_w) {
  return fan_affinity(hall) * (hall.server_fans_air.value * air_w + hall.server_fans_liquid.value * liquid_w);
}

double watts_without_fans(const Hall& hall, const BillLine& line) {
  const double share = line.fans_inside_at;
  if (share < 0.0) return watts_of(line);
  const double fans = hall.server_fans_air.value * (1.0 - share) + hall.server_fans_liquid.value * share;
  return watts_of(line) / (1.0 + fans);
}

double provisioned_load(const std::vector<BillLine>& bill) {
  double typical = 0.0;
  for (const BillLine& line : bill) typical += watts_of(line);
  return typical > 0.0 ? typical / provision(bill).watts : 1.0;
}

HallResult solve_hall(const Hall& hall, const HallYear& year, const std::vector<BillLine>& bill) {
  HallResult result;
  Loads loads;
  for (const BillLine& line : bill) {
    const double watts = watts_without_fans(hall, line);
    if (watts == 0.0) continue;
    result.bill_w += watts_of(line);
    const Cause cause = cause_of(line.kind);
    add(result.items, cause, line.network, watts);
    loads.liquid_w += watts * line.liquid_share;
    loads.air_w += watts * (1.0 - line.liquid_share);
    if (cause == Cause::optics) {
      loads.optics_w += watts;
      loads.optics_liquid_w += watts * line.liquid_share;
    }
  }
  const double electronics = loads.electronics();
  if (electronics == 0.0) return result;

  const Provision provisioned = provision(bill);
  const double load = result.bill_w / provisioned.watts;
  const double chilled = hall.chilled_water.value, facility = hall.facility_water.value;
  const LoopDemand air = mean_demand(year.air, chilled), liquid = mean_demand(year.liquid, facility);
  const LoopDemand air_worst = worst_demand(year.air, chilled),
                   liquid_worst = worst_demand(year.liquid, facility);
  const Plant mean = plant_of(hall, year, loads, air, liquid, load);
  const Plant warmest = plant_of(hall, year, loads, air_worst, liquid_worst, load);
  const Plant full = plant_of(hall, year, loads.scaled(1.0 / load), air_worst, liquid_worst, 1.0);

  std::vector<HallItem>& items = result.items;
  add(items, Cause::power_supplies, {}, mean.supplies_w);
  add(items, Cause::server_fans, {}, mean.server_fans_w);
  for (const HallItem& item : items) result.it_w += item.power_w;
  add(items, Cause::room_fans, {}, mean.room_fans_w);
  add(items, Cause::coolant_pumps, {}, mean.coolant_pumps_w);
  add(items, Cause::water_pumps, {}, mean.air.pumps_w + mean.liquid.pumps_w);
  add(items, Cause::chillers, {}, mean.air.chiller_w + mean.liquid.chiller_w);
  add(items, Cause::tower_fans, {}, mean.air.fans_w + mean.liquid.fans_w);
  add(items, Cause::distribution, {}, mean.distribution_w);
  add(items, Cause::ups, {}, mean.ups_w);
  add(items, Cause::transformers, {}, mean.transformers_w);
  add(items, Cause::miscellaneous, {}, mean.miscellaneous_w);
  for (const HallItem& item : items) result.facility_w += item.power_w;

  // Nodes, cards and boxes are stated at their inlets: their supplies' losses are inside.
  const double supply_loss = stage_loss(hall.power_supplies, load / hall.power_supplies.rating.value);
  const double at_inlets = electronics - loads.optics_w;
  result.electronics_w = loads.optics_w + at_inlets / (1.0 + supply_loss);
  result.pue = result.facility_w / result.it_w;
  result.itue = result.it_w / result.electronics_w;
  result.tue = result.pue * result.itue;
  result.energy_kwh = result.facility_w * hours_of_year / 1000.0;
  result.water_m3 = (mean.air.water_m3_per_s + mean.liquid.water_m3_per_s) * hours_of_year * seconds_of_hour;
  result.heat_to_air_w = mean.to_air_w;
  result.heat_to_liquid_w = mean.to_liquid_w;
  result.chiller_share_air = air.chiller_share;
  result.chiller_share_liquid = liquid.chiller_share;
  result.warmest_hour_w = warmest.total();
  result.provisioned_it_w = full.it_w;
  result.provisioned_w = full.total();
  result.typical_in_provisioned_w = provisioned.typical_instead;
  return result;
}

double power_of(const HallResult& result, Cause cause) {
  double watts = 0.0;
  for (const HallItem& item : result.items)
    if (item.cause == cause) watts += item.power_w;
  return watts;
}

}  // namespace waverack::cluster
