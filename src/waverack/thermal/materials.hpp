#pragma once
// Materials that every stack may name, each with its source.

#include <span>
#include <string_view>

#include "waverack/thermal/fluid.hpp"
#include "waverack/thermal/stack.hpp"

namespace waverack::thermal {

struct BuiltInMaterial {
  Material material;
  Kind kind = Kind::assumed;
  std::string_view source;
};

std::span<const BuiltInMaterial> built_in_materials();

// The material of this name: of the stack, else built in. Its three conductivities are filled in. Throws
// Error at `path` with the nearest name.
Material find_material(const Stack&, const std::string& name, const std::string& path);

// Where conductivities and their power law hold [K]: 200 K to 600 K, in which the law of silicon is 3 to 6 %
// below what C. J. Glassbrenner and G. A. Slack measured (Phys. Rev. 134, A1058, 1964: 266 W/(m K) at 200 K,
// 195 at 250 K, 156 at 300 K, 105 at 400 K, 80 at 500 K, 64 at 600 K). Second-hand: their table as a public
// program of silicon's properties has it, not the paper. That solder, moulds and boards end well below is
// assumed.
TemperatureRange material_range();

// k at a temperature [K] relative to k at the reference temperature. Beyond material_range(), widened to the
// reference temperature where that lies outside, the value at its end is returned.
double conductivity_factor(const Material&, double temperature);

}  // namespace waverack::thermal
