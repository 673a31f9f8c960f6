#include "waverack/thermal/field.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace waverack::thermal {
namespace {

// A cell whose centre is outside of a block counts for its extremes from this part of the most covered one
// on.
constexpr double sliver = 0.01;

// Nodes that stand for a column: coolant where it flows, else all of it.
struct Span {
  int first = 0, count = 0;
};

Span shown_nodes(const GridLayer& layer, std::size_t column) {
  const int first = layer.first[column];
  switch (layer.kind[column]) {
    case ColumnKind::none:
      return {};
    case ColumnKind::channel:
      return {first, 1};
    case ColumnKind::porous:
      return {first + 2, 1};
    case ColumnKind::solid:
      return {first, layer.cells};
  }
  return {};
}

}  // namespace

BlockTemperature block_temperature(const Field& field, const Footprint& covered) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  BlockTemperature found{{}, 0.0, infinity, 0.0, -infinity};
  double largest = 0.0;
  for (const double share : covered.shares) largest = std::max(largest, share);
  for (std::size_t n = 0; n < covered.nodes.size(); ++n) {
    const double t = field.temperature[static_cast<std::size_t>(covered.nodes[n])];
    found.mean += covered.shares[n] * t;
    if (!covered.inside[n] && covered.shares[n] < sliver * largest) continue;
    found.min = std::min(found.min, t);
    found.max = std::max(found.max, t);
  }
  // Many slivers weigh something in the mean.
  found.min = std::min(found.min, found.mean);
  found.max = std::max(found.max, found.mean);
  return found;
}

LayerTemperature layer_temperature(const Field& field, std::size_t index) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const Grid& grid = field.grid;
  const GridLayer& layer = grid.layers[index];
  LayerTemperature found{{}, infinity, 0.0, -infinity};
  double area = 0.0;
  for (int j = layer.y_begin; j < layer.y_end; ++j)
    for (int i = layer.x_begin; i < layer.x_end; ++i) {
      const std::size_t column = layer.at(i, j);
      const int count = nodes_of(layer.kind[column], layer.cells);
      for (int k = 0; k < count; ++k) {
        const double t = field.temperature[static_cast<std::size_t>(layer.first[column] + k)];
        const double weight = grid.dx(i) * grid.dy(j) / count;
        found.min = std::min(found.min, t);
        found.max = std::max(found.max, t);
        found.mean += weight * t;
        area += weight;
      }
    }
  found.mean /= area;
  return found;
}

LayerMap layer_map(const Field& field, std::size_t index) {
  const Grid& grid = field.grid;
  const GridLayer& layer = grid.layers[index];
  LayerMap map;
  map.x.assign(grid.x.begin() + layer.x_begin, grid.x.begin() + layer.x_end + 1);
  map.y.assign(grid.y.begin() + layer.y_begin, grid.y.begin() + layer.y_end + 1);
  for (std::size_t column = 0; column < layer.kind.size(); ++column) {
    const Span shown = shown_nodes(layer, column);
    double sum = 0.0;
    for (int k = 0; k < shown.count; ++k) sum += field.temperature[static_cast<std::size_t>(shown.first + k)];
    map.temperature.push_back(shown.count > 0 ? sum / shown.count : std::nan(""));
  }
  return map;
}

std::vector<double> point_temperatures(const Stack& stack, const Placement& placement, const Field& field) {
  std::vector<double> found;
  for (const Point& point : stack.points) {
    const std::size_t n = layer_index(stack, point.layer, "points." + point.name + ".layer");
    const GridLayer& layer = field.grid.layers[n];
    const Rectangle& outline = placement.layers[n].outline;
    const int i = std::clamp(cell_at(field.grid.x, outline.x0 + point.x), layer.x_begin, layer.x_end - 1);
    const int j = std::clamp(cell_at(field.grid.y, outline.y0 + point.y), layer.y_begin, layer.y_end - 1);
    const Span shown = shown_nodes(layer, layer.at(i, j));
    found.push_back(shown.count > 0
                        ? field.temperature[static_cast<std::size_t>(shown.first + shown.count - 1)]
                        : std::nan(""));
  }
  return found;
}

}  // namespace waverack::thermal
