#include "waverack/thermal/duct_flow.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/error.hpp"

namespace waverack::thermal {
namespace {

constexpr double laminar_end = 2300.0, turbulent_start = 4000.0;

double polynomial(const std::array<double, 6>& c, double x) {
  double sum = 0.0;
  for (auto term = c.rbegin(); term != c.rend(); ++term) sum = sum * x + *term;
  return sum;
}

// What Muzychka and Yovanovich need of a wall condition.
struct EntranceConstants {
  double leveque;        // of the local Nusselt number: Nu = leveque·(f·Re/x*)^(1/3)
  double plate, spread;  // of Churchill and Ozoe's function of the Prandtl number
};
EntranceConstants entrance_constants(WallCondition wall) {
  // Lévêque's 0.53837 and 0.65094 of γ·D²/α, over 2^(1/3) because the wall's velocity gradient is
  // f·Re·u/(2·D).
  const double half = std::cbrt(0.5);
  if (wall == WallCondition::temperature) return {0.53837 * half, 0.564, 1.664};
  return {0.65094 * half, 0.886, 1.909};
}

}  // namespace

double RectangularDuct::aspect_ratio() const { return std::min(width, height) / std::max(width, height); }

double laminar_friction(double a) {
  return 24.0 * polynomial({1.0, -1.3553, 1.9467, -1.7012, 0.9564, -0.2537}, a);
}

double laminar_nusselt(double a, WallCondition wall) {
  if (wall == WallCondition::temperature)
    return 7.541 * polynomial({1.0, -2.610, 4.970, -5.119, 2.702, -0.548}, a);
  return 8.235 * polynomial({1.0, -2.0421, 3.0853, -2.4765, 1.0578, -0.1861}, a);
}

double apparent_laminar_friction(double a, double distance) {
  return std::hypot(laminar_friction(a), 3.44 / std::sqrt(distance));
}

double mean_laminar_nusselt(double a, WallCondition wall, double distance, double prandtl) {
  const EntranceConstants c = entrance_constants(wall);
  const double leveque = 1.5 * c.leveque * std::cbrt(laminar_friction(a) / distance);
  const double thermal_entry =
      std::pow(std::pow(laminar_nusselt(a, wall), 5.0) + std::pow(leveque, 5.0), 0.2);
  const double plate =
      c.plate / std::pow(1.0 + std::pow(c.spread * std::pow(prandtl, 1.0 / 6.0), 4.5), 2.0 / 9.0);
  const double combined_entry = 2.0 * plate / std::sqrt(distance);
  const double m = 2.27 + 1.65 * std::cbrt(prandtl);
  const auto [low, high] = std::minmax(thermal_entry, combined_entry);
  return high * std::pow(1.0 + std::pow(low / high, m), 1.0 / m);
}

double turbulent_friction(double reynolds) {
  const double root = 0.79 * std::log(reynolds) - 1.64;
  return 0.25 / (root * root);  // Petukhov's is Darcy's factor
}

double turbulent_nusselt(double reynolds, double prandtl, double diameter_over_length) {
  const double half = 0.5 * turbulent_friction(reynolds);  // an eighth of Darcy's factor
  const double developed = half * (reynolds - 1000.0) * prandtl /
                           (1.0 + 12.7 * std::sqrt(half) * (std::pow(prandtl, 2.0 / 3.0) - 1.0));
  return developed * (1.0 + std::pow(diameter_over_length, 2.0 / 3.0));
}

DuctFlow duct_flow(const RectangularDuct& duct, const FluidProperties& fluid, double volume_flow,
                   WallCondition wall, const std::string& path) {
  if (!(duct.width > 0.0 && duct.height > 0.0 && duct.length > 0.0 && volume_flow > 0.0))
    throw Error(ErrorInfo{{}, path, "a channel without size or flow", "sides, length and flow above 0", {}});
  const double a = duct.aspect_ratio(), diameter = duct.hydraulic_diameter();
  DuctFlow flow;
  flow.velocity = volume_flow / duct.area();
  flow.reynolds = fluid.density * flow.velocity * diameter / fluid.viscosity;
  flow.prandtl = fluid.prandtl();
  flow.dynamic_pressure = 0.5 * fluid.density * flow.velocity * flow.velocity;

  const double slenderness = duct.length / diameter;
  // Each regime is asked at its own end of the gap between them.
  const double laminar_reynolds = std::min(flow.reynolds, laminar_end);
  const double laminar_distance = slenderness / laminar_reynolds;
  double friction = apparent_laminar_friction(a, laminar_distance) / laminar_reynolds;
  double nusselt = mean_laminar_nusselt(a, wall, laminar_distance / flow.prandtl, flow.prandtl);
  if (flow.reynolds > laminar_end) {
    const double turbulent_reynolds = std::max(flow.reynolds, turbulent_start);
    const double share = std::min(1.0, (flow.reynolds - laminar_end) / (turbulent_start - laminar_end));
    friction = (1.0 - share) * friction + share * turbulent_friction(turbulent_reynolds);
    nusselt = (1.0 - share) * nusselt +
              share * turbulent_nusselt(turbulent_reynolds, flow.prandtl, 1.0 / slenderness);
    flow.regime = share < 1.0 ? FlowRegime::transitional : FlowRegime::turbulent;
    if (share < 1.0)
      flow.warnings.push_back(
          {path,
           fmt::format("Re {:.0f} lies between laminar ({:.0f}) and turbulent ({:.0f}) flow: heat transfer "
                       "and pressure drop are interpolated and may be off by a third",
                       flow.reynolds, laminar_end, turbulent_start)});
    if (flow.reynolds > 5e6 || flow.prandtl < 0.5 || flow.prandtl > 2000.0)
      flow.warnings.push_back(
          {path, fmt::format("Re {:.3g}, Pr {:.3g}: Gnielinski's correlation holds for Re up to "
                             "5e6 and Pr 0.5 to 2000",
                             flow.reynolds, flow.prandtl)});
  }
  flow.friction = friction;
  flow.nusselt = nusselt;
  flow.heat_transfer = nusselt * fluid.conductivity / diameter;
  flow.friction_pressure = 4.0 * friction * slenderness * flow.dynamic_pressure;
  return flow;
}

double fin_efficiency(double heat_transfer, double conductivity, double thickness, double height) {
  const double x = height * std::sqrt(2.0 * heat_transfer / (conductivity * thickness));
  return x < 1e-6 ? 1.0 : std::tanh(x) / x;
}

CavityCoefficients cavity_coefficients(double h, const RectangularDuct& duct, double wall_width,
                                       double wall_conductivity) {
  const double pitch = duct.width + wall_width;
  CavityCoefficients c;
  c.fin_efficiency = fin_efficiency(h, wall_conductivity, wall_width, duct.height);
  c.half_fin_efficiency = fin_efficiency(h, wall_conductivity, wall_width, 0.5 * duct.height);
  c.one_face = h * (duct.width + 2.0 * c.fin_efficiency * duct.height) / pitch;
  c.each_face = h * (duct.width + c.half_fin_efficiency * duct.height) / pitch;
  return c;
}

double entrance_loss(double free_share) { return 0.42 * (1.0 - free_share * free_share); }

double exit_loss(double free_share) {
  const double blocked = 1.0 - free_share * free_share;
  return blocked * blocked;
}

double pump_power(double volume_flow, double pressure, double efficiency) {
  return volume_flow * pressure / efficiency;
}

}  // namespace waverack::thermal
