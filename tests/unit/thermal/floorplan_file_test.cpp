#include "waverack/thermal/floorplan_file.hpp"

#include <gtest/gtest.h>

#include "unit/base/message_of.hpp"
#include "waverack/thermal/stack.hpp"

namespace waverack::thermal {
namespace {

constexpr const char* plan = "drivers 0.010 0.003 0 0\nTIAs 0.010 0.003 0 0.005\n";

Layer read_layer(const std::string& text) {
  ReadSources sources;
  sources.load_file = [&](std::string_view) { return text; };
  ReadContext context(sources);
  Table table;
  table.set("name", Node("eic"));
  table.set("material", Node("Si"));
  table.set("thickness", Node("2 um"));
  table.set("floorplan", Node("eic.flp"));
  return read<Layer>(context, Node(std::move(table)), "layers.eic");
}

Stack engine() {
  Stack stack;
  stack.width = 10e-3;
  stack.length = 8e-3;
  stack.layers = {read_layer(plan)};
  return stack;
}

TEST(FloorplanFile, MakesBlocksOfItsUnits) {
  Stack stack = engine();
  EXPECT_EQ(write(stack.layers[0]).find("floorplan")->string()[0], "eic.flp");
  stack.layers.push_back(stack.layers[0]);
  stack.layers[1].name = "pic";
  add_floorplan_blocks(stack);
  ASSERT_EQ(stack.blocks.size(), 4u);
  EXPECT_EQ(stack.blocks[1].name, "TIAs");
  EXPECT_EQ(stack.blocks[1].layer, "eic");
  EXPECT_EQ(stack.blocks[1].y, 0.005);
  EXPECT_EQ(stack.blocks[1].length, 0.003);
  EXPECT_EQ(stack.blocks[1].width, 0.010);
  EXPECT_EQ(stack.blocks[1].power, 0.0);
  EXPECT_EQ(stack.blocks[3].name, "pic/TIAs");
}

TEST(FloorplanFile, GivesTheWattsOfATrace) {
  Stack stack = engine();
  stack.blocks = {{.name = "control", .layer = "eic", .power = 0.5}};
  add_floorplan_blocks(stack);
  const PowerTrace trace = parse_power_trace("TIAs drivers\n5 7\n0 3.5\n", "eic.ptrace");
  EXPECT_EQ(block_powers(stack, trace), (std::vector<std::vector<double>>{{0.5, 7.0, 5.0}, {0.5, 3.5, 0.0}}));
  EXPECT_EQ(message_of([&] { block_powers(stack, parse_power_trace("TIA\n5\n", "eic.ptrace")); }),
            "eic.ptrace: the trace has watts for 'TIA', which is no block. Did you mean 'TIAs'?");
}

TEST(FloorplanFile, SaysWhichLayerAskedForIt) {
  EXPECT_EQ(
      message_of([] { read_layer("drivers 0.010 0.003 0\n"); }),
      "eic.flp:1: layers.eic.floorplan: 4 words in a line (allowed: name, width, height, left x, bottom y in "
      "metres)");
  Stack stack = engine();
  stack.length = 7.9e-3;
  EXPECT_EQ(message_of([&] { add_floorplan_blocks(stack); }),
            "eic.flp: layers.eic.floorplan: the plan of 10 mm by 8 mm is larger than the layer (allowed: at "
            "most 10 mm "
            "by 7.9 mm)");
}

}  // namespace
}  // namespace waverack::thermal
