#include "waverack/thermal/grid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/thermal/cavity.hpp"

namespace waverack::thermal {
namespace {

constexpr int most_nodes = 20'000'000;
constexpr double thick_layer = 100e-6;  // above it a layer gets four cells [m]

struct Interval {
  double low = 0.0, high = 0.0, cell = 0.0;
};

// Lines that must be there, with cells of at most the smallest size asked for between them.
std::vector<double> make_lines(std::vector<double> fixed, double cell, const std::vector<Interval>& finer) {
  std::sort(fixed.begin(), fixed.end());
  std::vector<double> lines;
  for (const double line : fixed)
    if (lines.empty() || line - lines.back() > same_length) lines.push_back(line);
  std::vector<double> all;
  for (std::size_t n = 0; n + 1 < lines.size(); ++n) {
    const double low = lines[n], high = lines[n + 1];
    double size = cell;
    for (const Interval& item : finer)
      if (item.low < high - same_length && item.high > low + same_length) size = std::min(size, item.cell);
    const int parts = std::max(1, static_cast<int>(std::ceil((high - low) / size - 1e-6)));
    for (int part = 0; part < parts; ++part) all.push_back(low + (high - low) * part / parts);
  }
  all.push_back(lines.back());
  return all;
}

int line_at(const std::vector<double>& lines, double coordinate) {
  return static_cast<int>(std::lower_bound(lines.begin(), lines.end(), coordinate - same_length) -
                          lines.begin());
}

void make_all_lines(const Stack& stack, const Placement& placement, const Refinement& refinement,
                    Grid& grid) {
  std::vector<double> x, y;
  std::vector<Interval> finer_x, finer_y;
  for (std::size_t n = 0; n < stack.layers.size(); ++n) {
    const Rectangle& o = placement.layers[n].outline;
    x.insert(x.end(), {o.x0, o.x1});
    y.insert(y.end(), {o.y0, o.y1});
    const double cell = stack.layers[n].cell * refinement.cells_in_plane;
    if (cell > 0.0) {
      finer_x.push_back({o.x0, o.x1, cell});
      finer_y.push_back({o.y0, o.y1, cell});
    }
  }
  if (stack.grid.follow_blocks)
    for (const Rectangle& block : placement.blocks) {
      x.insert(x.end(), {block.x0, block.x1});
      y.insert(y.end(), {block.y0, block.y1});
    }
  for (const Cavity& cavity : stack.cavities) {
    if (cavity.model != CavityModel::resolved) continue;
    const Rectangle& o = placement.layers[layer_index(stack, cavity.layer, "")].outline;
    const bool along_y = flows_along_y(cavity.direction);
    const ChannelWalls walls = channel_walls(cavity, along_y ? o.x1 - o.x0 : o.y1 - o.y0);
    for (const double wall : walls.lines) (along_y ? x : y).push_back((along_y ? o.x0 : o.y0) + wall);
  }
  const auto extent = [](const std::vector<double>& lines) {
    return *std::max_element(lines.begin(), lines.end()) - *std::min_element(lines.begin(), lines.end());
  };
  const double coarse = std::max(extent(x), extent(y)) / 64.0;
  const double cell_x = stack.grid.cell_x > 0.0 ? stack.grid.cell_x : coarse;
  const double cell_y = stack.grid.cell_y > 0.0 ? stack.grid.cell_y : cell_x;
  grid.x = make_lines(std::move(x), cell_x * refinement.cells_in_plane, finer_x);
  grid.y = make_lines(std::move(y), cell_y * refinement.cells_in_plane, finer_y);
}

ColumnKind cavity_column(const Cavity& cavity, const Rectangle& outline, double x, double y) {
  if (cavity.model == CavityModel::porous) return ColumnKind::porous;
  const bool along_y = flows_along_y(cavity.direction);
  const ChannelWalls walls =
      channel_walls(cavity, along_y ? outline.x1 - outline.x0 : outline.y1 - outline.y0);
  const double across = along_y ? x - outline.x0 : y - outline.y0;
  const auto passed = std::upper_bound(walls.lines.begin(), walls.lines.end(), across) - walls.lines.begin();
  return passed % 2 == 1 ? ColumnKind::channel : ColumnKind::solid;
}

// What a column of layer n holds.
ColumnKind column_kind(const Stack& stack, const Placement& placement, std::size_t n, int cavity, double x,
                       double y) {
  const PlacedLayer& own = placement.layers[n];
  if (stack.layers[n].fills)
    for (std::size_t k = 0; k < placement.layers.size(); ++k) {
      const PlacedLayer& other = placement.layers[k];
      const Rectangle& o = other.outline;
      if (k != n && x > o.x0 && x < o.x1 && y > o.y0 && y < o.y1 && other.bottom < own.top - same_length &&
          other.top > own.bottom + same_length)
        return ColumnKind::none;
    }
  if (cavity < 0) return ColumnKind::solid;
  return cavity_column(stack.cavities[static_cast<std::size_t>(cavity)], own.outline, x, y);
}

int cells_through(const Stack& stack, const Layer& layer, int refinement) {
  if (stack.grid.closure == Closure::central) {
    if (layer.cells > 1)
      throw Error(ErrorInfo{{},
                            "layers." + layer.name + ".cells",
                            "the central closure has one cell for each layer",
                            "1, or grid.closure = \"upwind\"",
                            {}});
    return 1;
  }
  const int cells = layer.cells > 0 ? layer.cells : layer.thickness > thick_layer * (1.0 + 1e-9) ? 4 : 1;
  return cells * refinement;
}

}  // namespace

int nodes_of(ColumnKind kind, int cells) {
  switch (kind) {
    case ColumnKind::none:
      return 0;
    case ColumnKind::solid:
      return cells;
    case ColumnKind::channel:
      return 1;
    case ColumnKind::porous:
      return 4;
  }
  return 0;
}

Grid make_grid(const Stack& stack, const Placement& placement, const Refinement& refinement) {
  Grid grid;
  make_all_lines(stack, placement, refinement, grid);
  double nodes = 0.0;
  for (std::size_t n = 0; n < stack.layers.size(); ++n) {
    const PlacedLayer& placed = placement.layers[n];
    GridLayer& layer = grid.layers.emplace_back();
    layer.x_begin = line_at(grid.x, placed.outline.x0);
    layer.x_end = line_at(grid.x, placed.outline.x1);
    layer.y_begin = line_at(grid.y, placed.outline.y0);
    layer.y_end = line_at(grid.y, placed.outline.y1);
    layer.bottom = placed.bottom;
    layer.top = placed.top;
    for (std::size_t c = 0; c < stack.cavities.size(); ++c)
      if (stack.cavities[c].layer == stack.layers[n].name) layer.cavity = static_cast<int>(c);
    layer.cells = cells_through(stack, stack.layers[n], layer.cavity < 0 ? refinement.cells_through : 1);
    nodes += static_cast<double>(layer.columns_x()) * (layer.y_end - layer.y_begin) *
             std::max(layer.cells, layer.cavity < 0 ? 1 : 4);
    if (nodes > most_nodes)
      throw Error(ErrorInfo{{},
                            "grid.cell_x",
                            fmt::format("the grid has more than {} cells", most_nodes),
                            "larger cells, or fewer along z",
                            {}});
    for (int j = layer.y_begin; j < layer.y_end; ++j)
      for (int i = layer.x_begin; i < layer.x_end; ++i) {
        const std::size_t line_x = static_cast<std::size_t>(i), line_y = static_cast<std::size_t>(j);
        const ColumnKind kind =
            column_kind(stack, placement, n, layer.cavity, (grid.x[line_x] + grid.x[line_x + 1]) / 2.0,
                        (grid.y[line_y] + grid.y[line_y + 1]) / 2.0);
        layer.kind.push_back(kind);
        layer.first.push_back(kind == ColumnKind::none ? -1 : grid.nodes);
        grid.nodes += nodes_of(kind, layer.cells);
      }
  }
  return grid;
}

int cell_at(const std::vector<double>& lines, double coordinate) {
  const auto above = std::upper_bound(lines.begin(), lines.end(), coordinate + same_length) - lines.begin();
  return static_cast<int>(std::clamp<std::ptrdiff_t>(above - 1, 0, std::ssize(lines) - 2));
}

Footprint footprint(const Grid& grid, std::size_t index, const Rectangle& rectangle) {
  const GridLayer& layer = grid.layers[index];
  Footprint found;
  const auto coolant_too = [&](bool channels) {
    double covered = 0.0;
    const int i_begin = std::max(layer.x_begin, cell_at(grid.x, rectangle.x0));
    const int j_begin = std::max(layer.y_begin, cell_at(grid.y, rectangle.y0));
    for (int j = j_begin; j < layer.y_end; ++j) {
      const double y0 = grid.y[static_cast<std::size_t>(j)], y1 = grid.y[static_cast<std::size_t>(j) + 1];
      const double height = std::min(y1, rectangle.y1) - std::max(y0, rectangle.y0);
      if (y0 >= rectangle.y1) break;
      if (height <= same_length) continue;
      for (int i = i_begin; i < layer.x_end; ++i) {
        const double x0 = grid.x[static_cast<std::size_t>(i)], x1 = grid.x[static_cast<std::size_t>(i) + 1];
        const double width = std::min(x1, rectangle.x1) - std::max(x0, rectangle.x0);
        if (x0 >= rectangle.x1) break;
        const ColumnKind kind = layer.kind[layer.at(i, j)];
        if (width <= same_length || kind == ColumnKind::none) continue;
        if (kind == ColumnKind::channel && !channels) continue;
        const double x = (x0 + x1) / 2.0, y = (y0 + y1) / 2.0;
        const bool inside = x > rectangle.x0 && x < rectangle.x1 && y > rectangle.y0 && y < rectangle.y1;
        // Of a porous column the walls: its second node.
        const int first = layer.first[layer.at(i, j)] + (kind == ColumnKind::porous ? 1 : 0);
        const int count = kind == ColumnKind::solid ? layer.cells : 1;
        for (int k = 0; k < count; ++k) {
          found.nodes.push_back(first + k);
          found.shares.push_back(width * height / count);
          found.inside.push_back(inside);
        }
        covered += width * height;
      }
    }
    for (double& share : found.shares) share /= covered;
  };
  coolant_too(false);
  if (found.nodes.empty()) coolant_too(true);
  return found;
}

}  // namespace waverack::thermal
