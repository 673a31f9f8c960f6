#pragma once
// Constants that define the SI (exact).

namespace waverack::parts {

inline constexpr double speed_of_light = 299792458.0;         // [m/s]
inline constexpr double elementary_charge = 1.602176634e-19;  // [C]
inline constexpr double planck_constant = 6.62607015e-34;     // [J s]
inline constexpr double boltzmann_constant = 1.380649e-23;    // [J/K]

}  // namespace waverack::parts
