#include "waverack/io/thermal_lines.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "waverack/base/physical_constants.hpp"
#include "waverack/io/number_text.hpp"

namespace waverack::io {

std::string thermal_title(const ThermalAnswer& answer) {
  const std::string& title = answer.loaded.stack.title;
  return title.empty() ? answer.loaded.name : title;
}

std::string thermal_summary(const ThermalAnswer& answer) {
  const thermal::SteadyResult& steady = answer.steady;
  const std::string heat = quantity_text(steady.power, "W");
  if (steady.blocks.empty()) return fmt::format("No blocks: {} in all.", heat);
  const auto hottest = std::max_element(
      steady.blocks.begin(), steady.blocks.end(),
      [](const thermal::BlockTemperature& a, const thermal::BlockTemperature& b) { return a.max < b.max; });
  std::string text = fmt::format("{} of heat; the hottest place is in {} with {:.2f} °C", heat, hottest->name,
                                 hottest->max - zero_celsius);
  if (steady.blocks.size() > 1)
    text += fmt::format(", {:.2f} K above the coldest of it", hottest->max - hottest->min);
  for (const thermal::CoolantState& coolant : steady.coolants)
    text += fmt::format(". {} warms from {:.2f} to {:.2f} °C", coolant.name, coolant.inlet - zero_celsius,
                        coolant.outlet - zero_celsius);
  return text + '.';
}

std::string kelvin_text(double kelvin) { return number_text(kelvin, 2) + " K"; }

std::string coolant_text(const thermal::CoolantState& coolant) {
  return fmt::format(
      "{:.2f} to {:.2f} °C, hottest stream {:.2f} °C, walls up to {:.2f} °C; Re {}, {} of pressure, pump {}",
      coolant.inlet - zero_celsius, coolant.outlet - zero_celsius, coolant.outlet_max - zero_celsius,
      coolant.hottest_wall - zero_celsius, number_text(coolant.numbers.reynolds, 3),
      quantity_text(coolant.numbers.pressure_drop, "Pa"), quantity_text(coolant.numbers.pump_power, "W"));
}

}  // namespace waverack::io
