#include "waverack/design/working_temperatures.hpp"

namespace waverack {
namespace {

constexpr double coarse_cells = 4.0;

double sum_at(const module::PackageHeat& heat, int lane) {
  double sum = 0.0;
  for (const module::SiteHeat& site : heat.sites) sum += site.temperature[module::piece_of(site, lane)];
  return sum;
}

}  // namespace

std::optional<module::PackageHeat> coarse_heat(const Design& design) {
  if (!module::has_package(design.module)) return std::nullopt;
  return module::solve_package(design.module, design.lane, *design.module.package.stack.value, coarse_cells);
}

std::vector<PartTemperature> working_temperatures(const Design& design) {
  std::vector<PartTemperature> list;
  const std::optional<module::PackageHeat> found = coarse_heat(design);
  if (!found) return list;
  const module::PackageHeat& heat = *found;
  int warmest = 0;
  for (int lane = 1; lane < design.module.lanes; ++lane)
    if (sum_at(heat, lane) > sum_at(heat, warmest)) warmest = lane;
  for (const module::SiteHeat& site : heat.sites)
    for (const std::string& part : site.parts)
      list.push_back({part, site.temperature[module::piece_of(site, warmest)]});
  return list;
}

std::map<std::string, double> mean_temperatures(const Design& design) {
  const std::optional<module::PackageHeat> found = coarse_heat(design);
  if (!found) return {};
  return module::mean_temperatures(design.lane, *found);
}

void set_temperatures(link::Lane& lane, const std::vector<PartTemperature>& temperatures) {
  for (auto* parts : {&lane.chain, &lane.light})
    for (parts::Instance& instance : *parts)
      for (const PartTemperature& item : temperatures)
        if (item.part == instance.name && !instance.temperature) instance.temperature = item.temperature;
}

}  // namespace waverack
