#pragma once
// The commands of the program.

#include <functional>
#include <span>
#include <string_view>

#include "console.hpp"

namespace CLI {
class App;
}

namespace waverack::app {

enum ExitCode { good = 0, check_failed = 1, wrong_input = 2, our_fault = 3, interrupted = 130 };

// Runs a command whose arguments have been parsed.
using Action = std::function<ExitCode(Console&)>;

struct Command {
  std::string_view name;
  std::string_view arguments;  // for the list of commands
  std::string_view summary;    // one line
  std::string_view examples;   // lines of the help, ended by newlines
  // Declares the arguments; the action is run after they are parsed.
  Action (*declare)(CLI::App&, Console&);
};

Action declare_run(CLI::App&, Console&);
Action declare_check(CLI::App&, Console&);
Action declare_sweep(CLI::App&, Console&);
Action declare_yield(CLI::App&, Console&);
Action declare_compare(CLI::App&, Console&);
Action declare_calibrate(CLI::App&, Console&);
Action declare_claims(CLI::App&, Console&);
Action declare_channel(CLI::App&, Console&);
Action declare_erl(CLI::App&, Console&);
Action declare_tdecq(CLI::App&, Console&);
Action declare_com(CLI::App&, Console&);
Action declare_fec(CLI::App&, Console&);
Action declare_line(CLI::App&, Console&);
Action declare_thermal(CLI::App&, Console&);
Action declare_cluster(CLI::App&, Console&);
Action declare_topology(CLI::App&, Console&);
Action declare_explain(CLI::App&, Console&);
Action declare_list(CLI::App&, Console&);
Action declare_schema(CLI::App&, Console&);
Action declare_new(CLI::App&, Console&);

std::span<const Command> commands();

}  // namespace waverack::app
