#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "waverack/base/file_key.hpp"
#include "waverack/base/line_reader.hpp"
#include "waverack/base/physical_constants.hpp"
#include "waverack/cluster/climate.hpp"

namespace waverack::cluster {
namespace {

constexpr double sea_level = 101325.0;  // [Pa]
constexpr std::size_t year = 8760, leap_year = 8784;
constexpr int epw_header_lines = 8;

// A quantity of the file, between what the lowest and the highest place on Earth show, and some more.
struct Quantity {
  std::string_view name, unit;
  double low, high;
};
constexpr Quantity dry_bulb_quantity{"dry_bulb", "degC", -90.0, 70.0};
constexpr Quantity wet_bulb_quantity{"wet_bulb", "degC", -90.0, 50.0};
constexpr Quantity dew_point_quantity{"dew_point", "degC", -100.0, 50.0};
constexpr Quantity humidity_quantity{"relative_humidity", "%", 0.0, 110.0};
constexpr Quantity pressure_quantity{"pressure", "Pa", 30e3, 120e3};

using Cells = std::vector<std::string_view>;

double number(const LineReader& reader, const Cells& cells, std::size_t column, const Quantity& quantity) {
  if (column >= cells.size())
    reader.fail(fmt::format("the line has {} columns; {} would be in column {}", cells.size(), quantity.name,
                            column + 1));
  const double value = reader.number(cells[column]);
  if (value < quantity.low || value > quantity.high)
    reader.fail(fmt::format("{} of {} {}", quantity.name, shown(cells[column]), quantity.unit),
                fmt::format("{:g} to {:g} {}", quantity.low, quantity.high, quantity.unit));
  return value;
}

WeatherHour humid_hour(double dry_celsius, double humidity, double pressure) {
  const double dry = dry_celsius + zero_celsius;
  return {dry, wet_bulb(dry, std::min(humidity, 1.0), pressure)};
}

void take_hour(LineReader& reader, Weather& weather, const WeatherHour& hour) {
  if (weather.hours.size() == leap_year)
    reader.fail("the file has more hours than a year", fmt::format("{} or {} lines", year, leap_year));
  weather.hours.push_back(hour);
}

void read_epw(LineReader& reader, Weather& weather) {
  for (int line = 1; line < epw_header_lines; ++line)
    if (!reader.next_line()) reader.fail("the file ends within the header of an EPW file");
  if (!lower(reader.line()).starts_with("data periods"))
    reader.fail("the eighth line of an EPW file states its periods", "DATA PERIODS,…");
  while (reader.next_line()) {
    const Cells cells = cells_of(reader.line());
    const double dry = number(reader, cells, 6, dry_bulb_quantity);
    const double humidity = number(reader, cells, 8, humidity_quantity);
    const double pressure = number(reader, cells, 9, pressure_quantity);
    take_hour(reader, weather, humid_hour(dry, humidity / 100.0, pressure));
  }
}

// Columns of a table by their names.
struct Columns {
  std::optional<std::size_t> dry_bulb, wet_bulb, dew_point, humidity, pressure;
};

Columns columns_of(const LineReader& reader) {
  Columns columns;
  const Cells names = cells_of(reader.line());
  const auto find = [&](const Quantity& quantity) -> std::optional<std::size_t> {
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (lower(names[i]) != quantity.name) continue;
      if (found) reader.fail(fmt::format("there are two columns {}", quantity.name));
      found = i;
    }
    return found;
  };
  columns = {find(dry_bulb_quantity), find(wet_bulb_quantity), find(dew_point_quantity),
             find(humidity_quantity), find(pressure_quantity)};
  const int humidities =
      columns.wet_bulb.has_value() + columns.dew_point.has_value() + columns.humidity.has_value();
  if (!columns.dry_bulb)
    reader.fail("there is no column dry_bulb",
                "dry_bulb in degC, and one of wet_bulb, dew_point and "
                "relative_humidity, or an EPW file");
  if (humidities != 1)
    reader.fail(humidities == 0 ? "no column tells the humidity" : "several columns tell the humidity",
                "one of wet_bulb, dew_point and relative_humidity");
  return columns;
}

WeatherHour table_hour(const LineReader& reader, const Columns& columns) {
  const Cells cells = cells_of(reader.line());
  const double dry = number(reader, cells, *columns.dry_bulb, dry_bulb_quantity);
  const double pressure =
      columns.pressure ? number(reader, cells, *columns.pressure, pressure_quantity) : sea_level;
  const auto not_above_dry = [&](double value, const Quantity& quantity) {
    if (value > dry)
      reader.fail(fmt::format("{} of {:g} degC is above the dry bulb", quantity.name, value),
                  fmt::format("at most {:g} degC", dry));
    return value;
  };
  if (columns.wet_bulb) {
    const double wet =
        not_above_dry(number(reader, cells, *columns.wet_bulb, wet_bulb_quantity), wet_bulb_quantity);
    return {dry + zero_celsius, wet + zero_celsius};
  }
  if (columns.dew_point) {
    const double dew =
        not_above_dry(number(reader, cells, *columns.dew_point, dew_point_quantity), dew_point_quantity);
    return humid_hour(dry, saturation_pressure(dew + zero_celsius) / saturation_pressure(dry + zero_celsius),
                      pressure);
  }
  return humid_hour(dry, number(reader, cells, *columns.humidity, humidity_quantity) / 100.0, pressure);
}

void read_weather_file(ReadContext& context, const Field&, const Node& node, const std::string& path,
                       void* out) {
  WeatherFile result;
  result.file = file_name(node, path);
  if (!result.file.empty())
    result.weather = with_path(path, [&] {
      return std::make_shared<const Weather>(
          parse_weather(load_text(context, node, path, result.file), result.file));
    });
  *static_cast<WeatherFile*>(out) = std::move(result);
}

Node write_weather_file(const Field&, const void* in) {
  const std::string& file = static_cast<const WeatherFile*>(in)->file;
  return file.empty() ? Node() : Node(file);
}

}  // namespace

Weather parse_weather(std::string_view text, const std::string& name) {
  LineReader reader(text, name, "");
  if (!reader.next_line()) reader.fail_at(0, "the file is empty", "an hour a line");
  Weather weather;
  weather.name = name;
  if (lower(reader.line()).starts_with("location,")) {
    read_epw(reader, weather);
  } else {
    const Columns columns = columns_of(reader);
    while (reader.next_line()) take_hour(reader, weather, table_hour(reader, columns));
  }
  if (weather.hours.size() != year && weather.hours.size() != leap_year)
    reader.fail(fmt::format("the file ends after {} hours", weather.hours.size()),
                fmt::format("{} or {} hours", year, leap_year));
  return weather;
}

}  // namespace waverack::cluster

namespace waverack {
template <>
const FieldType& field_type<cluster::WeatherFile>() {
  static const FieldType type{"file", &cluster::read_weather_file, &cluster::write_weather_file, nullptr};
  return type;
}
}  // namespace waverack
