#include "waverack/io/package_charts.hpp"

#include <set>

#include "waverack/base/physical_constants.hpp"

namespace waverack::io {

std::vector<link::Curve> package_curves(const module::PackageResult& package) {
  link::Column number{"lane", "1", {}}, margin{"margin", "dB", {}};
  for (const module::LaneState& lane : package.lanes) {
    number.values.push_back(lane.lane + 1.0);
    margin.values.push_back(lane.margin_db);
  }
  link::Curve temperatures{"package.temperature", "Temperature of the parts of each lane", {number}};
  for (std::size_t s = 0; s < package.heat.sites.size(); ++s) {
    const module::SiteHeat& site = package.heat.sites[s];
    if (site.temperature.size() < 2) continue;
    link::Column column{site.block, "degC", {}};
    for (const module::LaneState& lane : package.lanes)
      column.values.push_back(to_celsius(lane.temperature[s]));
    temperatures.columns.push_back(std::move(column));
  }
  std::vector<link::Curve> curves;
  if (temperatures.columns.size() > 1) curves.push_back(std::move(temperatures));
  if (package.lanes.size() > 1)
    curves.push_back({"package.margin", "Margin of each lane", {std::move(number), std::move(margin)}});
  return curves;
}

std::vector<HeatMap> package_maps(const module::PackageResult& package, const thermal::Stack& stack) {
  std::set<std::string> wanted;  // layers
  for (const module::SiteHeat& site : package.heat.sites)
    for (const thermal::Block& block : stack.blocks)
      if (block.name == site.block) wanted.insert(block.layer);
  const thermal::Placement placement = thermal::place(stack);
  const thermal::Field& field = package.heat.steady.field;
  std::vector<HeatMap> all = layer_maps(stack, placement, field), maps;
  for (std::size_t n = 0; n < stack.layers.size(); ++n)
    if (wanted.contains(stack.layers[n].name)) maps.push_back(std::move(all[n]));
  for (HeatMap& map : section_maps(stack, placement, field)) maps.push_back(std::move(map));
  return maps;
}

}  // namespace waverack::io
