#pragma once
// Constants that define the SI (exact), and the prefixes that results are written with.

namespace waverack {

inline constexpr double speed_of_light = 299792458.0;         // [m/s]
inline constexpr double elementary_charge = 1.602176634e-19;  // [C]
inline constexpr double planck_constant = 6.62607015e-34;     // [J s]
inline constexpr double boltzmann_constant = 1.380649e-23;    // [J/K]
inline constexpr double zero_celsius = 273.15;                // [K]

inline constexpr double pico = 1e-12, giga = 1e9;

constexpr double to_celsius(double kelvin) { return kelvin - zero_celsius; }

}  // namespace waverack
