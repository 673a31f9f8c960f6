#pragma once
// Photonics facts 4.1, first reference table: four equally spaced drive levels on an ideal push-pull
// Mach-Zehnder modulator with linear phase at quadrature. Its average loss is 3.01 dB in every row.

#include <array>

namespace waverack {

struct ModulatorLevels {
  double ratio;  // drive peak to peak over V_π
  double r_lm;
  double extinction_db;  // outer
  double oma_db;         // outer amplitude over the input power
};

inline constexpr std::array<ModulatorLevels, 4> modulator_levels{{{0.2, 0.9852, 2.77, -5.10},
                                                                  {0.4, 0.9388, 5.86, -2.31},
                                                                  {0.5, 0.9019, 7.66, -1.51},
                                                                  {0.8, 0.7170, 16.01, -0.22}}};

}  // namespace waverack
