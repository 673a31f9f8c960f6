#include "waverack/io/package_lines.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/physical_constants.hpp"
#include "waverack/io/number_text.hpp"
#include "waverack/io/result_lines.hpp"

namespace waverack::io {
namespace {

std::string range_text(const module::Extent& extent) {
  const std::string least = fmt::format("{:.1f}", to_celsius(extent.least)),
                    most = fmt::format("{:.1f}", to_celsius(extent.most));
  return least == most ? most + " °C" : fmt::format("{} to {} °C", least, most);
}

std::string sites_table(const module::PackageHeat& heat, const Style& style) {
  TextTable table("llrrrr");
  table.head({"block", "parts", "heat", "least", "most", "spread"});
  for (const module::SiteHeat& site : heat.sites) {
    const module::Extent extent = module::extent_of(site.temperature);
    double watts = 0.0;
    for (const double piece : site.watts) watts += piece;
    table.row({site.block, fmt::format("{}", fmt::join(site.parts, ", ")), quantity_text(watts, "W"),
               fmt::format("{:.1f} °C", to_celsius(extent.least)),
               fmt::format("{:.1f} °C", to_celsius(extent.most)),
               fmt::format("{:.2f} K", extent.most - extent.least)});
  }
  return table.text(style, 2);
}

std::string lanes_table(const module::PackageResult& package, const Style& style) {
  std::vector<std::string> head{"lane", "BER", "margin", "heater"};
  std::string columns = "rrrr";
  std::vector<std::size_t> shown;  // sites at which lanes differ
  for (std::size_t i = 0; i < package.heat.sites.size(); ++i) {
    if (package.heat.sites[i].temperature.size() == 1) continue;
    shown.push_back(i);
    head.push_back(package.heat.sites[i].block);
    columns += "r";
  }
  TextTable table(columns);
  table.head(head);
  for (const module::LaneState& lane : package.lanes) {
    std::vector<std::string> row{std::to_string(lane.lane + 1), number_text(lane.ber_pre_fec),
                                 decibel_text(lane.margin_db),
                                 lane.heater_power > 0.0 ? quantity_text(lane.heater_power, "W") : ""};
    for (const std::size_t i : shown)
      row.push_back(fmt::format("{:.2f} °C", to_celsius(lane.temperature[i])));
    table.row(row);
  }
  return table.text(style, 2);
}

std::string coolings_table(const module::PackageResult& package, const Style& style) {
  TextTable table("lrrrr");
  table.head({"cooling", "hottest", "hottest part", "worst lane", "its margin"});
  const auto row = [&](const std::string& name, const module::CoolingResult& cooling) {
    table.row({name, fmt::format("{:.1f} °C", to_celsius(cooling.hottest)),
               fmt::format("{:.1f} °C", to_celsius(cooling.hottest_piece)),
               std::to_string(cooling.worst_lane + 1), decibel_text(cooling.worst_margin_db)});
  };
  row("as designed", package.cooling);
  for (const module::CoolingResult& other : package.others) row(other.name, other);
  return table.text(style, 2);
}

// "lane 3 fails", "the coolant boils"
std::string end_text(module::CoolantEnd end, int lane) {
  switch (end) {
    case module::CoolantEnd::lane:
      return fmt::format("lane {} fails", lane + 1);
    case module::CoolantEnd::boiling:
      return "the coolant boils";
    case module::CoolantEnd::parts:
      return "a part passes 150 °C";
    case module::CoolantEnd::nothing:
      break;
  }
  return "nothing fails";
}

std::string flow_text(double flow) {
  const double millilitres = flow * 6e7;
  return millilitres < 1000.0 ? fmt::format("{:.3g} ml/min", millilitres)
                              : fmt::format("{:.3g} L/min", 1e-3 * millilitres);
}

// "As designed, lane 3 fails above an inlet of 71.4 °C or below 12 ml/min.", or why there is no limit.
std::string limits_text(const std::string& cooling, const module::CoolantLimits& limits) {
  const bool warm = std::isfinite(limits.highest_inlet), slow = std::isfinite(limits.least_share);
  const std::string first = end_text(limits.inlet_end, limits.inlet_lane),
                    second = end_text(limits.flow_end, limits.flow_lane);
  if (!warm && !slow && limits.inlet_end != module::CoolantEnd::nothing)
    return fmt::format("{}, no coolant limits: {} as it is.", cooling, first);
  const std::string inlet = fmt::format("above {} of {:.1f} °C", limits.flows ? "an inlet" : "surroundings",
                                        to_celsius(limits.highest_inlet)),
                    flow = limits.flows ? "below " + flow_text(limits.least_flow)
                                        : fmt::format("below {:.2g} % of the coefficients of its faces",
                                                      100.0 * limits.least_share);
  if (warm && slow && first == second) return fmt::format("{}, {} {} or {}.", cooling, first, inlet, flow);
  return fmt::format(
      "{}, {}; {}.", cooling,
      warm ? first + ' ' + inlet
           : std::string(limits.flows ? "nothing fails for a warm inlet"
                                      : "nothing fails in warm surroundings"),
      slow ? second + ' ' + flow
           : std::string(limits.flows ? "nothing fails down to a thousandth of the flow"
                                      : "nothing fails down to a thousandth of the coefficients"));
}

}  // namespace

std::string package_line(const module::PackageResult& package, const Style& style) {
  const auto [worst, best] = std::minmax_element(
      package.lanes.begin(), package.lanes.end(),
      [](const module::LaneState& a, const module::LaneState& b) { return a.margin_db < b.margin_db; });
  std::string text = range_text({package.cooling.coolest_piece, 0.0, package.cooling.hottest_piece});
  if (package.lanes.size() > 1)
    text += fmt::format("; lane {} of {} is worst by {:.2f} dB", package.cooling.worst_lane + 1,
                        package.lanes.size(), best->margin_db - worst->margin_db);
  for (const module::CoolingResult& other : package.others)
    text += fmt::format("; in {} {:.1f} °C", other.name, to_celsius(other.hottest_piece));
  const std::string start = "Package  ";
  const int indent = display_width(start);
  return toned(style, Tone::strong, start) + wrap(text + ".", style.width - indent, indent) + '\n';
}

std::string package_tables(const module::PackageResult& package, const Style& style) {
  std::string text = heading("The package", style) + sites_table(package.heat, style) + '\n';
  text += lanes_table(package, style) + '\n';
  if (!package.others.empty()) text += coolings_table(package, style) + '\n';
  const std::string error =
      std::isfinite(package.grid_error)
          ? fmt::format("; the grid moves temperatures by up to {:.2g} K", package.grid_error)
          : std::string();
  std::vector<std::string> notes{fmt::format("{} of heat, {} rounds, balance {:.1g}{}.",
                                             quantity_text(package.heat.heat, "W"), package.heat.rounds,
                                             package.heat.steady.energy_balance, error)};
  if (package.cooling.limits) notes.push_back(limits_text("As designed", *package.cooling.limits));
  for (const module::CoolingResult& other : package.others)
    if (other.limits) notes.push_back(limits_text("In " + other.name, *other.limits));
  for (const std::string& note : notes)
    for (const std::string& part : lines_of(wrap(note, style.width)))
      text += toned(style, Tone::quiet, part) + '\n';
  return text;
}

}  // namespace waverack::io
