#pragma once
// Coolants: properties of water, PG25 and air as functions of temperature (theory: coolants, section 1).

#include <array>
#include <optional>
#include <string>

#include "waverack/base/describe.hpp"
#include "waverack/base/provenance.hpp"
#include "waverack/base/reader.hpp"

namespace waverack::thermal {

// PG25 is water with 25 % of propylene glycol by mass (24.4 % by volume).
enum class Fluid { water, pg25, air };

struct FluidProperties {
  double density = 0.0;        // [kg/m³]
  double heat_capacity = 0.0;  // at constant pressure [J/(kg K)]
  double conductivity = 0.0;   // [W/(m K)]
  double viscosity = 0.0;      // dynamic [Pa s]
  double prandtl() const { return viscosity * heat_capacity / conductivity; }
  double volumetric_heat_capacity() const { return density * heat_capacity; }  // [J/(m³ K)]
};

constexpr double atmosphere = 101325.0;  // [Pa]

// Properties at `temperature` [K]; the density of air is that of an ideal gas at `pressure` [Pa], liquids do
// not depend on it. Outside of the range of the fits (fluid_range) the value at its end is returned.
//   water  IAPWS SR6-08(2011), liquid at 0.1 MPa: within 1e-4 in density, 1e-3 in heat capacity, 2 % in
//          conductivity and viscosity of the full formulations
//   PG25   Å. Melinder, Properties of Secondary Working Fluids, 2nd ed., IIR 2010: propylene glycol at 25 %
//   air    U.S. Standard Atmosphere 1976, eq. 42, 51 and 53
FluidProperties fluid_properties(Fluid, double temperature, double pressure = atmosphere);

// Where fluid_properties() is good [K].
struct TemperatureRange {
  double low = 0.0, high = 0.0;
};
TemperatureRange fluid_range(Fluid);

// Where the liquid freezes at one atmosphere [K]; nothing for air.
std::optional<double> freezing_temperature(Fluid);

// Where the liquid boils at `pressure` [Pa], 611.2 Pa to 22.06 MPa [K]; nothing for air. Water: IAPWS-IF97,
// eq. 31. PG25: the same, which is one or two kelvin too low.
std::optional<double> boiling_temperature(Fluid, double pressure);

// A warning where `coldest` … `hottest` [K] freezes or boils the coolant, or leaves the range of its
// properties. `path` names what is cooled.
std::optional<Warning> coolant_warning(Fluid, double coldest, double hottest, double pressure,
                                       const std::string& path);

}  // namespace waverack::thermal

namespace waverack {
template <>
struct EnumNames<thermal::Fluid> {
  static constexpr std::array<EnumName<thermal::Fluid>, 3> list{
      {{"water", thermal::Fluid::water}, {"pg25", thermal::Fluid::pg25}, {"air", thermal::Fluid::air}}};
};
}  // namespace waverack
