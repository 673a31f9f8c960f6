#include "waverack/network/liv_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "waverack/base/line_reader.hpp"
#include "waverack/base/physical_constants.hpp"
#include "waverack/base/units.hpp"

namespace waverack::network {
namespace {

constexpr std::string_view liv_table_example = "'temperature_degc,current_ma,power_mw,voltage_v'";

struct UnitName {
  std::string_view name;
  double factor;
  double offset = 0.0;
};

// A quantity that a column may hold; limits in SI.
struct Quantity {
  std::string_view name;
  std::vector<std::string_view> titles;
  std::vector<UnitName> units;
  double low, high;
  std::string_view allowed;
};

enum Id : std::size_t { temperature, current, power, voltage, quantity_count };

const std::array<Quantity, quantity_count>& quantities() {
  static const std::array<Quantity, quantity_count> list{
      {{"temperature",
        {"t", "temp", "temperature"},
        {{"c", 1.0, zero_celsius}, {"degc", 1.0, zero_celsius}, {"°c", 1.0, zero_celsius}, {"k", 1.0}},
        150.0,
        500.0,
        "150 K to 500 K"},
       {"current", {"i", "current"}, {{"a", 1.0}, {"ma", 1e-3}, {"ua", 1e-6}}, 0.0, 100.0, "0 A to 100 A"},
       {"power",
        {"p", "l", "power", "light", "opticalpower"},
        {{"w", 1.0}, {"mw", 1e-3}, {"uw", 1e-6}},
        -1.0,
        1000.0,
        "-1 W to 1000 W"},
       {"voltage", {"v", "voltage"}, {{"v", 1.0}, {"mv", 1e-3}}, -1.0, 100.0, "-1 V to 100 V"}}};
  return list;
}

// "Current (mA)", "current_ma", "I/mA" in two: letters of the name, and the unit.
struct Title {
  std::string name, unit;
};

Title title_of(std::string_view cell) {
  const std::string text = lower(cell);
  std::size_t cut = text.find_last_of("([/_");
  if (cut == text.npos) cut = text.find_last_of(' ');
  Title title;
  for (const char c : std::string_view(text).substr(0, cut))
    if (c >= 'a' && c <= 'z') title.name += c;
  if (cut == text.npos) return title;
  for (const char c : std::string_view(text).substr(cut + 1))
    if (std::string_view(" )]\"'").find(c) == std::string_view::npos) title.unit += c;
  return title;
}

class LivParser {
 public:
  LivParser(std::string_view text, const std::string& name) : lines_(text, name, "#!") { table_.name = name; }

  LivTable run() {
    if (!lines_.next_line())
      lines_.fail_at(0, "the file is empty", fmt::format("a header such as {}", liv_table_example));
    read_header(cells_of(lines_.line()));
    while (lines_.next_line()) read_row(cells_of(lines_.line()));
    for (auto& [kelvin, curve] : curves_) {
      check(curve);
      table_.curves.push_back(std::move(curve));
    }
    if (table_.curves.empty())
      lines_.fail_at(0, "the file holds no points", "three or more at a temperature");
    return std::move(table_);
  }

 private:
  struct Column {
    std::size_t place;
    UnitName unit;
  };

  void read_header(const std::vector<std::string_view>& cells) {
    width_ = cells.size();
    for (std::size_t place = 0; place < cells.size(); ++place) {
      const Title title = title_of(cells[place]);
      for (std::size_t q = 0; q < quantity_count; ++q) {
        const Quantity& quantity = quantities()[q];
        if (std::find(quantity.titles.begin(), quantity.titles.end(), title.name) == quantity.titles.end())
          continue;
        if (columns_[q]) lines_.fail(fmt::format("the {} comes twice", quantity.name), "one column of each");
        const auto unit = std::find_if(quantity.units.begin(), quantity.units.end(),
                                       [&](const UnitName& known) { return known.name == title.unit; });
        if (unit == quantity.units.end()) {
          std::string names;
          for (const UnitName& known : quantity.units)
            names += fmt::format("{}{}", names.empty() ? "" : ", ", known.name);
          lines_.fail(fmt::format("the header '{}' does not say the unit of the {}", shown(cells[place]),
                                  quantity.name),
                      fmt::format("{}, as in {}", names, liv_table_example));
        }
        columns_[q] = Column{place, *unit};
      }
    }
    for (const auto q : {temperature, current, power})
      if (!columns_[q])
        lines_.fail(fmt::format("no column holds the {}", quantities()[q].name),
                    fmt::format("a header such as {}", liv_table_example));
  }

  double value(const std::vector<std::string_view>& cells, std::size_t q) const {
    const auto& [place, unit] = *columns_[q];
    const double si = lines_.number(cells[place]) * unit.factor + unit.offset;
    if (!(si >= quantities()[q].low && si <= quantities()[q].high))
      lines_.fail(fmt::format("the {} {} is out of range", quantities()[q].name, shown(cells[place])),
                  std::string(quantities()[q].allowed));
    return si;
  }

  void read_row(const std::vector<std::string_view>& cells) {
    if (cells.size() != width_)
      lines_.fail(fmt::format("a line of {} values", cells.size()), fmt::format("{} on every line", width_));
    const double kelvin = value(cells, temperature), amperes = value(cells, current);
    LivCurve& curve = curves_[kelvin];
    curve.temperature = kelvin;
    if (!curve.current.empty() && amperes <= curve.current.back())
      lines_.fail(
          fmt::format("at {} the current {} follows {}", format_quantity(kelvin, "degC", 5),
                      format_engineering(amperes, "A", 6), format_engineering(curve.current.back(), "A", 6)),
          "currents that rise");
    curve.current.push_back(amperes);
    curve.power.push_back(value(cells, power));
    if (columns_[voltage]) curve.voltage.push_back(value(cells, voltage));
  }

  void check(const LivCurve& curve) const {
    const std::string where = format_quantity(curve.temperature, "degC", 5);
    if (curve.current.size() < 3)
      lines_.fail_at(0, fmt::format("there are {} points at {}", curve.current.size(), where),
                     "three or more");
    const auto [least, most] = std::minmax_element(curve.power.begin(), curve.power.end());
    if (!(*most > 0.0)) lines_.fail_at(0, fmt::format("there is no light at {}", where), "a power above 0");
    if (*least < -0.01 * *most)
      lines_.fail_at(0, fmt::format("the power falls to {} at {}", format_engineering(*least, "W", 4), where),
                     "no less than -1 % of the largest");
  }

  LineReader lines_;
  std::size_t width_ = 0;
  std::array<std::optional<Column>, quantity_count> columns_;
  std::map<double, LivCurve> curves_;
  LivTable table_;
};

}  // namespace

LivTable parse_liv_csv(std::string_view text, const std::string& name) { return LivParser(text, name).run(); }

}  // namespace waverack::network
