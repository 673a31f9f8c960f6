#include "waverack/compliance/capture_header.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include "waverack/base/line_reader.hpp"

namespace waverack::compliance {
namespace {

struct NamedFactor {
  std::string_view name;
  double factor;
};

// In lower case, as makers write them.
constexpr NamedFactor time_units[] = {
    {"", 1.0},    {"s", 1.0},   {"sec", 1.0},    {"second", 1.0}, {"seconds", 1.0}, {"ms", 1e-3},
    {"us", 1e-6}, {"µs", 1e-6}, {"\xb5s", 1e-6}, {"ns", 1e-9},    {"ps", 1e-12},    {"fs", 1e-15},
};
constexpr NamedFactor rate_units[] = {
    {"", 1.0},      {"hz", 1.0},   {"sa/s", 1.0},  {"s/s", 1.0},    {"khz", 1e3},
    {"ksa/s", 1e3}, {"mhz", 1e6},  {"msa/s", 1e6}, {"ms/s", 1e6},   {"ghz", 1e9},
    {"gsa/s", 1e9}, {"gs/s", 1e9}, {"thz", 1e12},  {"tsa/s", 1e12},
};
struct ValueUnit {
  std::string_view name, unit;
};
constexpr ValueUnit value_units[] = {
    {"v", "V"},      {"volt", "V"},   {"volts", "V"}, {"mv", "mV"},   {"uv", "uV"}, {"µv", "uV"},
    {"\xb5v", "uV"}, {"w", "W"},      {"watt", "W"},  {"watts", "W"}, {"mw", "mW"}, {"uw", "uW"},
    {"µw", "uW"},    {"\xb5w", "uW"}, {"a", "A"},     {"amp", "A"},   {"ma", "mA"}, {"ua", "uA"},
};

constexpr std::string_view interval_keys[] = {"sampleinterval",
                                              "xinc",
                                              "xincr",
                                              "xincrement",
                                              "horizontalinterval",
                                              "samplingperiod",
                                              "sampleperiod",
                                              "samplinginterval",
                                              "deltat",
                                              "dt",
                                              "tstep"};
constexpr std::string_view rate_keys[] = {"samplerate", "samplingrate", "samplingfrequency"};
constexpr std::string_view time_unit_keys[] = {"horizontalunits", "horizontalunit", "xunits",
                                               "xunit",           "timeunit",       "timeunits"};
constexpr std::string_view value_unit_keys[] = {"verticalunits", "verticalunit", "yunits", "yunit"};
constexpr std::string_view time_names[] = {"time", "t", "x", "xaxis", "in"};

template <class List, class T>
bool holds(const List& list, const T& word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

template <std::size_t n>
std::optional<double> factor_of(const NamedFactor (&list)[n], std::string_view unit) {
  for (const NamedFactor& known : list)
    if (known.name == unit) return known.factor;
  return std::nullopt;
}

std::string value_unit_of(std::string_view unit) {
  for (const ValueUnit& known : value_units)
    if (known.name == unit) return std::string(known.unit);
  return {};
}

constexpr std::string_view around = " \t\v\f\"'()[]#!%:";

std::string_view bare_word(std::string_view word) {
  word.remove_prefix(std::min(word.find_first_not_of(around), word.size()));
  return word.substr(0, word.find_last_not_of(around) + 1);
}

std::string letters_of(std::string_view text) {
  std::string letters;
  for (const char c : text)
    if (c >= 'a' && c <= 'z') letters += c;
  return letters;
}

// A number with a unit behind it, in the same cell or the next.
struct Reading {
  double number = 0.0;
  std::string unit;
};

std::optional<Reading> reading_of(std::string_view text, std::string_view next) {
  Reading reading;
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), reading.number);
  if (error != std::errc{} || !std::isfinite(reading.number) || !(reading.number > 0.0)) return std::nullopt;
  const std::string_view unit = bare_word(text.substr(static_cast<std::size_t>(rest - text.data())));
  reading.unit = unit.empty() ? next : unit;
  return reading;
}

// "Time (ns)", "ch1 [mV]", "power_uw", "in s" in two: what stands before the unit, and the unit.
std::pair<std::string, std::string> title_of(std::string_view cell) {
  std::string_view text = cell;
  while (!text.empty() && std::string_view(" )]\"'").find(text.back()) != text.npos) text.remove_suffix(1);
  std::size_t cut = text.find_last_of("([/_");
  if (cut == text.npos && (text.starts_with("in ") || text.find(" in ") != text.npos)) cut = text.rfind(' ');
  if (cut == text.npos) return {std::string(bare_word(text)), {}};
  return {std::string(bare_word(text.substr(0, cut))), std::string(bare_word(text.substr(cut + 1)))};
}

// Names of columns, or their units alone: the time comes first, or the value stands alone.
void read_titles(const std::vector<std::string>& cells, CaptureHeader& header) {
  const auto [first_name, first_unit] = title_of(cells.front());
  const std::string_view first = bare_word(cells.front());
  if (cells.size() == 1) {
    if (const std::string unit = value_unit_of(first_unit.empty() ? first : first_unit); !unit.empty())
      header.value_unit = unit;
    return;
  }
  const std::optional<double> unit_alone = factor_of(time_units, first);
  const std::optional<double> unit_named =
      first_unit.empty() ? std::nullopt : factor_of(time_units, first_unit);
  if (unit_alone)
    header.time_unit = unit_alone;
  else if (unit_named)
    header.time_unit = unit_named;
  else if (!holds(time_names, letters_of(first)))
    return;
  const std::string_view second = bare_word(cells[1]);
  std::string unit = value_unit_of(second);
  if (unit.empty()) unit = value_unit_of(title_of(cells[1]).second);
  if (!unit.empty()) header.value_unit = unit;
}

}  // namespace

void read_header_line(std::string_view line, CaptureHeader& header) {
  const std::string text = lower(line);
  const bool tabs = text.find_first_of(",;") == text.npos;
  const bool semicolons = text.find(';') != text.npos;
  std::vector<std::string> cells(1);
  bool colon_seen = false;
  for (const char c : text) {
    const bool key_ends = (c == ':' || c == '=') && cells.size() == 1 && !colon_seen;
    if (key_ends) colon_seen = true;
    if (key_ends || (semicolons ? c == ';' : c == ',') || (tabs && c == '\t'))
      cells.emplace_back();
    else
      cells.back() += semicolons && c == ',' ? '.' : c;
  }
  // "XInc:,1e-12" has an empty cell behind its key.
  std::erase_if(cells, [](const std::string& cell) { return bare_word(cell).empty(); });
  if (cells.empty()) return;

  const std::string key = letters_of(cells.front());
  const std::string_view value = cells.size() > 1 ? bare_word(cells[1]) : std::string_view{};
  const std::string_view next = cells.size() > 2 ? bare_word(cells[2]) : std::string_view{};
  if (holds(interval_keys, key)) {
    if (const auto reading = reading_of(value, next))
      if (const auto unit = factor_of(time_units, reading->unit))
        header.sample_interval = reading->number * *unit;
  } else if (holds(rate_keys, key)) {
    if (const auto reading = reading_of(value, next))
      if (const auto unit = factor_of(rate_units, reading->unit))
        header.sample_interval = 1.0 / (reading->number * *unit);
  } else if (holds(time_unit_keys, key)) {
    if (const auto unit = factor_of(time_units, value)) header.time_unit = unit;
  } else if (holds(value_unit_keys, key)) {
    if (const std::string unit = value_unit_of(value); !unit.empty()) header.value_unit = unit;
  } else {
    read_titles(cells, header);
  }
}

}  // namespace waverack::compliance
