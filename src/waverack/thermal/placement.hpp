#pragma once
// Where the layers of a stack lie, and whether the stack can be solved.

#include <vector>

#include "waverack/base/provenance.hpp"
#include "waverack/thermal/stack.hpp"

namespace waverack::thermal {

// Lengths within this are the same [m].
inline constexpr double same_length = 1e-9;

struct Rectangle {
  double x0 = 0.0, x1 = 0.0, y0 = 0.0, y1 = 0.0;  // [m]
};

struct PlacedLayer {
  Rectangle outline;
  double bottom = 0.0, top = 0.0;  // z [m]; the bottom of the whole is 0
};

struct Placement {
  std::vector<PlacedLayer> layers;  // in the order of the stack
  std::vector<Rectangle> blocks;    // in the coordinates of the stack
  std::vector<Warning> warnings;    // air gaps that are thin
};

// Checks the stack and places its layers. Throws Error with the path of what is wrong ("blocks.asic.x"):
// a name that is missing, taken twice or unknown; no outline; a layer that lies on one it does not touch, on
// itself, or on several of different heights (a gap); layers that overlap; a block or point outside its
// layer; a conductivity that is not positive; a face that is covered; a part of the stack from which no heat
// can leave. A gap of at most 0.2 mm between layers that face one another is solved as it is, and warned of.
Placement place(const Stack&);

}  // namespace waverack::thermal
