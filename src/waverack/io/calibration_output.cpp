#include "waverack/io/calibration_output.hpp"

#include <fmt/format.h>

#include <cmath>

#include "waverack/io/design_document.hpp"
#include "waverack/io/json_writer.hpp"
#include "waverack/io/number_text.hpp"
#include "waverack/io/output.hpp"
#include "waverack/io/result_json.hpp"
#include "waverack/io/result_lines.hpp"
#include "waverack/io/series.hpp"

namespace waverack::io {
namespace {

using module::CalibrationLoop;
using module::LoopMeasure;

// As value_text, with as many decimals as small penalties and errors need.
std::string number_shown(double value, std::string_view unit) {
  if (!std::isfinite(value)) return std::string(no_number);
  if (unit.starts_with("dB")) return fmt::format("{:.3f} {}", std::abs(value) < 0.0005 ? 0.0 : value, unit);
  if (unit == "K/s" && std::abs(value) >= 1000.0)
    return count_text(std::stod(fmt::format("{:.3g}", value))) + " K/s";
  if (unit == "half-widths" || unit == "deg" || unit == "K/s")
    return number_text(value) + ' ' + std::string(unit);
  return value_text(value, unit);
}

std::string residual_text(const CalibrationLoop& loop) {
  return number_shown(loop.residual, loop.residual_unit);
}
std::string energy_text(const CalibrationLoop& loop) {
  return loop.energy_per_bit > 0.0 ? number_text(loop.energy_per_bit * 1e12) + " pJ/bit" : "none";
}

std::string summary_of(const study::CalibrationResult& result) {
  std::size_t converged = 0;
  double longest = 0.0;
  for (const CalibrationLoop& loop : result.loops) {
    converged += loop.converged;
    if (loop.converged) longest = std::max(longest, loop.time_to_converge);
  }
  std::string text = converged == result.loops.size()
                         ? (converged == 1 ? std::string("The loop converges")
                                           : fmt::format("All {} loops converge", converged))
                         : fmt::format("{} of {} loops converge", converged, result.loops.size());
  for (const CalibrationLoop& loop : result.loops)
    if (!loop.missed.empty()) text += fmt::format("; {} {}", loop.name, loop.missed);
  if (longest > 0.0) text += fmt::format("; the slowest takes {}", quantity_text(longest, "s"));
  return text + '.';
}

Verdict verdict_of(const CalibrationLoop& loop) {
  if (!loop.converged) return Verdict::fail;
  return loop.missed.empty() ? Verdict::pass : Verdict::info;
}

std::vector<Warning> warnings_of(const study::CalibrationResult& result) {
  std::vector<Warning> list;
  for (const CalibrationLoop& loop : result.loops)
    list.insert(list.end(), loop.warnings.begin(), loop.warnings.end());
  return list;
}

std::vector<link::Curve> curves_of(const study::CalibrationResult& result) {
  std::vector<link::Curve> list;
  for (const CalibrationLoop& loop : result.loops)
    list.insert(list.end(), loop.curves.begin(), loop.curves.end());
  return list;
}

}  // namespace

std::string calibration_text(const CalibrationOutput& output, const Style& style) {
  const study::CalibrationResult& result = output.result;
  std::string text = heading(output.input.loaded.design.title + ", calibration", style) +
                     wrap(summary_of(result), style.width) + "\n\n";
  TextTable table("llrrrr");
  table.head({"", "loop", "residual", "penalty", "energy", "time to converge"});
  for (const CalibrationLoop& loop : result.loops)
    table.row({verdict_sign(verdict_of(loop), style), loop.name, residual_text(loop),
               number_shown(loop.penalty_db, "dB"), energy_text(loop),
               loop.converged ? quantity_text(loop.time_to_converge, "s") : "does not"});
  text += table.text(style, 0);
  for (const CalibrationLoop& loop : result.loops) {
    text += '\n' + heading(fmt::format("{}: {}", loop.name, loop.label), style);
    text += "  " + wrap(loop.method + '.', style.width - 2, 2) + '\n';
    if (std::isfinite(loop.penalty_db))
      text += "  " + wrap("Penalty: " + loop.penalty_basis + '.', style.width - 2, 2) + '\n';
    TextTable rows("lrl");
    for (const LoopMeasure& measure : loop.measures)
      rows.row({measure.label, measure.unit.empty() ? "" : number_shown(measure.value, measure.unit),
                measure.note});
    text += rows.text(style, 2, true);
  }
  const std::vector<Warning> warnings = warnings_of(result);
  if (!warnings.empty()) text += '\n' + warning_lines(warnings, style);
  return text;
}

std::string calibration_json(const CalibrationOutput& output) {
  const study::CalibrationResult& result = output.result;
  JsonWriter json;
  json.begin_object();
  json.member("format", "waverack-calibration");
  json.member("version", 1);
  write_program(json);
  json.member("seed", result.seed);
  json.member("name", output.input.name);
  json.member("title", output.input.loaded.design.title);
  json.member("summary", summary_of(result));
  json.member("command", output.command);
  json.list("loops", result.loops, [&](const CalibrationLoop& loop) {
    json.member("name", loop.name);
    json.member("label", loop.label);
    json.member("method", loop.method);
    json.member("converged", loop.converged);
    json.member("missed", loop.missed);
    json.member("residual", loop.residual);
    json.member("residual_unit", loop.residual_unit);
    json.member("penalty_db", loop.penalty_db);
    json.member("penalty_basis", loop.penalty_basis);
    json.member("energy_pj_per_bit", loop.energy_per_bit * 1e12);
    json.member("time_to_converge_s", loop.converged ? loop.time_to_converge : link::not_a_number);
    json.list("measures", loop.measures, [&](const LoopMeasure& measure) {
      json.member("key", measure.key);
      json.member("label", measure.label);
      json.member("value", measure.value);
      json.member("unit", measure.unit.empty() ? std::string("1") : measure.unit);
      json.member("text", measure.unit.empty() ? std::string() : number_shown(measure.value, measure.unit));
      json.member("note", measure.note);
    });
  });
  write_assumptions(json, result.assumptions);
  write_warnings(json, warnings_of(result));
  json.member("design", Node(design_document(output.input.loaded)));
  write_series(json, {}, curves_of(result));
  json.end_object();
  return json.take();
}

std::vector<std::string> write_calibration(const CalibrationOutput& output,
                                           const std::filesystem::path& folder) {
  return write_report(folder, "calibration.json", calibration_json(output),
                      series_files({}, curves_of(output.result)));
}

}  // namespace waverack::io
