#pragma once
// Flow and heat transfer in rectangular channels (theory: coolants, section 2).

#include <array>
#include <string>
#include <vector>

#include "waverack/base/describe.hpp"
#include "waverack/base/provenance.hpp"
#include "waverack/thermal/fluid.hpp"

namespace waverack::thermal {

// What is the same along a channel: the heat that its wall gives (with one wall temperature around each
// section), as where the wall conducts well and its heat comes from far, or the temperature of its wall.
enum class WallCondition { heat_flux, temperature };

// One channel [m].
struct RectangularDuct {
  double width = 0.0, height = 0.0, length = 0.0;
  double area() const { return width * height; }
  double hydraulic_diameter() const { return 2.0 * width * height / (width + height); }
  double aspect_ratio() const;  // short over long side, 0 … 1
};

// Fully developed laminar flow, by the hydraulic diameter and the aspect ratio 0 … 1. Shah and London's
// polynomials: within 0.1 % of the exact solutions (R. K. Shah and A. L. London, Laminar Flow Forced
// Convection in Ducts, Academic Press 1978, eq. 341, 342, 346).
double laminar_friction(double aspect_ratio);                // Fanning factor times Reynolds number
double laminar_nusselt(double aspect_ratio, WallCondition);  // Nusselt number

// The same from an entrance where velocity and temperature are even, as means over the length.
// `distance` is length/(D_h·Re) for friction, length/(D_h·Re·Pr) for heat. Y. S. Muzychka and M. M.
// Yovanovich: friction J. Fluids Eng. 131 (2009) 111105, within 10 %; heat J. Heat Transfer 126 (2004) 54,
// here with the exact developed value and the exact constant of Lévêque, so that both ends are exact.
double apparent_laminar_friction(double aspect_ratio, double distance);
double mean_laminar_nusselt(double aspect_ratio, WallCondition, double distance, double prandtl);

// Smooth walls, turbulent: Fanning factor of Petukhov (1970) and Nusselt number of Gnielinski, Int. Chem.
// Eng. 16 (1976) 359, with his entrance term 1 + (D_h/L)^(2/3). 3000 < Re < 5e6, 0.5 < Pr < 2000.
double turbulent_friction(double reynolds);
double turbulent_nusselt(double reynolds, double prandtl, double diameter_over_length);

enum class FlowRegime { laminar, transitional, turbulent };

struct DuctFlow {
  double velocity = 0.0;  // mean [m/s]
  double reynolds = 0.0;  // by the hydraulic diameter
  double prandtl = 0.0;
  FlowRegime regime = FlowRegime::laminar;
  double nusselt = 0.0;            // mean over the length, by the hydraulic diameter
  double heat_transfer = 0.0;      // mean coefficient at the wetted wall [W/(m² K)]
  double friction = 0.0;           // apparent Fanning factor
  double friction_pressure = 0.0;  // pressure drop along the channel, entrance included [Pa]
  double dynamic_pressure = 0.0;   // ρu²/2 [Pa]
  std::vector<Warning> warnings;   // what left the range of its correlation
};

// Flow of `volume_flow` [m³/s] through one channel. Laminar up to Re 2300, turbulent from 4000, on a straight
// line between the two (V. Gnielinski, Int. J. Heat Mass Transfer 63 (2013) 134), with a warning. `path`
// names the channel in warnings. Throws Error where a side, the length or the flow is not positive.
DuctFlow duct_flow(const RectangularDuct&, const FluidProperties&, double volume_flow,
                   WallCondition = WallCondition::heat_flux, const std::string& path = {});

// Efficiency of a straight fin of even thickness whose end gives no heat: tanh(mH)/(mH), m² = 2h/(k·t).
double fin_efficiency(double heat_transfer, double conductivity, double thickness, double height);

// Heat transfer coefficients of a row of channels per plan area [W/(m² K)], from that of the wetted wall.
struct CavityCoefficients {
  // Heat comes through one face, the walls are fins of the whole height, the other face is adiabatic.
  double one_face = 0.0;
  // Heat comes through both faces, the walls are fins of half the height: this value at each face. It is what
  // the porous model (2RM) asks for.
  double each_face = 0.0;
  double fin_efficiency = 1.0;       // of the whole height
  double half_fin_efficiency = 1.0;  // of half of it
};
CavityCoefficients cavity_coefficients(double heat_transfer, const RectangularDuct&, double wall_width,
                                       double wall_conductivity);

// Loss coefficients of entering and leaving a core whose free share of the frontal area is `free_share`
// 0 … 1, in units of the dynamic pressure in the channels: 0.42·(1 − σ²) and (1 − σ²)² (F. M. White, Fluid
// Mechanics; J. R. Culham and Y. S. Muzychka, IEEE Trans. Compon. Packag. Technol. 24 (2001) 159).
double entrance_loss(double free_share);
double exit_loss(double free_share);

// Power that moves `volume_flow` against `pressure` at an efficiency 0 … 1 [W].
double pump_power(double volume_flow, double pressure, double efficiency);

}  // namespace waverack::thermal

namespace waverack {
template <>
struct EnumNames<thermal::WallCondition> {
  static constexpr std::array<EnumName<thermal::WallCondition>, 2> list{
      {{"heat-flux", thermal::WallCondition::heat_flux},
       {"temperature", thermal::WallCondition::temperature}}};
};
template <>
struct EnumNames<thermal::FlowRegime> {
  static constexpr std::array<EnumName<thermal::FlowRegime>, 3> list{
      {{"laminar", thermal::FlowRegime::laminar},
       {"transitional", thermal::FlowRegime::transitional},
       {"turbulent", thermal::FlowRegime::turbulent}}};
};
}  // namespace waverack
