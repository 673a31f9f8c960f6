// waverack yield

#include "waverack/study/yield.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "command.hpp"
#include "interrupt.hpp"
#include "progress.hpp"
#include "waverack/design/working_temperatures.hpp"
#include "waverack/io/files.hpp"
#include "waverack/io/output.hpp"
#include "waverack/io/run.hpp"
#include "waverack/io/yield_output.hpp"

namespace waverack::app {
namespace {

struct YieldArguments {
  std::string design;
  std::string folder;
  std::vector<std::string> settings;
  std::string sampling = "random";
  int spares = -1;  // as the design says
  study::YieldOptions options;
};

ExitCode yield(YieldArguments& arguments, Console& console) {
  Interrupt interrupt;
  const io::Input input = io::at_operating_point(io::load_design(arguments.design, arguments.settings));
  study::YieldOptions& options = arguments.options;
  options.stop = interrupt.token();
  options.sampling = arguments.sampling == "sobol" ? study::Sampling::sobol : study::Sampling::random;
  if (arguments.spares >= 0) options.spares = arguments.spares;
  options.temperatures = mean_temperatures(input.loaded.design);
  study::YieldResult result;
  {
    const Progress progress(console, false);
    options.on_progress = [&](std::string_view stage, int done, int of) {
      progress.show(fmt::format("{} of {} {}", done, of, stage));
    };
    result = study::run_yield(io::at_work(input.loaded), options);
  }
  const io::YieldOutput output{input, result};
  const std::string json = console.json || !arguments.folder.empty() ? io::yield_json(output) : "";
  if (console.json)
    console.print(json);
  else
    console.print(io::yield_text(output, console.style()));
  if (!arguments.folder.empty()) {
    io::write_file(arguments.folder + "/yield.json", json);
    io::write_file(arguments.folder + "/yield.csv", io::yield_csv(output));
    const std::string report = io::report_html(json);
    if (!report.empty()) io::write_file(arguments.folder + "/report.html", report);
    console.note(fmt::format("wrote {}/: yield.json, yield.csv{}", arguments.folder,
                             report.empty() ? "" : ", report.html"));
  }
  if (!result.complete()) return interrupted;
  return result.nominal_good ? good : check_failed;
}

}  // namespace

Action declare_yield(CLI::App& app, Console& console) {
  const auto arguments = std::make_shared<YieldArguments>();
  study::YieldOptions& options = arguments->options;
  app.add_option("DESIGN", arguments->design,
                 "A TOML file, a result.json, '-' for standard input, or a built-in design.")
      ->required();
  app.add_option("--modules", options.modules, "Modules to make; 10000 by default.")
      ->type_name("N")
      ->check(CLI::Range(1, 100'000'000));
  app.add_option("--spares", arguments->spares,
                 "Spare lanes; module.production.spare_lanes of the design by default.")
      ->type_name("N")
      ->check(CLI::Range(0, 1024));
  app.add_flag(
      "--full", options.full,
      "Solve every lane in full instead of by polynomials, and compare: 2 to 4 s for 32 lanes on one "
      "core.");
  app.add_option("--check", options.check,
                 "Judge the first N modules in full as well, and compare the verdicts: 2 to 3 s for 32 lanes "
                 "on one core.")
      ->type_name("N")
      ->check(CLI::Range(0, 100'000'000))
      ->excludes("--full");
  app.add_option("--sampling", arguments->sampling,
                 "random, or sobol: scrambled low-discrepancy points. random by default.")
      ->type_name("HOW")
      ->check(CLI::IsMember({"random", "sobol"}));
  app.add_option("-o", arguments->folder, "Write yield.json, yield.csv and report.html there.")
      ->type_name("DIR");
  app.add_flag("--json", console.json, "The result as JSON.");
  app.add_option("--set", arguments->settings, "Change one value of the design; may be repeated.")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  app.add_option("--threads", options.threads, "Threads; 0, the default, takes one for each core.")
      ->type_name("N")
      ->check(CLI::Range(0, 4096));
  app.add_option("--seed", options.seed, "Seed of all random numbers; 1 by default.")->type_name("N");
  app.add_flag("--quiet", console.quiet, "No messages on standard error, errors excepted.");
  return [arguments](Console& c) { return yield(*arguments, c); };
}

}  // namespace waverack::app
