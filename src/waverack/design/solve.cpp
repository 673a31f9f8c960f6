#include "waverack/design/solve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/decibel.hpp"
#include "waverack/base/parallel.hpp"
#include "waverack/design/assumptions.hpp"
#include "waverack/design/checks.hpp"
#include "waverack/design/working_temperatures.hpp"
#include "waverack/link/solve.hpp"
#include "waverack/module/redundancy.hpp"

namespace waverack {
namespace {

// "3.8e-6", and not "3.8e-06"; as io::number_text writes it in tables.
std::string ratio_text(double ratio) {
  if (ratio >= 1e-3) return fmt::format("{:.3g}", ratio);
  std::string text = fmt::format("{:.1e}", ratio);
  const std::size_t zero = text.find('e') + 2;
  if (zero < text.size() && text[zero] == '0') text.erase(zero, 1);
  return text;
}

// Why a coherent lane whose error ratio keeps its limit does not work; empty where it does.
std::string coherent_trouble(const link::CoherentResult& coherent) {
  if (const auto& simulation = coherent.simulation) {
    if (!simulation->aligned && !simulation->interrupted)
      return ": its simulated receiver does not find the frame;";
    if (simulation->decoded_errors > 0) return ": its decoder leaves errors;";
  }
  if (!(coherent.closure.margin_db >= 0.0)) return " by the closed form, which has no margin;";
  return "";
}

std::string summarise(const Result& result) {
  const link::LaneResult& lane = result.lane;
  const double limit = result.design.lane.ber_limit;
  const bool collapsed = lane.feedback.ratio() > 1.0;
  const bool lane_fails = collapsed || !(lane.ber_pre_fec <= limit);
  const std::string trouble = lane_fails || !lane.coherent ? "" : coherent_trouble(*lane.coherent);
  const auto missed = std::count_if(result.checks.begin(), result.checks.end(),
                                    [](const Check& check) { return check.verdict == Verdict::fail; });
  std::string text = lane_fails || !trouble.empty() ? "The lane does not work" + trouble
                     : missed == 1                  ? std::string("A limit of the design is missed")
                     : missed > 1 ? fmt::format("{} limits of the design are missed", missed)
                                  : std::string("The lane works");
  if (collapsed)
    text +=
        fmt::format(": reflections are {:.1f} dB above what its laser bears", to_db(lane.feedback.ratio()));
  text += fmt::format("{} BER {} before FEC against a limit of {}",
                      collapsed         ? ";"
                      : trouble.empty() ? ":"
                                        : "",
                      ratio_text(lane.ber_pre_fec), ratio_text(limit));
  if (lane.coherent && lane.coherent->fec_mode == "decoded" && !lane.coherent->error_free)
    text += fmt::format(", {} behind it", ratio_text(lane.coherent->post_fec_ber));
  if (std::isfinite(lane.margin_db))
    text += fmt::format(", {:.1f} dB of {}margin", lane.margin_db,
                        lane.coherent  ? "SNR "
                        : lane.optical ? "optical "
                                       : "");
  text += fmt::format(". The module draws {:.1f} W{}, {:.1f} pJ/bit.", result.module.power_w.with_laser,
                      result.module.laser.present ? " with its lasers" : "",
                      result.module.energy_per_bit.with_laser * 1e12);
  const cluster::ClusterResult& cluster = result.cluster;
  text +=
      fmt::format(" {} endpoints draw {:.2f} MW of IT power at PUE {:.3f}",
                  static_cast<long long>(cluster.gpus.value), cluster.it_w.value * 1e-6, cluster.pue.value);
  for (const cluster::Saving& saving : cluster.savings)
    if (saving.boundary == "facility" && cluster.comparison.size() > 1)
      text += fmt::format(", {:.1f} % {} than with {}", 100.0 * std::abs(saving.saving),
                          saving.saving >= 0.0 ? "less at the meter" : "more at the meter",
                          cluster.comparison[1].name);
  return text + ".";
}

// The module, and a switch full of it.
module::ModuleResult solve_module(const LoadedDesign& loaded, const link::LaneResult& lane,
                                  const module::PackageHeat* heat) {
  const Design& design = loaded.design;
  std::optional<module::PackageHeat> coarse;
  if (!heat) coarse = coarse_heat(design);
  module::ModuleResult result =
      module::solve(design.module, design.lane, lane, loaded.provenance, coarse ? &*coarse : heat);
  if (result.laser.present)
    result.laser.of_switch =
        module::solve_switch_supply(result, design.cluster.switch_radix * design.cluster.gpu_bandwidth);
  return result;
}

link::LaneResult solve_lane(const link::Lane& lane, const Options& options) {
  link::SolveOptions lane_options;
  lane_options.threads = options.threads;
  lane_options.penalties = options.penalties;
  lane_options.seed = static_cast<std::uint64_t>(options.seed);
  lane_options.count = options.count;
  if (lane_options.count) lane_options.count->seed = static_cast<std::uint64_t>(options.seed);
  lane_options.weigh = options.weigh;
  if (lane_options.weigh) lane_options.weigh->seed = static_cast<std::uint64_t>(options.seed);
  lane_options.charts = options.charts;
  return link::solve(lane, lane_options);
}

Result solve_all(const LoadedDesign& loaded, const Options& options, const cluster::Baseline* baseline) {
  require_known_limits(loaded);
  const Design& design = loaded.design;
  if (!module::has_package(design.module))
    return complete(loaded, options, solve_lane(design.lane, options), baseline);
  module::PackageResult package = module::study_package(design.module, design.lane, options.threads);
  const link::Lane worst =
      module::lane_at(design.lane, design.module, package.heat, package.cooling.worst_lane);
  link::LaneResult lane;
  // The heat solver runs on one core: beside the lane, whose tasks leave cores idle.
  parallel_for(options.package_consequences ? 2 : 1, options.threads, [&](int i) {
    if (i == 0)
      lane = solve_lane(worst, options);
    else
      module::add_consequences(design.module, design.lane, options.threads, package);
  });
  return complete(loaded, options, std::move(lane), baseline, std::move(package));
}

}  // namespace

cluster::Baseline baseline_of(const LoadedDesign& loaded) {
  const Design& design = loaded.design;
  return {design.title, solve_module(loaded, {}, nullptr), design.cluster.network_liquid_share};
}

Result complete(const LoadedDesign& loaded, const Options& options, link::LaneResult lane,
                const cluster::Baseline* baseline, std::optional<module::PackageResult> package) {
  Result result;
  result.seed = options.seed;
  result.design = loaded.design;
  result.lane = std::move(lane);
  result.module = solve_module(loaded, result.lane, package ? &package->heat : nullptr);
  result.package = std::move(package);
  result.cluster = cluster::solve(loaded.design.cluster, loaded.design.title, result.module, baseline);
  result.checks = check_limits(result, loaded.provenance);
  result.published = beside_published(result, loaded.provenance);
  result.assumptions = assumptions_of(loaded.provenance);
  std::erase_if(result.assumptions,
                [](const Assumption& item) { return item.path.starts_with("module.calibration."); });
  if (!result.module.laser.present)
    std::erase_if(result.assumptions, [](const Assumption& item) {
      return item.path == "module.laser_head_room" || item.path.starts_with("module.light.");
    });
  result.warnings = loaded.warnings;
  if (loaded.design.module.package.stack.value && !module::has_package(loaded.design.module))
    result.warnings.push_back({"module.package",
                               "this waverack was built without its heat solver: every part has the "
                               "temperature of the lane"});
  if (result.package)
    result.warnings.insert(result.warnings.end(), result.package->heat.warnings.begin(),
                           result.package->heat.warnings.end());
  for (const auto* list : {&result.lane.warnings, &result.module.warnings, &result.cluster.warnings})
    result.warnings.insert(result.warnings.end(), list->begin(), list->end());
  result.summary = summarise(result);
  return result;
}

Result solve(const LoadedDesign& loaded, const Options& options) {
  return solve_all(loaded, options, nullptr);
}

Result solve(const LoadedDesign& loaded, const Options& options, const cluster::Baseline& baseline) {
  return solve_all(loaded, options, &baseline);
}

}  // namespace waverack
