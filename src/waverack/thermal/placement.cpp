#include "waverack/thermal/placement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <tuple>

#include "waverack/base/error.hpp"
#include "waverack/base/units.hpp"
#include "waverack/thermal/materials.hpp"

namespace waverack::thermal {
namespace {

constexpr double thin_gap = 0.2e-3;  // that nobody draws on purpose [m]

std::string length_text(double metres) { return format_engineering(metres, "m", 6); }

// The length that two intervals have in common.
double common(double a0, double a1, double b0, double b1) { return std::min(a1, b1) - std::max(a0, b0); }

bool share_plan(const Rectangle& a, const Rectangle& b) {
  return common(a.x0, a.x1, b.x0, b.x1) > same_length && common(a.y0, a.y1, b.y0, b.y1) > same_length;
}

bool share_height(const PlacedLayer& a, const PlacedLayer& b) {
  return common(a.bottom, a.top, b.bottom, b.top) > same_length;
}

bool rests_on(const PlacedLayer& upper, const PlacedLayer& lower) {
  return std::abs(upper.bottom - lower.top) <= same_length && share_plan(upper.outline, lower.outline);
}

bool side_by_side(const PlacedLayer& a, const PlacedLayer& b) {
  if (!share_height(a, b)) return false;
  const double x = common(a.outline.x0, a.outline.x1, b.outline.x0, b.outline.x1);
  const double y = common(a.outline.y0, a.outline.y1, b.outline.y0, b.outline.y1);
  return (std::abs(x) <= same_length && y > same_length) || (std::abs(y) <= same_length && x > same_length);
}

template <class T>
void check_names(const std::vector<T>& list, const std::string& path) {
  std::set<std::string> taken;
  for (const T& item : list) {
    if (item.name.empty()) refuse_at(path, "an entry has no name", {});
    if (!taken.insert(item.name).second)
      refuse_at(path + '.' + item.name, "there are two of the name '" + item.name + "'", {});
  }
}

void check_materials(const Stack& stack) {
  for (const Layer& layer : stack.layers) {
    const std::string path = "layers." + layer.name + ".material";
    const Material material = find_material(stack, layer.material, path);
    for (const double k : {material.conductivity_x, material.conductivity_y, material.conductivity_z})
      if (!(k > 0.0) || !std::isfinite(k))
        refuse_at("materials." + material.name + ".conductivity",
                  fmt::format("a conductivity of {} W/(m K) conducts no heat", k), "above 0 W/(m K)");
    if (!(layer.thickness > 0.0))
      refuse_at("layers." + layer.name + ".thickness", "a layer needs a thickness", "above 0 um");
  }
}

Rectangle outline_of(const Stack& stack, const Layer& layer) {
  const Rectangle outline{layer.x, layer.width > 0.0 ? layer.x + layer.width : stack.width, layer.y,
                          layer.length > 0.0 ? layer.y + layer.length : stack.length};
  if (outline.x1 - outline.x0 <= same_length || outline.y1 - outline.y0 <= same_length)
    refuse_at("layers." + layer.name, "the layer has no outline",
              "width and length, of the layer or of the stack");
  return outline;
}

// Names of the layers under layer i.
std::vector<std::size_t> supports(const Stack& stack, std::size_t i) {
  std::vector<std::size_t> found;
  for (const std::string& name : stack.layers[i].on)
    found.push_back(layer_index(stack, name, "layers." + stack.layers[i].name + ".on"));
  if (found.empty() && i + 1 < stack.layers.size()) found.push_back(i + 1);
  return found;
}

class Piler {
 public:
  explicit Piler(const Stack& stack)
      : stack_(stack), placed_(stack.layers.size()), state_(stack.layers.size()) {}

  std::vector<PlacedLayer> pile() {
    for (std::size_t i = 0; i < placed_.size(); ++i) put(i);
    return std::move(placed_);
  }

 private:
  enum class State { open, busy, done };

  void put(std::size_t i) {
    if (state_[i] == State::done) return;
    const Layer& layer = stack_.layers[i];
    const std::string path = "layers." + layer.name;
    if (state_[i] == State::busy) refuse_at(path + ".on", "the layer lies on itself, by way of others", {});
    state_[i] = State::busy;
    PlacedLayer& own = placed_[i];
    own.outline = outline_of(stack_, layer);
    const std::vector<std::size_t> under = supports(stack_, i);
    for (const std::size_t j : under) {
      put(j);
      const double top = placed_[j].top;
      if (j == under.front()) own.bottom = top;
      if (std::abs(top - own.bottom) > same_length)
        refuse_at(path + ".on",
                  fmt::format("a gap of {}: the top of {} is at {}, that of {} at {}",
                              length_text(std::abs(top - own.bottom)), stack_.layers[under.front()].name,
                              length_text(own.bottom), stack_.layers[j].name, length_text(top)),
                  "layers of one height");
      if (!share_plan(own.outline, placed_[j].outline))
        refuse_at(path, "the layer lies on " + stack_.layers[j].name + " but touches no part of it",
                  "outlines that overlap");
    }
    own.top = own.bottom + layer.thickness;
    state_[i] = State::done;
  }

  const Stack& stack_;
  std::vector<PlacedLayer> placed_;
  std::vector<State> state_;
};

void check_overlaps(const Stack& stack, const std::vector<PlacedLayer>& placed) {
  for (std::size_t i = 0; i < placed.size(); ++i)
    for (std::size_t j = i + 1; j < placed.size(); ++j) {
      if (!share_height(placed[i], placed[j]) || !share_plan(placed[i].outline, placed[j].outline)) continue;
      const Layer &a = stack.layers[i], &b = stack.layers[j];
      if (a.fills != b.fills) continue;
      refuse_at("layers." + a.name, fmt::format("the layer overlaps with {}", b.name),
                "outlines or heights that do not overlap; `fills = true` for what takes the room between");
    }
}

std::vector<Rectangle> place_blocks(const Stack& stack, const std::vector<PlacedLayer>& placed) {
  const auto check_inside = [](double low, double high, double size, const std::string& path) {
    if (low < -same_length || high > size + same_length)
      refuse_at(path,
                fmt::format("reaches from {} to {} of the layer's {}", length_text(low), length_text(high),
                            length_text(size)),
                "inside the layer; measured from its lower left corner");
  };
  std::vector<Rectangle> found;
  for (const Block& block : stack.blocks) {
    const std::string path = "blocks." + block.name;
    const Rectangle& outline = placed[layer_index(stack, block.layer, path + ".layer")].outline;
    const double width = outline.x1 - outline.x0, length = outline.y1 - outline.y0;
    const double x1 = block.width > 0.0 ? block.x + block.width : width,
                 y1 = block.length > 0.0 ? block.y + block.length : length;
    check_inside(block.x, x1, width, path + ".x");
    check_inside(block.y, y1, length, path + ".y");
    if (x1 - block.x <= same_length || y1 - block.y <= same_length)
      refuse_at(path, "the block has no area", {});
    found.push_back({outline.x0 + block.x, outline.x0 + x1, outline.y0 + block.y, outline.y0 + y1});
  }
  for (const Point& point : stack.points) {
    const std::string path = "points." + point.name;
    const Rectangle& outline = placed[layer_index(stack, point.layer, path + ".layer")].outline;
    check_inside(point.x, point.x, outline.x1 - outline.x0, path + ".x");
    check_inside(point.y, point.y, outline.y1 - outline.y0, path + ".y");
  }
  return found;
}

// Layers that heat can leave: every layer that is joined to a face or to coolant.
void check_heat_paths(const Stack& stack, const std::vector<PlacedLayer>& placed) {
  std::vector<bool> cooled(placed.size(), false);
  std::vector<std::size_t> open;
  const auto reach = [&](std::size_t i) {
    if (cooled[i]) return;
    cooled[i] = true;
    open.push_back(i);
  };
  for (const Face& face : stack.faces) {
    if (!(face.coefficient > 0.0))
      refuse_at("faces." + face.name + ".coefficient", "the face takes no heat", "above 0 W/(m^2 K)");
    reach(layer_index(stack, face.layer, "faces." + face.name + ".layer"));
  }
  for (const Cavity& cavity : stack.cavities)
    reach(layer_index(stack, cavity.layer, "cavities." + cavity.name + ".layer"));
  while (!open.empty()) {
    const std::size_t i = open.back();
    open.pop_back();
    for (std::size_t j = 0; j < placed.size(); ++j) {
      const bool filled = stack.layers[i].fills != stack.layers[j].fills &&
                          share_height(placed[i], placed[j]) &&
                          share_plan(placed[i].outline, placed[j].outline);
      if (filled || rests_on(placed[i], placed[j]) || rests_on(placed[j], placed[i]) ||
          side_by_side(placed[i], placed[j]))
        reach(j);
    }
  }
  for (std::size_t i = 0; i < placed.size(); ++i)
    if (!cooled[i])
      refuse_at("layers." + stack.layers[i].name, "no heat can leave the layer",
                "a face or coolant that it is joined to");
}

// Two layers that face one another across a thin gap were probably meant to touch.
void warn_of_gaps(const Stack& stack, Placement& placement) {
  const std::vector<PlacedLayer>& placed = placement.layers;
  for (std::size_t i = 0; i < placed.size(); ++i)
    for (std::size_t j = 0; j < placed.size(); ++j) {
      const double gap = placed[i].bottom - placed[j].top;
      if (gap <= same_length || gap > thin_gap || !share_plan(placed[i].outline, placed[j].outline)) continue;
      const auto between = [&](const PlacedLayer& k) {
        return common(k.bottom, k.top, placed[j].top, placed[i].bottom) > same_length &&
               share_plan(k.outline, placed[i].outline) && share_plan(k.outline, placed[j].outline);
      };
      if (std::any_of(placed.begin(), placed.end(), between)) continue;
      placement.warnings.push_back(
          {"layers." + stack.layers[i].name,
           fmt::format("a gap of {} above {} conducts no heat", length_text(gap), stack.layers[j].name)});
    }
}

// Blocks of one layer that share a part of it heat it twice: meant now and then, a slip more often. From left
// to right, as a block can overlap those alone that begin before it ends.
void warn_of_overlaps(const Stack& stack, Placement& placement) {
  const std::vector<Rectangle>& placed = placement.blocks;
  std::vector<std::size_t> order(placed.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tie(stack.blocks[a].layer, placed[a].x0) < std::tie(stack.blocks[b].layer, placed[b].x0);
  });
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t i = 0; i < order.size(); ++i)
    for (std::size_t j = i + 1; j < order.size(); ++j) {
      const auto [a, b] = std::minmax(order[i], order[j]);
      if (stack.blocks[a].layer != stack.blocks[b].layer ||
          placed[order[j]].x0 >= placed[order[i]].x1 - same_length)
        break;
      if (share_plan(placed[a], placed[b])) pairs.emplace_back(a, b);
    }
  if (pairs.empty()) return;
  const auto [a, b] = *std::min_element(pairs.begin(), pairs.end());
  std::string message = fmt::format("the block overlaps with {}; where blocks overlap their heat adds up",
                                    stack.blocks[b].name);
  if (pairs.size() > 1) message += fmt::format(" ({} pairs in all)", pairs.size());
  placement.warnings.push_back({"blocks." + stack.blocks[a].name, std::move(message)});
}

}  // namespace

Placement place(const Stack& stack) {
  if (stack.layers.empty()) refuse_at("layers", "the stack has no layers", {});
  check_names(stack.materials, "materials");
  check_names(stack.layers, "layers");
  check_names(stack.blocks, "blocks");
  check_names(stack.points, "points");
  check_names(stack.faces, "faces");
  check_names(stack.cavities, "cavities");
  check_materials(stack);
  Placement placement;
  placement.layers = Piler(stack).pile();
  check_overlaps(stack, placement.layers);
  placement.blocks = place_blocks(stack, placement.layers);
  check_heat_paths(stack, placement.layers);
  warn_of_gaps(stack, placement);
  warn_of_overlaps(stack, placement);
  return placement;
}

}  // namespace waverack::thermal
