#include "waverack/module/coolant_limits.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/thermal/fluid.hpp"

namespace waverack::module {
namespace {

constexpr double hottest_part = 423.15;  // [K]
constexpr double inlet_precision = 0.1;  // [K]
constexpr double lowest_flow_ratio = 1e-3;
constexpr double flow_precision = 0.02;  // relative

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

  void find_highest_inlet(CoolantLimits& limits) const {
    double inlet = 0.0;
    for (const thermal::Cavity& cavity : stack_.cavities) inlet = std::max(inlet, cavity.inlet_temperature);
    const Room room = room_of(stack_, now_.heat);
    if (room.kelvin <= 0.0 || fails(0.0)) return;
    if (!fails(room.kelvin)) {
      limits.highest_inlet = inlet + room.kelvin;
      limits.inlet_end = room.end;
      return;
    }
    double low = 0.0, high = room.kelvin;
    while (high - low > inlet_precision) {
      const double middle = 0.5 * (low + high);
      (fails(middle) ? high : low) = middle;
    }
    thermal::Stack warmer = stack_;
    for (thermal::Cavity& cavity : warmer.cavities) cavity.inlet_temperature += low;
    const PackageHeat heat = solve_package(module_, lane_, warmer);
    limits.highest_inlet = inlet + low - (mean_temperature(heat) - mean_temperature(now_.heat) - low);
  }

  void find_least_flow(CoolantLimits& limits) const {
    CoolantEnd end = CoolantEnd::lane;
    const auto fails_at = [&](double ratio) {
      thermal::Stack slower = stack_;
      for (thermal::Cavity& cavity : slower.cavities) cavity.flow *= ratio;
      try {
        const PackageHeat heat = solve_package(module_, lane_, slower, 2.0);
        const Room room = room_of(slower, heat);
        end = room.kelvin < 0.0 ? room.end : CoolantEnd::lane;
        return room.kelvin < 0.0 || !keeps_limit(lane_, module_, heat, now_.worst, 0.0);
      } catch (const Error&) {  // a laser that cannot give its power so warm
        end = CoolantEnd::lane;
        return true;
      }
    };
    double low = lowest_flow_ratio, high = 1.0;
    if (fails_at(high) || !fails_at(low)) return;
    while (high / low > 1.0 + flow_precision) {
      const double middle = std::sqrt(low * high);
      if (fails_at(middle)) {
        low = middle;
        limits.flow_end = end;
      } else {
        high = middle;
      }
    }
    for (const thermal::Cavity& cavity : stack_.cavities)
      limits.least_flow = (std::isnan(limits.least_flow) ? 0.0 : limits.least_flow) + cavity.flow * high;
  }

 private:
  bool fails(double warmer) const {
    try {
      return !keeps_limit(lane_, module_, now_.heat, now_.worst, warmer);
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
};

}  // namespace

std::optional<CoolantLimits> coolant_limits(const Module& module, const link::Lane& lane,
                                            const PackageResult& now) {
  if (module.package.stack.value->cavities.empty()) return std::nullopt;
  const Search search(module, lane, now);
  CoolantLimits limits;
  search.find_highest_inlet(limits);
  search.find_least_flow(limits);
  return limits;
}

}  // namespace waverack::module
