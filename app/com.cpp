// waverack com

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "call_text.hpp"
#include "command.hpp"
#include "waverack/io/com_output.hpp"
#include "waverack/io/files.hpp"
#include "waverack/io/network_file.hpp"
#include "written.hpp"

namespace waverack::app {
namespace {

struct ComArguments {
  io::ComPaths paths;
  std::string profile = "3ck-c2c", config, batch, folder;
  std::vector<std::string> ports, settings;
  int threads = 1;
};

// The call that gives the same numbers again.
std::string command_of(const ComArguments& arguments) {
  std::string text = "waverack com " + arguments.paths.through;
  append_option(text, "--fext", arguments.paths.far_end);
  append_option(text, "--next", arguments.paths.near_end);
  append_option(text, "--profile", {arguments.profile});
  if (!arguments.config.empty()) append_option(text, "--config", {arguments.config});
  for (const std::string& setting : arguments.settings) append_option(text, "--set", {setting});
  for (const std::string& ports : arguments.ports) append_option(text, "--ports", {ports});
  return text + " -o again";
}

// Rows appear as they are ready.
ExitCode batch(const ComArguments& arguments, const io::ComSheetChoice& sheet, Console& console) {
  const std::filesystem::path file(arguments.batch);
  console.print(io::com_batch_head());
  bool good_so_far = true;
  io::run_com_batch(io::read_file(file, io::design_size_limit, arguments.batch), arguments.batch,
                    file.parent_path().string(), sheet, {{}, arguments.threads},
                    [&](const io::ComBatchRow& row) {
                      console.print(io::com_batch_rows(row));
                      good_so_far = good_so_far && row.report && io::passes(row.report->checks);
                    });
  return good_so_far ? good : check_failed;
}

ExitCode com(ComArguments arguments, Console& console) {
  const io::ComSheetChoice sheet =
      io::choose_com_sheet(arguments.profile, arguments.config, arguments.settings);
  if (!arguments.batch.empty()) {
    const auto refuse = [](const char* message, const char* allowed) {
      throw Error(ErrorInfo{{}, {}, message, allowed, {}});
    };
    if (!arguments.folder.empty())
      refuse("-o writes the report of one channel, and --batch has many",
             "the table is printed: --batch CASES.csv > rows.csv");
    if (console.json) refuse("--batch prints a table, and --json the result of one channel", "one of them");
    if (!arguments.paths.through.empty() || !arguments.paths.far_end.empty() ||
        !arguments.paths.near_end.empty() || !arguments.ports.empty())
      refuse("--batch takes files and ports from its table", "the columns through, fext, next and ports");
    for (const std::string& row : sheet.unknown) console.note("the sheet's " + row + " was not understood");
    return batch(arguments, sheet, console);
  }
  if (arguments.paths.through.empty())
    throw Error(
        ErrorInfo{{}, {}, "no file of the through path is given", "THRU.s4p, or --batch CASES.csv", {}});
  for (const std::string& ports : arguments.ports) arguments.paths.ports.push_back(io::parse_ports(ports));
  io::ComReport report = io::run_com(sheet, arguments.paths, {{}, arguments.threads});
  report.command = command_of(arguments);
  std::vector<std::string> files;
  if (!arguments.folder.empty()) files = io::write_com(report, arguments.folder);
  console.print(console.json ? io::com_json(report) : io::com_text(report, console.style()));
  if (!files.empty()) console.note(written_text(arguments.folder, files));
  return io::passes(report.checks) ? good : check_failed;
}

}  // namespace

Action declare_com(CLI::App& app, Console& console) {
  const auto arguments = std::make_shared<ComArguments>();
  app.add_option("THRU", arguments->paths.through, "A Touchstone file of the through path.");
  app.add_option("--fext", arguments->paths.far_end, "Files of far-end aggressors.")->type_name("FILE");
  app.add_option("--next", arguments->paths.near_end, "Files of near-end aggressors.")->type_name("FILE");
  app.add_option("--profile", arguments->profile, "Parameter sheet: a name or a TOML file.")
      ->type_name("NAME")
      ->capture_default_str();
  app.add_option("--config", arguments->config,
                 "Sheet of the reference code saved as CSV; what it leaves out is taken from the profile.")
      ->type_name("SHEET.csv");
  app.add_option("--set", arguments->settings,
                 "Change a number of the sheet, such as signal.detector_error_ratio or "
                 "credits.sequence_detection; may be repeated.")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  app.add_option(
         "--ports", arguments->ports,
         "in+,in-,out+,out- of all files, or once for each in the order through, far end, near end; found in "
         "the through path where it is left out.")
      ->type_name("1,3,2,4");
  app.add_option("--batch", arguments->batch,
                 "Channels from a table with the columns name, through, fext, next, ports, profile.")
      ->type_name("CASES.csv");
  app.add_option("--threads", arguments->threads,
                 "Threads; 0 for all cores. The result does not depend on it.")
      ->capture_default_str();
  app.add_option("-o", arguments->folder,
                 "Write report.html, com.json and series/*.csv there; of one channel, not of a batch.")
      ->type_name("DIR");
  app.add_flag("--json", console.json, "The result as JSON.");
  app.add_flag("--quiet", console.quiet, "No messages on standard error, errors excepted.");
  return [arguments](Console& c) { return com(*arguments, c); };
}

}  // namespace waverack::app
