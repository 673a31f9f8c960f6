#pragma once
// Materials that every stack may name, each with its source.

#include <span>
#include <string_view>

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

// k at a temperature relative to k at the reference temperature.
double conductivity_factor(const Material&, double temperature);

}  // namespace waverack::thermal
