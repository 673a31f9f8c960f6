// waverack run

#include "waverack/io/run.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>

#include "command.hpp"
#include "counting.hpp"
#include "interrupt.hpp"
#include "tuning.hpp"
#include "waverack/io/claims_run.hpp"
#include "waverack/io/output.hpp"
#include "waverack/io/summary_text.hpp"
#include "waverack/io/why_text.hpp"
#include "written.hpp"

namespace waverack::app {
namespace {

struct Arguments {
  std::string design;
  std::string folder;
  std::vector<std::string> settings;
  TuningArguments tuning;
  bool why = false;
  Options options;
  CountingArguments counting;
};

ExitCode run(const Arguments& arguments, Console& console) {
  require_solver(arguments.counting);
  const io::Input input =
      io::at_operating_point(io::with_tuning(io::load_design(arguments.design, arguments.settings),
                                             arguments.tuning.entries, arguments.tuning.goal));
  Options options = arguments.options;
  std::optional<Interrupt> interrupt;
  if (arguments.counting.counts() || arguments.counting.weighs()) interrupt.emplace();
  if (arguments.counting.counts())
    options.count = count_options(arguments.counting, interrupt->token(), console);
  if (arguments.counting.weighs()) options.weigh = weigh_options(arguments.counting, interrupt->token());
  const Result result = io::solve_input(input, options);
  interrupt.reset();
  // A changed design is not what was launched.
  const std::vector<study::ClaimResult> claims =
      arguments.settings.empty() && result.operating_point.settings.empty()
          ? io::claims_on(input, result)
          : std::vector<study::ClaimResult>{};
  const io::Output output{input, result, claims};

  std::vector<std::string> files;
  if (!arguments.folder.empty()) files = io::write_output(output, arguments.folder);
  if (console.json)
    console.print(io::result_json(output));
  else if (arguments.why)
    console.print(io::why_text(
        result,
        study::sensitivities(io::reread_at_work(input), result.assumptions, arguments.options.threads),
        console.style()));
  else
    console.print(io::summary_text(input, result, console.style()));
  if (!files.empty()) console.note(written_text(arguments.folder, files));

  const bool failed = std::any_of(result.checks.begin(), result.checks.end(),
                                  [](const Check& check) { return check.verdict == Verdict::fail; });
  const auto& coherent = result.lane.coherent;
  const bool stopped = (coherent && coherent->simulation && coherent->simulation->interrupted) ||
                       std::any_of(result.lane.segments.begin(), result.lane.segments.end(),
                                   [](const link::SegmentResult& segment) {
                                     return (segment.counted && segment.counted->interrupted) ||
                                            (segment.weighed && segment.weighed->interrupted);
                                   });
  if (stopped) return interrupted;
  return failed ? check_failed : good;
}

}  // namespace

Action declare_run(CLI::App& app, Console& console) {
  const auto arguments = std::make_shared<Arguments>();
  app.add_option("DESIGN", arguments->design,
                 "A TOML file, a result.json, '-' for standard input, or a built-in design.")
      ->required();
  app.add_option("-o", arguments->folder, "Write report.html, result.json and series/*.csv there.")
      ->type_name("DIR");
  app.add_flag("--json", console.json, "The result as JSON.");
  app.add_flag("--why", arguments->why,
               "All of the penalty ladder, the noise budget, the watts and the warnings.");
  app.add_option("--set", arguments->settings, "Change one value of the design; may be repeated.")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  declare_tuning(app, arguments->tuning,
                 "Find this number instead of giving it, or the taps of a transmitter; may be repeated.");
  app.add_option("--threads", arguments->options.threads, "Threads; 0, the default, takes one for each core.")
      ->type_name("N")
      ->check(CLI::Range(0, 4096));
  app.add_option("--seed", arguments->options.seed,
                 "Seed of simulated noise and data: of the solvers waveform and importance, and of the "
                 "simulation beside the closed form of coherent lanes; 1 by default.")
      ->type_name("N");
  declare_counting(app, arguments->counting);
  app.add_flag("--quiet", console.quiet, "No messages on standard error, errors excepted.");
  return [arguments](Console& c) { return run(*arguments, c); };
}

}  // namespace waverack::app
