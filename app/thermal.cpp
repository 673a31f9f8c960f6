// waverack thermal

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>
#include <optional>

#include "call_text.hpp"
#include "command.hpp"
#include "interrupt.hpp"
#include "waverack/io/thermal_output.hpp"
#include "written.hpp"

namespace waverack::app {
namespace {

struct ThermalArguments {
  std::string stack, power, folder;
  std::vector<std::string> settings;
  bool influence = false, no_grid_error = false;
};

// The call that gives the same numbers again.
std::string command_of(const ThermalArguments& arguments) {
  std::string text = "waverack thermal " + arguments.stack;
  if (!arguments.power.empty()) append_option(text, "--power", {arguments.power});
  for (const std::string& setting : arguments.settings) append_option(text, "--set", {setting});
  if (arguments.influence) text += " --influence";
  if (arguments.no_grid_error) text += " --no-grid-error";
  return text + " -o again";
}

ExitCode thermal(const ThermalArguments& arguments, Console& console) {
  io::ThermalOptions options;
  options.grid_error = !arguments.no_grid_error;
  options.influence = arguments.influence;
  io::LoadedStack stack = io::load_stack(arguments.stack, arguments.settings, arguments.power);
  // Only steps in time can end early with what they have.
  std::optional<Interrupt> interrupt;
  if (stack.stack.transient.step > 0.0) {
    interrupt.emplace();
    options.progress = [&](double) { return !interrupt->token().stop_requested(); };
  }
  io::ThermalAnswer answer = io::run_thermal(std::move(stack), options);
  interrupt.reset();
  answer.command = command_of(arguments);
  std::vector<std::string> files;
  if (!arguments.folder.empty()) files = io::write_thermal(answer, arguments.folder);
  console.print(console.json ? io::thermal_json(answer) : io::thermal_text(answer, console.style()));
  if (!files.empty()) console.note(written_text(arguments.folder, files));
  return answer.transient && !answer.transient->complete ? interrupted : good;
}

}  // namespace

Action declare_thermal(CLI::App& app, Console& console) {
  const auto arguments = std::make_shared<ThermalArguments>();
  app.add_option("STACK", arguments->stack, "A TOML or JSON file, \"-\", or the name of a built-in stack.")
      ->required();
  app.add_option(
         "--power", arguments->power,
         "Powers of blocks: rows of a block and its watts, or a trace in the format of HotSpot (.ptrace).")
      ->type_name("FILE");
  app.add_option("--set", arguments->settings,
                 "Change a value of the stack, such as blocks.asic.power; may be repeated.")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  app.add_flag("--influence", arguments->influence,
               "Also the temperature of every block and point for each watt of every block.");
  app.add_flag("--no-grid-error", arguments->no_grid_error,
               "Leave out the solves on other grids, which tell how good this one is.");
  app.add_option("-o", arguments->folder,
                 "Write report.html, thermal.json, temperatures.vtk and series/*.csv there.")
      ->type_name("DIR");
  app.add_flag("--json", console.json, "The result as JSON.");
  app.add_flag("--quiet", console.quiet, "No messages on standard error, errors excepted.");
  return [arguments](Console& c) { return thermal(*arguments, c); };
}

}  // namespace waverack::app
