#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "waverack/base/error.hpp"
#include "waverack/cluster/climate.hpp"
#include "waverack/cluster/hall.hpp"
#include "waverack/cluster/water_loop.hpp"

namespace waverack::cluster {
namespace {

constexpr double zero_celsius = 273.15;

double wet_bulb_celsius(double dry, double humidity, double pressure) {
  return wet_bulb(dry + zero_celsius, humidity, pressure) - zero_celsius;
}

TEST(WetBulb, PublishedValues) {
  // ASHRAE Handbook Fundamentals 2017, chapter 1: table 3, to its formula's 300 ppm.
  EXPECT_NEAR(saturation_pressure(zero_celsius + 5.0), 872.6, 0.3);
  EXPECT_NEAR(saturation_pressure(zero_celsius + 25.0), 3169.7, 1.0);
  EXPECT_NEAR(saturation_pressure(zero_celsius + 50.0), 12351.3, 3.7);
  // The tests of PsychroLib 2.4: 3.92667 degC, to 0.1 %.
  EXPECT_NEAR(wet_bulb_celsius(7.0, 0.61, 100000.0), 3.92667, 0.004);
  // Example 1 of the same chapter: 40 and 20 degC are 14 % of humidity, to the rounding of the humidity.
  EXPECT_NEAR(wet_bulb_celsius(40.0, 0.14, 101325.0), 20.0, 0.2);
}

TEST(WetBulb, EndsOfTheHumidity) {
  EXPECT_NEAR(wet_bulb_celsius(25.0, 1.0, 101325.0), 25.0, 1e-5);
  // Air without any water cools to where 1.006 (25 − t) = 2501 W(t), roughly: 8 degC.
  EXPECT_NEAR(wet_bulb_celsius(25.0, 0.0, 101325.0), 8.0, 0.5);
}

// Where water boils below the dry bulb, 31.2 kPa at 70 degC, the wet bulb still is where equation 33 has the
// humidity that equation 20 gives, here worked out again.
TEST(WetBulb, BelowTheBoilingPoint) {
  const double wet = wet_bulb_celsius(70.0, 0.1, 31000.0);
  EXPECT_LT(wet, 60.0);
  const auto ratio = [](double vapour) { return 0.621945 * vapour / (31000.0 - vapour); };
  const double saturated = ratio(saturation_pressure(wet + zero_celsius));
  const double humidity =
      ((2501.0 - 2.326 * wet) * saturated - 1.006 * (70.0 - wet)) / (2501.0 + 1.86 * 70.0 - 4.186 * wet);
  EXPECT_NEAR(humidity, ratio(0.1 * saturation_pressure(70.0 + zero_celsius)), 1e-6);
}

TEST(Weather, SyntheticYearsTakeEveryHourOfTheDay) {
  const Weather weather = synthetic_weather(Climate::temperate);
  EXPECT_EQ(weather.hours.size(), 1252u);
  double mean = 0.0;
  for (const WeatherHour& hour : weather.hours) {
    EXPECT_LE(hour.wet_bulb, hour.dry_bulb);
    mean += hour.dry_bulb / 1252.0;
  }
  EXPECT_NEAR(mean, zero_celsius + 17.0, 0.02);  // m of the climate (facts: thermal 12.2)
}

std::string csv(int hours, const std::function<std::string(int)>& row, std::string header) {
  std::string text = std::move(header) + "\n";
  for (int hour = 0; hour < hours; ++hour) text += row(hour) + "\n";
  return text;
}

std::string plain_row(int) { return "20,10"; }

std::string epw(int hours, const std::function<std::string(int)>& row) {
  std::string text = "LOCATION,Nowhere,-,-,-,0,0,0,0,0\n";
  for (const char* line : {"DESIGN CONDITIONS,0", "TYPICAL/EXTREME PERIODS,0", "GROUND TEMPERATURES,0",
                           "HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0", "COMMENTS 1,", "COMMENTS 2,",
                           "DATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31"})
    text += std::string(line) + "\n";
  for (int hour = 0; hour < hours; ++hour) text += row(hour) + "\n";
  return text;
}

std::string epw_row(int) { return "2020,1,1,1,60,flags,7.0,0.1,61,100000,0,0,0"; }

TEST(WeatherFile, ReadsTables) {
  const Weather wet = parse_weather(csv(8760, plain_row, "dry_bulb,wet_bulb"), "a.csv");
  EXPECT_EQ(wet.hours.size(), 8760u);
  EXPECT_NEAR(wet.hours[5].dry_bulb, zero_celsius + 20.0, 1e-9);
  EXPECT_NEAR(wet.hours[5].wet_bulb, zero_celsius + 10.0, 1e-9);
  const auto humid_row = [](int hour) { return fmt::format("{};61;7.0;100000", hour); };
  const Weather humid =
      parse_weather(csv(8784, humid_row, "hour;relative_humidity;dry_bulb;pressure"), "b.csv");
  EXPECT_EQ(humid.hours.size(), 8784u);
  EXPECT_NEAR(humid.hours[100].wet_bulb, zero_celsius + 3.92667, 0.004);
  // The dew point at which 61 % of the vapour of 7 degC is saturated.
  const auto dew_row = [](int) { return std::string("7.0,-0.02"); };
  const Weather dew = parse_weather(csv(8760, dew_row, "dry_bulb,dew_point"), "c.csv");
  EXPECT_NEAR(dew.hours[0].wet_bulb, zero_celsius + 3.93, 0.02);
}

TEST(WeatherFile, ReadsEpw) {
  const Weather weather = parse_weather(epw(8760, epw_row), "x.epw");
  EXPECT_EQ(weather.hours.size(), 8760u);
  EXPECT_NEAR(weather.hours[8759].dry_bulb, zero_celsius + 7.0, 1e-9);
  EXPECT_NEAR(weather.hours[8759].wet_bulb, zero_celsius + 3.92667, 0.004);
}

void expect_refused(const std::string& text, int line, const std::string& words) {
  try {
    parse_weather(text, "w.csv");
    ADD_FAILURE() << "accepted: " << words;
  } catch (const Error& error) {
    EXPECT_EQ(error.info().mark.file, "w.csv");
    EXPECT_EQ(error.info().mark.line, line) << error.what();
    EXPECT_NE(std::string(error.what()).find(words), std::string::npos) << error.what();
  }
}

std::string with_row(int bad, const std::string& row) {
  return csv(
      8760, [&](int hour) { return hour == bad ? row : std::string("20,10"); }, "dry_bulb,wet_bulb");
}

TEST(WeatherFile, RefusesHostileTables) {
  expect_refused("", 0, "empty");
  expect_refused("\n\n", 0, "empty");
  expect_refused("temperature,wet_bulb\n1,2\n", 1, "no column dry_bulb");
  expect_refused("dry_bulb\n1\n", 1, "no column tells the humidity");
  expect_refused("dry_bulb,wet_bulb,dew_point\n", 1, "several columns");
  expect_refused("dry_bulb,dry_bulb,wet_bulb\n", 1, "two columns dry_bulb");
  expect_refused(with_row(0, "x,10"), 2, "'x' is not a number");
  expect_refused(with_row(3, "nan,10"), 5, "not a finite number");
  expect_refused(with_row(3, "1e999,10"), 5, "too large");
  expect_refused(with_row(7, "99.9,10"), 9, "-90 to 70 degC");
  expect_refused(with_row(7, "20,21"), 9, "above the dry bulb");
  expect_refused(with_row(7, "20"), 9, "1 columns");
  expect_refused(csv(4380, plain_row, "dry_bulb,wet_bulb"), 4381, "ends after 4380 hours");
  expect_refused(csv(8785, plain_row, "dry_bulb,wet_bulb"), 8786, "more hours than a year");
}

TEST(WeatherFile, RefusesHostileEpw) {
  expect_refused("LOCATION,Nowhere\n", 1, "within the header");
  expect_refused(epw(4380, epw_row), 4388, "ends after 4380 hours");
  std::string text = epw(8760, epw_row);
  expect_refused(text.substr(0, text.size() - 40), 8768, "columns");  // cut off within a line
  const auto missing = [](int hour) {
    return hour == 10 ? std::string("2020,1,1,1,60,f,99.9,99.9,999,999999") : epw_row(hour);
  };
  expect_refused(epw(8760, missing), 19, "dry_bulb of 99.9");
  text.replace(text.find("DATA PERIODS"), 4, "WHAT");
  expect_refused(text, 8, "eighth line");
}

TEST(WeatherFile, IsReadByTheKeyOfAHall) {
  ReadSources sources;
  sources.load_file = [](std::string_view name) {
    return name == "good.csv" ? csv(8760, plain_row, "dry_bulb,wet_bulb") : std::string("nothing");
  };
  const auto hall = [&](const char* file) {
    ReadContext context(sources);
    Table table;
    table.set("weather", Node(std::string(file)));
    return read<Hall>(context, Node(std::move(table)), "hall");
  };
  const Hall good = hall("good.csv");
  ASSERT_TRUE(good.weather);
  EXPECT_EQ(good.weather.weather->hours.size(), 8760u);
  EXPECT_EQ(write(good).find("weather")->string()->c_str(), std::string("good.csv"));
  try {
    hall("bad.csv");
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.info().path, "hall.weather");
    EXPECT_EQ(error.info().mark.line, 1);
  }
}

TEST(WaterLoop, AConstantYearIsItsHour) {
  const Weather weather{"constant", std::vector<WeatherHour>(10, {290.0, 285.0})};
  const LoopYear year = loop_year(HeatRejection::tower, 288.0, 288.0, weather);
  // Free supply 291 K is 3 K too warm: half of the heat is the chiller's, which lifts 297 − 285 K.
  const LoopDemand demand = mean_demand(year, 288.0);
  EXPECT_NEAR(demand.chiller_share, 0.5, 1e-12);
  EXPECT_NEAR(demand.carnot_work, 0.5 * 12.0 / 285.0, 1e-12);
  EXPECT_NEAR(worst_demand(year, 288.0).carnot_work, demand.carnot_work, 1e-12);
}

// Air of 300 K cools water to 308 K whatever its humidity (facts: thermal 12.2), so that water of 305 K needs
// the chiller for 3 K of 6 K; it lifts from 302 K to 314 K.
TEST(WaterLoop, DryCoolersKnowTheDryBulbAlone) {
  for (const double wet : {280.0, 299.0}) {
    const LoopDemand demand = loop_demand(HeatRejection::dry_cooler, 305.0, {300.0, wet});
    EXPECT_NEAR(demand.chiller_share, 0.5, 1e-12);
    EXPECT_NEAR(demand.carnot_work, 0.5 * (314.0 - 302.0) / 302.0, 1e-12);
  }
}

TEST(WaterLoop, DryCoolersSlowDown) {
  const Weather weather{"constant", std::vector<WeatherHour>(2, {280.0, 275.0})};
  const LoopYear year = loop_year(HeatRejection::dry_cooler, 304.0, 304.0, weather);
  EXPECT_NEAR(mean_demand(year, 304.0).fan_effort, 1.0 / 9.0, 1e-12);  // 8 K of 24 K, squared
}

TEST(WaterLoop, StepsOfTheSupplyAreFine) {
  for (const HeatRejection rejection : {HeatRejection::tower, HeatRejection::dry_cooler}) {
    for (const Climate climate : {Climate::cold, Climate::temperate, Climate::hot_humid}) {
      const Weather weather = synthetic_weather(climate);
      const LoopYear table = loop_year(rejection, 280.0, 318.0, weather);
      for (double supply = 280.07; supply < 318.0; supply += 1.31) {
        const LoopDemand exact = mean_demand(loop_year(rejection, supply, supply, weather), supply);
        const LoopDemand read = mean_demand(table, supply);
        // Chiller at half of Carnot's COP, fans of 2 %: what hall.hpp promises.
        EXPECT_NEAR(read.carnot_work / 0.5, exact.carnot_work / 0.5, 2e-5) << supply;
        EXPECT_NEAR(0.02 * read.fan_effort, 0.02 * exact.fan_effort, 2e-5) << supply;
      }
    }
  }
}

}  // namespace
}  // namespace waverack::cluster
