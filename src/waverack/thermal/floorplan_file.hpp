#pragma once
// A layer's heat sources from a floorplan in the format of HotSpot, and their watts from its power traces.

#include <memory>
#include <string>
#include <vector>

#include "waverack/base/reader.hpp"
#include "waverack/thermal/hotspot.hpp"

namespace waverack::thermal {

struct Stack;

// A key of a layer: the name of a .flp file, read at once.
struct FloorplanFile {
  std::string file;                       // "" for none
  std::shared_ptr<const Floorplan> plan;  // shared by all copies, never changed

  explicit operator bool() const { return plan != nullptr; }
};

// Puts a block of 0 W on the layer for every unit of every floorplan, in the order of layers and units. A
// block has the name of its unit; where that is taken, "layer/unit". Throws Error at the layer where the plan
// is larger than its outline by more than a millionth.
void add_floorplan_blocks(Stack&);

// The watts of all blocks of a stack at each step of a trace, shape (steps, blocks): blocks without a column
// keep what the stack says. Throws Error for a column that is no block.
std::vector<std::vector<double>> block_powers(const Stack&, const PowerTrace&);

}  // namespace waverack::thermal

namespace waverack {
template <>
const FieldType& field_type<thermal::FloorplanFile>();
}  // namespace waverack
