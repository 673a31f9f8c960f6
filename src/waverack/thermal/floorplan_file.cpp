#include "waverack/thermal/floorplan_file.hpp"

#include <fmt/format.h>

#include <set>

#include "waverack/base/file_key.hpp"
#include "waverack/base/units.hpp"
#include "waverack/thermal/stack.hpp"

namespace waverack::thermal {
namespace {

void read_floorplan_file(ReadContext& context, const waverack::Field&, const Node& node,
                         const std::string& path, void* out) {
  FloorplanFile result;
  result.file = file_name(node, path);
  if (!result.file.empty())
    result.plan = with_path(path, [&] {
      return std::make_shared<const Floorplan>(
          parse_floorplan(load_text(context, node, path, result.file), result.file));
    });
  *static_cast<FloorplanFile*>(out) = std::move(result);
}

Node write_floorplan_file(const waverack::Field&, const void* in) {
  const std::string& file = static_cast<const FloorplanFile*>(in)->file;
  return file.empty() ? Node() : Node(file);
}

void check_size(const Stack& stack, const Layer& layer) {
  const Floorplan& plan = *layer.floorplan.plan;
  const double width = layer.width > 0.0 ? layer.width : stack.width;
  const double length = layer.length > 0.0 ? layer.length : stack.length;
  if (plan.width <= width * (1.0 + 1e-6) && plan.height <= length * (1.0 + 1e-6)) return;
  const auto size = [](double x, double y) {
    return fmt::format("{} by {}", format_engineering(x, "m"), format_engineering(y, "m"));
  };
  throw Error(ErrorInfo{{plan.name, 0, 0},
                        "layers." + layer.name + ".floorplan",
                        fmt::format("the plan of {} is larger than the layer", size(plan.width, plan.height)),
                        fmt::format("at most {}", size(width, length)),
                        {}});
}

}  // namespace

void add_floorplan_blocks(Stack& stack) {
  std::set<std::string> taken;
  for (const Block& block : stack.blocks) taken.insert(block.name);
  for (const Layer& layer : stack.layers) {
    if (!layer.floorplan) continue;
    check_size(stack, layer);
    for (const FloorplanUnit& unit : layer.floorplan.plan->units) {
      Block block;
      block.name = taken.count(unit.name) ? layer.name + '/' + unit.name : unit.name;
      block.layer = layer.name;
      block.x = unit.x;
      block.y = unit.y;
      block.width = unit.width;
      block.length = unit.height;
      taken.insert(block.name);
      stack.blocks.push_back(std::move(block));
    }
  }
}

std::vector<std::vector<double>> block_powers(const Stack& stack, const PowerTrace& trace) {
  std::vector<std::string> names;
  std::vector<double> stated;
  for (const Block& block : stack.blocks) {
    names.push_back(block.name);
    stated.push_back(block.power);
  }
  const std::vector<std::size_t> matched = match_units(trace, names);
  std::vector<std::vector<double>> steps(trace.steps(), stated);
  for (std::size_t step = 0; step < trace.steps(); ++step)
    for (std::size_t unit = 0; unit < matched.size(); ++unit)
      steps[step][matched[unit]] = trace.at(step, unit);
  return steps;
}

}  // namespace waverack::thermal

namespace waverack {

template <>
const FieldType& field_type<thermal::FloorplanFile>() {
  static const FieldType type{"file", &thermal::read_floorplan_file, &thermal::write_floorplan_file, nullptr};
  return type;
}

}  // namespace waverack
