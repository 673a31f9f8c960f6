#pragma once
// A stack with all that is asked of it: steady state, error of the grid, times, influence.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "waverack/design/result.hpp"
#include "waverack/io/thermal_load.hpp"
#include "waverack/thermal/grid_error.hpp"
#include "waverack/thermal/influence.hpp"
#include "waverack/thermal/transient.hpp"

namespace waverack::io {

struct ThermalOptions {
  bool grid_error = true;
  bool transient = true;  // where the stack has one
  bool influence = false;
  std::function<bool(double)> progress = {};  // of the transient; it ends by returning false
};

struct ThermalAnswer {
  LoadedStack loaded;
  thermal::Placement placement;
  thermal::SteadyResult steady;
  std::optional<thermal::GridError> grid_error;
  std::optional<thermal::TransientResult> transient;
  std::optional<thermal::Influence> influence;
  std::vector<Assumption> assumptions;  // of the stack and of the built-in materials that it names
  std::vector<Warning> warnings;
  std::string command;
};

// Throws Error with the place in the file for a bad stack.
ThermalAnswer run_thermal(LoadedStack, const ThermalOptions& = {});

}  // namespace waverack::io
