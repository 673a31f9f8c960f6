#include "waverack/module/package_result.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/link/plan.hpp"
#include "waverack/module/coolant_limits.hpp"
#include "waverack/thermal/grid_error.hpp"
#include "waverack/thermal/influence.hpp"

namespace waverack::module {
namespace {

CoolingResult summarise(std::string name, const PackageHeat& heat, const std::vector<LaneState>& lanes) {
  CoolingResult result;
  result.name = std::move(name);
  for (const thermal::LayerTemperature& layer : heat.steady.layers)
    result.hottest = std::max(result.hottest, layer.max);
  result.coolest_piece = std::numeric_limits<double>::infinity();
  for (const SiteHeat& site : heat.sites)
    for (const double t : site.temperature) {
      result.coolest_piece = std::min(result.coolest_piece, t);
      result.hottest_piece = std::max(result.hottest_piece, t);
    }
  const LaneState& worst = worst_lane(lanes);
  result.worst_lane = worst.lane;
  result.worst_margin_db = worst.margin_db;
  result.worst_ber = worst.ber_pre_fec;
  return result;
}

// The site of the parts that make light out of voltages, if it is cut.
std::optional<std::size_t> modulator_site(const link::Lane& lane, const PackageHeat& heat) {
  for (const parts::Instance& instance : lane.chain) {
    if (parts::output_domain(instance.part) != parts::Domain::field) continue;
    for (std::size_t s = 0; s < heat.sites.size(); ++s) {
      const std::vector<std::string>& names = heat.sites[s].parts;
      if (std::find(names.begin(), names.end(), instance.name) != names.end())
        return heat.sites[s].temperature.size() > 1 ? std::optional(s) : std::nullopt;
    }
    return std::nullopt;
  }
  return std::nullopt;
}

Crosstalk crosstalk_of(const PackageHeat& heat, std::size_t s) {
  const SiteHeat& site = heat.sites[s];
  Crosstalk result{site.block, static_cast<int>(site.temperature.size()), {}};
  std::vector<std::size_t> blocks;
  for (std::size_t b = 0; b < heat.stack.blocks.size(); ++b)
    if (heat.stack.blocks[b].name.starts_with(site.block + "[")) blocks.push_back(b);
  thermal::SteadySolver solver(heat.stack);
  result.kelvin_per_watt = thermal::rise_per_watt(solver, blocks);
  return result;
}

}  // namespace

PackageResult study_package(const Module& module, const link::Lane& lane, int threads) {
  PackageResult result;
  result.heat = solve_package(module, lane, *module.package.stack.value);
  result.lanes = solve_lanes(module, lane, result.heat, threads);
  result.worst = worst_lane(result.lanes).lane;
  result.cooling = summarise("", result.heat, result.lanes);
  return result;
}

void add_consequences(const Module& module, const link::Lane& lane, int threads, PackageResult& result) {
  std::vector<double> watts;
  for (const thermal::Block& block : result.heat.stack.blocks) watts.push_back(block.power);
  result.grid_error = thermal::estimate_grid_error(result.heat.stack, watts, result.heat.steady).total();
  for (const OtherCooling& other : module.package.other_cooling) {
    if (!other.stack.value) continue;
    const PackageHeat heat = solve_package(module, lane, *other.stack.value);
    result.others.push_back(summarise(other.name, heat, solve_lanes(module, lane, heat, threads)));
    for (const Warning& warning : heat.warnings)
      result.heat.warnings.push_back({"module.package.other_cooling." + other.name, warning.message});
  }
  if (const auto site = modulator_site(lane, result.heat))
    result.crosstalk = crosstalk_of(result.heat, *site);
  result.limits = coolant_limits(module, lane, result);
}

}  // namespace waverack::module
