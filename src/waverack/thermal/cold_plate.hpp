#pragma once
// A base with channels between straight walls, moved through by liquid or by air: a cold plate, or a heat
// sink with a fan. What it does to the temperature and what moving its coolant costs (theory: coolants,
// section 4).

#include <string>
#include <vector>

#include "waverack/base/describe.hpp"
#include "waverack/base/provenance.hpp"
#include "waverack/base/reader.hpp"
#include "waverack/thermal/duct_flow.hpp"
#include "waverack/thermal/fluid.hpp"

namespace waverack::thermal {

struct FinnedPlate {
  Fluid fluid = Fluid::pg25;
  double width = 20e-3;               // across the flow [m]
  double length = 20e-3;              // along the flow [m]
  double base_thickness = 2e-3;       // between the heated face and the channels [m]
  double channel_width = 0.2e-3;      // [m]
  double channel_height = 2e-3;       // [m]
  double wall_width = 0.1e-3;         // between channels [m]
  double conductivity = 390.0;        // of base and walls [W/(m K)]
  double flow = 0.5e-3 / 60.0;        // of the whole plate, at the inlet [m³/s]
  double inlet_temperature = 313.15;  // [K]
  double pressure = 2e5;              // of the coolant, absolute [Pa]
  double mover_efficiency = 0.5;      // power given to the coolant over power drawn by pump or fan
  WallCondition wall = WallCondition::heat_flux;
};

inline FieldList describe(Tag<FinnedPlate>) {
  using P = FinnedPlate;
  constexpr std::string_view typical = "a typical microchannel plate";
  return fields<P>(
      "A base with channels between straight walls: a cold plate, or a heat sink in the air of a fan.",
      field<&P::fluid>("fluid", "What flows: water, pg25 or air."),
      field<&P::width>("width", "m", 1e-4, 2.0, "Size across the flow.").from(Kind::assumed, typical),
      field<&P::length>("length", "m", 1e-4, 2.0, "Size along the flow.").from(Kind::assumed, typical),
      field<&P::base_thickness>("base_thickness", "m", 0.0, 0.1,
                                "Base between the heated face and the channels.")
          .from(Kind::assumed, typical),
      field<&P::channel_width>("channel_width", "m", 1e-6, 0.1, "Width of a channel, or gap between fins.")
          .from(Kind::assumed, typical),
      field<&P::channel_height>("channel_height", "m", 1e-6, 0.5, "Height of the channels, or of the fins.")
          .from(Kind::assumed, typical),
      field<&P::wall_width>("wall_width", "m", 1e-6, 0.1,
                            "Width of the walls between channels, or of the fins.")
          .from(Kind::assumed, typical),
      field<&P::conductivity>("conductivity", "W/(m K)", 0.1, 5000.0,
                              "Thermal conductivity of base and walls.")
          .from(Kind::simulated, "copper, 3D-ICE and MFIT examples (facts: thermal 10)"),
      field<&P::flow>("flow", "L/min", 1e-6, 1e6, "Flow through the whole plate, at the inlet.")
          .from(Kind::assumed,
                "1 to 1.5 L/min for each kilowatt, and more for a small plate (facts: thermal 11)"),
      field<&P::inlet_temperature>("inlet_temperature", "degC", -50.0, 200.0, "Coolant at the inlet.")
          .from(Kind::assumed, "warm water of a facility, 40 °C (facts: thermal 6)"),
      field<&P::pressure>("pressure", "Pa", 1e3, 1e7, "Absolute pressure of the coolant; where it boils.")
          .from(Kind::assumed, typical),
      field<&P::mover_efficiency>("mover_efficiency", "", 0.01, 1.0,
                                  "Power given to the coolant over the power that pump or fan draws.")
          .from(Kind::assumed, "0.6 of a facility's machines (facts: thermal 12.2), less for a small one"),
      field<&P::wall>("wall",
                      "What is the same along a channel: heat-flux, or the temperature of its wall."));
}

// Aluminium fins in the air of a server fan: 60 × 60 mm, 30 mm high, 8 litres a second at 35 °C. Assumed.
FinnedPlate air_heat_sink();

struct PlateResult {
  int channels = 0;
  DuctFlow duct;                       // of one channel, at the mean temperature of the coolant
  CavityCoefficients coefficients;     // per plan area of channels and walls
  double base_resistance = 0.0;        // of an area [K m²/W]: conduction through the base
  double convective_resistance = 0.0;  // of an area [K m²/W]: base to coolant
  double capacity_flow = 0.0;          // of the coolant [W/K]
  double resistance = 0.0;             // mean of the heated face over the inlet temperature [K/W]
  double hottest_resistance = 0.0;     // of the heated face at the outlet over the inlet temperature [K/W]
  double coolant_rise = 0.0;           // from inlet to outlet [K]
  double face_temperature = 0.0;       // mean of the heated face [K]
  double hottest_temperature = 0.0;    // of the heated face [K]
  double pressure_drop = 0.0;          // entrance and exit included [Pa]
  double mover_power = 0.0;            // pump or fan [W]
  std::vector<Warning> warnings;
};

// `heat` [W], 0 or more, enters evenly through the whole face opposite to the channels and leaves with the
// coolant, whose properties are those at its mean temperature; the cover takes none. What spreads from a
// smaller source is left to the heat solver. `path` names the plate in warnings. Throws Error where no
// channel fits.
PlateResult solve_plate(const FinnedPlate&, double heat, const std::string& path = {});

}  // namespace waverack::thermal
