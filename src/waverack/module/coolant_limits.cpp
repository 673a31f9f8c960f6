#include "waverack/module/coolant_limits.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/thermal/fluid.hpp"

namespace waverack::module {
namespace {

constexpr double hottest_part = 423.15;  // [K]
constexpr double inlet_precision = 0.1;  // [K]
constexpr double most_slowing = 1000.0;  // of the flow
constexpr double flow_precision = 0.03;  // relative
constexpr int most_steps = 8;
constexpr double coarser = 3.0;  // cells of the search

struct Room {
  double kelvin = 0.0;
  CoolantEnd end = CoolantEnd::parts;
};

// How far boiling and the hottest part are away.
Room room_of(const thermal::Stack& stack, const PackageHeat& heat) {
  Room room{std::numeric_limits<double>::infinity(), CoolantEnd::parts};
  for (const SiteHeat& site : heat.sites)
    room.kelvin = std::min(room.kelvin, hottest_part - extent_of(site.temperature).most);
  for (std::size_t c = 0; c < stack.cavities.size(); ++c) {
    const auto boiling = thermal::boiling_temperature(stack.cavities[c].fluid, stack.cavities[c].pressure);
    const double left = boiling ? *boiling - heat.steady.coolants[c].hottest_wall : room.kelvin;
    if (left < room.kelvin) room = {left, CoolantEnd::boiling};
  }
  return room;
}

class Search {
 public:
  Search(const Module& module, const link::Lane& lane, const PackageResult& now)
      : module_(module), lane_(lane), now_(now), stack_(*module.package.stack.value) {}

  CoolantLimits find() {
    CoolantLimits limits;
    room_ = room_of(stack_, now_.heat);
    if (room_.kelvin <= 0.0 || fails(0.0)) return limits;
    if (fails(room_.kelvin)) room_ = {warming_to_failure(), CoolantEnd::lane};
    limits.inlet_end = room_.end;
    base_ = mean_temperature(solve_package(module_, lane_, stack_, coarser));
    limits.highest_inlet = highest_inlet();
    find_least_flow(limits);
    return limits;
  }

 private:
  // How much warmer all parts may be until the lane fails [K].
  double warming_to_failure() const {
    double low = 0.0, high = room_.kelvin;
    while (high - low > inlet_precision) {
      const double middle = 0.5 * (low + high);
      (fails(middle) ? high : low) = middle;
    }
    return low;
  }

  double highest_inlet() const {
    double inlet = 0.0;
    for (const thermal::Cavity& cavity : stack_.cavities) inlet = std::max(inlet, cavity.inlet_temperature);
    if (room_.end != CoolantEnd::lane) return inlet + room_.kelvin;
    thermal::Stack warmer = stack_;
    for (thermal::Cavity& cavity : warmer.cavities) cavity.inlet_temperature += room_.kelvin;
    const PackageHeat heat = solve_package(module_, lane_, warmer, coarser);
    return inlet + room_.kelvin - (warming(heat) - room_.kelvin);
  }

  // What is left of the room at a share of the flow [K], and what would end it.
  Room left_at(double share) const {
    thermal::Stack slower = stack_;
    for (thermal::Cavity& cavity : slower.cavities) cavity.flow *= share;
    try {
      const PackageHeat heat = solve_package(module_, lane_, slower, coarser);
      Room left = room_of(slower, heat);
      if (room_.end == CoolantEnd::lane && room_.kelvin - warming(heat) < left.kelvin)
        left = {room_.kelvin - warming(heat), CoolantEnd::lane};
      return left;
    } catch (const Error&) {  // a laser that cannot give its power so warm
      return {-room_.kelvin, CoolantEnd::lane};
    }
  }

  // Coolant rises with the inverse of the flow, and so, nearly, does every part: false position over 1/share.
  void find_least_flow(CoolantLimits& limits) const {
    double low = 1.0, value_low = room_.kelvin, high = 1.0;  // inverse shares
    Room beyond = room_;
    while (beyond.kelvin > 0.0) {
      if (high >= most_slowing) return;
      low = high;
      value_low = beyond.kelvin;
      high = std::min(3.0 * high, most_slowing);
      beyond = left_at(1.0 / high);
    }
    double value_high = beyond.kelvin;
    for (int i = 0; i < most_steps && high > low * (1.0 + flow_precision); ++i) {
      const double middle = low + (high - low) * std::clamp(value_low / (value_low - value_high), 0.1, 0.9);
      const Room left = left_at(1.0 / middle);
      if (left.kelvin > 0.0) {
        low = middle;
        value_low = left.kelvin;
      } else {
        high = middle;
        value_high = left.kelvin;
        beyond = left;
      }
    }
    limits.flow_end = beyond.end;
    double flow = 0.0;
    for (const thermal::Cavity& cavity : stack_.cavities) flow += cavity.flow;
    limits.least_flow = flow / low;
  }

  // Mean rise of all pieces above now [K], both on the cells of the search.
  double warming(const PackageHeat& heat) const { return mean_temperature(heat) - base_; }

  bool fails(double warmer) const {
    try {
      return !keeps_limit(lane_, module_, now_.heat, now_.cooling.worst_lane, warmer);
    } catch (const Error&) {  // a laser that cannot give its power so warm
      return true;
    }
  }

  static double mean_temperature(const PackageHeat& heat) {
    double sum = 0.0;
    int count = 0;
    for (const SiteHeat& site : heat.sites)
      for (const double t : site.temperature) sum += t, ++count;
    return count > 0 ? sum / count : 0.0;
  }

  const Module& module_;
  const link::Lane& lane_;
  const PackageResult& now_;
  const thermal::Stack& stack_;
  Room room_;
  double base_ = 0.0;  // mean of all pieces now, on the cells of the search [K]
};

}  // namespace

std::optional<CoolantLimits> coolant_limits(const Module& module, const link::Lane& lane,
                                            const PackageResult& now) {
  if (module.package.stack.value->cavities.empty()) return std::nullopt;
  return Search(module, lane, now).find();
}

}  // namespace waverack::module
