#include "waverack/module/package_heat.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <stdexcept>

#include "waverack/base/text.hpp"
#include "waverack/link/plan.hpp"
#include "waverack/parts/light.hpp"
#include "waverack/thermal/linear_solver.hpp"

namespace waverack::module {
namespace {

constexpr int most_rounds = 30;
constexpr double settled_change = 1e-3;  // [K]

constexpr std::string_view control = "control", conversion_loss = "conversion_loss";

bool is_light(const link::Lane& lane, std::string_view name) {
  return std::any_of(lane.light.begin(), lane.light.end(),
                     [&](const parts::Instance& instance) { return instance.name == name; });
}

std::vector<std::string> heat_names(const link::Lane& lane) {
  std::vector<std::string> names;
  for (const auto* list : {&lane.chain, &lane.light})
    for (const parts::Instance& instance : *list) names.push_back(instance.name);
  names.emplace_back(control);
  names.emplace_back(conversion_loss);
  return names;
}

[[noreturn]] void refuse(const Site& site, std::string_view key, std::string message,
                         const std::vector<std::string>& names, const std::string& given) {
  throw Error(ErrorInfo{{},
                        fmt::format("module.package.site.{}{}", site.block, key),
                        std::move(message),
                        fmt::format("{}", fmt::join(names, ", ")),
                        nearest_name(given, names)});
}

// Lanes that share a piece of a site: those of one laser, and all where it is one piece.
int lanes_of_piece(const Site& site, const Module& module, const link::Lane& lane) {
  if (site.lanes == Sharing::together) return module.lanes;
  const bool laser = std::any_of(site.parts.begin(), site.parts.end(),
                                 [&](const std::string& name) { return is_light(lane, name); });
  return laser ? parts::lanes_per_laser(lane.light) : 1;
}

// The pieces of a block, in the stack in place of it.
std::vector<thermal::Block> cut(const thermal::Block& block, const thermal::Stack& stack, Sharing sharing,
                                int pieces) {
  thermal::Block whole = block;
  const thermal::Layer& layer =
      stack.layers[thermal::layer_index(stack, block.layer, "blocks." + block.name + ".layer")];
  const double layer_width = layer.width > 0.0 ? layer.width : stack.width;
  const double layer_length = layer.length > 0.0 ? layer.length : stack.length;
  if (whole.width == 0.0) whole.width = layer_width - whole.x;
  if (whole.length == 0.0) whole.length = layer_length - whole.y;
  std::vector<thermal::Block> list;
  for (int i = 0; i < pieces; ++i) {
    thermal::Block piece = whole;
    if (pieces > 1) piece.name = fmt::format("{}[{}]", block.name, i + 1);
    if (sharing == Sharing::along_x) {
      piece.width = whole.width / pieces;
      piece.x = whole.x + i * piece.width;
    } else if (sharing == Sharing::along_y) {
      piece.length = whole.length / pieces;
      piece.y = whole.y + i * piece.length;
    }
    list.push_back(std::move(piece));
  }
  return list;
}

bool takes(const SiteHeat& site, std::string_view part) {
  return std::find(site.parts.begin(), site.parts.end(), part) != site.parts.end();
}

class Coupling {
 public:
  Coupling(const Module& module, const link::Lane& lane, const thermal::Stack& stack)
      : module_(module), lane_(lane) {
    check_sites(stack);
    result_.stack = stack;
    result_.stack.blocks.clear();
    for (const Site& site : module.package.sites) {
      const int shared = lanes_of_piece(site, module, lane);
      SiteHeat heat{site.block, site.parts, shared, 0, {}, {}};
      const auto pieces = static_cast<std::size_t>((module.lanes + shared - 1) / shared);
      heat.watts.assign(pieces, 0.0);
      heat.temperature.assign(pieces, lane.temperature);
      result_.sites.push_back(std::move(heat));
    }
    for (const thermal::Block& block : stack.blocks) {
      std::size_t s = 0;
      while (s < result_.sites.size() && result_.sites[s].block != block.name) ++s;
      if (s == result_.sites.size()) {
        result_.stack.blocks.push_back(block);
        continue;
      }
      result_.sites[s].first_block = result_.stack.blocks.size();
      for (thermal::Block& piece :
           cut(block, stack, module.package.sites[s].lanes, static_cast<int>(result_.sites[s].watts.size())))
        result_.stack.blocks.push_back(std::move(piece));
    }
  }

  PackageHeat solve(double coarser) {
    thermal::SteadySolver solver(result_.stack, {}, {.cells_in_plane = coarser});
    result_.last_change = settled_change;
    while (result_.last_change >= settled_change && result_.rounds < most_rounds) {
      find_watts();
      result_.steady = solver.solve(powers());
      result_.last_change = take_temperatures();
      ++result_.rounds;
    }
    if (result_.last_change >= settled_change)
      result_.warnings.push_back(
          {"module.package",
           fmt::format("watts and temperatures are not settled after {} rounds: they still move by {:.3g} K",
                       most_rounds, result_.last_change)});
    const std::vector<double> watts = powers();
    for (std::size_t b = 0; b < watts.size(); ++b) result_.stack.blocks[b].power = watts[b];
    result_.heat = result_.steady.power;
    result_.warnings.insert(result_.warnings.end(), result_.steady.warnings.begin(),
                            result_.steady.warnings.end());
    return std::move(result_);
  }

 private:
  void check_sites(const thermal::Stack& stack) {
    std::vector<std::string> blocks;
    for (const thermal::Block& block : stack.blocks) blocks.push_back(block.name);
    const std::vector<std::string> names = heat_names(lane_);
    std::set<std::string> placed, used;
    for (const Site& site : module_.package.sites) {
      if (std::find(blocks.begin(), blocks.end(), site.block) == blocks.end())
        refuse(site, "", fmt::format("the stack has no block '{}'", site.block), blocks, site.block);
      if (!used.insert(site.block).second)
        refuse(site, "", fmt::format("there are two sites on '{}'", site.block), blocks, "");
      for (const std::string& part : site.parts) {
        if (std::find(names.begin(), names.end(), part) == names.end())
          refuse(site, ".parts", fmt::format("the lane has no part '{}'", part), names, part);
        if (!placed.insert(part).second)
          refuse(site, ".parts", fmt::format("'{}' is at another site too", part), names, "");
      }
    }
    const auto lost = [&](const std::string& name, double watts) {
      if (watts > 0.0 && !placed.contains(name))
        result_.warnings.push_back(
            {"module.package",
             fmt::format("the heat of {} is nowhere in the package: no site names it", name)});
    };
    const parts::Conditions conditions = link::conditions_of(lane_);
    for (const parts::Instance& instance : lane_.chain)
      if (instance.place == parts::Place::module)
        lost(instance.name, parts::power_of(instance.part, parts::conditions_of(instance, conditions)));
    if (!lane_.light.empty() && lane_.light.front().place == parts::Place::module)
      lost(lane_.light.front().name, 1.0);
    lost(std::string(control), module_.control_power);
    lost(std::string(conversion_loss), 1.0 - module_.conversion_efficiency);
  }

  // Watts of every piece at its present temperature.
  void find_watts() {
    double inside = module_.control_power;  // of the module's own converters
    for (SiteHeat& site : result_.sites) std::fill(site.watts.begin(), site.watts.end(), 0.0);
    for (int i = 0; i < module_.lanes; ++i) {
      const link::Lane here = lane_at(lane_, module_, result_, i);
      const parts::Conditions conditions = link::conditions_of(here);
      for (const parts::Instance& instance : here.chain) {
        const double watts = parts::power_of(instance.part, parts::conditions_of(instance, conditions));
        if (instance.place == parts::Place::module) inside += watts;
        give(instance.name, i, watts);
      }
      const int shared = parts::lanes_per_laser(here.light);
      if (here.light.empty() || i % shared != 0) continue;
      const parts::Instance& laser = here.light.front();
      const double watts = parts::power_of(laser.part, parts::conditions_of(laser, conditions));
      if (laser.place == parts::Place::module) inside += watts;
      give(laser.name, i, watts);
    }
    give(control, 0, module_.control_power);
    give(conversion_loss, 0, inside * conversion_loss_ratio(module_.conversion_efficiency));
  }

  void give(std::string_view part, int lane, double watts) {
    for (SiteHeat& site : result_.sites) {
      if (!takes(site, part)) continue;
      if (part == control || part == conversion_loss)
        for (double& piece : site.watts) piece += watts / static_cast<double>(site.watts.size());
      else
        site.watts[piece_of(site, lane)] += watts;
    }
  }

  std::vector<double> powers() const {
    std::vector<double> list;
    for (const thermal::Block& block : result_.stack.blocks) list.push_back(block.power);
    for (const SiteHeat& site : result_.sites)
      std::copy(site.watts.begin(), site.watts.end(),
                list.begin() + static_cast<std::ptrdiff_t>(site.first_block));
    return list;
  }

  // The largest change [K].
  double take_temperatures() {
    double change = 0.0;
    for (SiteHeat& site : result_.sites)
      for (std::size_t i = 0; i < site.temperature.size(); ++i) {
        const double now = result_.steady.blocks[site.first_block + i].mean;
        change = std::max(change, std::abs(now - site.temperature[i]));
        site.temperature[i] = now;
      }
    return change;
  }

  const Module& module_;
  const link::Lane& lane_;
  PackageHeat result_;
};

}  // namespace

Extent extent_of(const std::vector<double>& values) {
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  return {*least, sum / static_cast<double>(values.size()), *most};
}

const SiteHeat* site_of(const PackageHeat& heat, std::string_view part) {
  for (const SiteHeat& site : heat.sites)
    if (takes(site, part)) return &site;
  return nullptr;
}

std::size_t piece_of(const SiteHeat& site, int lane) {
  return static_cast<std::size_t>(lane / site.lanes_of_piece);
}

std::map<std::string, double> mean_temperatures(const link::Lane& lane, const PackageHeat& heat) {
  std::map<std::string, double> kelvin;
  const auto add = [&](const std::string& list, const parts::Instance& instance) {
    if (const SiteHeat* site = site_of(heat, instance.name); site && !instance.temperature)
      kelvin[list + instance.name] = extent_of(site->temperature).mean;
  };
  for (const parts::Instance& instance : lane.chain) add("lane.chain.", instance);
  for (const parts::Instance& instance : lane.light) add("lane.light.", instance);
  return kelvin;
}

bool has_package(const Module& module) {
  return module.package.stack.value && thermal::heat_solver_available();
}

PackageHeat solve_package(const Module& module, const link::Lane& lane, const thermal::Stack& stack,
                          double coarser) {
  return Coupling(module, lane, stack).solve(coarser);
}

link::Lane lane_at(const link::Lane& lane, const Module& module, const PackageHeat& heat, int index) {
  if (index < 0 || index >= module.lanes) throw std::logic_error("the module has no such lane");
  link::Lane here = lane;
  for (auto* list : {&here.chain, &here.light})
    for (parts::Instance& instance : *list)
      if (const SiteHeat* site = site_of(heat, instance.name); site && !instance.temperature)
        instance.temperature = site->temperature[piece_of(*site, index)];
  return here;
}

}  // namespace waverack::module
