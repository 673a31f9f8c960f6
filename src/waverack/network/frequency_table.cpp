#include "waverack/network/frequency_table.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <numbers>

#include "waverack/base/line_reader.hpp"
#include "waverack/base/units.hpp"
#include "waverack/network/limits.hpp"

namespace waverack::network {
namespace {

constexpr double lowest_end = 1e6;  // [Hz]
constexpr std::string_view frequency_table_example = "'frequency_ghz,magnitude_db,phase_deg'";

class CsvParser {
 public:
  CsvParser(std::string_view text, const std::string& name) : lines_(text, name, "#!") { table_.name = name; }

  FrequencyTable run() {
    while (lines_.next_line()) {
      const std::vector<std::string_view> cells = cells_of(lines_.line());
      for (const std::string_view cell : cells)
        if (cell.empty()) lines_.fail("a cell is empty", "a number in every column");
      if (columns_ == 0 && !starts_number(cells.front()))
        read_header(cells);
      else
        read_row(cells);
    }
    if (table_.frequencies.size() < 2)
      lines_.fail_at(0, fmt::format("the file holds {} points", table_.frequencies.size()), "at least two");
    if (table_.frequencies.back() < lowest_end)
      lines_.fail_at(0,
                     fmt::format("the data end at {}: their unit is missing",
                                 format_engineering(table_.frequencies.back(), "Hz")),
                     fmt::format("a header such as {}", frequency_table_example));
    return std::move(table_);
  }

 private:
  static bool starts_number(std::string_view word) {
    return word.find_first_of("0123456789+-.") == 0 || lower(word) == "nan" || lower(word) == "inf";
  }

  void set_columns(std::size_t count) {
    if (count != 2 && count != 3)
      lines_.fail(fmt::format("there are {} columns", count), "frequency, magnitude and perhaps phase");
    columns_ = count;
  }

  void read_header(const std::vector<std::string_view>& cells) {
    set_columns(cells.size());
    const auto find = [&](std::size_t column, auto choices, std::string_view what, std::string_view allowed) {
      const std::string word = lower(cells[column]);
      for (const auto& [text, value] : choices)
        if (word.find(text) != word.npos) return value;
      lines_.fail(fmt::format("the header '{}' does not say {}", shown(cells[column]), what),
                  fmt::format("{}, as in {}", allowed, frequency_table_example));
    };
    using Choice = std::pair<std::string_view, double>;
    unit_ =
        find(0, std::array<Choice, 5>{{{"thz", 1e12}, {"ghz", 1e9}, {"mhz", 1e6}, {"khz", 1e3}, {"hz", 1.0}}},
             "the unit of the frequency", "Hz, kHz, MHz, GHz or THz");
    decibels_ = find(1, std::array<Choice, 3>{{{"db", 1.0}, {"lin", 0.0}, {"abs", 0.0}}},
                     "whether the magnitude is in dB", "dB, linear or abs") == 1.0;
    if (columns_ == 3)
      radian_ = find(2, std::array<Choice, 2>{{{"deg", std::numbers::pi / 180.0}, {"rad", 1.0}}},
                     "the unit of the phase", "deg or rad");
  }

  void read_row(const std::vector<std::string_view>& cells) {
    if (columns_ == 0) set_columns(cells.size());
    if (cells.size() != columns_)
      lines_.fail(fmt::format("a line of {} numbers", cells.size()),
                  fmt::format("{} on every line", columns_));
    const double f = lines_.number(cells[0]) * unit_, value = lines_.number(cells[1]);
    if (!(f == 0.0 || (f >= smallest_frequency && f <= largest_frequency)))
      lines_.fail(fmt::format("the frequency {:g} Hz is out of range", f), "0 Hz, or 1 µHz to 1e18 Hz");
    if (!table_.frequencies.empty() && f <= table_.frequencies.back())
      lines_.fail(fmt::format("the frequency {} follows {}", format_engineering(f, "Hz", 9),
                              format_engineering(table_.frequencies.back(), "Hz", 9)),
                  "frequencies that rise");
    const double magnitude = decibels_ ? std::pow(10.0, value / 20.0) : value;
    if (!(magnitude >= 0.0 && magnitude <= largest_magnitude))
      lines_.fail(fmt::format("the magnitude {:g} is out of range", value),
                  decibels_ ? "at most 180 dB" : "0 to 1e9");
    table_.frequencies.push_back(f);
    table_.magnitude.push_back(magnitude);
    if (columns_ == 3) table_.phase.push_back(lines_.number(cells[2]) * radian_);
  }

  LineReader lines_;
  std::size_t columns_ = 0;
  double unit_ = 1.0;  // [Hz]
  bool decibels_ = true;
  double radian_ = std::numbers::pi / 180.0;
  FrequencyTable table_;
};

}  // namespace

FrequencyTable transmission(const Network& network, int to, int from) {
  FrequencyTable table{network.name, network.frequencies, {}, {}, network.remarks};
  for (std::size_t k = 0; k < network.points(); ++k) {
    table.magnitude.push_back(std::abs(network.at(k, to, from)));
    table.phase.push_back(std::arg(network.at(k, to, from)));
  }
  return table;
}

FrequencyTable parse_response_csv(std::string_view text, const std::string& name) {
  return CsvParser(text, name).run();
}

}  // namespace waverack::network
