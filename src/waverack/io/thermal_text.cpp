#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/physical_constants.hpp"
#include "waverack/base/units.hpp"
#include "waverack/io/number_text.hpp"
#include "waverack/io/result_lines.hpp"
#include "waverack/io/thermal_lines.hpp"
#include "waverack/io/thermal_output.hpp"

namespace waverack::io {
namespace {

std::string temperature_text(double kelvin) { return fmt::format("{:.2f} °C", kelvin - zero_celsius); }

std::string block_lines(const ThermalAnswer& answer, const Style& style) {
  TextTable table("lrrrrr");
  const bool errors = answer.grid_error.has_value();
  table.head({"block", "power", "coldest", "mean", "hottest", errors ? "grid error" : ""});
  for (std::size_t b = 0; b < answer.steady.blocks.size(); ++b) {
    const thermal::BlockTemperature& block = answer.steady.blocks[b];
    table.row({block.name, quantity_text(block.power, "W"), temperature_text(block.min),
               temperature_text(block.mean), temperature_text(block.max),
               errors ? fmt::format("{:.2f} K", answer.grid_error->blocks[b]) : ""});
  }
  return table.empty() ? "" : table.text(style, 2) + '\n';
}

std::string point_lines(const ThermalAnswer& answer, const Style& style) {
  TextTable table("lr");
  table.head({"point", "temperature"});
  for (std::size_t p = 0; p < answer.steady.points.size(); ++p)
    table.row({answer.loaded.stack.points[p].name, temperature_text(answer.steady.points[p])});
  return table.empty() ? "" : table.text(style, 2) + '\n';
}

std::string way_lines(const ThermalAnswer& answer, const Style& style) {
  TextTable table("lrl");
  table.head({"heat leaves through", "heat", ""});
  for (const thermal::HeatTaken& face : answer.steady.faces)
    table.row({face.name, quantity_text(face.heat, "W"), ""});
  for (const thermal::CoolantState& coolant : answer.steady.coolants)
    table.row({coolant.name, quantity_text(coolant.heat, "W"), coolant_text(coolant)});
  return table.text(style, 2, true) + '\n';
}

std::string influence_lines(const thermal::Influence& influence, const Style& style) {
  std::string text = heading("Influence of blocks, K/W", style);
  const std::size_t most = 6;  // columns that a screen holds
  TextTable table("l" + std::string(std::min(most, influence.blocks.size()), 'r'));
  std::vector<std::string> head{"mean of"};
  for (std::size_t b = 0; b < std::min(most, influence.blocks.size()); ++b)
    head.push_back(influence.blocks[b]);
  table.head(head);
  for (std::size_t t = 0; t < influence.targets.size(); ++t) {
    std::vector<std::string> row{influence.targets[t]};
    for (std::size_t b = 0; b + 1 < head.size(); ++b)
      row.push_back(number_text(influence.kelvin_per_watt[t * influence.blocks.size() + b], 4));
    table.row(row);
  }
  text += table.text(style, 2);
  return text +
         wrap(fmt::format(
                  "With flows, coolants and conductivities as they are; at 1.2 times the powers {} off "
                  "a full solve.",
                  kelvin_text(influence.error)),
              style.width) +
         "\n\n";
}

std::string transient_line(const thermal::TransientResult& transient) {
  double hottest = -1e9, when = 0.0;
  std::string name;
  for (std::size_t n = 0; n < transient.time.size(); ++n)
    for (const thermal::BlockTemperature& block : transient.blocks[n])
      if (block.max > hottest) {
        hottest = block.max;
        when = transient.time[n];
        name = block.name;
      }
  return fmt::format(
      "In {} and {} steps{} the hottest is {} with {}, after {}; error of the step about {}, balance {}, "
      "{:.2f} s.",
      format_engineering(transient.time.back(), "s", 3), transient.time.size() - 1,
      transient.complete ? "" : " (interrupted)", name, temperature_text(hottest),
      format_engineering(when, "s", 3), kelvin_text(transient.step_error),
      number_text(transient.energy_balance, 2), transient.seconds);
}

}  // namespace

std::string thermal_text(const ThermalAnswer& answer, const Style& style) {
  const thermal::SteadyResult& steady = answer.steady;
  std::string text = heading(thermal_title(answer), style);
  text += wrap(thermal_summary(answer), style.width) + "\n\n";
  text += block_lines(answer, style) + point_lines(answer, style) + way_lines(answer, style);
  if (answer.influence) text += influence_lines(*answer.influence, style);
  TextTable table("ll");
  table.row({"Energy balance", fmt::format("{} of {}", number_text(steady.energy_balance, 2),
                                           quantity_text(steady.power, "W"))});
  if (answer.grid_error)
    table.row({"Grid error",
               fmt::format("about {}: {} in the plane, {} through the layers",
                           kelvin_text(answer.grid_error->total()), kelvin_text(answer.grid_error->in_plane),
                           kelvin_text(answer.grid_error->through))});
  table.row({"Solved",
             fmt::format("{} cells in {:.2f} s{}{}", count_text(steady.field.grid.nodes), steady.seconds,
                         steady.solves > 1 ? fmt::format(", {} rounds", steady.solves) : "",
                         answer.grid_error ? fmt::format("; other grids {:.2f} s", answer.grid_error->seconds)
                                           : "")});
  if (answer.transient) table.row({"Over time", transient_line(*answer.transient)});
  text += table.text(style, 0, true);
  return answer.warnings.empty() ? text : text + '\n' + warning_lines(answer.warnings, style);
}

}  // namespace waverack::io
