#include "waverack/thermal/pin_fins.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>

#include "waverack/base/error.hpp"

namespace waverack::thermal {
namespace {

using std::numbers::pi;

// The pitches in diameters, as Gaddis and Gnielinski name them.
struct Pitches {
  double a, b, c;  // across, along, diagonal
  explicit Pitches(const PinArray& pins)
      : a(pins.pitch_across / pins.diameter),
        b(pins.pitch_along / pins.diameter),
        c(std::hypot(0.5 * a, b)) {}
};

bool diagonal_is_narrow(const PinArray& pins, const Pitches& p) {
  return pins.arrangement == PinArrangement::staggered && p.b < 0.5 * std::sqrt(2.0 * p.a + 1.0);
}

// What a row does to the flow while it is laminar.
double laminar_row_loss(const Pitches& p, double gap_pitch, double reynolds) {
  const double shape = std::sqrt(p.b) - 0.6;
  return 280.0 * pi * (shape * shape + 0.75) / ((4.0 * p.a * p.b - pi) * std::pow(gap_pitch, 1.6) * reynolds);
}

void check(const PinArray& pins, double velocity, const std::string& path) {
  if (!(pins.diameter > 0.0 && pins.height > 0.0 && pins.length > 0.0 && velocity > 0.0))
    throw Error(
        ErrorInfo{{}, path, "pins without size or flow", "diameter, height, length and flow above 0", {}});
  const Pitches p(pins);
  const bool staggered = pins.arrangement == PinArrangement::staggered;
  if (!(p.a > 1.0 && (staggered ? p.c > 1.0 && p.b > 0.0 : p.b > 1.0)))
    throw Error(ErrorInfo{{}, path, "the pins touch one another", "pitches above the diameter", {}});
}

}  // namespace

double PinArray::solid_share() const {
  return 0.25 * pi * diameter * diameter / (pitch_across * pitch_along);
}

double gap_velocity_ratio(const PinArray& pins) {
  const Pitches p(pins);
  if (diagonal_is_narrow(pins, p)) return p.a / (2.0 * (p.c - 1.0));
  return p.a / (p.a - 1.0);
}

double darcy_pin_coefficient(PinArrangement arrangement, double darcy_velocity) {
  const double exponent = arrangement == PinArrangement::in_line ? 0.64 : 1.52;
  return 1.0 / (2.527e-5 / std::pow(darcy_velocity + 1.35, exponent) + 1.533e-6);
}

double pin_nusselt(const PinArray& pins, double re, double prandtl) {
  const double fluid = std::pow(prandtl, 0.36);
  if (pins.arrangement == PinArrangement::in_line) {
    if (re < 100.0) return 0.9 * std::pow(re, 0.4) * fluid;
    if (re < 1000.0) return 0.52 * std::sqrt(re) * fluid;
    if (re < 2e5) return 0.27 * std::pow(re, 0.63) * fluid;
    return 0.033 * std::pow(re, 0.8) * fluid;
  }
  const double ratio = pins.pitch_across / pins.pitch_along;
  const double shape = std::pow(std::min(ratio, 2.0), 0.2);
  if (re < 40.0) return 1.04 * std::pow(re, 0.4) * fluid;
  if (re < 1000.0) return 0.71 * std::sqrt(re) * fluid;
  if (re < 2e5) return 0.35 * shape * std::pow(re, 0.6) * fluid;
  return 0.031 * shape * std::pow(re, 0.8) * fluid;
}

double pin_row_factor(PinArrangement arrangement, double rows) {
  struct Row {
    double count, in_line, staggered;
  };
  constexpr Row table[] = {{1, 0.70, 0.64},  {2, 0.80, 0.76}, {3, 0.86, 0.84},  {4, 0.90, 0.89},
                           {5, 0.92, 0.92},  {7, 0.95, 0.95}, {10, 0.97, 0.97}, {13, 0.98, 0.98},
                           {16, 0.99, 0.99}, {20, 1.0, 1.0}};
  const auto value = [&](const Row& row) {
    return arrangement == PinArrangement::in_line ? row.in_line : row.staggered;
  };
  if (rows <= table[0].count) return value(table[0]);
  for (std::size_t i = 1; i < std::size(table); ++i)
    if (rows < table[i].count) {
      const double share = (rows - table[i - 1].count) / (table[i].count - table[i - 1].count);
      return (1.0 - share) * value(table[i - 1]) + share * value(table[i]);
    }
  return 1.0;
}

double pin_row_loss(const PinArray& pins, double re) {
  const Pitches p(pins);
  // The first and the last row of a short bank: nothing from ten rows on.
  const double ends = std::max(0.0, 1.0 / std::max(pins.rows(), 5.0) - 0.1);
  if (pins.arrangement == PinArrangement::in_line) {
    const double wake = p.b > 0.94 ? 1.2 * std::pow(1.0 - 0.94 / p.b, 0.6) / std::pow(p.a - 0.85, 1.3) : 0.0;
    const double factor =
        (0.22 + wake) * std::pow(10.0, 0.47 * (p.b / p.a - 1.5)) + 0.03 * (p.a - 1.0) * (p.b - 1.0);
    const double turbulent = factor / std::pow(re, 0.1 * p.b / p.a) + ends / (p.a * p.a);
    return laminar_row_loss(p, p.a, re) + turbulent * (1.0 - std::exp(-(re + 1000.0) / 2000.0));
  }
  const bool narrow = diagonal_is_narrow(pins, p);
  const double factor = 2.5 + 1.2 / std::pow(p.a - 0.85, 1.08) + 0.4 * std::pow(p.b / p.a - 1.0, 3.0) -
                        0.01 * std::pow(p.a / p.b - 1.0, 3.0);
  const double gap = narrow ? 2.0 * (p.c - 1.0) / (p.a * (p.a - 1.0)) : 1.0 / p.a;
  const double turbulent = factor / std::pow(re, 0.25) + ends * gap * gap;
  return laminar_row_loss(p, narrow ? p.c : p.a, re) + turbulent * (1.0 - std::exp(-(re + 200.0) / 1000.0));
}

PinFlow pin_flow(const PinArray& pins, const FluidProperties& fluid, double darcy_velocity,
                 double pin_conductivity, const std::string& path) {
  check(pins, darcy_velocity, path);
  PinFlow flow;
  flow.darcy_velocity = darcy_velocity;
  flow.gap_velocity = darcy_velocity * gap_velocity_ratio(pins);
  flow.reynolds = fluid.density * flow.gap_velocity * pins.diameter / fluid.viscosity;
  flow.prandtl = fluid.prandtl();
  flow.nusselt =
      pin_nusselt(pins, flow.reynolds, flow.prandtl) * pin_row_factor(pins.arrangement, pins.rows());
  flow.heat_transfer = flow.nusselt * fluid.conductivity / pins.diameter;
  // Where the diagonal is the narrowest gap, there is one fewer of them than rows.
  const double losses = pins.rows() - (diagonal_is_narrow(pins, Pitches(pins)) ? 1.0 : 0.0);
  flow.pressure_drop = std::max(losses, 0.0) * pin_row_loss(pins, flow.reynolds) * 0.5 * fluid.density *
                       flow.gap_velocity * flow.gap_velocity;

  const double side =
      pi * pins.diameter / (pins.pitch_across * pins.pitch_along);  // of pins, per height and area
  const auto with_pins = [&](double height) {
    const double x = height * std::sqrt(4.0 * flow.heat_transfer / (pin_conductivity * pins.diameter));
    const double efficiency = x < 1e-6 ? 1.0 : std::tanh(x) / x;
    return flow.heat_transfer * (1.0 - pins.solid_share() + efficiency * side * height);
  };
  flow.one_face = with_pins(pins.height);
  flow.each_face = with_pins(0.5 * pins.height);

  if (flow.reynolds < 1.6 || flow.reynolds > 3e5 || flow.prandtl < 0.7 || flow.prandtl > 500.0)
    flow.warnings.push_back(
        {path, fmt::format("Re {:.3g}, Pr {:.3g}: correlations of tube banks hold for Re 1.6 to "
                           "3e5 and Pr 0.7 to 500",
                           flow.reynolds, flow.prandtl)});
  if (pins.rows() < 5.0)
    flow.warnings.push_back(
        {path, fmt::format("{:.1f} rows of pins: the pressure drop of tube banks holds from five rows on",
                           pins.rows())});
  if (pins.height < 4.0 * pins.diameter)
    flow.warnings.push_back(
        {path, fmt::format(
                   "pins {:.2g} diameters high: tube banks have no end plates; heat transfer may be off by a "
                   "third",
                   pins.height / pins.diameter)});
  return flow;
}

}  // namespace waverack::thermal
