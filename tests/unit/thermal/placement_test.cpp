// Where layers lie, what is refused, and that outlines, islands and fillers join as they should.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "needs_heat_solver.hpp"
#include "waverack/base/error.hpp"
#include "waverack/thermal/steady.hpp"

namespace waverack::thermal {
namespace {

using testing::HasSubstr;

// Two dies of different size on a board.
Stack two_dies() {
  Stack stack;
  stack.width = 20e-3;
  stack.length = 10e-3;
  stack.materials = {{.name = "stuff", .conductivity = 10.0}, {.name = "paste", .conductivity = 1.0}};
  stack.layers = {{.name = "large",
                   .material = "stuff",
                   .thickness = 1e-3,
                   .x = 2e-3,
                   .y = 2e-3,
                   .width = 6e-3,
                   .length = 6e-3,
                   .on = {"board"}},
                  {.name = "small",
                   .material = "stuff",
                   .thickness = 0.5e-3,
                   .x = 12e-3,
                   .y = 2e-3,
                   .width = 3e-3,
                   .length = 5e-3},
                  {.name = "board", .material = "stuff", .thickness = 2e-3}};
  stack.blocks = {{.name = "heater",
                   .layer = "large",
                   .x = 1e-3,
                   .y = 1e-3,
                   .width = 2e-3,
                   .length = 2e-3,
                   .power = 1.0}};
  stack.points = {{"far", "small", 1.5e-3, 2.5e-3}};
  stack.faces = {
      {.name = "below", .layer = "board", .side = Side::bottom, .coefficient = 100.0, .temperature = 300.0}};
  stack.grid.cell_x = 1e-3;
  return stack;
}

struct Mistake {
  const char* name;
  std::function<void(Stack&)> make;
  const char* path;
  const char* message;
};

class BadStack : public testing::TestWithParam<Mistake> {};

TEST_P(BadStack, IsRefusedWithItsPlace) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Stack stack = two_dies();
  ASSERT_NO_THROW(solve_steady(stack));
  GetParam().make(stack);
  try {
    solve_steady(stack);
    FAIL() << "it was solved";
  } catch (const Error& error) {
    EXPECT_EQ(error.info().path, GetParam().path);
    EXPECT_THAT(error.what(), HasSubstr(GetParam().message));
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, BadStack,
    testing::Values(
        Mistake{"gap",
                [](Stack& s) {
                  s.layers.insert(
                      s.layers.begin(),
                      {.name = "lid", .material = "stuff", .thickness = 1e-3, .on = {"large", "small"}});
                },
                "layers.lid.on", "a gap of 500 um"},
        Mistake{"overlap", [](Stack& s) { s.layers[1].x = 7e-3; }, "layers.large", "overlaps with small"},
        Mistake{"zero_conductivity", [](Stack& s) { s.materials[0].conductivity = 0.0; },
                "materials.stuff.conductivity", "conducts no heat"},
        Mistake{"block_outside", [](Stack& s) { s.blocks[0].x = 5e-3; }, "blocks.heater.x",
                "of the layer's 6 mm"},
        Mistake{"no_heat_path", [](Stack& s) { s.faces.clear(); }, "layers.large", "no heat can leave"},
        Mistake{"touches_nothing",
                [](Stack& s) {
                  s.layers.insert(s.layers.begin(), {.name = "floating",
                                                     .material = "stuff",
                                                     .thickness = 1e-3,
                                                     .x = 30e-3,
                                                     .width = 2e-3,
                                                     .on = {"board"}});
                },
                "layers.floating", "touches no part of it"},
        Mistake{"covered_face",
                [](Stack& s) {
                  s.faces.push_back(
                      {.name = "above", .layer = "board", .coefficient = 1.0, .temperature = 300.0});
                  s.layers.insert(s.layers.begin() + 2,
                                  {.name = "cover", .material = "stuff", .thickness = 1e-3, .fills = true});
                  s.layers[0].on = s.layers[1].on = {"board"};
                },
                "faces.above.side", "other layers cover it"},
        Mistake{"lies_on_itself", [](Stack& s) { s.layers[2].on = {"large"}; }, "layers.large.on",
                "lies on itself"},
        Mistake{"unknown_layer", [](Stack& s) { s.blocks[0].layer = "larg"; }, "blocks.heater.layer",
                "Did you mean 'large'?"},
        Mistake{"unknown_material", [](Stack& s) { s.layers[0].material = "silicn"; },
                "layers.large.material", "Did you mean 'silicon'?"},
        Mistake{"two_of_one_name", [](Stack& s) { s.layers[1].name = "large"; }, "layers.large",
                "two of the name"},
        Mistake{"no_outline", [](Stack& s) { s.width = 0.0; }, "layers.board", "no outline"},
        Mistake{"no_room_for_channels",
                [](Stack& s) {
                  s.cavities = {{.name = "water",
                                 .layer = "board",
                                 .channel_width = 20e-3,
                                 .wall_width = 10e-3,
                                 .flow = 1e-6,
                                 .inlet_temperature = 300.0}};
                },
                "cavities.water.channel_width", "the layer has 20 mm"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Placement, PutsIslandsOnWhatTheyLieOn) {
  const Placement placement = place(two_dies());
  EXPECT_DOUBLE_EQ(placement.layers[2].top, 2e-3);
  EXPECT_DOUBLE_EQ(placement.layers[0].bottom, 2e-3);
  EXPECT_DOUBLE_EQ(placement.layers[0].top, 3e-3);
  EXPECT_DOUBLE_EQ(placement.layers[1].top, 2.5e-3);
  EXPECT_DOUBLE_EQ(placement.blocks[0].x0, 3e-3);
  EXPECT_TRUE(placement.warnings.empty());
}

TEST(Placement, WarnsOfThinGaps) {
  Stack stack = two_dies();
  stack.layers[1].thickness = 0.9e-3;
  stack.layers.insert(stack.layers.begin(),
                      {.name = "lid", .material = "stuff", .thickness = 1e-3, .on = {"large"}});
  const Placement placement = place(stack);
  ASSERT_EQ(placement.warnings.size(), 1U);
  EXPECT_EQ(placement.warnings[0].path, "layers.lid");
  EXPECT_THAT(placement.warnings[0].message, HasSubstr("a gap of 100 um above small"));
}

// One layer or the same cut into pieces: nothing changes.
TEST(Islands, OfOneMaterialAreOneLayer) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Stack whole = two_dies();
  whole.layers = {{.name = "large", .material = "stuff", .thickness = 1e-3, .cells = 2}, whole.layers[2]};
  whole.points[0].layer = "large";
  Stack pieces = whole;
  pieces.layers[0].width = 8e-3;
  pieces.layers[0].on = {"board"};
  pieces.layers.insert(
      pieces.layers.begin() + 1,
      {{.name = "right",
        .material = "stuff",
        .thickness = 1e-3,
        .x = 8e-3,
        .length = 4e-3,
        .on = {"board"},
        .cells = 2},
       {.name = "corner", .material = "stuff", .thickness = 1e-3, .x = 8e-3, .y = 4e-3, .cells = 2}});
  const SteadyResult a = solve_steady(whole), b = solve_steady(pieces);
  EXPECT_NEAR(a.blocks[0].max, b.blocks[0].max, 1e-7);
  EXPECT_NEAR(a.points[0], b.points[0], 1e-7);
}

TEST(Islands, MayHaveOtherHeightsThanTheirNeighbours) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Stack whole = two_dies();
  whole.layers = {{.name = "large", .material = "stuff", .thickness = 1e-3, .cells = 4}, whole.layers[2]};
  whole.points[0].layer = "large";
  Stack pieces = whole;
  pieces.layers[0].width = 8e-3;
  pieces.layers[0].on = {"board"};
  // 0.5 mm and 0.5 mm of two cells each: the cells of the whole.
  pieces.layers.insert(pieces.layers.begin() + 1,
                       {{.name = "upper", .material = "stuff", .thickness = 0.5e-3, .x = 8e-3, .cells = 2},
                        {.name = "lower", .material = "stuff", .thickness = 0.5e-3, .x = 8e-3, .cells = 2}});
  const SteadyResult a = solve_steady(whole), b = solve_steady(pieces);
  EXPECT_NEAR(a.blocks[0].max, b.blocks[0].max, 1e-7);
  // Cells that do not fit one another: the same to a few hundredths of the rise.
  pieces.layers[1].cells = 3;
  EXPECT_NEAR(solve_steady(pieces).blocks[0].max, a.blocks[0].max, 0.02 * (a.blocks[0].max - 300.0));
}

TEST(Fillers, TakeTheRoomThatIsLeft) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Stack whole = two_dies();
  whole.layers = {{.name = "large", .material = "stuff", .thickness = 1e-3, .cells = 2}, whole.layers[2]};
  whole.blocks[0].x = whole.blocks[0].y = 3e-3;
  whole.points[0].layer = "large";
  Stack filled = two_dies();
  filled.layers[0].cells = 2;
  filled.layers[1] = {.name = "mould", .material = "stuff", .thickness = 1e-3, .fills = true, .cells = 2};
  filled.points[0].layer = "mould";
  const SteadyResult a = solve_steady(whole), b = solve_steady(filled);
  EXPECT_NEAR(a.blocks[0].max, b.blocks[0].max, 1e-7);
  EXPECT_NEAR(a.points[0], b.points[0], 1e-7);
  filled.layers[1].material = "paste";
  EXPECT_GT(solve_steady(filled).blocks[0].max, b.blocks[0].max);
}

// What is free of a wider layer's top is cooled, what is under the dies is not.
TEST(Faces, CoolWhatIsFree) {
  Stack stack = two_dies();
  stack.blocks.clear();
  stack.faces = {{.name = "above", .layer = "board", .coefficient = 100.0, .temperature = 300.0}};
  const SteadySolver solver(stack);
  double area = 0.0;
  for (const Sink& sink : solver.problem().network.sinks)
    area += sink.conductance * (1.0 / 100.0 + 0.25e-3 / 10.0);  // four cells through the board
  EXPECT_NEAR(area, 20e-3 * 10e-3 - 6e-3 * 6e-3 - 3e-3 * 5e-3, 1e-12);
}

TEST(Blocks, ThatOverlapAreSaidToAddUp) {
  Stack stack = two_dies();
  stack.blocks.push_back(
      {.name = "beside", .layer = "large", .x = 3e-3, .y = 1e-3, .width = 1e-3, .length = 1e-3});
  stack.blocks.push_back({.name = "elsewhere", .layer = "board", .power = 1.0});
  EXPECT_TRUE(place(stack).warnings.empty());
  stack.blocks[1].x = 2.9e-3;
  ASSERT_EQ(place(stack).warnings.size(), 1u);
  EXPECT_EQ(place(stack).warnings[0].path, "blocks.heater");
  EXPECT_THAT(place(stack).warnings[0].message, HasSubstr("overlaps with beside"));
  stack.blocks.push_back({.name = "all", .layer = "large"});
  ASSERT_EQ(place(stack).warnings.size(), 1u);
  EXPECT_THAT(place(stack).warnings[0].message, HasSubstr("3 pairs"));
}

// A block of 3 mm on cells of 2 mm: its edge lies on the centre of a cell. Whatever the grid, coldest ≤ mean
// ≤ hottest, and the half-covered cells count.
TEST(Blocks, ExtremesEncloseTheMean) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  Stack stack = two_dies();
  stack.grid.cell_x = 2e-3;
  for (const double size : {1e-3, 3e-3, 4.01e-3, 5e-3}) {
    stack.blocks[0].x = stack.blocks[0].y = 0.0;
    stack.blocks[0].width = stack.blocks[0].length = size;
    const BlockTemperature block = solve_steady(stack).blocks[0];
    EXPECT_LE(block.min, block.mean) << size;
    EXPECT_GE(block.max, block.mean) << size;
    if (size > 2e-3) {
      EXPECT_GT(block.max - block.min, 0.0) << size;
    }
  }
  // 3 mm on cells of 2 mm: mean 4/9 of the first, 2/9, 2/9 and 1/9 of the others, all four of which count.
  stack.blocks[0].width = stack.blocks[0].length = 3e-3;
  const SteadyResult result = solve_steady(stack);
  const HeatProblem problem = make_problem(stack);
  const Footprint& covered = problem.blocks[0];
  double min = 1e9, max = 0.0;
  for (const int node : covered.nodes) {
    min = std::min(min, result.field.temperature[static_cast<std::size_t>(node)]);
    max = std::max(max, result.field.temperature[static_cast<std::size_t>(node)]);
  }
  EXPECT_EQ(result.blocks[0].min, min);
  EXPECT_EQ(result.blocks[0].max, max);
}

}  // namespace
}  // namespace waverack::thermal
