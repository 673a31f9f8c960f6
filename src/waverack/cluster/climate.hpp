#pragma once
// The air outside a hall over one year: synthetic climates and hourly weather files.

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "waverack/base/reader.hpp"

namespace waverack::cluster {

enum class Climate { cold, temperate, hot_humid };

struct WeatherHour {
  double dry_bulb = 0.0;  // [K]
  double wet_bulb = 0.0;  // [K], at most dry_bulb
};

struct Weather {
  std::string name;
  std::vector<WeatherHour> hours;  // evenly over one year
};

// Cosines over the year and the day (facts: thermal 12.2), at every seventh hour: 7 and 24 have no common
// divisor, so every hour of the day comes up equally often.
Weather synthetic_weather(Climate);

// Pressure of saturated vapour over liquid water [Pa], also below freezing (Hyland and Wexler; ASHRAE
// Handbook Fundamentals 2017, chapter 1, equation 6).
double saturation_pressure(double temperature);

// The wet bulb of air of `dry_bulb` [K], relative humidity 0 … 1 and `pressure` [Pa], over liquid water
// (the same chapter, equations 20 and 33), to 1e-6 K.
double wet_bulb(double dry_bulb, double relative_humidity, double pressure);

// A year of weather, 8760 or 8784 hours, told apart by its first line:
// EPW  (EnergyPlus): eight lines of header from "LOCATION,…" on, then an hour a line; dry bulb, relative
//      humidity and pressure are its fields 7, 9 and 10, counted from 1.
// CSV  a line of names, then an hour a line: dry_bulb [°C] and one of wet_bulb [°C], relative_humidity [%]
//      or dew_point [°C]; pressure [Pa] if wanted, else 101325 Pa. Other columns are not read.
// Throws Error with the line of what is malformed, missing, out of range, or not there at all.
Weather parse_weather(std::string_view text, const std::string& name);

// A key of a section: the name of a file of parse_weather, read at once.
struct WeatherFile {
  std::string file;                        // "" for none
  std::shared_ptr<const Weather> weather;  // shared by all copies, never changed

  explicit operator bool() const { return weather != nullptr; }
};

}  // namespace waverack::cluster

namespace waverack {
template <>
struct EnumNames<cluster::Climate> {
  static constexpr std::array<EnumName<cluster::Climate>, 3> list{
      {{"cold", cluster::Climate::cold},
       {"temperate", cluster::Climate::temperate},
       {"hot_humid", cluster::Climate::hot_humid}}};
};
template <>
const FieldType& field_type<cluster::WeatherFile>();
}  // namespace waverack
