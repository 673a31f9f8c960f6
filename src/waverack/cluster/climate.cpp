#include "waverack/cluster/climate.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "waverack/base/physical_constants.hpp"

namespace waverack::cluster {
namespace {

struct ClimateData {
  double mean, season, day, wet_low, wet_high;  // [°C], [K]
};

ClimateData data_of(Climate climate) {
  switch (climate) {
    case Climate::cold:
      return {8.0, 10.0, 4.0, 2.0, 5.0};
    case Climate::temperate:
      return {17.0, 12.5, 4.0, 2.0, 5.0};
    case Climate::hot_humid:
      return {28.0, 3.0, 3.0, 1.0, 3.0};
  }
  return {};
}

WeatherHour synthetic_hour(const ClimateData& c, int hour) {
  constexpr double turn = 2.0 * std::numbers::pi;
  const double clock = hour % 24;
  const double dry = c.mean - c.season * std::cos(turn * (hour / 8760.0 - 0.05)) -
                     c.day * std::cos(turn * (clock - 3.0) / 24.0);
  const double depression =
      c.wet_low + (c.wet_high - c.wet_low) * std::max(0.0, std::cos(turn * (clock - 15.0) / 24.0));
  return {dry + zero_celsius, dry - depression + zero_celsius};
}

// Mass of vapour for each mass of dry air (ASHRAE equation 20).
double humidity_ratio(double vapour_pressure, double pressure) {
  return 0.621945 * vapour_pressure / (pressure - vapour_pressure);
}

}  // namespace

double saturation_pressure(double temperature) {
  const double t = temperature;
  return std::exp(-5.8002206e3 / t + 1.3914993 - 4.8640239e-2 * t + 4.1764768e-5 * t * t -
                  1.4452093e-8 * t * t * t + 6.5459673 * std::log(t));
}

Weather synthetic_weather(Climate climate) {
  const ClimateData data = data_of(climate);
  Weather weather;
  weather.name = enum_name(climate);
  for (int hour = 0; hour < 8760; hour += 7) weather.hours.push_back(synthetic_hour(data, hour));
  return weather;
}

double wet_bulb(double dry_bulb, double relative_humidity, double pressure) {
  const double dry = dry_bulb - zero_celsius;
  const double vapour = std::min(relative_humidity * saturation_pressure(dry_bulb), 0.5 * pressure);
  const double given = humidity_ratio(vapour, pressure);
  // The humidity that a wet bulb stands for rises with it (ASHRAE equation 33), so halving finds it.
  const auto humidity_of = [&](double wet_kelvin) {
    const double wet = wet_kelvin - zero_celsius;
    const double vapour_there = saturation_pressure(wet_kelvin);
    if (vapour_there >= pressure) return std::numeric_limits<double>::infinity();  // water boils
    const double saturated = humidity_ratio(vapour_there, pressure);
    return ((2501.0 - 2.326 * wet) * saturated - 1.006 * (dry - wet)) / (2501.0 + 1.86 * dry - 4.186 * wet);
  };
  double low = dry_bulb - 80.0, high = dry_bulb;
  while (high - low > 1e-6) {
    const double middle = 0.5 * (low + high);
    (humidity_of(middle) < given ? low : high) = middle;
  }
  return high;
}

}  // namespace waverack::cluster
