#include "waverack/module/package_lanes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "waverack/base/parallel.hpp"
#include "waverack/link/lane_pattern.hpp"
#include "waverack/link/plan.hpp"
#include "waverack/link/solve.hpp"

namespace waverack::module {
namespace {

constexpr int samples_per_symbol = 8;
constexpr double same_temperature = 1e-3;  // [K]
constexpr int neighbours = 4;              // solved one after the other; few, so that all threads have work

link::Lane quick(link::Lane lane) {
  lane.pattern = link::short_pattern(lane.pattern);
  lane.samples_per_symbol = std::min(lane.samples_per_symbol, samples_per_symbol);
  return lane;
}

}  // namespace

LaneState solve_lane(const link::Lane& design, const Module& module, const PackageHeat& heat, int index,
                     double margin_guess_db) {
  LaneState state;
  state.lane = index;
  for (const SiteHeat& site : heat.sites)
    state.temperature.push_back(site.temperature[piece_of(site, index)]);
  const link::Lane lane = quick(lane_at(design, module, heat, index));
  const parts::Conditions conditions = link::conditions_of(lane);
  state.wavelength = conditions.light.wavelength;
  for (const parts::Instance& instance : lane.chain)
    if (parts::as<parts::MicroRing>(instance) || parts::as<parts::MachZehnder>(instance))
      state.heater_power += parts::power_of(instance.part, parts::conditions_of(instance, conditions));
  const link::LaneResult result = link::solve(lane, {.threads = 1,
                                                     .penalties = false,
                                                     .charts = false,
                                                     .floor = false,
                                                     .margin_guess_db = margin_guess_db});
  state.ber_pre_fec = result.ber_pre_fec;
  state.margin_db = result.margin_db;
  return state;
}

double excess_over_limit(const link::Lane& design, const Module& module, const std::vector<SiteHeat>& sites,
                         int index) {
  constexpr double least = -300.0;
  PackageHeat heat;
  heat.sites = sites;
  try {
    const link::Lane lane = quick(lane_at(design, module, heat, index));
    const double ratio =
        link::solve(lane, {.threads = 1, .penalties = false, .charts = false, .margins = false}).ber_pre_fec /
        lane.ber_limit;
    if (std::isnan(ratio)) return std::numeric_limits<double>::infinity();
    return ratio > 0.0 ? std::max(std::log10(ratio), least) : least;
  } catch (const Error&) {
    return std::numeric_limits<double>::infinity();
  }
}

std::vector<int> equally_warm_lanes(const Module& module, const std::vector<SiteHeat>& sites) {
  const auto equally_warm = [&](int a, int b) {
    return std::all_of(sites.begin(), sites.end(), [&](const SiteHeat& site) {
      return std::abs(site.temperature[piece_of(site, a)] - site.temperature[piece_of(site, b)]) <=
             same_temperature;
    });
  };
  std::vector<int> like;
  for (int i = 0; i < module.lanes; ++i) {
    int same = 0;
    while (same < i && !equally_warm(same, i)) ++same;
    like.push_back(same == i ? i : like[static_cast<std::size_t>(same)]);
  }
  return like;
}

std::vector<LaneState> solve_lanes(const Module& module, const link::Lane& lane, const PackageHeat& heat,
                                   int threads) {
  const std::vector<int> like = equally_warm_lanes(module, heat.sites);
  std::vector<int> own;
  for (int i = 0; i < module.lanes; ++i)
    if (like[static_cast<std::size_t>(i)] == i) own.push_back(i);
  std::vector<LaneState> states(like.size());
  states[0] = solve_lane(lane, module, heat, 0);
  // A search for the margin begins at that of the lane before: neighbours are so alike that it ends there.
  const int followers = static_cast<int>(own.size()) - 1;
  parallel_for((followers + neighbours - 1) / neighbours, threads, [&](int group) {
    const LaneState* before = &states[0];
    for (int i = group * neighbours; i < std::min(followers, (group + 1) * neighbours); ++i) {
      const int index = own[static_cast<std::size_t>(i) + 1];
      LaneState& state = states[static_cast<std::size_t>(index)];
      state =
          solve_lane(lane, module, heat, index, std::isfinite(before->margin_db) ? before->margin_db : 0.0);
      before = &state;
    }
  });
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (like[i] == static_cast<int>(i)) continue;
    states[i] = states[static_cast<std::size_t>(like[i])];
    states[i].lane = static_cast<int>(i);
  }
  return states;
}

const LaneState& worst_lane(const std::vector<LaneState>& states) {
  return *std::min_element(states.begin(), states.end(), [](const LaneState& a, const LaneState& b) {
    return std::isnan(a.margin_db) ? !std::isnan(b.margin_db) : a.margin_db < b.margin_db;
  });
}

}  // namespace waverack::module
