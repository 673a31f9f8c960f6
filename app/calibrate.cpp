// waverack calibrate

#include "waverack/study/calibrate.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>

#include "call_text.hpp"
#include "command.hpp"
#include "waverack/io/calibration_output.hpp"
#include "waverack/io/run.hpp"
#include "written.hpp"

namespace waverack::app {
namespace {

struct CalibrateArguments {
  std::string design, folder;
  std::vector<std::string> settings;
  study::CalibrateOptions options;
};

// The call that gives the same numbers again.
std::string command_of(const CalibrateArguments& arguments) {
  std::string text = "waverack calibrate " + arguments.design;
  for (const std::string& loop : arguments.options.loops) append_option(text, "--loop", {loop});
  for (const std::string& setting : arguments.settings) append_option(text, "--set", {setting});
  return text + fmt::format(" --seed {} -o again", arguments.options.seed);
}

ExitCode calibrate(CalibrateArguments arguments, Console& console) {
  const io::Input input = io::load_design(arguments.design, arguments.settings);
  const bool shown = !console.quiet && isatty(STDERR_FILENO);
  if (shown)
    arguments.options.on_loop = [](std::string_view loop) {
      std::fprintf(stderr, "\r%.*s …\033[K", static_cast<int>(loop.size()), loop.data());
    };
  const study::CalibrationResult result =
      study::calibrate(io::at_work(input.loaded), io::reread_at_work(input), arguments.options);
  if (shown) std::fputs("\r\033[K", stderr);
  const io::CalibrationOutput output{input, result, command_of(arguments)};
  std::vector<std::string> files;
  if (!arguments.folder.empty()) files = io::write_calibration(output, arguments.folder);
  console.print(console.json ? io::calibration_json(output) : io::calibration_text(output, console.style()));
  if (!files.empty()) console.note(written_text(arguments.folder, files));
  const bool all = std::all_of(result.loops.begin(), result.loops.end(),
                               [](const module::CalibrationLoop& loop) { return loop.converged; });
  return all ? good : check_failed;
}

}  // namespace

Action declare_calibrate(CLI::App& app, Console& console) {
  const auto arguments = std::make_shared<CalibrateArguments>();
  app.add_option("DESIGN", arguments->design,
                 "A TOML file, a result.json, '-' for standard input, or a built-in design.")
      ->required();
  std::string names;
  for (const study::LoopKind& kind : study::loop_kinds())
    names += (names.empty() ? "" : ", ") + std::string(kind.name);
  app.add_option("--loop", arguments->options.loops,
                 "One of " + names + "; may be repeated. By default all that the design's parts call for.")
      ->type_name("NAME")
      ->allow_extra_args(false);
  app.add_option("--set", arguments->settings,
                 "Change one value of the design, such as module.calibration.ring.gain; may be repeated.")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  app.add_option("-o", arguments->folder, "Write report.html, calibration.json and series/*.csv there.")
      ->type_name("DIR");
  app.add_flag("--json", console.json, "The result as JSON.");
  app.add_option("--seed", arguments->options.seed, "Seed of all random numbers; 1 by default.")
      ->type_name("N");
  app.add_flag("--quiet", console.quiet, "No messages on standard error, errors excepted.");
  return [arguments](Console& c) { return calibrate(*arguments, c); };
}

}  // namespace waverack::app
