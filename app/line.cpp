// waverack line

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "call_text.hpp"
#include "command.hpp"
#include "waverack/base/decibel.hpp"
#include "waverack/base/units.hpp"
#include "waverack/io/line_output.hpp"
#include "written.hpp"

namespace waverack::app {
namespace {

struct LineArguments {
  io::LineQuestion question;
  std::string power, spacing, folder;
  std::size_t channel = 0;
  bool all_channels = false;
};

// The call that gives the same numbers again.
std::string command_of(const LineArguments& arguments) {
  const io::LineQuestion& q = arguments.question;
  std::string text = "waverack";
  append_option(text, "line", {q.network});
  append_option(text, "--equipment", {q.equipment});
  const auto option = [&](const char* name, const std::string& value) {
    if (!value.empty()) append_option(text, name, {value});
  };
  option("--from", q.from);
  option("--to", q.to);
  option("--power", arguments.power);
  option("--spacing", arguments.spacing);
  option("--transceiver", q.transceiver);
  option("--mode", q.mode);
  for (const std::string& module : q.modules) append_option(text, "--module", {module});
  if (arguments.channel > 0) text += fmt::format(" --channel {}", arguments.channel);
  return text + " -o again";
}

ExitCode line(LineArguments arguments, Console& console) {
  io::LineQuestion& q = arguments.question;
  // Of powers in watt dBm are made: the files of GNPy speak of these.
  if (!arguments.power.empty()) q.power_dbm = to_dbm(parse_quantity(arguments.power, "W"));
  if (!arguments.spacing.empty()) q.spacing = parse_quantity(arguments.spacing, "Hz");
  if (arguments.channel > 0) q.channel = arguments.channel - 1;
  io::LineAnswer answer = io::answer_line(q);
  answer.command = command_of(arguments);
  std::vector<std::string> files;
  if (!arguments.folder.empty()) files = io::write_line(answer, arguments.folder);
  console.print(console.json ? io::line_json(answer)
                             : io::line_text(answer, console.style(), arguments.all_channels));
  if (!files.empty()) console.note(written_text(arguments.folder, files));
  // Only what was asked for by name decides.
  const bool failed = std::any_of(answer.modules.begin(), answer.modules.end(),
                                  [](const io::LineModule& m) { return m.asked && !m.closes(); });
  return failed ? check_failed : good;
}

}  // namespace

Action declare_line(CLI::App& app, Console& console) {
  const auto arguments = std::make_shared<LineArguments>();
  io::LineQuestion& q = arguments->question;
  app.add_option("NETWORK", q.network, "A network of GNPy: the designed topology, as JSON.")->required();
  app.add_option("--equipment", q.equipment,
                 "GNPy's library of equipment that the network was designed with.")
      ->type_name("FILE")
      ->required();
  app.add_option("--from", q.from, "Transceiver where the path begins; not needed where there are only two.")
      ->type_name("UID");
  app.add_option("--to", q.to, "Transceiver where it ends.")->type_name("UID");
  app.add_option("--power", arguments->power, "Of a channel, in place of the equipment's.")
      ->type_name("\"1 dBm\"");
  app.add_option("--spacing", arguments->spacing,
                 "Of channels, in place of the equipment's and of the modules' own.")
      ->type_name("\"75 GHz\"");
  app.add_option("--transceiver", q.transceiver,
                 "Load the line with a mode of this transceiver of the equipment.")
      ->type_name("TYPE");
  app.add_option("--mode", q.mode, "The mode, by its format. Where it does not close, the exit code is 1.")
      ->type_name("FORMAT");
  app.add_option("--module", q.modules,
                 "A coherent design to judge, a file or a built-in one; may be repeated. Where one does not "
                 "close, the exit code is 1. Without it: zr-800g, zr-plus-800g and zr-400g.")
      ->type_name("DESIGN")
      ->allow_extra_args(false);
  app.add_option("--channel", arguments->channel,
                 "The channel to follow along the line, from 1; else the one that arrives worst.")
      ->type_name("N")
      ->check(CLI::Range(1, 100000));
  app.add_flag("--channels", arguments->all_channels, "Print every channel.");
  app.add_option(
         "-o", arguments->folder,
         "Write report.html, line.json, elements.csv, channels.csv, modules.csv and series/*.csv there.")
      ->type_name("DIR");
  app.add_flag("--json", console.json, "The result as JSON.");
  app.add_flag("--quiet", console.quiet, "No messages on standard error, errors excepted.");
  return [arguments](Console& c) { return line(*arguments, c); };
}

}  // namespace waverack::app
