#pragma once
// Floorplans and power traces in the format of HotSpot (docs/formats/hotspot.md).

#include <string>
#include <string_view>
#include <vector>

namespace waverack::thermal {

struct FloorplanUnit {
  std::string name;
  double x = 0.0, y = 0.0;  // lower left corner [m]
  double width = 0.0;       // along x [m]
  double height = 0.0;      // along y [m]
  int line = 0;             // of the file
};

struct Floorplan {
  std::string name;                  // of the file, for messages
  std::vector<FloorplanUnit> units;  // at least one
  double width = 0.0, height = 0.0;  // from 0 to the farthest edge [m]
};

// Reads the text of a .flp file: a line for each unit with its name, width, height, left x and bottom y in
// metres; heat capacity and resistivity that may follow are read over, and so are lines that tie two units
// together (two names and a number). Comments start with #.
//
// Throws Error with file and line for everything else: a size that is not positive, a corner left of or below
// 0, a name that comes twice, units that overlap by more than a millionth of the plan, more than 100 000
// units, none at all. Cost: linear for plans; where every unit shares its x with all others, their square.
Floorplan parse_floorplan(std::string_view text, const std::string& name);

struct PowerTrace {
  std::string name;                // of the file, for messages
  std::vector<std::string> units;  // at least one
  std::vector<double> power;       // units.size() for each step [W]
  std::size_t steps() const { return power.size() / units.size(); }
  double at(std::size_t step, std::size_t unit) const { return power[step * units.size() + unit]; }
};

// Reads the text of a .ptrace file: a line with the names of units, then a line of their watts for each step
// of time. Comments start with #. Throws Error with file and line: a name that comes twice, a line of another
// length, what is not a finite number, no step.
PowerTrace parse_power_trace(std::string_view text, const std::string& name);

// The mean over the steps of every unit of the trace [W].
std::vector<double> mean_power(const PowerTrace&);

// For every unit of the trace the index of its name in `blocks`. Throws Error for a name that is none of
// them, with the nearest; blocks without a column are left to the caller.
std::vector<std::size_t> match_units(const PowerTrace&, const std::vector<std::string>& blocks);

}  // namespace waverack::thermal
