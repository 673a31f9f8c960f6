#pragma once
// Flow and heat transfer across arrays of round pins (theory: coolants, section 3).

#include <array>
#include <string>
#include <vector>

#include "waverack/base/describe.hpp"
#include "waverack/base/provenance.hpp"
#include "waverack/thermal/fluid.hpp"

namespace waverack::thermal {

enum class PinArrangement { in_line, staggered };

// Pins between two plates [m]. In a staggered array every second row is shifted by half a pitch across.
struct PinArray {
  PinArrangement arrangement = PinArrangement::in_line;
  double diameter = 0.0;
  double pitch_across = 0.0;  // between pins of one row
  double pitch_along = 0.0;   // between rows, along the flow
  double height = 0.0;
  double length = 0.0;         // of the array along the flow
  double solid_share() const;  // of the plan area: π·d²/(4·p_across·p_along)
  double rows() const { return length / pitch_along; }
};

// The velocity in the narrowest gap over the Darcy velocity, which is that in the cavity without pins:
// between the pins of a row, or on the diagonal of a staggered array where that is narrower.
double gap_velocity_ratio(const PinArray&);

// The coefficient at each face of a cavity per plan area [W/(m² K)] that 3D-ICE 4.0 takes, of the Darcy
// velocity [m/s] alone:
//   1/(2.527e-5/(u + 1.35)^n + 1.533e-6), n = 0.64 in line, 1.52 staggered
// (facts: thermal 4). It was made for water, pins of 50 µm at a pitch of 100 µm.
double darcy_pin_coefficient(PinArrangement, double darcy_velocity);

// Nusselt number by the pin's diameter and the gap velocity, far from the first row. A. Žukauskas, Adv. Heat
// Transfer 8 (1972) 93, with one viscosity at wall and fluid. 1.6 < Re < 2e6, 0.7 < Pr < 500.
double pin_nusselt(const PinArray&, double reynolds, double prandtl);

// What is left of it where there are fewer than 20 rows (the same; F. P. Incropera et al., Fundamentals of
// Heat and Mass Transfer, table 7.6).
double pin_row_factor(PinArrangement, double rows);

// Pressure drop of a row over the dynamic pressure in the gap. E. S. Gaddis and V. Gnielinski, Int. Chem.
// Eng. 25 (1985) 1; VDI Heat Atlas, L1.4. 1 < Re < 3e5, at least five rows.
double pin_row_loss(const PinArray&, double reynolds);

struct PinFlow {
  double darcy_velocity = 0.0;  // [m/s]
  double gap_velocity = 0.0;    // [m/s]
  double reynolds = 0.0;        // by diameter and gap velocity
  double prandtl = 0.0;
  double nusselt = 0.0;        // rows counted
  double heat_transfer = 0.0;  // at the wetted wall [W/(m² K)]
  double pressure_drop = 0.0;  // [Pa]
  // Per plan area [W/(m² K)], as in duct_flow.hpp: heat through one face, or half of it at each of both.
  double one_face = 0.0;
  double each_face = 0.0;
  std::vector<Warning> warnings;
};

// Flow through pins of conductivity `pin_conductivity` [W/(m K)] at a Darcy velocity [m/s]. The plates
// between the pins count with the same coefficient. Pins shorter than about four diameters feel the plates,
// which long tubes do not: a warning says so. Throws Error where pins touch, or a size or the velocity is not
// positive.
PinFlow pin_flow(const PinArray&, const FluidProperties&, double darcy_velocity, double pin_conductivity,
                 const std::string& path = {});

}  // namespace waverack::thermal

namespace waverack {
template <>
struct EnumNames<thermal::PinArrangement> {
  static constexpr std::array<EnumName<thermal::PinArrangement>, 2> list{
      {{"in-line", thermal::PinArrangement::in_line}, {"staggered", thermal::PinArrangement::staggered}}};
};
}  // namespace waverack
