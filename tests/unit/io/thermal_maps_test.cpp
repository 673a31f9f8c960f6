#include "waverack/io/thermal_maps.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "thermal_stacks.hpp"
#include "waverack/thermal/steady.hpp"

namespace waverack::io {
namespace {

double highest(const HeatMap& map) {
  double most = -1e9;
  for (const double value : map.celsius)
    if (value > most) most = value;
  return most;
}

// The engine of the facts with its cavity, cells of 400 µm: 25 by 20.
TEST(ThermalMaps, ShowsEveryLayerAndWhatLiesOnIt) {
  const thermal::Stack stack = thermal::engine_stack(true, 400e-6);
  const thermal::SteadyResult result = thermal::solve_steady(stack);
  const std::vector<HeatMap> maps = layer_maps(stack, thermal::place(stack), result.field);
  ASSERT_EQ(maps.size(), stack.layers.size());
  const auto of = [&](const std::string& title) {
    return *std::find_if(maps.begin(), maps.end(), [&](const HeatMap& map) { return map.title == title; });
  };
  const HeatMap eic = of("eic"), channels = of("channels");
  EXPECT_EQ(eic.id, "map.eic");
  EXPECT_EQ(of("eic bulk").id, "map.eic-bulk");
  EXPECT_EQ(eic.columns, 25);
  EXPECT_EQ(eic.rows, 20);
  EXPECT_NEAR(eic.x_step, 0.4e-3, 1e-12);
  // A single cell through the layer: the map holds its hottest place (facts: thermal 6.2, 326.0700 K).
  EXPECT_NEAR(highest(eic), 326.070 - 273.15, 0.020);
  ASSERT_EQ(eic.outlines.size(), 2u);
  EXPECT_EQ(eic.outlines[1].name, "RX TIAs");
  EXPECT_NEAR(eic.outlines[1].box.y0, 5e-3, 1e-12);
  // Coolant of a porous layer, which is no warmer than its outlet (315.505 K) and enters at 313.15 K.
  EXPECT_NEAR(highest(channels), 315.505 - 273.15, 0.020);
  EXPECT_GE(*std::min_element(channels.celsius.begin(), channels.celsius.end()), 40.0 - 1e-6);
  EXPECT_NE(eic.note.find("hottest 52.9"), std::string::npos) << eic.note;
}

TEST(ThermalMaps, CutsThroughTheHottestPlace) {
  const thermal::Stack stack = thermal::engine_stack(true, 400e-6);
  const thermal::SteadyResult result = thermal::solve_steady(stack);
  const std::vector<HeatMap> cuts = section_maps(stack, thermal::place(stack), result.field);
  ASSERT_EQ(cuts.size(), 2u);
  const double hottest = *std::max_element(result.field.temperature.begin(), result.field.temperature.end());
  for (const HeatMap& cut : cuts) {
    SCOPED_TRACE(cut.id);
    EXPECT_NEAR(highest(cut), hottest - 273.15, 1e-9);
    EXPECT_EQ(cut.outlines.size(), stack.layers.size());
    EXPECT_EQ(cut.celsius.size(), static_cast<std::size_t>(cut.columns * cut.rows));
    EXPECT_EQ(cut.y_edges.front(), 0.0);
    EXPECT_TRUE(std::is_sorted(cut.y_edges.begin(), cut.y_edges.end()));
    EXPECT_TRUE(std::none_of(cut.celsius.begin(), cut.celsius.end(), [](double t) { return std::isnan(t); }));
  }
  EXPECT_TRUE(cuts[0].title.starts_with("Section along x at y = 1."));  // the ring strip, 1.0 to 1.4 mm
}

// Two dies of different height on a substrate, with air beside them.
TEST(ThermalMaps, LeavesOutWhatIsNotThere) {
  thermal::Stack stack;
  stack.width = 10e-3;
  stack.length = 5e-3;
  stack.materials = {{.name = "Si", .conductivity = 130.0}};
  stack.layers = {{.name = "low",
                   .material = "Si",
                   .thickness = 0.3e-3,
                   .x = 1e-3,
                   .y = 1e-3,
                   .width = 3e-3,
                   .length = 3e-3,
                   .on = {"base"}},
                  {.name = "high",
                   .material = "Si",
                   .thickness = 0.7e-3,
                   .x = 6e-3,
                   .y = 1e-3,
                   .width = 3e-3,
                   .length = 3e-3,
                   .on = {"base"}},
                  {.name = "base", .material = "Si", .thickness = 1e-3}};
  stack.blocks = {{.name = "core", .layer = "high", .power = 2.0}};
  stack.faces = {{.name = "board",
                  .layer = "base",
                  .side = thermal::Side::bottom,
                  .coefficient = 1e3,
                  .temperature = 300.0}};
  stack.grid.cell_x = 0.5e-3;
  const thermal::SteadyResult result = thermal::solve_steady(stack);
  const std::vector<HeatMap> cuts = section_maps(stack, thermal::place(stack), result.field);
  const HeatMap& along_x = cuts[0];
  ASSERT_EQ(along_x.columns, 20);
  const auto at = [&](double x, double z) {
    const auto column = static_cast<std::size_t>(x / along_x.x_step);
    const auto row = static_cast<std::size_t>(
        std::upper_bound(along_x.y_edges.begin(), along_x.y_edges.end(), z) - along_x.y_edges.begin() - 1);
    return along_x.celsius[row * 20 + column];
  };
  EXPECT_TRUE(std::isnan(at(0.2e-3, 1.1e-3)));  // beside the dies
  EXPECT_TRUE(std::isnan(at(2.2e-3, 1.4e-3)));  // above the lower one
  EXPECT_FALSE(std::isnan(at(2.2e-3, 1.1e-3)));
  EXPECT_FALSE(std::isnan(at(7.2e-3, 1.6e-3)));
  EXPECT_GT(at(7.2e-3, 1.6e-3), at(2.2e-3, 1.1e-3));
  const std::vector<HeatMap> maps = layer_maps(stack, thermal::place(stack), result.field);
  EXPECT_EQ(maps[0].columns, 6);  // its own outline alone
  EXPECT_NEAR(maps[0].x_start, 1e-3, 1e-12);
}

TEST(ThermalMaps, WritesWhatTheReportReads) {
  HeatMap map;
  map.id = "map.die";
  map.title = "die";
  map.across = "x";
  map.up = "y";
  map.x_step = map.y_step = 1e-3;
  map.columns = 2;
  map.rows = 1;
  map.celsius = {41.23456, std::nan("")};
  map.outlines = {{"core", {0.0, 1e-3, 0.0, 1e-3}}};
  JsonWriter json;
  json.begin_object();
  write_maps(json, {&map, 1});
  json.end_object();
  const std::string text = json.take();
  EXPECT_NE(text.find("\"values\": [41.235, null]"), std::string::npos) << text;
  EXPECT_NE(text.find("\"count\": 2"), std::string::npos);
  EXPECT_NE(text.find("\"name\": \"core\""), std::string::npos);
}

}  // namespace
}  // namespace waverack::io
