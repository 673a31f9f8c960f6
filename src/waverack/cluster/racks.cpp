#include "waverack/cluster/racks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "waverack/base/error.hpp"

namespace waverack::cluster {
namespace {

constexpr double height_of_unknown_switch = 2.0;
constexpr double rounding = 1e-9;  // a box that fills its rack fits

RackFill fill(const RackLimits& limits, const RackBox& box) {
  const double faceplate_units = box.plugs / limits.cages_per_unit;
  RackFill result;
  result.name = box.name;
  result.height_units = std::max(box.height_units, faceplate_units);
  struct Room {
    RackLimit limit;
    double boxes;
  };
  const auto room = [](double given, double asked) {
    return asked > 0.0 ? given / asked : std::numeric_limits<double>::infinity();
  };
  const RackLimit height = faceplate_units > box.height_units ? RackLimit::faceplate : RackLimit::height;
  const std::array<Room, 4> rooms{
      {{RackLimit::power, room(limits.power.value, box.power_w())},
       {RackLimit::air_cooling, room(limits.air_cooling.value, box.air_w)},
       {RackLimit::liquid_cooling, room(limits.liquid_cooling.value, box.liquid_w)},
       {height, room(limits.height_units, result.height_units)}}};
  const Room least = *std::min_element(rooms.begin(), rooms.end(),
                                       [](const Room& a, const Room& b) { return a.boxes < b.boxes; });
  result.limit = least.limit;
  result.room = least.boxes;
  result.boxes_per_rack =
      least.boxes >= 1.0 ? std::floor(least.boxes + rounding) : 1.0 / std::ceil(1.0 / least.boxes - rounding);
  result.racks = std::ceil(static_cast<double>(box.count) / result.boxes_per_rack - rounding);
  result.rack_power_w = result.boxes_per_rack * box.power_w();
  return result;
}

// Adds a line that `boxes` share: its watts at their inlet, `supply_loss` for each watt of optics more, and
// the fans that its heat asks for.
void add_line(RackBox& box, const BillLine& line, double boxes, const Hall& hall, double supply_loss) {
  double watts = watts_without_fans(hall, line) / boxes;
  if (is_optics(line)) watts *= 1.0 + supply_loss;
  const double liquid = watts * line.liquid_share, air = watts - liquid;
  box.liquid_w += liquid;
  box.air_w += air + server_fans(hall, air, liquid);
}

double plugs_of(const BillLine& line, std::span<const Technology> technologies) {
  if (line.kind == ItemKind::cable) return static_cast<double>(line.quantity);
  if (line.kind != ItemKind::module) return 0.0;
  const bool plugged =
      line.technology >= technologies.size() || technologies[line.technology].form == Form::pluggable;
  return plugged ? static_cast<double>(line.quantity) : 0.0;
}

}  // namespace

RackResult fill_racks(const RackLimits& limits, const std::vector<RackBox>& boxes) {
  RackResult result;
  double gpus = 0.0, flops = 0.0, watts = 0.0, room_racks = 0.0;
  for (const RackBox& box : boxes) {
    RackFill filled = fill(limits, box);
    const auto count = static_cast<double>(box.count);
    if (box.gpus > 0) {
      if (gpus == 0.0) result.limit = filled.limit;
      result.compute_racks += filled.racks;
      room_racks += count / filled.room;
      gpus += count * box.gpus;
      flops += count * box.peak_flops;
      watts += count * box.power_w();
    } else {
      result.network_racks += filled.racks;
    }
    result.fills.push_back(std::move(filled));
  }
  if (gpus == 0.0) throw Error("no box of the racks has a GPU");
  result.gpus_per_rack = gpus / result.compute_racks;
  result.flops_per_rack = flops / result.compute_racks;
  result.rack_power_w = watts / result.compute_racks;
  result.power_per_gpu_w = watts / gpus;
  result.gpus_per_rack_of_all = gpus / (result.compute_racks + result.network_racks);
  result.gpus_of_room = gpus / room_racks;
  return result;
}

std::vector<RackBox> rack_boxes(const std::vector<BillLine>& bill, std::span<const Technology> technologies,
                                const Hall& hall, const ComputeNode& node,
                                const std::vector<Network>& networks) {
  const double supply_loss =
      stage_loss(hall.power_supplies, provisioned_load(bill) / hall.power_supplies.rating.value);
  std::vector<RackBox> boxes;
  for (const BillLine& line : bill) {
    if ((line.kind != ItemKind::node && line.kind != ItemKind::switch_box) || line.quantity == 0) continue;
    RackBox box;
    box.count = line.quantity;
    const auto count = static_cast<double>(line.quantity);
    add_line(box, line, count, hall, supply_loss);
    if (line.kind == ItemKind::node) {
      box.name = line.item;
      box.gpus = node.gpus;
      box.peak_flops = node.gpus * node.peak_flops;
      box.height_units = node.height_units;
    } else {
      box.name = fmt::format("{} {}", line.network, line.place);
      const auto network = std::find_if(networks.begin(), networks.end(),
                                        [&](const Network& n) { return n.name == line.network; });
      const bool known = network != networks.end() && network->switches.value;
      box.height_units = known ? network->switches.value->height_units : height_of_unknown_switch;
    }
    for (const BillLine& other : bill) {
      const bool at_node = line.kind == ItemKind::node && (other.kind == ItemKind::network_card ||
                                                           (is_optics(other) && other.place == "nic"));
      const bool at_switch = line.kind == ItemKind::switch_box && is_optics(other) &&
                             other.network == line.network && other.place == line.place;
      if (!at_node && !at_switch) continue;
      add_line(box, other, count, hall, supply_loss);
      // A node's cages are part of its height.
      if (at_switch) box.plugs += plugs_of(other, technologies) / count;
    }
    boxes.push_back(std::move(box));
  }
  return boxes;
}

std::vector<BillLine> at_maximum(std::vector<BillLine> bill) {
  for (BillLine& box : bill) {
    const bool is_switch = box.kind == ItemKind::switch_box;
    if ((box.kind != ItemKind::node && !is_switch) || box.quantity == 0) continue;
    const auto inside = [&](const BillLine& line) {
      return is_switch && is_optics(line) && line.network == box.network && line.place == box.place;
    };
    double typical = watts_of(box);
    for (const BillLine& line : bill)
      if (inside(line)) typical += watts_of(line);
    if (box.maximum_power.value * static_cast<double>(box.quantity) < typical) continue;
    box.power = box.maximum_power;
    for (BillLine& line : bill)
      if (inside(line)) line.power = exactly(0.0);
  }
  return bill;
}

DensityRatio density_over(const RackResult& scenario, const RackResult& baseline) {
  return {scenario.gpus_per_rack / baseline.gpus_per_rack, scenario.gpus_of_room / baseline.gpus_of_room,
          baseline.power_per_gpu_w / scenario.power_per_gpu_w};
}

}  // namespace waverack::cluster
