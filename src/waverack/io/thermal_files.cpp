#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "waverack/base/physical_constants.hpp"
#include "waverack/io/csv.hpp"
#include "waverack/io/thermal_lines.hpp"
#include "waverack/io/thermal_maps.hpp"
#include "waverack/io/thermal_output.hpp"

namespace waverack::io {
namespace {

using thermal::ColumnKind;
using thermal::GridLayer;

// Voxels of one layer: porous columns are one, that of the coolant; channels too.
struct Voxel {
  int i = 0, j = 0, k = 0, cells = 1, node = 0;
};

std::vector<Voxel> voxels_of(const GridLayer& layer) {
  std::vector<Voxel> found;
  for (int j = layer.y_begin; j < layer.y_end; ++j)
    for (int i = layer.x_begin; i < layer.x_end; ++i) {
      const ColumnKind kind = layer.kind_at(i, j);
      if (kind == ColumnKind::none) continue;
      const int first = layer.first[layer.at(i, j)];
      if (kind != ColumnKind::solid) {
        found.push_back({i, j, 0, 1, first + (kind == ColumnKind::porous ? 2 : 0)});
        continue;
      }
      for (int k = 0; k < layer.cells; ++k) found.push_back({i, j, k, layer.cells, first + k});
    }
  return found;
}

}  // namespace

std::vector<SeriesFile> map_files(const ThermalAnswer& answer) {
  std::vector<SeriesFile> files;
  for (std::size_t n = 0; n < answer.loaded.stack.layers.size(); ++n) {
    const thermal::LayerMap map = thermal::layer_map(answer.steady.field, n);
    std::string text = "x [mm],y [mm],temperature [degC]\n";
    std::size_t cell = 0;
    for (std::size_t j = 0; j + 1 < map.y.size(); ++j)
      for (std::size_t i = 0; i + 1 < map.x.size(); ++i, ++cell)
        if (std::isfinite(map.temperature[cell]))
          fmt::format_to(std::back_inserter(text), "{:.7g},{:.7g},{:.7g}\n",
                         0.5e3 * (map.x[i] + map.x[i + 1]), 0.5e3 * (map.y[j] + map.y[j + 1]),
                         map.temperature[cell] - zero_celsius);
    files.push_back({series_file_name(map_id(answer.loaded.stack.layers[n].name)), std::move(text)});
  }
  return files;
}

std::string vtk_text(const ThermalAnswer& answer) {
  const thermal::Grid& grid = answer.steady.field.grid;
  std::string points, cells, temperatures, layers;
  std::size_t count = 0;
  const auto at = [](const std::vector<double>& lines, int i) { return lines[static_cast<std::size_t>(i)]; };
  for (std::size_t n = 0; n < grid.layers.size(); ++n) {
    const GridLayer& layer = grid.layers[n];
    for (const Voxel& voxel : voxels_of(layer)) {
      const double height = (layer.top - layer.bottom) / voxel.cells, low = layer.bottom + voxel.k * height;
      for (int corner = 0; corner < 8; ++corner)
        fmt::format_to(std::back_inserter(points), "{:.7g} {:.7g} {:.7g}\n",
                       at(grid.x, voxel.i + (corner & 1)), at(grid.y, voxel.j + ((corner >> 1) & 1)),
                       low + height * (corner >> 2));
      cells += '8';
      for (std::size_t corner = 0; corner < 8; ++corner)
        fmt::format_to(std::back_inserter(cells), " {}", 8 * count + corner);
      cells += '\n';
      fmt::format_to(std::back_inserter(temperatures), "{:.7g}\n",
                     answer.steady.field.temperature[static_cast<std::size_t>(voxel.node)] - zero_celsius);
      fmt::format_to(std::back_inserter(layers), "{}\n", n);
      ++count;
    }
  }
  std::string types;
  for (std::size_t n = 0; n < count; ++n) types += "11\n";  // VTK_VOXEL
  return fmt::format(
      "# vtk DataFile Version 3.0\nwaverack thermal: {}\nASCII\nDATASET UNSTRUCTURED_GRID\n"
      "POINTS {} double\n{}CELLS {} {}\n{}CELL_TYPES {}\n{}CELL_DATA {}\n"
      "SCALARS temperature_degC double 1\nLOOKUP_TABLE default\n{}"
      "SCALARS layer int 1\nLOOKUP_TABLE default\n{}",
      answer.loaded.name, 8 * count, points, count, 9 * count, cells, count, types, count, temperatures,
      layers);
}

}  // namespace waverack::io
