#pragma once
// A layered stack as its owner describes it: boxes of material that lie on one another, heat sources on them,
// and the ways by which heat leaves. docs/formats/stack.md is the file, docs/theory/heat.md the method.
//
// Axes: x along the width, y along the length, z upwards. Layers are listed from top to bottom.

#include <array>
#include <limits>
#include <string>
#include <vector>

#include "waverack/base/describe.hpp"
#include "waverack/base/profile.hpp"
#include "waverack/thermal/floorplan_file.hpp"
#include "waverack/thermal/fluid.hpp"

namespace waverack::thermal {

inline constexpr double not_stated = std::numeric_limits<double>::quiet_NaN();

// k(T) = k·(T/T0)^n along each axis.
struct Material {
  std::string name;
  double conductivity = 0.0;             // [W/(m K)], of every axis that states none of its own
  double conductivity_x = not_stated;    // `conductivity` where it is not stated
  double conductivity_y = not_stated;    //
  double conductivity_z = not_stated;    //
  double conductivity_exponent = 0.0;    // n; 0: the same at every temperature
  double reference_temperature = 300.0;  // T0 [K]
  double heat_capacity = 0.0;            // of a volume [J/(m³ K)]; transients alone need it
};
FieldList describe(Tag<Material>);

// A box. Without an outline of its own it has that of the stack. It lies on the next layer of the list, or on
// those that `on` names, whose tops must be at one height; the last of the list is the bottom. So several
// dies beside one another are several entries that lie on the same layer.
struct Layer {
  std::string name;
  std::string material;  // of the stack, or a built-in one (materials.hpp)
  double thickness = 0.0;
  double x = 0.0;  // lower left corner [m]
  double y = 0.0;
  double width = 0.0;                // along x [m]; 0: up to the stack's outline
  double length = 0.0;               // along y [m]; 0: up to the stack's outline
  std::vector<std::string> on = {};  // names of layers
  bool fills = false;                // takes only the room beside other layers: mould, underfill, air
  int cells = 0;                     // along z; 0: one, or four where thicker than 100 µm
  double cell = 0.0;                 // largest cell in x and y within the outline [m]; 0: that of the grid
  FloorplanFile floorplan = {};      // heat sources on it (floorplan_file.hpp)
};
FieldList describe(Tag<Layer>);

// A source of heat, spread evenly over a rectangle and over the thickness of its layer. The corner is
// measured from the lower left corner of the layer.
struct Block {
  std::string name;
  std::string layer;
  double x = 0.0;
  double y = 0.0;
  double width = 0.0;   // [m]; 0: up to the layer's edge
  double length = 0.0;  // [m]; 0: up to the layer's edge
  double power = 0.0;   // [W]
};
FieldList describe(Tag<Block>);

// A place whose temperature is asked for: x and y from the lower left corner of the layer.
struct Point {
  std::string name;
  std::string layer;
  double x = 0.0;
  double y = 0.0;
};
FieldList describe(Tag<Point>);

enum class Side { top, bottom, sides };

// Heat leaves by convection where this side of a layer touches no other layer; other outer faces are
// adiabatic.
struct Face {
  std::string name;
  std::string layer;
  Side side = Side::top;
  double coefficient = 0.0;  // heat transfer coefficient [W/(m² K)]
  double temperature = 0.0;  // of the surroundings [K]
  double resistance = 0.0;   // in series, of an area [m² K/W]: an interface, a board that is not resolved
};
FieldList describe(Tag<Face>);

enum class CavityKind { microchannels, pin_fins_in_line, pin_fins_staggered };
enum class CavityModel { porous, resolved };
enum class Direction { positive_y, negative_y, positive_x, negative_x };

// Liquid that flows through a layer, whose material is that of its walls or pins. The porous model smears
// them (2RM), the resolved one gives every channel and wall cells of its own (4RM; microchannels alone).
struct Cavity {
  std::string name;
  std::string layer;
  CavityKind kind = CavityKind::microchannels;
  CavityModel model = CavityModel::porous;
  Direction direction = Direction::positive_y;
  double channel_width = 0.0;      // [m]
  double wall_width = 0.0;         // between channels [m]
  double pin_diameter = 0.0;       // [m]
  double pin_pitch = 0.0;          // [m]
  double flow = 0.0;               // in all, at the inlet [m³/s]
  double inlet_temperature = 0.0;  // [K]
  Fluid fluid = Fluid::water;
  double pressure = 2e5;             // absolute, where the coolant boils [Pa]
  double pump_efficiency = 0.5;      // power given to the coolant over power drawn
  double fluid_heat_capacity = 0.0;  // of a volume [J/(m³ K)]; 0: of the fluid at its mean temperature
  double coefficient_top = 0.0;      // [W/(m² K)]; 0: from geometry and flow. Porous: of plan area
  double coefficient_bottom = 0.0;   //
  double coefficient_side = 0.0;     // resolved channels
};
FieldList describe(Tag<Cavity>);

// How coolant and end layers are discretised: `upwind`, or `central`, the closure of published reference
// cases with one cell per layer (docs/theory/heat.md, section 5).
enum class Closure { upwind, central };

struct GridSettings {
  double cell_x = 0.0;         // largest cell [m]; 0: a 64th of the longer side of the stack
  double cell_y = 0.0;         // [m]; 0: as cell_x
  bool follow_blocks = false;  // grid lines at the edges of blocks
  Closure closure = Closure::upwind;
};
FieldList describe(Tag<GridSettings>);

enum class TimeMethod { tr_bdf2, backward_euler };

// A time during which powers stay. `factor` multiplies the powers of `blocks`, or of all blocks if none are
// named; the others keep theirs.
struct Slot {
  double duration = 0.0;  // [s]
  double factor = 1.0;
  std::vector<std::string> blocks = {};
};
FieldList describe(Tag<Slot>);

struct TransientSettings {
  double step = 0.0;                 // [s]; 0: no transient is asked for
  double initial_temperature = 0.0;  // of everything [K]; 0: the steady state of the powers of the stack
  TimeMethod method = TimeMethod::tr_bdf2;
  double trace_interval = 0.0;  // how long each row of a power trace lasts [s]; 0: a step
  std::vector<Slot> slots = {};
};
FieldList describe(Tag<TransientSettings>);

struct Stack {
  std::string title;
  double width = 0.0;   // outline of layers that state none [m]
  double length = 0.0;  // [m]
  std::vector<Material> materials;
  std::vector<Layer> layers;  // from top to bottom
  std::vector<Block> blocks;
  std::vector<Point> points;
  std::vector<Face> faces;
  std::vector<Cavity> cavities;
  GridSettings grid;
  TransientSettings transient;
};
FieldList describe(Tag<Stack>);

// The index of the layer of this name. Throws Error at `path` with the nearest name.
std::size_t layer_index(const Stack&, const std::string& name, const std::string& path);

}  // namespace waverack::thermal

namespace waverack {
template <>
struct ProfileKind<thermal::Stack> {
  static constexpr std::string_view name = "stack";
};
template <>
const FieldType& field_type<ProfileOf<thermal::Stack>>();
template <>
struct EnumNames<thermal::Side> {
  static constexpr std::array<EnumName<thermal::Side>, 3> list{
      {{"top", thermal::Side::top}, {"bottom", thermal::Side::bottom}, {"sides", thermal::Side::sides}}};
};
template <>
struct EnumNames<thermal::CavityKind> {
  static constexpr std::array<EnumName<thermal::CavityKind>, 3> list{
      {{"microchannels", thermal::CavityKind::microchannels},
       {"pin-fins-in-line", thermal::CavityKind::pin_fins_in_line},
       {"pin-fins-staggered", thermal::CavityKind::pin_fins_staggered}}};
};
template <>
struct EnumNames<thermal::CavityModel> {
  static constexpr std::array<EnumName<thermal::CavityModel>, 2> list{
      {{"porous", thermal::CavityModel::porous}, {"resolved", thermal::CavityModel::resolved}}};
};
template <>
struct EnumNames<thermal::Direction> {
  static constexpr std::array<EnumName<thermal::Direction>, 4> list{{{"+y", thermal::Direction::positive_y},
                                                                     {"-y", thermal::Direction::negative_y},
                                                                     {"+x", thermal::Direction::positive_x},
                                                                     {"-x", thermal::Direction::negative_x}}};
};
template <>
struct EnumNames<thermal::Closure> {
  static constexpr std::array<EnumName<thermal::Closure>, 2> list{
      {{"upwind", thermal::Closure::upwind}, {"central", thermal::Closure::central}}};
};
template <>
struct EnumNames<thermal::TimeMethod> {
  static constexpr std::array<EnumName<thermal::TimeMethod>, 2> list{
      {{"tr-bdf2", thermal::TimeMethod::tr_bdf2}, {"backward-euler", thermal::TimeMethod::backward_euler}}};
};
}  // namespace waverack
