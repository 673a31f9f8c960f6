#pragma once
// Measured light and voltage of a laser against its current (LIV), at one or more temperatures.

#include <string>
#include <string_view>
#include <vector>

namespace waverack::network {

struct LivCurve {
  double temperature = 0.0;     // of the heat sink [K]
  std::vector<double> current;  // rising [A]
  std::vector<double> power;    // [W]
  std::vector<double> voltage;  // [V]; empty where the file has no such column
};

struct LivTable {
  std::string name;              // of the file, for messages
  std::vector<LivCurve> curves;  // temperatures rise
};

// Reads a table with a line for each measured point, its values separated by commas, semicolons or blanks.
// The first line names the columns and their units, in any order and any case:
//   temperature  t, temp, temperature                    in degC, °C, C or K
//   current      i, current                              in A, mA or uA
//   power        p, l, power, light, optical power       in W, mW or uW
//   voltage      v, voltage, may be missing              in V or mV
// with the unit behind the name as in `Current (mA)`, `current [mA]`, `current_ma` or `I/mA`. Other columns
// are left out. A curve is all points of one temperature; its currents rise. Comments start with # or !.
//
// Throws Error with file and line for everything else: a column that is missing or comes twice, a unit that
// is not known, what is not a finite number, values out of range, fewer than three points at a temperature, a
// curve without light or with light below zero by more than 1 % of its largest. Cost: linear.
LivTable parse_liv_csv(std::string_view text, const std::string& name);

}  // namespace waverack::network
