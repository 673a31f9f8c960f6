#pragma once
// The cells of a stack. Grid lines in x and y go through the whole stack; every layer has heights of its own.

#include <vector>

#include "waverack/thermal/placement.hpp"

namespace waverack::thermal {

// What one layer has above one rectangle of the grid, nodes from bottom to top.
enum class ColumnKind {
  none,     // outside of the layer, or taken by another
  solid,    // `cells` nodes at the centres of cells of one height
  channel,  // one node: coolant
  porous,   // four nodes: bottom wall, walls or pins, coolant, top wall
};

struct GridLayer {
  // Half-open ranges of columns in x and y.
  int x_begin = 0, x_end = 0, y_begin = 0, y_end = 0;
  double bottom = 0.0, top = 0.0;  // [m]
  int cells = 1;                   // in z, of solid columns
  int cavity = -1;                 // index of the cavity in it
  std::vector<ColumnKind> kind;    // shape (y_end − y_begin, x_end − x_begin), x fastest
  std::vector<int> first;          // first node of the column, same shape; −1: none

  int columns_x() const { return x_end - x_begin; }
  bool covers(int i, int j) const { return i >= x_begin && i < x_end && j >= y_begin && j < y_end; }
  std::size_t at(int i, int j) const {
    return static_cast<std::size_t>(j - y_begin) * static_cast<std::size_t>(x_end - x_begin) +
           static_cast<std::size_t>(i - x_begin);
  }
  ColumnKind kind_at(int i, int j) const { return covers(i, j) ? kind[at(i, j)] : ColumnKind::none; }
  double cell_height() const { return (top - bottom) / cells; }
};

int nodes_of(ColumnKind, int cells);

struct Grid {
  std::vector<double> x, y;       // lines, ascending [m]; n cells have n + 1
  std::vector<GridLayer> layers;  // in the order of the stack
  int nodes = 0;

  double dx(int i) const { return x[static_cast<std::size_t>(i) + 1] - x[static_cast<std::size_t>(i)]; }
  double dy(int j) const { return y[static_cast<std::size_t>(j) + 1] - y[static_cast<std::size_t>(j)]; }
};

// How much the grid of the stack is changed, for estimates of its error.
struct Refinement {
  double cells_in_plane = 1.0;  // cells along x and y are so many times longer
  int cells_through = 1;        // solid layers have so many times more cells in z
};

// Lines at the outlines of layers, at the walls of resolved channels, and at blocks where the settings say
// so; between them cells of equal length, at most that of the settings. Throws Error for a grid of more than
// 2e7 nodes, and for a closure that does not fit.
Grid make_grid(const Stack&, const Placement&, const Refinement& = {});

// Cells of a grid that a rectangle covers on a layer, with the share of the rectangle that is in each;
// through the thickness in equal shares. Nodes of coolant count where there is nothing else.
struct Footprint {
  std::vector<int> nodes;
  std::vector<double> shares;  // they add up to one
  std::vector<bool> inside;    // whether the centre of the cell is in the rectangle
};
Footprint footprint(const Grid&, std::size_t layer, const Rectangle&);

// Index of the cell that contains a coordinate; one on a line belongs to the cell above it.
int cell_at(const std::vector<double>& lines, double coordinate);

}  // namespace waverack::thermal
