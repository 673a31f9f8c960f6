#pragma once
// What run and sweep have in common where numbers are found.

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace waverack::app {

struct TuningArguments {
  std::vector<std::string> entries;
  std::string goal;  // empty: that of the design
};

// --tune and --tune-for. `tune_help` says what --tune does here.
void declare_tuning(CLI::App& app, TuningArguments& arguments, const std::string& tune_help);

}  // namespace waverack::app
