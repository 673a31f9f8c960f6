#include "waverack/module/package_result.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

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

// The site of the part that makes light out of voltages; nullptr where it has none.
const SiteHeat* modulator_site(const link::Lane& lane, const PackageHeat& heat) {
  for (const parts::Instance& instance : lane.chain)
    if (parts::output_domain(instance.part) == parts::Domain::field) return site_of(heat, instance.name);
  return nullptr;
}

Crosstalk crosstalk_of(const PackageHeat& heat, const SiteHeat& site) {
  std::vector<std::size_t> blocks(site.temperature.size());
  std::iota(blocks.begin(), blocks.end(), site.first_block);
  thermal::HeatProblem problem = thermal::make_problem(heat.stack);
  // Fresh, it has the conductivities and coolants of no power at all.
  thermal::update_problem(problem, heat.steady.field.temperature);
  return {site.block, static_cast<int>(blocks.size()), thermal::rise_per_watt(problem, blocks)};
}

}  // namespace

PackageResult study_package(const Module& module, const link::Lane& lane, int threads) {
  PackageResult result;
  result.heat = solve_package(module, lane, *module.package.stack.value);
  result.lanes = solve_lanes(module, lane, result.heat, threads);
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
    CoolingResult& cooling =
        result.others.emplace_back(summarise(other.name, heat, solve_lanes(module, lane, heat, threads)));
    cooling.limits = coolant_limits(module, lane, *other.stack.value, heat, cooling.worst_lane, threads);
    for (const Warning& warning : heat.warnings)
      result.heat.warnings.push_back({"module.package.other_cooling." + other.name, warning.message});
  }
  if (const SiteHeat* site = modulator_site(lane, result.heat); site && site->temperature.size() > 1)
    result.crosstalk = crosstalk_of(result.heat, *site);
  result.cooling.limits = coolant_limits(module, lane, *module.package.stack.value, result.heat,
                                         result.cooling.worst_lane, threads);
}

}  // namespace waverack::module
