#pragma once
// Temperatures as pictures: layers from above, sections through the hottest place.

#include <span>
#include <string>
#include <vector>

#include "waverack/io/json_writer.hpp"
#include "waverack/thermal/field.hpp"

namespace waverack::io {

// A box of a map: a block of a layer, or a layer of a section.
struct MapOutline {
  std::string name;
  thermal::Rectangle box;  // [m]
};

// A raster of equal columns. Its rows are equal too, or have edges of their own.
struct HeatMap {
  std::string id;                      // "map.eic", "section.x"
  std::string title;                   // "EIC", "Section along x at y = 2.00 mm"
  std::string note;                    // where it is hottest
  std::string across, up;              // names of the axes
  double x_start = 0.0, x_step = 0.0;  // [m]
  double y_start = 0.0, y_step = 0.0;  // [m]; not used where there are edges
  std::vector<double> y_edges;         // rows + 1, rising [m]; empty for equal rows
  int columns = 0, rows = 0;
  std::vector<double> celsius;  // shape (rows, columns), the lowest row first; NaN where there is nothing
  std::vector<MapOutline> outlines;
};

// "map.eic" for the layer "eic": what may stand in the name of a file and in an id of a page.
std::string map_id(const std::string& layer);

// Every layer of the stack from above, in its order, with the blocks on it: coolant where it flows, else the
// mean through the thickness. At most 160 cells a side; larger grids are sampled at the middle of each cell
// of the map.
std::vector<HeatMap> layer_maps(const thermal::Stack&, const thermal::Placement&, const thermal::Field&);

// Through the hottest place along x and along y, with the layers that are cut. Rows are the cells of all
// layers.
std::vector<HeatMap> section_maps(const thermal::Stack&, const thermal::Placement&, const thermal::Field&);

// "maps": […], a member of the object that is open. Temperatures are rounded to a millikelvin.
void write_maps(JsonWriter&, std::span<const HeatMap>);

}  // namespace waverack::io
