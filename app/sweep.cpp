// waverack sweep

#include "waverack/study/sweep.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>

#include "command.hpp"
#include "interrupt.hpp"
#include "progress.hpp"
#include "tuning.hpp"
#include "waverack/io/files.hpp"
#include "waverack/io/output.hpp"
#include "waverack/io/run.hpp"
#include "waverack/io/sweep_output.hpp"

namespace waverack::app {
namespace {

struct SweepArguments {
  std::string design;
  std::string folder;
  std::vector<std::string> varied, quantities, settings;
  TuningArguments tuning;
  int threads = 0;
};

std::string files_note(const std::string& folder, bool report) {
  return fmt::format("wrote {}/: sweep.csv, sweep.json{}", folder, report ? ", report.html" : "");
}

ExitCode sweep(const SweepArguments& arguments, Console& console) {
  Interrupt interrupt;
  const io::Input input = io::with_tuning(io::load_design(arguments.design, arguments.settings),
                                          arguments.tuning.entries, arguments.tuning.goal);
  study::Sweep sweep;
  for (const std::string& text : arguments.varied) sweep.axes.push_back(study::parse_axis(text));
  sweep.quantities = arguments.quantities.empty() ? study::headline_quantities() : arguments.quantities;

  std::optional<io::GrowingFile> file;
  // Nothing is written before it is known that the sweep is sound: the first row says so.
  bool begun = false;
  const auto write = [&](std::string_view line) {
    if (file)
      file->append(line);
    else if (!console.json)
      console.print(line);
  };
  study::SweepResult result;
  {
    const Progress progress(console, !console.json && arguments.folder.empty());
    const std::size_t points = study::grid_size(sweep.axes);
    std::size_t done = 0;
    const auto show = [&] { progress.show(fmt::format("{} of {} points", done, points)); };
    show();
    study::SweepOptions options{arguments.threads, interrupt.token(), {}};
    options.on_row = [&](const study::SweepRow& row) {
      if (!begun && !arguments.folder.empty()) file.emplace(arguments.folder + "/sweep.csv");
      if (!begun) write(io::sweep_csv_head(sweep, input.loaded));
      begun = true;
      write(io::sweep_csv_row(sweep, row));
      // Nobody reads any more.
      if (console.closed()) interrupt.request_stop();
      ++done;
      show();
    };
    result = study::run_sweep(sweep, io::sweep_source(input), options);
  }

  const io::SweepOutput output{input, sweep, result};
  const bool complete = result.rows.size() == result.points;
  const std::string json = console.json || file ? io::sweep_json(output) : "";
  if (console.json) console.print(json);
  if (file) {
    io::write_file(arguments.folder + "/sweep.json", json);
    const std::string report = io::report_html(json);
    if (!report.empty()) io::write_file(arguments.folder + "/report.html", report);
    if (!console.json) console.print(io::sweep_text(output, console.style()));
    console.note(files_note(arguments.folder, !report.empty()));
  } else if (!complete && !console.closed()) {
    console.note(io::sweep_summary(output));
  }
  if (!complete && !console.closed()) return interrupted;
  const auto any = [&](study::PointStatus status) {
    return std::any_of(result.rows.begin(), result.rows.end(),
                       [&](const study::SweepRow& row) { return row.status == status; });
  };
  if (any(study::PointStatus::fault)) return our_fault;
  return any(study::PointStatus::error) ? check_failed : good;
}

}  // namespace

Action declare_sweep(CLI::App& app, Console& console) {
  const auto arguments = std::make_shared<SweepArguments>();
  app.add_option("DESIGN", arguments->design,
                 "A TOML file, a result.json, '-' for standard input, or a built-in design.")
      ->required();
  app.add_option(
         "--vary", arguments->varied,
         "Values of one path: a:b:n are n values from a to b, a:b:n:log the same at equal ratios, v1,v2,… a "
         "list. Repeated: every combination.")
      ->type_name("PATH=VALUES")
      ->required()
      ->allow_extra_args(false);
  app.add_option(
         "--quantity", arguments->quantities,
         "A number of the result to write, such as lane.margin_db; may be repeated. By default BER, margins, "
         "latency, watts and pJ/bit.")
      ->type_name("NAME")
      ->allow_extra_args(false);
  app.add_option("-o", arguments->folder, "Write sweep.csv, sweep.json and report.html there.")
      ->type_name("DIR");
  app.add_flag("--json", console.json, "The sweep as JSON.");
  app.add_option("--set", arguments->settings,
                 "Change one value of the design at all points; may be repeated.")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  declare_tuning(app, arguments->tuning, "Find this number anew at every point; may be repeated.");
  app.add_option("--threads", arguments->threads, "Threads; 0, the default, takes one for each core.")
      ->type_name("N")
      ->check(CLI::Range(0, 4096));
  app.add_flag("--quiet", console.quiet, "No messages on standard error, errors excepted.");
  return [arguments](Console& c) { return sweep(*arguments, c); };
}

}  // namespace waverack::app
