#include "waverack/module/coolant_limits.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/thermal/fluid.hpp"

namespace waverack::module {
namespace {

constexpr double below_boiling = 20.0;  // [K]
constexpr double atmosphere = 101325.0;  // [Pa]
constexpr double inlet_precision = 0.1;     // [K]
constexpr double lowest_flow_ratio = 0.01;
constexpr double flow_precision = 0.02;     // relative

class Search {
 public:
  Search(const Module& module, const link::Lane& lane, const PackageResult& now)
      : module_(module), lane_(lane), now_(now), stack_(*module.package.stack.value) {}

  double highest_inlet() const {
    double room = std::numeric_limits<double>::infinity(), inlet = 0.0;
    for (const thermal::Cavity& cavity : stack_.cavities) {
      inlet = std::max(inlet, cavity.inlet_temperature);
      room = std::min(room, boiling_point(cavity) - below_boiling - cavity.inlet_temperature);
    }
    if (!(room > 0.0) || fails(0.0) || !fails(room)) return link::not_a_number;
    double low = 0.0, high = room;
    while (high - low > inlet_precision) {
      const double middle = 0.5 * (low + high);
      (fails(middle) ? high : low) = middle;
    }
    thermal::Stack warmer = stack_;
    for (thermal::Cavity& cavity : warmer.cavities) cavity.inlet_temperature += low;
    const PackageHeat heat = solve_package(module_, lane_, warmer, {.grid_error = false});
    return inlet + low - (mean_temperature(heat) - mean_temperature(now_.heat) - low);
  }

  double least_flow() const {
    const auto fails_at = [&](double ratio) {
      thermal::Stack slower = stack_;
      for (thermal::Cavity& cavity : slower.cavities) cavity.flow *= ratio;
      const PackageHeat heat = solve_package(module_, lane_, slower, {.grid_error = false, .coarser = 2.0});
      return margin_of(heat, 0.0) < 0.0;
    };
    double low = lowest_flow_ratio, high = 1.0;
    if (fails_at(high) || !fails_at(low)) return link::not_a_number;
    while (high / low > 1.0 + flow_precision) {
      const double middle = std::sqrt(low * high);
      (fails_at(middle) ? low : high) = middle;
    }
    double flow = 0.0;
    for (const thermal::Cavity& cavity : stack_.cavities) flow += cavity.flow;
    return flow * high;
  }

 private:
  static double boiling_point(const thermal::Cavity& cavity) {
    return thermal::boiling_temperature(cavity.fluid, atmosphere).value_or(std::numeric_limits<double>::infinity());
  }

  bool fails(double warmer) const { return margin_of(now_.heat, warmer) < 0.0; }

  double margin_of(const PackageHeat& heat, double warmer) const {
    PackageHeat warmed = heat;
    for (SiteHeat& site : warmed.sites)
      for (double& t : site.temperature) t += warmer;
    return solve_lane(lane_, module_, warmed, now_.worst).margin_db;
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
  return CoolantLimits{search.highest_inlet(), search.least_flow()};
}

}  // namespace waverack::module
