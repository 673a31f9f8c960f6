#pragma once
// The options of `waverack channel` that make a Touchstone file of Touchstone files.

#include <memory>
#include <string>

#include "command.hpp"
#include "waverack/io/network_recipe.hpp"

namespace waverack::app {

struct RecipeArguments {
  io::NetworkRecipe recipe;
  std::string order;  // of --renumber
  std::string grid;   // STEP or STEP:STOP
};

// Declares --cascade, --remove-left, --remove-right, --renumber, --mixed-mode, --resample and --extend-dc.
std::shared_ptr<RecipeArguments> declare_recipe(CLI::App&);

// Whether one of them was given.
bool makes_network(const RecipeArguments&);

// Makes what they ask for of the file `through`, or of the files of --cascade, writes it to `output`, and
// says what was written and what is doubtful about it. `ports`: of every file, the left ones first, or empty.
// Throws Error for options that do not fit.
ExitCode make_network(const RecipeArguments&, const std::string& through, const std::vector<int>& ports,
                      const std::string& output, Console&);

}  // namespace waverack::app
