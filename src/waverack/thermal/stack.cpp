#include "waverack/thermal/stack.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "waverack/base/error.hpp"
#include "waverack/base/reader.hpp"
#include "waverack/base/text.hpp"
#include "waverack/thermal/possible.hpp"

namespace waverack::thermal {
namespace {

constexpr std::string_view choice = "";

}  // namespace

FieldList describe(Tag<Material>) {
  using P = Material;
  return fields<P>(
      "A material.", field<&P::name>("name", "What layers call it.").must_be_given(),
      field<&P::conductivity>("conductivity", "W/(m K)", 1e-4, 1e5,
                              "Thermal conductivity along every axis that states none of its own.")
          .must_be_given(),
      field<&P::conductivity_x>("conductivity_x", "W/(m K)", 1e-4, 1e5, "Along x.")
          .from(Kind::choice, choice),
      field<&P::conductivity_y>("conductivity_y", "W/(m K)", 1e-4, 1e5, "Along y.")
          .from(Kind::choice, choice),
      field<&P::conductivity_z>("conductivity_z", "W/(m K)", 1e-4, 1e5, "Along z, through the layer.")
          .from(Kind::choice, choice),
      field<&P::conductivity_exponent>(
          "conductivity_exponent", "", -4.0, 4.0,
          "n of k(T) = k (T/T0)^n with T0 the reference temperature; 0: the same at every temperature.")
          .from(Kind::choice, choice),
      field<&P::reference_temperature>("reference_temperature", "K", 50.0, 1500.0,
                                       "Temperature at which the conductivity is as stated.")
          .from(Kind::choice, choice),
      field<&P::heat_capacity>("heat_capacity", "J/(m^3 K)", 0.0, 1e8,
                               "Heat capacity of a volume; transients alone need it.")
          .from(Kind::choice, choice));
}

FieldList describe(Tag<Layer>) {
  using P = Layer;
  return fields<P>(
      "A box of material in the stack.", field<&P::name>("name", "Its name.").must_be_given(),
      field<&P::material>("material", "A material of the stack, or a built-in one.").must_be_given(),
      field<&P::thickness>("thickness", "um", 0.01, 1e5, "Height of the layer.").must_be_given(),
      field<&P::x>("x", "mm", -1e4, 1e4, "Lower left corner.").from(Kind::choice, choice),
      field<&P::y>("y", "mm", -1e4, 1e4, "Lower left corner.").from(Kind::choice, choice),
      field<&P::width>("width", "mm", 0.0, 1e4, "Along x; 0: up to the outline of the stack.")
          .from(Kind::choice, choice),
      field<&P::length>("length", "mm", 0.0, 1e4, "Along y; 0: up to the outline of the stack.")
          .from(Kind::choice, choice),
      field<&P::on>("on",
                    "Layers that it lies on, all of one height; the next in the list if none is named."),
      field<&P::fills>("fills", "Whether it takes only the room that other layers leave: mould, underfill."),
      field<&P::cells>("cells", "", 0, 1000, "Cells along z; 0: one, or four where thicker than 100 um.")
          .from(Kind::choice, choice),
      field<&P::cell>("cell", "um", 0.0, 1e6,
                      "Largest cell in x and y within its outline; 0: that of the grid.")
          .from(Kind::choice, choice),
      field<&P::floorplan>(
          "floorplan",
          "Heat sources from a .flp file in the format of HotSpot, relative to the stack; their "
          "watts come from the power file."));
}

FieldList describe(Tag<Block>) {
  using P = Block;
  return fields<P>(
      "A source of heat on a layer.", field<&P::name>("name", "Its name.").must_be_given(),
      field<&P::layer>("layer", "The layer that it heats, through its whole thickness.").must_be_given(),
      field<&P::x>("x", "mm", 0.0, 1e4, "Lower left corner, from that of the layer.")
          .from(Kind::choice, choice),
      field<&P::y>("y", "mm", 0.0, 1e4, "Lower left corner, from that of the layer.")
          .from(Kind::choice, choice),
      field<&P::width>("width", "mm", 0.0, 1e4, "Along x; 0: up to the edge of the layer.")
          .from(Kind::choice, choice),
      field<&P::length>("length", "mm", 0.0, 1e4, "Along y; 0: up to the edge of the layer.")
          .from(Kind::choice, choice),
      field<&P::power>("power", "W", -largest_power, largest_power,
                       "Heat, spread evenly; below 0 it takes heat away.")
          .from(Kind::choice, choice));
}

FieldList describe(Tag<Point>) {
  using P = Point;
  return fields<P>(
      "A place whose temperature is asked for.", field<&P::name>("name", "Its name.").must_be_given(),
      field<&P::layer>("layer", "The layer that it is in.").must_be_given(),
      field<&P::x>("x", "mm", 0.0, 1e4, "From the lower left corner of the layer.").must_be_given(),
      field<&P::y>("y", "mm", 0.0, 1e4, "From the lower left corner of the layer.").must_be_given());
}

FieldList describe(Tag<Face>) {
  using P = Face;
  return fields<P>(
      "Convection from the part of a layer's side that touches no other layer.",
      field<&P::name>("name", "Its name.").must_be_given(),
      field<&P::layer>("layer", "The layer.").must_be_given(), field<&P::side>("side", "Which side."),
      field<&P::coefficient>("coefficient", "W/(m^2 K)", 1e-3, 1e9, "Heat transfer coefficient.")
          .must_be_given(),
      field<&P::temperature>("temperature", "degC", -200.0, 1000.0, "Of the surroundings.").must_be_given(),
      field<&P::resistance>("resistance", "m^2 K/W", 0.0, 1e3,
                            "In series with the coefficient, of an area: an interface, a board.")
          .from(Kind::choice, choice));
}

FieldList describe(Tag<Cavity>) {
  using P = Cavity;
  return fields<P>(
      "Coolant that flows through a layer.", field<&P::name>("name", "Its name.").must_be_given(),
      field<&P::layer>("layer", "The layer; its material is that of walls or pins.").must_be_given(),
      field<&P::kind>("kind", "What is in the layer."),
      field<&P::model>("model", "Walls smeared, or every channel with cells of its own."),
      field<&P::direction>("direction", "Where the coolant flows to."),
      field<&P::channel_width>("channel_width", "um", 0.0, 1e5, "Of one channel.").from(Kind::choice, choice),
      field<&P::wall_width>("wall_width", "um", 0.0, 1e5, "Between channels.").from(Kind::choice, choice),
      field<&P::pin_diameter>("pin_diameter", "um", 0.0, 1e5, "Of one pin.").from(Kind::choice, choice),
      field<&P::pin_pitch>("pin_pitch", "um", 0.0, 1e5, "Between centres of pins.")
          .from(Kind::choice, choice),
      field<&P::flow>("flow", "ml/min", 1e-6, 1e7, "Through all channels together.").must_be_given(),
      field<&P::inlet_temperature>("inlet_temperature", "degC", -60.0, 200.0, "Of the coolant.")
          .must_be_given(),
      field<&P::fluid>("fluid", "The coolant."),
      field<&P::pressure>("pressure", "bar", 0.01, 100.0,
                          "Absolute pressure; decides where the coolant boils.")
          .from(Kind::assumed, "one bar above the atmosphere, as pumped loops have"),
      field<&P::pump_efficiency>("pump_efficiency", "", 0.01, 1.0,
                                 "Power given to the coolant over the power that the pump draws.")
          .from(Kind::assumed, "0.6 of a facility's machines (facts: thermal 12.2), less for a small one"),
      field<&P::fluid_heat_capacity>("fluid_heat_capacity", "J/(m^3 K)", 0.0, 1e8,
                                     "Of a volume; 0: of the fluid at its mean temperature.")
          .from(Kind::choice, choice),
      field<&P::coefficient_top>(
          "coefficient_top", "W/(m^2 K)", 0.0, 1e8,
          "Heat transfer coefficient to the layer above, of plan area; 0: from geometry and flow.")
          .from(Kind::choice, choice),
      field<&P::coefficient_bottom>("coefficient_bottom", "W/(m^2 K)", 0.0, 1e8,
                                    "The same to the layer below.")
          .from(Kind::choice, choice),
      field<&P::coefficient_side>("coefficient_side", "W/(m^2 K)", 0.0, 1e8,
                                  "To the walls of resolved channels.")
          .from(Kind::choice, choice));
}

FieldList describe(Tag<GridSettings>) {
  using P = GridSettings;
  return fields<P>(
      "Cells of the heat solver.",
      field<&P::cell_x>("cell_x", "um", 0.0, 1e6,
                        "Largest cell along x; 0: a 64th of the longer side of the stack.")
          .from(Kind::choice, choice),
      field<&P::cell_y>("cell_y", "um", 0.0, 1e6, "Largest cell along y; 0: as cell_x.")
          .from(Kind::choice, choice),
      field<&P::follow_blocks>("follow_blocks", "Whether grid lines go along the edges of blocks."),
      field<&P::closure>(
          "closure",
          "How coolant is coupled: upwind; or central with one cell for each layer, as published "
          "reference cases do."));
}

FieldList describe(Tag<Slot>) {
  using P = Slot;
  return fields<P>("A time during which powers stay.",
                   field<&P::duration>("duration", "s", 1e-12, 1e9, "How long.").must_be_given(),
                   field<&P::factor>("factor", "", -1e3, 1e3, "Multiplies the powers of the blocks.")
                       .from(Kind::choice, choice),
                   field<&P::blocks>("blocks", "Blocks whose powers are multiplied; all if none is named."));
}

FieldList describe(Tag<TransientSettings>) {
  using P = TransientSettings;
  return fields<P>(
      "A solution in time.",
      field<&P::step>("step", "s", 0.0, 1e6, "Step in time; 0: the steady state alone is asked for.")
          .from(Kind::choice, choice),
      field<&P::initial_temperature>("initial_temperature", "K", 0.0, 2000.0,
                                     "Of everything; 0: the steady state at the powers of the blocks.")
          .from(Kind::choice, choice),
      field<&P::method>("method",
                        "tr-bdf2, second order; or backward-euler, to compare with other programs."),
      field<&P::trace_interval>("trace_interval", "s", 0.0, 1e6,
                                "How long each row of a power trace lasts; 0: a step.")
          .from(Kind::choice, choice),
      field<&P::slots>("slots", "Times with powers of their own, one after another."));
}

FieldList describe(Tag<Stack>) {
  using P = Stack;
  return fields<P>("A layered stack for the heat solver.", field<&P::title>("title", "One line on it."),
                   field<&P::width>("width", "mm", 0.0, 1e4, "Along x, of layers that state no width.")
                       .from(Kind::choice, choice),
                   field<&P::length>("length", "mm", 0.0, 1e4, "Along y, of layers that state no length.")
                       .from(Kind::choice, choice),
                   field<&P::materials>("materials", "Materials beside the built-in ones."),
                   field<&P::layers>("layers", "Layers from top to bottom.").must_be_given(),
                   field<&P::blocks>("blocks", "Sources of heat."),
                   field<&P::points>("points", "Places whose temperatures are asked for."),
                   field<&P::faces>("faces", "Where heat leaves by convection."),
                   field<&P::cavities>("cavities", "Coolant that flows through layers."),
                   field<&P::grid>("grid", "The cells."),
                   field<&P::transient>("transient", "A solution in time."));
}

std::size_t layer_index(const Stack& stack, const std::string& name, const std::string& path) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < stack.layers.size(); ++i) {
    if (stack.layers[i].name == name) return i;
    names.push_back(stack.layers[i].name);
  }
  throw Error(ErrorInfo{{},
                        path,
                        "there is no layer '" + name + "'",
                        fmt::format("{}", fmt::join(names, ", ")),
                        nearest_name(name, names)});
}

}  // namespace waverack::thermal

namespace waverack {
template <>
const FieldType& field_type<ProfileOf<thermal::Stack>>() {
  return detail::profile_type<thermal::Stack>();
}
}  // namespace waverack
