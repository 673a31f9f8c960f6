#include "waverack/thermal/materials.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/base/text.hpp"

namespace waverack::thermal {
namespace {

constexpr std::string_view hotspot = "HotSpot 7.0 (facts: thermal 10)", mfit = "MFIT (facts: thermal 10)",
                           tidy3d = "tidy3d CPOHeat notebook (facts: thermal 10)";

Material isotropic(const char* name, double conductivity, double heat_capacity) {
  return {.name = name, .conductivity = conductivity, .heat_capacity = heat_capacity};
}

Material layered(const char* name, double in_plane, double through, double heat_capacity) {
  return {.name = name, .conductivity = in_plane, .conductivity_z = through, .heat_capacity = heat_capacity};
}

Material silicon() {
  Material material = isotropic("silicon", 148.0, 1.63e6);
  material.conductivity_exponent = -1.3;
  return material;
}

}  // namespace

std::span<const BuiltInMaterial> built_in_materials() {
  static const std::vector<BuiltInMaterial> table{
      {silicon(), Kind::derived,
       "148 W/(m K) at 300 K, about T^-1.3: tidy3d CPOHeat notebook; range 120 to 150 (facts: thermal 10); 3 "
       "to "
       "6 % below Glassbrenner and Slack 1964 from 200 K to 600 K, second-hand"},
      {isotropic("copper", 398.0, 3.45e6), Kind::derived, mfit},
      {isotropic("oxide", 1.38, 1.65e6), Kind::derived, tidy3d},
      {isotropic("beol", 2.25, 2.175e6), Kind::derived,
       "metal and dielectric of a CMOS die, through it: 3D-ICE; low-k glass 0.45 (facts: thermal 10)"},
      {isotropic("microbumps", 1.5, 2.1e6), Kind::assumed,
       "with underfill, smeared; 1 to 5 in use, dense copper pillars up to 31 (facts: thermal 10)"},
      {layered("c4-bumps", 0.64, 2.35, 2.1e6), Kind::derived, mfit},
      {layered("organic-substrate", 20.7, 0.38, 2.0e6), Kind::derived, mfit},
      {layered("circuit-board", 20.0, 0.4, 2.0e6), Kind::assumed,
       "copper planes in glass-epoxy, as the organic substrate"},
      {isotropic("grease", 4.0, 2.5e6), Kind::derived, hotspot},
      {isotropic("liquid-metal", 30.0, 2.0e6), Kind::assumed, "20 to 70 in use (facts: thermal 10)"},
      {isotropic("mould", 0.9, 1.7e6), Kind::assumed, "silica-filled epoxy, 0.7 to 1"},
      {isotropic("air", 0.026, 1.2e3), Kind::assumed, "still air at 300 K, without convection or radiation"},
  };
  return table;
}

Material find_material(const Stack& stack, const std::string& name, const std::string& path) {
  const auto filled = [](Material material) {
    for (double Material::*axis :
         {&Material::conductivity_x, &Material::conductivity_y, &Material::conductivity_z})
      if (std::isnan(material.*axis)) material.*axis = material.conductivity;
    return material;
  };
  std::vector<std::string> names;
  for (const Material& material : stack.materials) {
    if (material.name == name) return filled(material);
    names.push_back(material.name);
  }
  for (const BuiltInMaterial& item : built_in_materials()) {
    if (item.material.name == name) return filled(item.material);
    names.push_back(item.material.name);
  }
  throw Error(ErrorInfo{{},
                        path,
                        "there is no material '" + name + "'",
                        fmt::format("{}", fmt::join(names, ", ")),
                        nearest_name(name, names)});
}

TemperatureRange material_range() { return {200.0, 600.0}; }

double conductivity_factor(const Material& material, double temperature) {
  if (material.conductivity_exponent == 0.0) return 1.0;
  const TemperatureRange range = material_range();
  const double t = std::clamp(temperature, std::min(range.low, material.reference_temperature),
                              std::max(range.high, material.reference_temperature));
  return std::pow(t / material.reference_temperature, material.conductivity_exponent);
}

}  // namespace waverack::thermal
