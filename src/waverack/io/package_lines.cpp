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

std::string_view end_text(module::CoolantEnd end) {
  switch (end) {
    case module::CoolantEnd::lane:
      return "a lane fails";
    case module::CoolantEnd::boiling:
      return "the coolant boils";
    case module::CoolantEnd::parts:
      return "a part passes 150 °C";
  }
  return "";
}

// "; the coolant boils above an inlet of 118 °C or below 1.8 ml/min", or what ends each.
std::string limits_text(const module::CoolantLimits& limits) {
  const double millilitres = limits.least_flow * 6e7;
  const std::string inlet = fmt::format("above an inlet of {:.0f} °C", to_celsius(limits.highest_inlet)),
                    flow = millilitres < 1000.0 ? fmt::format("below {:.2g} ml/min", millilitres)
                                                : fmt::format("below {:.2g} L/min", 1e-3 * millilitres);
  const bool inlet_ends = std::isfinite(limits.highest_inlet), flow_ends = std::isfinite(limits.least_flow);
  if (inlet_ends && flow_ends && limits.inlet_end == limits.flow_end)
    return fmt::format("; {} {} or {}", end_text(limits.inlet_end), inlet, flow);
  std::string text;
  if (inlet_ends) text += fmt::format("; {} {}", end_text(limits.inlet_end), inlet);
  if (flow_ends) text += fmt::format("; {} {}", end_text(limits.flow_end), flow);
  return text;
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
  const std::string limits = package.limits ? limits_text(*package.limits) : std::string();
  const std::string line =
      fmt::format("{} of heat, {} rounds, balance {:.1g}{}{}.", quantity_text(package.heat.heat, "W"),
                  package.heat.rounds, package.heat.steady.energy_balance, error, limits);
  for (const std::string& part : lines_of(wrap(line, style.width)))
    text += toned(style, Tone::quiet, part) + '\n';
  return text;
}

}  // namespace waverack::io
