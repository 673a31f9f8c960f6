// waverack tdecq

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>

#include "call_text.hpp"
#include "command.hpp"
#include "waverack/base/text.hpp"
#include "waverack/base/units.hpp"
#include "waverack/io/files.hpp"
#include "waverack/io/profile.hpp"
#include "waverack/io/tdecq_checks.hpp"
#include "waverack/io/tdecq_output.hpp"
#include "written.hpp"

namespace waverack::app {
namespace {

struct TdecqArguments {
  std::string capture, profile, folder;
  std::string symbol_rate, sample_interval, pattern, reference_filter, clock_recovery;
  compliance::CaptureConditions conditions;
};

// The call that gives the same numbers again.
std::string command_of(const TdecqArguments& arguments) {
  const compliance::CaptureConditions& given = arguments.conditions;
  std::string text = "waverack tdecq " + arguments.capture;
  const auto add = [&](const std::string& option, const std::string& value) {
    if (!value.empty()) append_option(text, option, {value});
  };
  const auto number = [](const std::optional<double>& value) {
    return value ? fmt::format("{}", *value) : std::string();
  };
  add("--profile", arguments.profile);
  add("--symbol-rate", arguments.symbol_rate);
  add("--unit", given.unit);
  add("--responsivity", number(given.responsivity));
  add("--dark", number(given.dark));
  if (given.scope_noise > 0.0) add("--scope-noise", number(given.scope_noise));
  add("--reference-filter", arguments.reference_filter);
  add("--pattern", arguments.pattern);
  add("--sample-interval", arguments.sample_interval);
  add("--clock-recovery", arguments.clock_recovery);
  if (given.after_fibre) text += " --after-fibre";
  if (given.averaged) text += " --averaged";
  return text + " -o again";
}

[[noreturn]] void refuse_option(const std::string& message, const std::string& allowed,
                                const std::string& nearest = {}) {
  throw Error(ErrorInfo{{}, {}, message, allowed, nearest});
}

std::optional<signal::PatternName> pattern_of(const std::string& word) {
  if (word.empty()) return std::nullopt;
  std::vector<std::string> names;
  std::string allowed;
  for (const signal::PatternName name : compliance::searched_patterns()) {
    names.emplace_back(compliance::pattern_text(name));
    if (word == names.back()) return name;
    allowed += (allowed.empty() ? "" : ", ") + names.back();
  }
  refuse_option("there is no pattern '" + word + "'", allowed, nearest_name(word, names));
}

std::optional<compliance::ReferenceFilter> filter_of(const std::string& word) {
  if (word.empty()) return std::nullopt;
  if (word == "applied") return compliance::ReferenceFilter::applied;
  if (word == "needed") return compliance::ReferenceFilter::needed;
  refuse_option("--reference-filter '" + word + "' is no choice", "applied, needed");
}

ExitCode measure(const TdecqArguments& arguments, Console& console) {
  compliance::CaptureConditions conditions = arguments.conditions;
  std::optional<io::Profile<compliance::Pmd>> profile;
  if (!arguments.profile.empty()) profile = io::load_profile<compliance::Pmd>("pmd", arguments.profile);
  if (!arguments.symbol_rate.empty())
    conditions.symbol_rate = parse_quantity(arguments.symbol_rate, "Bd");
  else if (profile)
    conditions.symbol_rate = profile->value.symbol_rate;
  if (!(conditions.symbol_rate > 0.0))
    refuse_option("the symbol rate is not known", "--symbol-rate 53.125GBd, or --profile");
  conditions.pattern = pattern_of(arguments.pattern);
  conditions.filter = filter_of(arguments.reference_filter);
  if (!arguments.clock_recovery.empty()) {
    conditions.clock_recovery = parse_quantity(arguments.clock_recovery, "Hz");
    if (!(conditions.clock_recovery > 0.0)) refuse_option("--clock-recovery is not above zero", "4MHz");
  }
  std::optional<double> interval;
  if (!arguments.sample_interval.empty()) {
    interval = parse_quantity(arguments.sample_interval, "s");
    if (!(*interval > 0.0)) refuse_option("--sample-interval is not above zero", "0.5ps");
  }

  const bool standard_input = arguments.capture == "-";
  const std::string name = standard_input ? "standard input" : arguments.capture;
  const std::string text = standard_input ? io::read_standard_input(io::data_size_limit)
                                          : io::read_file(arguments.capture, io::data_size_limit, name);
  const compliance::CapturedRecord record = compliance::parse_capture_csv(text, name, interval);
  compliance::CaptureMeasurement measurement = compliance::measure_capture(
      record, profile ? profile->value.tdecq : compliance::TdecqSettings{}, conditions);
  if (profile && measurement.measure == compliance::CaptureMeasure::eecq)
    measurement.warnings.emplace_back("The limits of the profile are of light; none was judged.");
  const io::TdecqOutput output{
      measurement, profile ? profile->name : "",
      profile ? io::tdecq_checks(measurement, profile->value, profile->provenance) : std::vector<Check>{},
      command_of(arguments)};

  std::vector<std::string> files;
  if (!arguments.folder.empty()) files = io::write_tdecq_output(output, arguments.folder);
  console.print(console.json ? io::tdecq_json(output) : io::tdecq_text(output, console.style()));
  if (!files.empty()) console.note(written_text(arguments.folder, files));
  const bool failed = std::any_of(output.checks.begin(), output.checks.end(),
                                  [](const Check& check) { return check.verdict == Verdict::fail; });
  return failed ? check_failed : good;
}

}  // namespace

Action declare_tdecq(CLI::App& app, Console& console) {
  const auto a = std::make_shared<TdecqArguments>();
  compliance::CaptureConditions& c = a->conditions;
  app.add_option("CAPTURE", a->capture, "A CSV file of a scope, or '-' for standard input.")->required();
  app.add_option("--profile", a->profile,
                 "Limits, method and symbol rate: a built-in profile or a TOML file.")
      ->type_name("NAME");
  app.add_option("--symbol-rate", a->symbol_rate, "Nominal; by default that of the profile.")
      ->type_name("RATE");
  app.add_option("--unit", c.unit, "Of the values: W, mW, uW, V or mV; by default what the file says.")
      ->type_name("UNIT");
  app.add_option("--responsivity", c.responsivity,
                 "Of the O/E converter, if values are volts (into 50 ohm) or amperes.")
      ->type_name("A/W")
      ->check(CLI::PositiveNumber);
  app.add_option("--dark", c.dark, "Value without light, in the unit of the values.")->type_name("VALUE");
  app.add_option("--scope-noise", c.scope_noise,
                 "Noise of O/E converter and scope behind the reference filter, in the unit of the values.")
      ->type_name("RMS")
      ->check(CLI::NonNegativeNumber);
  app.add_option(
         "--reference-filter", a->reference_filter,
         "Whether the scope applied the reference receiver's filter; if not given, both results are shown.")
      ->type_name("applied|needed");
  app.add_option("--pattern", a->pattern, "SSPRQ, PRBS13Q or PRBS9Q; searched for if not given.")
      ->type_name("NAME");
  app.add_option("--sample-interval", a->sample_interval, "For a file of values alone.")->type_name("TIME");
  app.add_option(
         "--clock-recovery", a->clock_recovery,
         "Bandwidth of a clock recovery for a record taken in real time: 4MHz is that of the standards.")
      ->type_name("BANDWIDTH");
  app.add_flag("--after-fibre", c.after_fibre,
               "Captured behind the fibre: the result is TDECQ and not TECQ.");
  app.add_flag("--averaged", c.averaged, "The scope averaged; periods in the file are averaged too.");
  app.add_option("-o", a->folder, "Write report.html, result.json and series/*.csv there.")->type_name("DIR");
  app.add_flag("--json", console.json, "The result as JSON.");
  app.add_flag("--quiet", console.quiet, "No messages on standard error, errors excepted.");
  return [a](Console& k) { return measure(*a, k); };
}

}  // namespace waverack::app
