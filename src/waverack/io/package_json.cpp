#include <algorithm>
#include <numeric>

#include "waverack/base/physical_constants.hpp"
#include "waverack/io/result_json.hpp"

namespace waverack::io {
namespace {

std::vector<double> all_to_celsius(std::vector<double> kelvins) {
  for (double& t : kelvins) t = to_celsius(t);
  return kelvins;
}

std::string_view end_name(module::CoolantEnd end) {
  switch (end) {
    case module::CoolantEnd::lane:
      return "lane";
    case module::CoolantEnd::boiling:
      return "boiling";
    case module::CoolantEnd::parts:
      return "parts";
    case module::CoolantEnd::nothing:
      break;
  }
  return "nothing";
}

void write_limits(JsonWriter& json, const std::optional<module::CoolantLimits>& limits) {
  if (!limits) return;
  json.object("coolant_limits", [&] {
    json.member("of", limits->flows ? "coolants" : "faces");
    json.member("highest_inlet_c", to_celsius(limits->highest_inlet));
    json.member("inlet_set_by", end_name(limits->inlet_end));
    if (limits->inlet_lane >= 0) json.member("inlet_lane", limits->inlet_lane + 1);
    json.member("least_share", limits->least_share);
    json.member("least_flow_ml_per_min", limits->least_flow * 6e7);
    json.member("flow_set_by", end_name(limits->flow_end));
    if (limits->flow_lane >= 0) json.member("flow_lane", limits->flow_lane + 1);
  });
}

void write_cooling(JsonWriter& json, const module::CoolingResult& cooling) {
  json.member("hottest_c", to_celsius(cooling.hottest));
  json.member("coolest_piece_c", to_celsius(cooling.coolest_piece));
  json.member("hottest_piece_c", to_celsius(cooling.hottest_piece));
  json.member("worst_lane", cooling.worst_lane + 1);
  json.member("worst_margin_db", cooling.worst_margin_db);
  json.member("worst_ber", cooling.worst_ber);
}

}  // namespace

void write_temperatures(JsonWriter& json, const module::PackageHeat& heat) {
  json.object("temperatures_c", [&] {
    for (const module::SiteHeat& site : heat.sites) {
      const module::Extent extent = module::extent_of(site.temperature);
      json.object(site.block, [&] {
        json.member("min", to_celsius(extent.least));
        json.member("mean", to_celsius(extent.mean));
        json.member("max", to_celsius(extent.most));
      });
    }
  });
}

void write_package(JsonWriter& json, const module::PackageResult& package) {
  const module::PackageHeat& heat = package.heat;
  json.member("heat_w", heat.heat);
  json.member("rounds", heat.rounds);
  json.member("energy_balance", heat.steady.energy_balance);
  json.member("grid_error_k", package.grid_error);
  json.member("cells", heat.steady.field.grid.nodes);
  json.list("sites", heat.sites, [&](const module::SiteHeat& site) {
    json.member("block", site.block);
    json.member("parts", site.parts);
    json.member("watts", site.watts);
    json.member("temperature_c", all_to_celsius(site.temperature));
  });
  json.list("lanes", package.lanes, [&](const module::LaneState& lane) {
    json.member("lane", lane.lane + 1);
    json.member("ber_pre_fec", lane.ber_pre_fec);
    json.member("margin_db", lane.margin_db);
    json.member("heater_w", lane.heater_power);
    json.member("wavelength_nm", lane.wavelength * 1e9);
    json.member("temperature_c", all_to_celsius(lane.temperature));
  });
  json.object("cooling", [&] { write_cooling(json, package.cooling); });
  json.list("other_cooling", package.others, [&](const module::CoolingResult& other) {
    json.member("name", other.name);
    write_cooling(json, other);
    write_limits(json, other.limits);
  });
  if (package.crosstalk)
    json.object("crosstalk", [&] {
      json.member("block", package.crosstalk->block);
      json.member("pieces", package.crosstalk->pieces);
      json.member("kelvin_per_watt", package.crosstalk->kelvin_per_watt);
    });
  write_limits(json, package.cooling.limits);
}

}  // namespace waverack::io
