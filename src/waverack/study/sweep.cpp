#include "waverack/study/sweep.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <optional>

#include "waverack/base/parallel.hpp"
#include "waverack/base/text.hpp"
#include "waverack/design/checks.hpp"
#include "waverack/study/operating_point.hpp"

namespace waverack::study {
namespace {

// The settings are those of --vary, whatever the reader of settings calls them.
Error named_after(const Axis& axis, const std::string& value, const Error& error) {
  ErrorInfo info = error.info();
  if (info.mark.file.empty() || info.mark.file.starts_with("--set"))
    info.mark = {"--vary " + axis.path + '=' + value, 0, 0};
  return Error(std::move(info));
}

// Numbers may leave their range along the way; a wrong path or a wrong unit is wrong at every one of them.
void require_readable(const Axis& axis, const SweepSource& source) {
  std::optional<Error> first;
  for (const std::string& value : axis.values) {
    try {
      source.read({axis.path + '=' + value});
      if (!axis.numbers.empty()) return;
    } catch (const Error& error) {
      if (!first) first = named_after(axis, value, error);
      if (axis.numbers.empty()) throw *first;
    }
  }
  if (first) throw *first;
}

std::vector<Quantity> find_quantities(const Sweep& sweep, const LoadedDesign& design) {
  const std::vector<Quantity> known = quantities_of(design);
  std::vector<std::string> names;
  for (const Quantity& quantity : known) names.push_back(quantity.name);
  std::vector<Quantity> found;
  for (const std::string& name : sweep.quantities) {
    const auto same = std::find(names.begin(), names.end(), name);
    if (same == names.end())
      throw Error(ErrorInfo{{"--quantity " + name, 0, 0},
                            {},
                            "the result has no quantity '" + name + "'",
                            fmt::format("{}", fmt::join(names, ", ")),
                            nearest_name(name, names)});
    found.push_back({name, std::numeric_limits<double>::quiet_NaN(),
                     known[static_cast<std::size_t>(same - names.begin())].unit});
  }
  return found;
}

bool of_test_point(std::string_view quantity) { return quantity.starts_with("lane.test_points."); }

// Throws for a wrong sweep; else the result without rows.
SweepResult begin(const Sweep& sweep, const SweepSource& source) {
  SweepResult result;
  result.points = grid_size(sweep.axes);
  for (std::size_t a = 0; a < sweep.axes.size(); ++a)
    for (std::size_t b = 0; b < a; ++b)
      if (sweep.axes[a].path == sweep.axes[b].path)
        throw Error(
            ErrorInfo{{"--vary " + sweep.axes[a].path, 0, 0}, {}, "this path is varied twice", {}, {}});
  const LoadedDesign design = source.read({});
  require_known_limits(design);
  result.quantities = find_quantities(sweep, design);
  for (const Axis& axis : sweep.axes) require_readable(axis, source);
  require_tunable(design);
  const Node document(write(design.design));
  for (const TunedPath& tuned : design.design.tune) {
    for (const Axis& axis : sweep.axes)
      if (axis.path == tuned.path)
        throw Error(
            ErrorInfo{{"--vary " + axis.path, 0, 0}, {}, "this number is found at every point", {}, {}});
    result.tuned.push_back({tuned.path, *find_path(document, tuned.path), {}});
  }
  if (!std::any_of(sweep.quantities.begin(), sweep.quantities.end(), of_test_point))
    for (const Limit& limit : design.design.limits)
      if (of_test_point(limit.quantity)) result.not_judged.push_back(limit.quantity);
  return result;
}

std::string failed_checks(const std::vector<Check>& checks) {
  std::string text;
  for (const Check& check : checks)
    if (check.verdict == Verdict::fail)
      text += fmt::format("{}{} is {:.3g}, {} {:.3g}{}{}", text.empty() ? "" : "; ", check.name, check.value,
                          check.at_least ? "below" : "above", check.limit, check.unit.empty() ? "" : " ",
                          check.unit);
  return text;
}

std::string mistake_text(const Error& error) {
  ErrorInfo info = error.info();
  info.mark = {};
  return format_error(info);
}

SweepRow solve_point(const Sweep& sweep, const SweepSource& source, const Options& options, std::size_t tuned,
                     std::size_t point) {
  SweepRow row;
  row.at = grid_indices(sweep.axes, point);
  row.found.resize(tuned);
  row.values.assign(sweep.quantities.size(), std::numeric_limits<double>::quiet_NaN());
  try {
    const Result result = source.solve(grid_settings(sweep.axes, row.at), options);
    const std::vector<Quantity> all = quantities(result);
    for (std::size_t q = 0; q < sweep.quantities.size(); ++q)
      for (const Quantity& quantity : all)
        if (quantity.name == sweep.quantities[q]) row.values[q] = quantity.value;
    for (std::size_t t = 0; t < row.found.size(); ++t)
      row.found[t] = result.operating_point.found.at(t).after;
    row.message = failed_checks(result.checks);
    row.status = row.message.empty() ? PointStatus::pass : PointStatus::fail;
  } catch (const Error& error) {
    row.message = mistake_text(error);
  } catch (const std::exception& error) {
    // The other points are worth having all the same.
    row.status = PointStatus::fault;
    row.message = std::string("a fault of waverack, not of the design: ") + error.what();
  }
  return row;
}

}  // namespace

std::string_view point_status_name(PointStatus status) {
  switch (status) {
    case PointStatus::pass:
      return "pass";
    case PointStatus::fail:
      return "fail";
    case PointStatus::error:
      return "error";
    case PointStatus::fault:
      return "fault";
  }
  return "?";
}

std::vector<std::string> headline_quantities() {
  return {"lane.ber_pre_fec",
          "lane.margin_db",
          "lane.snr_margin_db",
          "lane.floor_ber",
          "lane.latency_s",
          "module.power_w.module",
          "module.power_w.with_laser",
          "module.power_w.with_host",
          "module.power_w.with_cooling",
          "module.energy_pj_per_bit.module",
          "module.energy_pj_per_bit.with_laser",
          "module.energy_pj_per_bit.with_host",
          "module.energy_pj_per_bit.with_cooling"};
}

SweepResult run_sweep(const Sweep& sweep, const SweepSource& source, const SweepOptions& options) {
  SweepResult result = begin(sweep, source);
  Options point_options;
  point_options.threads = 1;
  point_options.penalties = point_options.package_consequences = false;
  point_options.charts = std::any_of(sweep.quantities.begin(), sweep.quantities.end(), of_test_point);

  std::vector<std::optional<SweepRow>> rows(result.points);
  std::mutex mutex;
  int begun = -1;             // the highest point that has begun
  std::size_t delivered = 0;  // rows that on_row has seen
  parallel_for(static_cast<int>(result.points), options.threads, [&](int i) {
    {
      // Whatever lies below a point that has begun is finished too, so that the rows have no gap.
      const std::lock_guard lock(mutex);
      if (options.stop.stop_requested() && i > begun) return;
      begun = std::max(begun, i);
    }
    SweepRow row =
        solve_point(sweep, source, point_options, result.tuned.size(), static_cast<std::size_t>(i));
    const std::lock_guard lock(mutex);
    rows[static_cast<std::size_t>(i)] = std::move(row);
    for (; delivered < rows.size() && rows[delivered]; ++delivered)
      if (options.on_row) options.on_row(*rows[delivered]);
  });
  for (std::size_t i = 0; i < delivered; ++i) result.rows.push_back(std::move(*rows[i]));
  return result;
}

}  // namespace waverack::study
