#pragma once
// What a module is built into: a stack of layers with a floorplan, what cools it, and where on it the parts
// of the lanes make their heat.

#include <string>
#include <string_view>
#include <vector>

#include "waverack/base/profile.hpp"
#include "waverack/thermal/stack.hpp"

namespace waverack::module {

// How the lanes share a block: each has its own piece, side by side along x or y, or all of it is one.
enum class Sharing { together, along_x, along_y };

// A block of the floorplan and the parts whose heat it takes, in place of the power that the stack states.
struct Site {
  std::string block;
  std::vector<std::string> parts;
  Sharing lanes = Sharing::together;
};

inline FieldList describe(Tag<Site>) {
  using P = Site;
  return fields<P>(
      "A block of the floorplan and the parts whose heat it takes.",
      field<&P::block>("name", "Block of the stack.").must_be_given(),
      field<&P::parts>("parts",
                       "Parts of the chain or of the light by name, or \"control\" and \"conversion_loss\".")
          .must_be_given(),
      field<&P::lanes>("lanes",
                       "How lanes share the block: each a piece of its own, side by side, or all together."));
}

// The same module with another cooling.
struct OtherCooling {
  std::string name;
  ProfileOf<thermal::Stack> stack;
};

inline FieldList describe(Tag<OtherCooling>) {
  using P = OtherCooling;
  return fields<P>("The module with another cooling, for comparison.",
                   field<&P::name>("name", "Name of the cooling, such as air.").must_be_given(),
                   field<&P::stack>("stack", "Its stack, with blocks of the same names."));
}

struct Package {
  ProfileOf<thermal::Stack> stack;  // none: every part has the temperature of the lane
  std::vector<Site> sites;
  std::vector<OtherCooling> other_cooling;
};

inline FieldList describe(Tag<Package>) {
  using P = Package;
  return fields<P>(
      "What a module is built into and cooled by, and where on it parts make their heat.",
      field<&P::stack>("stack", "The layers, by the name of a stack profile or a file beside the design."),
      field<&P::sites>("site", "Blocks of the floorplan and the parts whose heat they take."),
      field<&P::other_cooling>("other_cooling", "The module with other coolings, for comparison."));
}

}  // namespace waverack::module

namespace waverack {
template <>
struct EnumNames<module::Sharing> {
  static constexpr std::array<EnumName<module::Sharing>, 3> list{{{"together", module::Sharing::together},
                                                                  {"along x", module::Sharing::along_x},
                                                                  {"along y", module::Sharing::along_y}}};
};
}  // namespace waverack
