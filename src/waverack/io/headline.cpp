#include "waverack/io/headline.hpp"

#include <fmt/format.h>

#include <cmath>

#include "waverack/io/coherent_lines.hpp"
#include "waverack/io/number_text.hpp"

namespace waverack::io {
namespace {

// The verdict of the check on this quantity, if the design has one.
Verdict verdict_on(const Result& result, std::string_view quantity) {
  Verdict verdict = Verdict::info;
  for (const Check& check : result.checks)
    if (check.name == quantity && verdict != Verdict::fail) verdict = check.verdict;
  return verdict;
}

const cluster::Saving* network_saving(const cluster::ClusterResult& cluster) {
  for (const cluster::Saving& saving : cluster.savings)
    if (saving.boundary == "network") return &saving;
  return nullptr;
}

std::string laser_note(const module::LaserResult& laser) {
  // The class that every lane needs for life, as the terminal says; that of a new typical lane where it is
  // open.
  const std::string& end = laser.end_of_life.elsfp_class;
  const std::string& needed = end.empty() ? laser.elsfp_class : end;
  if (needed == "none") return "beyond the ELSFP classes";
  if (!needed.empty()) return "ELSFP class " + needed;
  return std::isfinite(laser.margin_db) ? decibel_text(laser.margin_db) + " to spare" : "";
}

}  // namespace

std::vector<Headline> headline(const Result& result) {
  const link::LaneResult& lane = result.lane;
  const module::ModuleResult& module = result.module;
  const cluster::ClusterResult& cluster = result.cluster;
  std::vector<Headline> list;
  list.push_back({"BER before FEC", number_text(lane.ber_pre_fec, 3),
                  "limit " + number_text(result.design.lane.ber_limit),
                  verdict_on(result, "lane.ber_pre_fec"), true});
  list.push_back({"Margin", decibel_text(lane.margin_db),
                  lane.coherent  ? "SNR at the decision above what the FEC needs"
                  : lane.optical ? "extra optical loss until the FEC limit"
                                 : "more noise until the FEC limit",
                  std::isfinite(lane.margin_db) ? (lane.margin_db >= 0.0 ? Verdict::pass : Verdict::fail)
                  : lane.margin_db < 0.0        ? Verdict::fail
                                                : Verdict::info,
                  true});
  if (lane.coherent && lane.coherent->fec_mode != "none") {
    const link::CoherentResult& coherent = *lane.coherent;
    const bool decoded = coherent.fec_mode == "decoded";
    list.push_back({"BER after FEC", post_fec_text(coherent),
                    decoded ? coherent.code + ", decoded" : coherent.code + ", judged by its threshold",
                    coherent.error_free ? Verdict::pass : Verdict::fail, true});
  }
  // A copper lane has no laser to count.
  const bool light = module.laser.present;
  const module::Boundaries& energy = module.energy_per_bit;
  list.push_back({light ? "Energy, with laser" : "Energy",
                  fmt::format("{:.2f} pJ/bit", energy.with_laser * 1e12),
                  light ? fmt::format("{:.2f} pJ/bit inside the module", energy.module * 1e12)
                        : fmt::format("{:.2f} pJ/bit with host SerDes", energy.with_host * 1e12),
                  verdict_on(result, "module.energy_pj_per_bit.with_laser")});
  list.push_back({light ? "Module power, with laser" : "Module power",
                  quantity_text(module.power_w.with_laser, "W"),
                  fmt::format("{:.4g} Tb/s in each direction", module.mac_rate * 1e-12),
                  verdict_on(result, "module.power_w.with_laser")});
  if (light)
    list.push_back(
        {"Laser", decibel_text(module.laser.power_dbm, "dBm"), laser_note(module.laser), Verdict::info});
  const cluster::Saving* saving = network_saving(cluster);
  list.push_back(
      {"Network power", quantity_text(cluster.network_w.value, "W"),
       count_text(cluster.gpus.value) + " endpoints" +
           (saving && cluster.comparison.size() > 1
                ? fmt::format(", {} against {}", percent_text(-saving->saving), cluster.comparison[1].name)
                : ""),
       Verdict::info});
  list.push_back({"PUE", fmt::format("{:.3f}", cluster.pue.value),
                  fmt::format("TUE {:.3f}", cluster.tue.value), verdict_on(result, "cluster.pue")});
  list.push_back({"Latency", quantity_text(lane.latency_s, "s"),
                  fmt::format("parts and {}, {}", light ? "fibre" : "cable",
                              std::isnan(lane.fec.latency_s)
                                  ? "no FEC"
                                  : "FEC adds " + format_engineering(lane.fec.latency_s, "s", 3)),
                  Verdict::info, true});
  return list;
}

}  // namespace waverack::io
