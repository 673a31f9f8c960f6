#include "waverack/io/thermal_maps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "waverack/base/physical_constants.hpp"

namespace waverack::io {
namespace {

using thermal::ColumnKind;
using thermal::Field;
using thermal::Grid;
using thermal::GridLayer;

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr int most_cells = 160;

// What may stand in the name of a file and in an id of a page.
std::string plain(std::string text) {
  for (char& c : text)
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_')) c = '-';
  return text;
}

std::string millimetres(double metres) { return fmt::format("{:.2f} mm", metres * 1e3); }

// As many cells as the lines have if they are equal, else as many as are allowed.
int raster_cells(std::span<const double> lines, double share_of_most) {
  const int most = std::max(1, static_cast<int>(std::lround(most_cells * share_of_most)));
  const int cells = static_cast<int>(lines.size()) - 1;
  const double even = (lines.back() - lines.front()) / cells;
  for (int i = 0; i < cells; ++i)
    if (std::abs(lines[static_cast<std::size_t>(i) + 1] - lines[static_cast<std::size_t>(i)] - even) >
        0.01 * even)
      return most;
  return std::min(cells, most);
}

// The cell of each column of a raster over `lines`, at its middle.
std::vector<int> sampled(const std::vector<double>& lines, int cells) {
  std::vector<int> found;
  for (int i = 0; i < cells; ++i)
    found.push_back(
        thermal::cell_at(lines, lines.front() + (lines.back() - lines.front()) * (i + 0.5) / cells));
  return found;
}

std::string hottest_note(const HeatMap& map) {
  std::size_t best = 0;
  double highest = -std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < map.celsius.size(); ++k)
    if (map.celsius[k] > highest) {
      highest = map.celsius[k];
      best = k;
    }
  const auto columns = static_cast<std::size_t>(map.columns);
  const double x = map.x_start + map.x_step * (static_cast<double>(best % columns) + 0.5);
  std::string text = fmt::format("hottest {:.2f} °C at {} {}", highest, map.across, millimetres(x));
  if (map.y_edges.empty())
    text += fmt::format(", {} {}", map.up,
                        millimetres(map.y_start + map.y_step * (static_cast<double>(best / columns) + 0.5)));
  return text;
}

HeatMap layer_picture(const thermal::Stack& stack, const thermal::Placement& placement, const Field& field,
                      std::size_t index) {
  const thermal::LayerMap cells = thermal::layer_map(field, index);
  const double width = cells.x.back() - cells.x.front(), length = cells.y.back() - cells.y.front();
  const double side = std::max(width, length);
  HeatMap map;
  map.id = map_id(stack.layers[index].name);
  map.title = stack.layers[index].name;
  map.across = "x";
  map.up = "y";
  map.columns = raster_cells(cells.x, width / side);
  map.rows = raster_cells(cells.y, length / side);
  map.x_start = cells.x.front();
  map.x_step = width / map.columns;
  map.y_start = cells.y.front();
  map.y_step = length / map.rows;
  const std::vector<int> at_x = sampled(cells.x, map.columns);
  for (const int j : sampled(cells.y, map.rows))
    for (const int i : at_x)
      map.celsius.push_back(cells.temperature[static_cast<std::size_t>(j) * (cells.x.size() - 1) +
                                              static_cast<std::size_t>(i)] -
                            zero_celsius);
  for (std::size_t b = 0; b < stack.blocks.size(); ++b)
    if (stack.blocks[b].layer == stack.layers[index].name)
      map.outlines.push_back({stack.blocks[b].name, placement.blocks[b]});
  map.note = hottest_note(map);
  return map;
}

// A line of columns of the grid, along x at one j or along y at one i.
struct Cut {
  bool along_x = true;
  int fixed = 0;  // j or i
  int i(int moving) const { return along_x ? moving : fixed; }
  int j(int moving) const { return along_x ? fixed : moving; }
};

double temperature_at(const Field& field, const GridLayer& layer, int i, int j, double z) {
  const std::size_t column = layer.at(i, j);
  int node = layer.first[column];
  switch (layer.kind[column]) {
    case ColumnKind::none:
      return not_a_number;
    case ColumnKind::channel:
      break;
    case ColumnKind::porous:
      node += 2;  // the coolant
      break;
    case ColumnKind::solid:
      node += std::clamp(static_cast<int>((z - layer.bottom) / layer.cell_height()), 0, layer.cells - 1);
      break;
  }
  return field.temperature[static_cast<std::size_t>(node)] - zero_celsius;
}

bool is_cut(const GridLayer& layer, const Cut& cut) {
  return cut.along_x ? cut.fixed >= layer.y_begin && cut.fixed < layer.y_end
                     : cut.fixed >= layer.x_begin && cut.fixed < layer.x_end;
}

// The heights of the cells of every layer that is cut.
std::vector<double> section_edges(const Grid& grid, const Cut& cut) {
  std::vector<double> edges;
  for (const GridLayer& layer : grid.layers) {
    if (!is_cut(layer, cut)) continue;
    for (int k = 0; k < layer.cells; ++k) edges.push_back(layer.bottom + k * layer.cell_height());
    edges.push_back(layer.top);
  }
  std::sort(edges.begin(), edges.end());
  std::vector<double> distinct;
  for (const double edge : edges)
    if (distinct.empty() || edge > distinct.back() + thermal::same_length) distinct.push_back(edge);
  return distinct;
}

HeatMap section_picture(const thermal::Stack& stack, const thermal::Placement& placement, const Field& field,
                        const Cut& cut) {
  const Grid& grid = field.grid;
  const std::vector<double>& lines = cut.along_x ? grid.x : grid.y;
  const std::vector<double>& others = cut.along_x ? grid.y : grid.x;
  const auto fixed = static_cast<std::size_t>(cut.fixed);
  HeatMap map;
  map.across = cut.along_x ? "x" : "y";
  map.up = "z";
  map.id = "section." + map.across;
  map.title = fmt::format("Section along {} at {} = {}", map.across, cut.along_x ? "y" : "x",
                          millimetres(0.5 * (others[fixed] + others[fixed + 1])));
  map.columns = raster_cells(lines, 1.0);
  map.x_start = lines.front();
  map.x_step = (lines.back() - lines.front()) / map.columns;
  map.y_edges = section_edges(grid, cut);
  map.rows = static_cast<int>(map.y_edges.size()) - 1;
  const std::vector<int> at = sampled(lines, map.columns);
  for (std::size_t row = 0; row + 1 < map.y_edges.size(); ++row) {
    const double z = 0.5 * (map.y_edges[row] + map.y_edges[row + 1]);
    for (const int moving : at) {
      double found = not_a_number;
      for (const GridLayer& layer : grid.layers)
        if (z > layer.bottom && z < layer.top &&
            layer.kind_at(cut.i(moving), cut.j(moving)) != ColumnKind::none)
          found = temperature_at(field, layer, cut.i(moving), cut.j(moving), z);
      map.celsius.push_back(found);
    }
  }
  for (std::size_t n = 0; n < stack.layers.size(); ++n) {
    if (!is_cut(grid.layers[n], cut)) continue;
    const thermal::PlacedLayer& placed = placement.layers[n];
    map.outlines.push_back(
        {stack.layers[n].name,
         {cut.along_x ? placed.outline.x0 : placed.outline.y0,
          cut.along_x ? placed.outline.x1 : placed.outline.y1, placed.bottom, placed.top}});
  }
  map.note = hottest_note(map);
  return map;
}

}  // namespace

std::string map_id(const std::string& layer) { return "map." + plain(layer); }

std::vector<HeatMap> layer_maps(const thermal::Stack& stack, const thermal::Placement& placement,
                                const Field& field) {
  std::vector<HeatMap> maps;
  for (std::size_t n = 0; n < stack.layers.size(); ++n)
    maps.push_back(layer_picture(stack, placement, field, n));
  return maps;
}

std::vector<HeatMap> section_maps(const thermal::Stack& stack, const thermal::Placement& placement,
                                  const Field& field) {
  double highest = -std::numeric_limits<double>::infinity();
  int hot_i = 0, hot_j = 0;
  for (const GridLayer& layer : field.grid.layers)
    for (int j = layer.y_begin; j < layer.y_end; ++j)
      for (int i = layer.x_begin; i < layer.x_end; ++i)
        for (int k = 0; k < thermal::nodes_of(layer.kind_at(i, j), layer.cells); ++k) {
          const double t = field.temperature[static_cast<std::size_t>(layer.first[layer.at(i, j)] + k)];
          if (!(t > highest)) continue;
          highest = t;
          hot_i = i;
          hot_j = j;
        }
  return {section_picture(stack, placement, field, {true, hot_j}),
          section_picture(stack, placement, field, {false, hot_i})};
}

void write_maps(JsonWriter& json, std::span<const HeatMap> maps) {
  json.list("maps", maps, [&](const HeatMap& map) {
    json.member("id", map.id);
    json.member("title", map.title);
    json.member("note", map.note);
    json.member("unit", "degC");
    const auto axis = [&](const char* key, const std::string& name, double start, double step, int count) {
      json.object(key, [&] {
        json.member("name", name);
        json.member("unit", "m");
        json.member("start", start);
        json.member("step", step);
        json.member("count", count);
      });
    };
    axis("x", map.across, map.x_start, map.x_step, map.columns);
    if (map.y_edges.empty())
      axis("y", map.up, map.y_start, map.y_step, map.rows);
    else
      json.object("y", [&] {
        json.member("name", map.up);
        json.member("unit", "m");
        json.member("edges", map.y_edges);
      });
    std::vector<double> rounded;
    for (const double value : map.celsius) rounded.push_back(std::round(value * 1e3) / 1e3);
    json.member("values", rounded);
    json.list("outlines", map.outlines, [&](const MapOutline& outline) {
      json.member("name", outline.name);
      json.member("x0", outline.box.x0);
      json.member("x1", outline.box.x1);
      json.member("y0", outline.box.y0);
      json.member("y1", outline.box.y1);
    });
  });
}

}  // namespace waverack::io
