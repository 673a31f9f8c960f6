#pragma once
// The options of a command that counts errors with the waveform solver, and the line that shows how far it
// is.

#include <optional>
#include <stop_token>
#include <string>

#include "command.hpp"
#include "waverack/link/waveform_solver.hpp"

namespace waverack::app {

struct CountingArguments {
  std::string solver = "semi-analytic";
  std::optional<double> symbols, precision;
  std::optional<std::string> source;
  bool soft = false;
  bool wanted() const { return solver == "waveform"; }
};

void declare_counting(CLI::App&, CountingArguments&);

// Throws Error where an option of the waveform solver is given without it.
void require_solver(const CountingArguments&);

// Options that stop with `stop` and, on a terminal, show their progress on standard error. `console` must
// outlive them.
link::CountOptions count_options(const CountingArguments&, std::stop_token stop, const Console& console);

}  // namespace waverack::app
