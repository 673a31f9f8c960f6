#include "waverack/io/gnpy_modes.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/base/decibel.hpp"
#include "waverack/base/text.hpp"
#include "waverack/coherent/modulation_theory.hpp"

namespace waverack::io {

namespace {

// Rows may stand in any order, as GNPy sorts them.
void add_penalty(const GnpyTable& row, const char* key, double unit, coherent::PenaltyTable& table) {
  const auto value = find_number(row, key);
  if (!value) return;
  const auto place = std::lower_bound(table.at.begin(), table.at.end(), *value * unit);
  if (place != table.at.end() && *place == *value * unit) refuse(row, key, "the penalty is stated twice");
  table.penalty_db.insert(table.penalty_db.begin() + (place - table.at.begin()),
                          number(row, "penalty_value"));
  table.at.insert(place, *value * unit);
}

GnpyMode mode_of(const std::string& transceiver, GnpyTable table) {
  GnpyMode mode;
  mode.transceiver = transceiver;
  mode.format = find_text(table, "format");
  table.path = "Transceiver." + transceiver + "." + mode.format;
  mode.symbol_rate = number(table, "baud_rate");
  if (!(mode.symbol_rate > 0.0)) refuse(table, "baud_rate", "is not above 0");
  mode.least_spacing = find_number(table, "min_spacing").value_or(0.0);
  mode.roll_off = find_number(table, "roll_off");
  mode.bit_rate = find_number(table, "bit_rate").value_or(0.0);
  coherent::TransceiverBudget& budget = mode.budget;
  budget.specified_osnr = from_db(number(table, "OSNR"));
  budget.required_snr = budget.specified_osnr * coherent::osnr_bandwidth / mode.symbol_rate;
  budget.transmitter_osnr = from_db(find_number(table, "tx_osnr").value_or(100.0));
  for (const GnpyTable& row : inner_list(table, "penalties")) {
    add_penalty(row, "chromatic_dispersion", 1e-3, budget.dispersion);
    add_penalty(row, "pmd", 1e-12, budget.dgd);
    add_penalty(row, "pdl", 1.0, budget.pdl);
  }
  return mode;
}

}  // namespace

std::vector<GnpyMode> gnpy_modes(const GnpyFiles& files) {
  std::vector<GnpyMode> modes;
  for (const GnpyTable& entry : inner_list(files.library, "Transceiver"))
    for (const GnpyTable& table : inner_list(entry, "mode"))
      modes.push_back(mode_of(find_text(entry, "type_variety"), table));
  return modes;
}

GnpyMode gnpy_mode(const GnpyFiles& files, const std::string& transceiver, const std::string& format) {
  const GnpyTable entry = equipment_entry(files, "Transceiver", transceiver);
  std::vector<std::string> names;
  std::string allowed;
  for (const GnpyTable& table : inner_list(entry, "mode")) {
    names.push_back(find_text(table, "format"));
    if (names.back() == format) return mode_of(transceiver, table);
    allowed += (allowed.empty() ? "" : "; ") + names.back();
  }
  refuse(entry, "mode", "there is no mode '" + format + "'", allowed, nearest_name(format, names));
}

}  // namespace waverack::io
