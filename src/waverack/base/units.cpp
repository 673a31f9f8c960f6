#include "waverack/base/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>
#include <optional>
#include <vector>

#include "waverack/base/error.hpp"
#include "waverack/base/text.hpp"

namespace waverack {
namespace {

using D = Dimension;

struct Term {
  Dimension::Base base;
  int halves;
};

struct Symbol {
  std::string_view name;
  double factor;
  std::vector<Term> terms;
  bool prefixes;  // may carry an SI prefix
  double offset = 0.0;
  Unit::Scale scale = Unit::Scale::linear;
};

constexpr double elementary_year = 365.25 * 24 * 3600.0;

// The names the field writes, aliases beside them.
const std::vector<Symbol>& symbols() {
  static const std::vector<Symbol> table = {
      {"m", 1, {{D::metre, 2}}, true},
      {"g", 1e-3, {{D::kilogram, 2}}, true},
      {"s", 1, {{D::second, 2}}, true},
      {"A", 1, {{D::ampere, 2}}, true},
      {"K", 1, {{D::kelvin, 2}}, true},
      {"degC", 1, {{D::kelvin, 2}}, false, 273.15},
      {"°C", 1, {{D::kelvin, 2}}, false, 273.15},
      {"C", 1, {{D::kelvin, 2}}, false, 273.15},
      {"b", 1, {{D::bit, 2}}, true},
      {"bit", 1, {{D::bit, 2}}, true},
      {"bits", 1, {{D::bit, 2}}, false},
      {"bps", 1, {{D::bit, 2}, {D::second, -2}}, true},
      {"Bd", 1, {{D::symbol, 2}, {D::second, -2}}, true},
      {"baud", 1, {{D::symbol, 2}, {D::second, -2}}, true},
      {"Baud", 1, {{D::symbol, 2}, {D::second, -2}}, true},
      {"UI", 1, {{D::unit_interval, 2}}, true},
      {"rad", 1, {{D::radian, 2}}, true},
      {"deg", std::numbers::pi / 180.0, {{D::radian, 2}}, false},
      {"Hz", 1, {{D::second, -2}}, true},
      {"min", 60, {{D::second, 2}}, false},
      {"h", 3600, {{D::second, 2}}, false},
      {"d", 86400, {{D::second, 2}}, false},
      {"year", elementary_year, {{D::second, 2}}, false},
      {"FIT", 1e-9 / 3600, {{D::second, -2}}, false},
      {"N", 1, {{D::kilogram, 2}, {D::metre, 2}, {D::second, -4}}, true},
      {"Pa", 1, {{D::kilogram, 2}, {D::metre, -2}, {D::second, -4}}, true},
      {"bar", 1e5, {{D::kilogram, 2}, {D::metre, -2}, {D::second, -4}}, true},
      {"J", 1, {{D::kilogram, 2}, {D::metre, 4}, {D::second, -4}}, true},
      {"eV", 1.602176634e-19, {{D::kilogram, 2}, {D::metre, 4}, {D::second, -4}}, true},
      {"W", 1, {{D::kilogram, 2}, {D::metre, 4}, {D::second, -6}}, true},
      {"V", 1, {{D::kilogram, 2}, {D::metre, 4}, {D::second, -6}, {D::ampere, -2}}, true},
      {"Vpp", 1, {{D::kilogram, 2}, {D::metre, 4}, {D::second, -6}, {D::ampere, -2}}, true},
      {"ohm", 1, {{D::kilogram, 2}, {D::metre, 4}, {D::second, -6}, {D::ampere, -4}}, true},
      {"Ohm", 1, {{D::kilogram, 2}, {D::metre, 4}, {D::second, -6}, {D::ampere, -4}}, true},
      {"Ω", 1, {{D::kilogram, 2}, {D::metre, 4}, {D::second, -6}, {D::ampere, -4}}, true},
      {"F", 1, {{D::kilogram, -2}, {D::metre, -4}, {D::second, 8}, {D::ampere, 4}}, true},
      {"H", 1, {{D::kilogram, 2}, {D::metre, 4}, {D::second, -4}, {D::ampere, -4}}, true},
      {"L", 1e-3, {{D::metre, 6}}, true},
      {"l", 1e-3, {{D::metre, 6}}, true},
      {"in", 0.0254, {{D::metre, 2}}, false},
      {"USD", 1, {{D::dollar, 2}}, false},
      {"$", 1, {{D::dollar, 2}}, false},
      {"%", 0.01, {}, false},
      {"ppm", 1e-6, {}, false},
      {"dB", 1, {{D::decibel, 2}}, false, 0.0, Unit::Scale::power_ratio},
      {"dBc", 1, {{D::decibel, 2}}, false, 0.0, Unit::Scale::power_ratio},
      {"dBm", 1, {{D::kilogram, 2}, {D::metre, 4}, {D::second, -6}}, false, 0.0, Unit::Scale::milliwatt},
      {"dBohm",
       1,
       {{D::kilogram, 2}, {D::metre, 4}, {D::second, -6}, {D::ampere, -4}},
       false,
       0.0,
       Unit::Scale::amplitude_ohm},
      {"dBΩ",
       1,
       {{D::kilogram, 2}, {D::metre, 4}, {D::second, -6}, {D::ampere, -4}},
       false,
       0.0,
       Unit::Scale::amplitude_ohm},
  };
  return table;
}

struct Prefix {
  std::string_view name;
  double factor;
};
constexpr std::array<Prefix, 14> prefixes{{{"f", 1e-15},
                                           {"p", 1e-12},
                                           {"n", 1e-9},
                                           {"u", 1e-6},
                                           {"µ", 1e-6},
                                           {"μ", 1e-6},
                                           {"m", 1e-3},
                                           {"c", 1e-2},
                                           {"k", 1e3},
                                           {"K", 1e3},
                                           {"M", 1e6},
                                           {"G", 1e9},
                                           {"T", 1e12},
                                           {"P", 1e15}}};

std::optional<Unit> symbol_unit(std::string_view name) {
  const auto make = [](const Symbol& symbol, double prefix) {
    Unit unit;
    unit.factor = symbol.factor * prefix;
    unit.offset = symbol.offset;
    unit.scale = symbol.scale;
    for (const Term& term : symbol.terms)
      unit.dimension.halves[term.base] = static_cast<std::int8_t>(term.halves);
    return unit;
  };
  for (const Symbol& symbol : symbols())
    if (symbol.name == name) return make(symbol, 1.0);
  for (const Prefix& prefix : prefixes) {
    if (!name.starts_with(prefix.name)) continue;
    const std::string_view rest = name.substr(prefix.name.size());
    for (const Symbol& symbol : symbols())
      if (symbol.prefixes && symbol.name == rest) return make(symbol, prefix.factor);
  }
  return std::nullopt;
}

[[noreturn]] void unknown_symbol(std::string_view name) {
  std::vector<std::string> names;
  for (const Symbol& symbol : symbols()) {
    names.emplace_back(symbol.name);
    if (symbol.prefixes)
      for (const Prefix& prefix : prefixes)
        if (prefix.name != "K")  // understood, but not suggested
          names.push_back(std::string(prefix.name) + std::string(symbol.name));
  }
  throw Error(ErrorInfo{{}, {}, "unknown unit '" + std::string(name) + "'", {}, nearest_name(name, names)});
}

// A recursive-descent parser of the grammar in the header.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Unit parse() {
    // The longest unit people write has about 20 characters; the bound keeps the recursion shallow.
    if (text_.size() > 64)
      throw Error("a unit of " + std::to_string(text_.size()) + " characters is too long");
    Unit unit = product();
    while (accept('/')) combine(unit, factor(), -1);
    skip_spaces();
    if (position_ != text_.size())
      throw Error("cannot read the unit '" + std::string(text_) + "' beyond '" +
                  std::string(trimmed(text_.substr(0, position_))) +
                  "'; write parentheses after '/', as in ps/(nm km)");
    return unit;
  }

 private:
  void skip_spaces() {
    while (position_ < text_.size() &&
           std::string_view(" *.").find(text_[position_]) != std::string_view::npos)
      ++position_;
    if (text_.substr(position_).starts_with(middle_dot)) {
      position_ += middle_dot.size();
      skip_spaces();
    }
  }
  bool accept(char c) {
    skip_spaces();
    if (position_ < text_.size() && text_[position_] == c) {
      ++position_;
      return true;
    }
    return false;
  }
  bool at_factor() {
    skip_spaces();
    return position_ < text_.size() && text_[position_] != '/' && text_[position_] != ')';
  }

  static void combine(Unit& left, const Unit& right, int sign) {
    const bool logarithmic = left.scale != Unit::Scale::linear || right.scale != Unit::Scale::linear;
    if (logarithmic) {
      combine_decibel(left, right, sign);
      return;
    }
    for (int i = 0; i < D::count; ++i)
      left.dimension.halves[i] =
          static_cast<std::int8_t>(left.dimension.halves[i] + sign * right.dimension.halves[i]);
    left.factor *= sign > 0 ? right.factor : 1.0 / right.factor;
    left.offset = 0.0;
  }

  static void require_plain(const Unit& unit) {
    if (unit.scale != Unit::Scale::linear || unit.dimension.halves[D::decibel] != 0)
      throw Error("decibels have no powers and no roots");
  }

  // Decibels combine only as dB/Hz (a density) and dB/length (an attenuation).
  static void combine_decibel(Unit& left, const Unit& right, int sign) {
    Dimension hertz, metre;
    hertz.halves[D::second] = -2;
    metre.halves[D::metre] = 2;
    if (left.scale == Unit::Scale::power_ratio && right.scale == Unit::Scale::linear && sign < 0) {
      if (right.dimension == hertz && right.factor == 1.0) {
        left.dimension = Dimension{};
        left.dimension.halves[D::second] = 2;
        left.scale = Unit::Scale::per_hertz;
        return;
      }
      if (right.dimension == metre) {
        left.dimension = Dimension{};
        left.dimension.halves[D::metre] = -2;
        left.factor = std::numbers::ln10 / 10.0 / right.factor;
        left.scale = Unit::Scale::linear;
        return;
      }
    }
    throw Error("decibels combine only as dB/Hz and dB per length, such as dB/km");
  }

  Unit product() {
    Unit unit;
    bool first = true;
    while (at_factor()) {
      const Unit next = factor();
      if (first)
        unit = next;
      else
        combine(unit, next, 1);
      first = false;
    }
    return unit;
  }

  Unit factor() {
    skip_spaces();
    Unit unit;
    if (accept('(')) {
      unit = product();
      if (!accept(')')) throw Error("missing ')' in the unit '" + std::string(text_) + "'");
    } else {
      const std::size_t start = position_;
      while (position_ < text_.size() &&
             std::string_view(" */.()^").find(text_[position_]) == std::string_view::npos &&
             !text_.substr(position_).starts_with(middle_dot))
        ++position_;
      const std::string_view name = text_.substr(start, position_ - start);
      if (name == "sqrt" || name == "√") {
        if (!accept('(')) throw Error("write sqrt(Hz) with parentheses");
        unit = product();
        if (!accept(')')) throw Error("missing ')' in the unit '" + std::string(text_) + "'");
        require_plain(unit);
        for (auto& half : unit.dimension.halves) {
          if (half % 2 != 0) throw Error("cannot take the root of the unit '" + std::string(text_) + "'");
          half = static_cast<std::int8_t>(half / 2);
        }
        unit.factor = std::sqrt(unit.factor);
      } else if (name == "1") {
        unit = Unit{};
      } else if (auto known = symbol_unit(name)) {
        unit = *known;
      } else {
        unknown_symbol(name);
      }
    }
    if (position_ < text_.size() && text_[position_] == '^') {
      ++position_;
      int power = 0;
      const auto [end, error] = std::from_chars(text_.data() + position_, text_.data() + text_.size(), power);
      if (error != std::errc() || power < -9 || power > 9)
        throw Error("a unit's power must be a whole number from -9 to 9, as in mm^2");
      require_plain(unit);
      unit.offset = 0.0;
      position_ = static_cast<std::size_t>(end - text_.data());
      for (auto& half : unit.dimension.halves) half = static_cast<std::int8_t>(half * power);
      unit.factor = std::pow(unit.factor, power);
    }
    return unit;
  }

  static constexpr std::string_view middle_dot = "·";
  std::string_view text_;
  std::size_t position_ = 0;
};

}  // namespace

Unit parse_unit(std::string_view text) { return Parser(trimmed(text)).parse(); }

double to_si(double number, const Unit& unit) {
  switch (unit.scale) {
    case Unit::Scale::linear:
      return number * unit.factor + unit.offset;
    case Unit::Scale::power_ratio:
    case Unit::Scale::per_hertz:
      return std::pow(10.0, number / 10.0);
    case Unit::Scale::milliwatt:
      return 1e-3 * std::pow(10.0, number / 10.0);
    case Unit::Scale::amplitude_ohm:
      return std::pow(10.0, number / 20.0);
  }
  return number;
}

double from_si(double si, const Unit& unit) {
  switch (unit.scale) {
    case Unit::Scale::linear:
      return (si - unit.offset) / unit.factor;
    case Unit::Scale::power_ratio:
    case Unit::Scale::per_hertz:
      return 10.0 * std::log10(si);
    case Unit::Scale::milliwatt:
      return 10.0 * std::log10(si / 1e-3);
    case Unit::Scale::amplitude_ohm:
      return 20.0 * std::log10(si);
  }
  return si;
}

NumberAndUnit split_quantity(std::string_view text) {
  text = trimmed(text);
  std::string_view digits = text;
  if (digits.starts_with('+')) digits.remove_prefix(1);
  NumberAndUnit result;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), result.number);
  if (error != std::errc() || !std::isfinite(result.number))
    throw Error("'" + std::string(text) + "' does not begin with a finite number");
  result.unit = trimmed(digits.substr(static_cast<std::size_t>(end - digits.data())));
  return result;
}

std::string example_of(std::string_view unit) {
  if (unit.empty() || unit == "1") return "a plain number";
  return "a value in " + std::string(unit) + " or another unit of that kind";
}

double parse_quantity(std::string_view text, std::string_view expected_unit) {
  const NumberAndUnit parts = split_quantity(text);
  const Unit expected = parse_unit(expected_unit);
  const Unit given = parse_unit(parts.unit);
  if (!(given.dimension == expected.dimension)) {
    const bool missing = parts.unit.empty();
    throw Error(ErrorInfo{{},
                          {},
                          missing ? "'" + std::string(trimmed(text)) + "' has no unit"
                                  : "'" + std::string(trimmed(text)) + "' has the wrong dimension",
                          example_of(expected_unit),
                          {}});
  }
  return to_si(parts.number, given);
}

std::string format_quantity(double si, std::string_view unit, int digits) {
  const std::string number = fmt::format("{:.{}g}", from_si(si, parse_unit(unit)), digits);
  return unit.empty() || unit == "1" ? number : number + " " + std::string(unit);
}

std::string format_quantity_exact(double si, std::string_view unit) {
  std::string text = format_quantity(si, unit, 15);
  if (std::isfinite(si) && parse_quantity(text, unit) != si) text = format_quantity(si, unit, 17);
  return text;
}

std::string format_engineering(double si, std::string_view si_unit, int digits) {
  constexpr std::array<std::string_view, 11> names{"f", "p", "n", "u", "m", "", "k", "M", "G", "T", "P"};
  if (si == 0.0 || !std::isfinite(si)) return fmt::format("{} {}", si, si_unit);
  int group = static_cast<int>(std::floor(std::log10(std::abs(si)) / 3.0 + 1e-12));
  group = std::clamp(group, -5, 5);
  double scaled = si / std::pow(1000.0, group);
  // 999.96 with four digits would print as 1000.
  if (group < 5 && std::abs(std::strtod(fmt::format("{:.{}g}", scaled, digits).c_str(), nullptr)) >= 1000.0) {
    ++group;
    scaled /= 1000.0;
  }
  return fmt::format("{:.{}g} {}{}", scaled, digits, names[static_cast<std::size_t>(group + 5)], si_unit);
}

}  // namespace waverack
