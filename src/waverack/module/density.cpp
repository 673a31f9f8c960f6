#include "waverack/module/density.hpp"

#include <limits>

namespace waverack::module {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

const Density* find(const std::vector<Density>& list, std::string_view name) {
  for (const Density& item : list)
    if (item.name == name) return &item;
  return nullptr;
}

}  // namespace

std::vector<Density> densities(const Outline& outline, int lanes, double rate) {
  std::vector<Density> list;
  if (outline.width <= 0.0) return list;
  const double pitch = outline.pitch > 0.0 ? outline.pitch : outline.width;
  const auto add = [&](std::string name, double count, double size) {
    if (size > 0.0) list.push_back({std::move(name), count * lanes / size, count * rate / size});
  };
  add("edge", 1, outline.width);
  add("edge_pitch", 1, pitch);
  add("edge_rows", outline.rows, pitch);
  add("footprint", 1, outline.width * outline.length);
  add("face", 1, outline.width * outline.height);
  add("volume", 1, outline.width * outline.length * outline.height);
  return list;
}

double lane_density(const std::vector<Density>& list, std::string_view name) {
  const Density* found = find(list, name);
  return found ? found->lanes : not_a_number;
}

double rate_density(const std::vector<Density>& list, std::string_view name) {
  const Density* found = find(list, name);
  return found ? found->rate : not_a_number;
}

std::string_view density_unit(std::string_view name) {
  return name == "volume" ? "mm³" : name == "footprint" || name == "face" ? "mm²" : "mm";
}

double density_scale(std::string_view name) {
  return name == "volume" ? 1e-9 : name == "footprint" || name == "face" ? 1e-6 : 1e-3;
}

}  // namespace waverack::module
