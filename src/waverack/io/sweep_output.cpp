#include "waverack/io/sweep_output.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/units.hpp"
#include "waverack/io/csv.hpp"
#include "waverack/io/design_document.hpp"
#include "waverack/io/json_writer.hpp"
#include "waverack/io/number_text.hpp"
#include "waverack/io/result_json.hpp"
#include "waverack/io/result_lines.hpp"
#include "waverack/io/run.hpp"

namespace waverack::io {
namespace {

using study::Axis;
using study::PointStatus;
using study::SweepRow;

// A number that was found, as number and unit; a list has neither, and what was not found is no number.
NumberAndUnit found_number(const Node& node) {
  if (node.array() || node.is_null()) return {std::nan(""), ""};
  return split_quantity(text_of(node));
}

std::string_view scale_name(const Axis& axis) {
  return axis.numbers.empty() ? "text" : axis.logarithmic ? "log" : "linear";
}

std::size_t count(const study::SweepResult& result, PointStatus status) {
  return static_cast<std::size_t>(std::count_if(result.rows.begin(), result.rows.end(),
                                                [&](const SweepRow& row) { return row.status == status; }));
}

// "12.97 km": a value as people read it.
std::string value_of(const Axis& axis, std::size_t index) {
  if (axis.numbers.empty()) return axis.values[index];
  return number_text(axis.numbers[index], 4) + (axis.unit.empty() ? "" : " " + axis.unit);
}

// Where a single path crosses from points that pass to points that do not, if it does so once.
std::string crossing(const SweepOutput& output) {
  const Axis& axis = output.sweep.axes.front();
  if (output.sweep.axes.size() > 1 || axis.numbers.empty()) return "";
  const std::vector<SweepRow>& rows = output.result.rows;
  std::size_t changes = 0, at = 0;
  for (std::size_t i = 1; i < rows.size(); ++i)
    if ((rows[i].status == PointStatus::pass) != (rows[i - 1].status == PointStatus::pass)) {
      ++changes;
      at = i;
    }
  if (changes != 1) return "";
  const bool falls = rows[at - 1].status == PointStatus::pass;
  return fmt::format(" The checks {} up to {} and {} from {}.", falls ? "pass" : "fail",
                     value_of(axis, at - 1), falls ? "fail" : "pass", value_of(axis, at));
}

std::string place_text(const study::Sweep& sweep, const SweepRow& row) {
  std::string text;
  for (std::size_t a = 0; a < sweep.axes.size(); ++a)
    text += (text.empty() ? "" : ", ") + value_of(sweep.axes[a], row.at[a]);
  return text;
}

void write_axis(JsonWriter& json, const Axis& axis) {
  json.begin_object();
  json.member("path", axis.path);
  json.member("given", axis.given);
  json.member("scale", scale_name(axis));
  json.member("unit", axis.unit.empty() ? "1" : axis.unit);
  json.key("values");
  if (axis.numbers.empty())
    json.value(Node(Array(axis.values.begin(), axis.values.end())));
  else
    json.value(Node(Array(axis.numbers.begin(), axis.numbers.end())));
  json.end_object();
}

void write_limits(JsonWriter& json, const Design& design) {
  json.key("limits");
  json.begin_array();
  const auto write = [&](std::string_view name, std::string_view bound, double limit) {
    if (!std::isfinite(limit)) return;
    json.begin_object();
    json.member("name", name);
    json.member("bound", bound);
    json.member("limit", limit);
    json.end_object();
  };
  write("lane.ber_pre_fec", "at_most", design.lane.ber_limit);
  for (const Limit& limit : design.limits) {
    write(limit.quantity, "at_most", limit.at_most);
    write(limit.quantity, "at_least", limit.at_least);
  }
  json.end_array();
}

void write_tuned(JsonWriter& json, const study::SweepResult& result) {
  json.key("tuned");
  json.begin_array();
  for (std::size_t t = 0; t < result.tuned.size(); ++t) {
    const std::string unit = found_number(result.tuned[t].before).unit;
    Array values;
    for (const SweepRow& row : result.rows) {
      const Node& found = row.found[t];
      values.push_back(found.array() || found.is_null() ? found : Node(found_number(found).number));
    }
    json.begin_object();
    json.member("path", result.tuned[t].path);
    json.member("unit", unit.empty() ? "1" : unit);
    json.member("before", result.tuned[t].before);
    json.member("values", Node(std::move(values)));
    json.end_object();
  }
  json.end_array();
}

void write_quantities(JsonWriter& json, const study::SweepResult& result) {
  json.key("quantities");
  json.begin_array();
  for (std::size_t q = 0; q < result.quantities.size(); ++q) {
    Array values;
    for (const SweepRow& row : result.rows)
      values.push_back(std::isfinite(row.values[q]) ? Node(row.values[q]) : Node());
    json.begin_object();
    json.member("name", result.quantities[q].name);
    json.member("unit", result.quantities[q].unit.empty() ? "1" : result.quantities[q].unit);
    json.member("values", Node(std::move(values)));
    json.end_object();
  }
  json.end_array();
}

void write_points(JsonWriter& json, const study::SweepResult& result) {
  json.key("points");
  json.begin_array();
  for (const SweepRow& row : result.rows) {
    json.begin_object();
    Array at;
    for (const std::size_t index : row.at) at.push_back(Node(static_cast<std::int64_t>(index)));
    json.member("at", Node(std::move(at)));
    json.member("status", study::point_status_name(row.status));
    json.member("message", row.message);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

study::SweepSource sweep_source(const Input& input) {
  return {[&input](const std::vector<std::string>& settings) { return reread(input, settings); },
          [&input](const std::vector<std::string>& settings, const Options& options) {
            return solve_input(with_settings(input, settings), options);
          }};
}

std::string sweep_csv_head(const study::Sweep& sweep, const LoadedDesign& loaded) {
  std::string line;
  for (const Axis& axis : sweep.axes) line += csv_title(axis.path, axis.unit) + ',';
  const Node document(write(loaded.design));
  for (const TunedPath& tuned : loaded.design.tune)
    line += csv_title(tuned.path, found_number(*find_path(document, tuned.path)).unit) + ',';
  for (const std::string& name : sweep.quantities) line += csv_field(name) + ',';
  return line + "status,message\n";
}

std::string sweep_csv_row(const study::Sweep& sweep, const SweepRow& row) {
  std::string line;
  for (std::size_t a = 0; a < sweep.axes.size(); ++a) {
    const Axis& axis = sweep.axes[a];
    line += axis.numbers.empty() ? csv_field(axis.values[row.at[a]]) : csv_number(axis.numbers[row.at[a]]);
    line += ',';
  }
  for (const Node& found : row.found)
    line += (found.array() ? csv_field(text_of(found)) : csv_number(found_number(found).number)) + ',';
  for (const double value : row.values) line += csv_number(value) + ',';
  return line + std::string(study::point_status_name(row.status)) + ',' + csv_field(row.message) + '\n';
}

std::string sweep_json(const SweepOutput& output) {
  const Design& design = output.input.loaded.design;
  JsonWriter json;
  json.begin_object();
  json.member("format", "waverack-sweep");
  json.member("version", 1);
  write_program(json);
  json.member("name", output.input.name);
  json.member("title", design.title);
  json.member("summary", sweep_summary(output));
  json.member("complete", output.result.rows.size() == output.result.points);
  json.member("points_wanted", static_cast<std::int64_t>(output.result.points));
  json.key("axes");
  json.begin_array();
  for (const Axis& axis : output.sweep.axes) write_axis(json, axis);
  json.end_array();
  write_limits(json, design);
  write_tuned(json, output.result);
  write_quantities(json, output.result);
  write_points(json, output.result);
  json.member("design", Node(design_document(output.input.loaded)));
  json.end_object();
  return json.take();
}

std::string sweep_summary(const SweepOutput& output) {
  const study::SweepResult& result = output.result;
  const std::size_t done = result.rows.size(), pass = count(result, PointStatus::pass),
                    fail = count(result, PointStatus::fail), error = done - pass - fail;
  std::string text = done == result.points
                         ? fmt::format("{} points", done)
                         : fmt::format("Interrupted after {} of {} points", done, result.points);
  text += fmt::format(": {} pass, {} fail", pass, fail);
  if (error > 0) text += fmt::format(", {} could not be solved", error);
  text += '.' + crossing(output);
  if (!result.not_judged.empty())
    text += fmt::format(" Not judged, because test points were not asked for: {}.",
                        fmt::join(result.not_judged, ", "));
  return text;
}

std::string sweep_text(const SweepOutput& output, const Style& style) {
  const study::SweepResult& result = output.result;
  std::string text = heading(shortened(output.input.loaded.design.title, style.width), style) +
                     wrap(sweep_summary(output), style.width) + "\n\n";
  TextTable varied("lrlrl"), fixed("lr");
  varied.head({"", "smallest", "at", "largest", "at"});
  for (std::size_t q = 0; q < result.quantities.size(); ++q) {
    const SweepRow *low = nullptr, *high = nullptr;
    for (const SweepRow& row : result.rows) {
      if (!std::isfinite(row.values[q])) continue;
      if (!low || row.values[q] < low->values[q]) low = &row;
      if (!high || row.values[q] > high->values[q]) high = &row;
    }
    const Quantity& quantity = result.quantities[q];
    if (!low)
      fixed.row({quantity.name, std::string(no_number)});
    else if (low->values[q] == high->values[q])
      fixed.row({quantity.name, value_text(low->values[q], quantity.unit)});
    else
      varied.row({quantity.name, value_text(low->values[q], quantity.unit), place_text(output.sweep, *low),
                  value_text(high->values[q], quantity.unit), place_text(output.sweep, *high)});
  }
  // Names of places may be wider than a terminal; nothing is cut off then.
  Style wide = style;
  wide.width = 1000;
  if (!varied.empty()) text += varied.text(wide);
  if (!fixed.empty())
    text += (varied.empty() ? "" : "\n") + heading("The same at every point", style) + fixed.text(style);
  return text;
}

}  // namespace waverack::io
