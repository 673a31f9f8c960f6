#pragma once
// How what a data sheet states at 25 °C changes with the temperature of a part's surroundings.

#include "waverack/parts/interface.hpp"

namespace waverack::parts {

constexpr double data_sheet_temperature = 298.15;  // [K]

// Kelvins above the data sheet.
double rise_of(const Conditions&);

// value·(1 + drift·rise), at least a tenth of the value. `drift` [1/K].
double warmed(double value, double drift, const Conditions&);

// Density of a resistor's and a channel's thermal noise: value·√(T/T_0) [unit/√Hz].
double warmed_noise(double density, const Conditions&);

// Fields that lasers and amplifiers share.
template <auto member>
Field wavelength_drift_field() {
  return field<member>("wavelength_drift", "nm/K", -1.0, 1.0,
                       "Change of the wavelength with temperature, from 25 degC.")
      .from(Kind::assumed, "DFB about 0.1 nm/K (facts: thermal 11)");
}
template <auto member>
Field bandwidth_drift_field() {
  return field<member>("bandwidth_drift", "1/K", -0.02, 0.02,
                       "Relative change of the bandwidth with temperature, from 25 degC.")
      .from(Kind::assumed, "mobility: CMOS and SiGe amplifiers lose about 5 % to 10 % over 60 K");
}
template <auto member>
Field power_drift_field() {
  return field<member>("power_drift", "1/K", -0.02, 0.02,
                       "Relative change of the power with temperature, from 25 degC.")
      .from(Kind::assumed,
            "bias proportional to absolute temperature holds the transconductance: up to 0.33 %/K");
}

}  // namespace waverack::parts
