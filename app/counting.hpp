#pragma once
// The options of a command that counts or weighs errors, and the line that shows how far counting is.

#include <optional>
#include <stop_token>
#include <string>

#include "command.hpp"
#include "waverack/link/rare_errors.hpp"
#include "waverack/link/waveform_solver.hpp"

namespace waverack::app {

struct CountingArguments {
  std::string solver = "semi-analytic";
  std::optional<double> symbols, precision;
  std::optional<std::string> source;
  bool soft = false;
  bool counts() const { return solver == "waveform"; }
  bool weighs() const { return solver == "importance"; }
};

void declare_counting(CLI::App&, CountingArguments&);

// Throws Error where an option is given without the solver that it is of.
void require_solver(const CountingArguments&);

// Options that stop with `stop` and, on a terminal, show their progress on standard error. `console` must
// outlive them.
link::CountOptions count_options(const CountingArguments&, std::stop_token stop, const Console& console);

// Options that stop with `stop`.
link::RareErrorOptions weigh_options(const CountingArguments&, std::stop_token stop);

}  // namespace waverack::app
