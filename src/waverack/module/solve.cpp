// The watts of a module under the four boundaries.

#include <fmt/format.h>

#include <map>
#include <optional>

#include "waverack/link/coherent_lane.hpp"
#include "waverack/link/plan.hpp"
#include "waverack/module/density.hpp"
#include "waverack/module/laser_supply.hpp"
#include "waverack/module/module.hpp"
#include "waverack/module/package_heat.hpp"
#include "waverack/parts/light.hpp"
#include "waverack/signal/pam.hpp"

namespace waverack::module {
namespace {

class PowerTable {
 public:
  PowerTable(const Module& module, const Provenance& provenance) : module_(module), provenance_(provenance) {}

  // One line; what stands behind the number is that of the value at `path`, or `kind` and `source` where
  // there is none.
  void add(std::string name, std::string label, Meter meter, int count, double unit_w,
           const std::string& path, Kind kind = Kind::derived, std::string source = {}) {
    if (unit_w == 0.0) return;
    PowerItem item{std::move(name), std::move(label), meter, count,
                   unit_w,          count * unit_w,   kind,  std::move(source)};
    if (const auto origin = provenance_.find(path); origin != provenance_.end()) {
      item.kind = origin->second.kind;
      item.source = origin->second.source;
    }
    items_.push_back(std::move(item));
  }

  // A part of the chain by its index, with the mean of its watts over `lanes`.
  void add_part(const std::vector<link::Lane>& lanes, const std::vector<parts::Conditions>& conditions,
                std::size_t index) {
    const parts::Instance& instance = lanes.front().chain[index];
    const Meter meter = instance.place == parts::Place::host ? Meter::host : Meter::module;
    const std::string path = "lane.chain." + instance.name;
    if (const auto* retimer = parts::as<parts::Retimer>(instance)) {
      add(path + ".input", instance.name + ", receiving half", meter, module_.lanes, retimer->input.power,
          path + ".input.power");
      add(path + ".output", instance.name + ", sending half", meter, module_.lanes, retimer->output.power,
          path + ".output.power");
      return;
    }
    double watts = 0.0;
    for (std::size_t i = 0; i < lanes.size(); ++i)
      watts += parts::power_of(lanes[i].chain[index].part,
                               parts::conditions_of(lanes[i].chain[index], conditions[i])) /
               static_cast<double>(lanes.size());
    if (parts::as<parts::MicroRing>(instance))
      return add(path, instance.name + ", heater", meter, module_.lanes, watts, path + ".heater_share");
    const bool heater = parts::as<parts::MachZehnder>(instance) || parts::as<parts::LithiumNiobate>(instance);
    add(path, heater ? instance.name + ", bias" : instance.name, meter, module_.lanes, watts,
        path + (heater ? ".bias_power" : ".power"));
  }

  double sum(Meter meter) const {
    double watts = 0.0;
    for (const PowerItem& item : items_)
      if (item.meter == meter) watts += item.total_w;
    return watts;
  }
  std::vector<PowerItem> take() { return std::move(items_); }

 private:
  const Module& module_;
  const Provenance& provenance_;
  std::vector<PowerItem> items_;
};

Boundaries per_bit(const Boundaries& watts, double rate) {
  return {watts.module / rate, watts.with_laser / rate, watts.with_host / rate, watts.with_cooling / rate};
}

}  // namespace

std::string_view meter_name(Meter meter) {
  switch (meter) {
    case Meter::module:
      return "module";
    case Meter::laser:
      return "laser";
    case Meter::host:
      return "host";
    case Meter::cooling:
      return "cooling";
  }
  return "?";
}

ModuleResult solve(const Module& module, const link::Lane& lane, const link::LaneResult& lane_result,
                   const Provenance& provenance, const PackageHeat* heat) {
  // The lanes as they are: each at temperatures of its own, or one for all.
  std::vector<link::Lane> lanes{lane};
  if (heat) {
    lanes.clear();
    for (int i = 0; i < module.lanes; ++i) lanes.push_back(lane_at(lane, module, *heat, i));
  }

  ModuleResult result;
  result.mac_rate = module.lanes * module.mac_rate_per_lane;
  std::vector<parts::Conditions> conditions;
  for (const link::Lane& here : lanes) conditions.push_back(link::conditions_of(here));
  std::optional<double> around_lasers;
  if (heat && !lane.light.empty()) {
    const std::map<std::string, double> means = mean_temperatures(lane, *heat);
    if (const auto found = means.find("lane.light." + lane.light.front().name); found != means.end())
      around_lasers = found->second;
  }
  result.laser = solve_laser_supply(module, lanes.front(), lane_result, conditions.front(), around_lasers);

  PowerTable table(module, provenance);
  for (std::size_t i = 0; i < lane.chain.size(); ++i) table.add_part(lanes, conditions, i);
  if (result.laser.present) {
    const std::string path = "lane.light." + lane.light.front().name;
    const auto* diode = parts::as<parts::DiodeLaser>(lane.light.front());
    const Meter meter = result.laser.external ? Meter::laser : Meter::module;
    const LaserWatts& watts = result.laser.watts;
    table.add(path, lane.light.front().name, meter, result.laser.lasers, watts.laser + watts.control,
              path + (diode ? ".slope_efficiency" : ".wall_plug_efficiency"),
              diode && diode->liv_file ? Kind::measured : Kind::derived,
              diode ? diode->liv_file.file : std::string());
    table.add(path + ".cooler", lane.light.front().name + ", cooler", meter, result.laser.lasers,
              watts.cooler, path + ".cooler.share_of_best");
  }
  table.add("module.control", "control and monitoring", Meter::module, 1, module.control_power,
            "module.control_power");
  table.add("module.conversion_loss", "conversion loss", Meter::module, 1,
            table.sum(Meter::module) * conversion_loss_ratio(module.conversion_efficiency),
            "module.conversion_efficiency");
  const double drawn = table.sum(Meter::module) + table.sum(Meter::laser) + table.sum(Meter::host);
  table.add("module.cooling", "cooling", Meter::cooling, 1, drawn * module.cooling_power_ratio,
            "module.cooling_power_ratio");

  Boundaries& watts = result.power_w;
  watts.module = table.sum(Meter::module);
  watts.with_laser = watts.module + table.sum(Meter::laser);
  watts.with_host = watts.with_laser + table.sum(Meter::host);
  watts.with_cooling = watts.with_host + table.sum(Meter::cooling);
  result.energy_per_bit = per_bit(watts, result.mac_rate);
  result.items = table.take();
  result.densities = densities(module.outline, module.lanes, result.mac_rate);
  if (const double footprint = module.outline.width * module.outline.length; footprint > 0.0)
    result.heat_flux = watts.module / footprint;

  // The frame of a coherent lane says what it leaves to its client.
  const double framed = link::client_rate(lane);
  const double carried = framed > 0.0 ? framed : lane.symbol_rate * link::bits_per_symbol(lane.modulation);
  if (module.mac_rate_per_lane > carried)
    result.warnings.push_back(
        {"module.mac_rate_per_lane",
         fmt::format("a lane carries {:.4g} Gb/s {}, less than the {:.4g} Gb/s stated", carried * 1e-9,
                     framed > 0.0 ? "in its frames" : "on its line", module.mac_rate_per_lane * 1e-9)});
  if (result.laser.margin_db < 0.0)
    result.warnings.push_back(
        {"module.laser",
         fmt::format("each laser gives {:.1f} dBm but the lane needs {:.1f} dBm with its head room",
                     result.laser.power_dbm, result.laser.power_needed_dbm)});
  if (result.laser.external && result.laser.elsfp_class == "none")
    result.warnings.push_back({"module.laser", "no ELSFP class gives the laser power that the lane needs"});
  return result;
}

}  // namespace waverack::module
