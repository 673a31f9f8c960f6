#include "waverack/io/tdecq_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/decibel.hpp"
#include "waverack/base/units.hpp"
#include "waverack/io/number_text.hpp"
#include "waverack/io/output.hpp"
#include "waverack/io/result_json.hpp"
#include "waverack/io/result_lines.hpp"
#include "waverack/io/tdecq_charts.hpp"

namespace waverack::io {
namespace {

using compliance::CaptureMeasure;
using compliance::CaptureMeasurement;
using compliance::FilteredMeasurement;
using compliance::ReferenceFilter;

std::string_view filter_name(ReferenceFilter filter) {
  return filter == ReferenceFilter::applied ? "applied" : "needed";
}

// "tecq_db"
std::string measure_key(CaptureMeasure measure) {
  std::string key(compliance::measure_text(measure));
  for (char& c : key) c = static_cast<char>(c - 'A' + 'a');
  return key + "_db";
}

std::string tdecq_shown(const TdecqQuantity& quantity) {
  if (quantity.key == "overshoot" || quantity.key == "undershoot") return percent_text(quantity.value);
  if (quantity.key == "rlm") return fmt::format("{:.3f}", quantity.value);
  if (quantity.unit == "ps") return quantity_text(quantity.value * 1e-12, "s");
  return value_text(quantity.value, quantity.unit == "1" ? "" : quantity.unit);
}

std::string title_of(const CaptureMeasurement& m) {
  return fmt::format("{} of {}", compliance::measure_text(m.measure), m.file);
}

std::string summary_of(const TdecqOutput& output) {
  const CaptureMeasurement& m = output.measurement;
  const std::string_view name = compliance::measure_text(m.measure);
  std::string text;
  for (const FilteredMeasurement& one : m.results)
    text += fmt::format(
        "{} is {}{}", text.empty() ? name : std::string_view("; it"),
        decibel_text(compliance::measure_db(m.measure, one.result.tdecq)),
        m.results.size() == 1
            ? ""
            : fmt::format(" if the reference filter was {}",
                          one.filter == ReferenceFilter::applied ? "applied by the scope" : "still missing"));
  return text + fmt::format(". {} at {}, {}.", compliance::pattern_text(m.locked.pattern),
                            format_engineering(m.locked.symbol_rate, "Bd", 6),
                            output.profile.empty() ? "measured by no profile"
                                                   : fmt::format("profile {}", output.profile));
}

std::vector<Headline> headline_of(const TdecqOutput& output) {
  const CaptureMeasurement& m = output.measurement;
  std::vector<Headline> items;
  for (const FilteredMeasurement& one : m.results) {
    const std::vector<TdecqQuantity> quantities = tdecq_quantities(m, one);
    const auto card = [&](std::string_view key, bool judged) {
      const auto q = std::find_if(quantities.begin(), quantities.end(),
                                  [&](const TdecqQuantity& x) { return x.key == key; });
      if (q == quantities.end()) return;
      Verdict verdict = Verdict::info;
      if (judged)
        for (const Check& check : output.checks)
          if (check.name.ends_with(fmt::format(".{}", key)) &&
              (m.results.size() == 1 || check.name.starts_with(fmt::format("{}.", filter_name(one.filter)))))
            verdict = check.verdict;
      items.push_back({q->label, tdecq_shown(*q),
                       m.results.size() == 1 ? "" : std::string(filter_text(one.filter)), verdict});
    };
    card(measure_key(m.measure), true);
    if (&one != &m.results.front()) continue;
    card("oma_outer_dbm", true);
    card("vma_v", true);
    card("extinction_ratio_db", true);
    card("rlm", true);
  }
  return items;
}

void write_result(JsonWriter& json, const CaptureMeasurement& m, const FilteredMeasurement& one) {
  json.member("reference_filter", filter_name(one.filter));
  for (const TdecqQuantity& q : tdecq_quantities(m, one)) json.member(q.key, q.value);
  const compliance::TdecqResult& r = one.result;
  json.member("taps", r.taps);
  json.member("main_tap", r.main);
  json.member("thresholds", std::vector<double>(r.thresholds.begin(), r.thresholds.end()));
  json.member("level_means", std::vector<double>(r.level_means.begin(), r.level_means.end()));
  json.member("oma_from_runs", r.oma_from_runs);
  json.member("noise_rms_allowed", r.sigma_g);
  json.member("pattern", compliance::pattern_text(m.locked.pattern));
}

void write_capture(JsonWriter& json, const CaptureMeasurement& m) {
  const compliance::LockedCapture& locked = m.locked;
  json.member("file", m.file);
  json.member("unit", m.unit);
  json.member("samples", static_cast<std::int64_t>(m.samples));
  json.member("sample_interval_ps", m.sample_interval * 1e12);
  json.member("samples_per_ui", locked.samples_per_ui);
  json.member("pattern", compliance::pattern_text(locked.pattern));
  json.member("start_symbol", static_cast<std::int64_t>(locked.start_symbol));
  json.member("inverted", locked.inverted);
  json.member("polarity_known", locked.polarity_known);
  json.member("correlation", locked.correlation);
  json.member("symbol_rate_gbd", locked.symbol_rate * 1e-9);
  json.member("clock_error_ppm", locked.clock_error * 1e6);
  json.member("record_periods", locked.record_periods);
  json.member("periods", locked.periods);
  json.member("symbols", static_cast<std::int64_t>(locked.symbols.size()));
  json.member("averaged", locked.averaged);
  json.member("residual_jitter_fs", locked.residual_jitter * 1e15);
  json.member("followed_jitter_fs", locked.followed_jitter * 1e15);
  json.key("noise_rms");
  if (locked.noise)
    json.value(*locked.noise);
  else
    json.null();
  json.member("scope_noise_rms", m.scope_noise);
  json.member("dark_known", m.dark_known);
}

std::string json_of(const TdecqOutput& output, const TdecqCharts& charts) {
  const CaptureMeasurement& m = output.measurement;
  JsonWriter json;
  json.begin_object();
  json.member("format", "waverack-tdecq");
  json.member("version", 1);
  write_program(json);
  json.member("title", title_of(m));
  json.member("summary", summary_of(output));
  json.member("profile", output.profile);
  if (!output.command.empty()) json.member("command", output.command);
  write_headline(json, headline_of(output));
  // The first result: the known one, or that of a filter that was applied.
  json.key("tdecq");
  json.begin_object();
  write_result(json, m, m.results.front());
  json.end_object();
  json.key("results");
  json.begin_array();
  for (const FilteredMeasurement& one : m.results) {
    json.begin_object();
    write_result(json, m, one);
    json.end_object();
  }
  json.end_array();
  json.key("quantities");
  json.begin_array();
  for (const TdecqQuantity& q : tdecq_quantities(m, m.results.front())) {
    json.begin_object();
    json.member("key", q.key);
    json.member("label", q.label);
    json.member("unit", q.unit);
    json.end_object();
  }
  json.end_array();
  json.key("capture");
  json.begin_object();
  write_capture(json, m);
  json.end_object();
  json.member("remarks", m.remarks);
  write_checks(json, output.checks);
  std::vector<Warning> warnings;
  for (const std::string& message : m.warnings) warnings.push_back({"", message});
  write_warnings(json, warnings);

  write_series(json, charts.eyes, charts.curves);
  json.end_object();
  return json.take();
}

}  // namespace

std::string_view filter_text(ReferenceFilter filter) {
  return filter == ReferenceFilter::applied ? "filter applied by the scope" : "filter applied here";
}

std::vector<TdecqQuantity> tdecq_quantities(const CaptureMeasurement& m, const FilteredMeasurement& one) {
  const compliance::TdecqResult& r = one.result;
  const std::string name(compliance::measure_text(m.measure)), key = measure_key(m.measure);
  const auto db = [&](double ratio) { return compliance::measure_db(m.measure, ratio); };
  const bool light = m.unit == "W";
  std::vector<TdecqQuantity> list{
      {key, name, "dB", db(r.tdecq)},
      {"ceq_db", "Noise enhancement Ceq", "dB", db(r.ceq)},
      {fmt::format("{}_minus_ceq_db", key.substr(0, key.size() - 3)), fmt::format("{} - Ceq", name), "dB",
       db(r.tdecq / r.ceq)},
  };
  if (light) {
    list.push_back({"oma_outer_dbm", "OMA outer", "dBm", to_dbm(r.oma_outer)});
    list.push_back({"average_power_dbm", "Average power", "dBm", to_dbm(r.average)});
    list.push_back({"extinction_ratio_db",
                    m.dark_known ? "Extinction ratio" : "Extinction ratio, not corrected", "dB",
                    to_db(r.extinction_ratio)});
    list.push_back({"power_excursion_dbm", "Power excursion", "dBm", to_dbm(r.power_excursion)});
  } else {
    list.push_back({"vma_v", "VMA", "V", r.oma_outer});
  }
  list.push_back({"rlm", "R_LM", "1", r.r_lm});
  list.push_back({"overshoot", "Overshoot", "1", r.overshoot});
  list.push_back({"undershoot", "Undershoot", "1", r.undershoot});
  list.push_back({"transition_time_ps", "Transition time", "ps", r.transition_time * 1e12});
  list.push_back({"sampling_ui", "Sampling time", "UI", r.sampling_ui});
  return list;
}

std::string tdecq_text(const TdecqOutput& output, const Style& style) {
  const CaptureMeasurement& m = output.measurement;
  std::string text =
      heading(shortened(title_of(m), style.width), style) + wrap(summary_of(output), style.width) + "\n\n";

  TextTable table(m.results.size() == 1 ? "lr" : "lrr");
  if (m.results.size() > 1)
    table.head(
        {"", std::string(filter_text(m.results[0].filter)), std::string(filter_text(m.results[1].filter))});
  std::vector<std::vector<TdecqQuantity>> columns;
  for (const FilteredMeasurement& one : m.results) columns.push_back(tdecq_quantities(m, one));
  for (std::size_t q = 0; q < columns.front().size(); ++q) {
    std::vector<std::string> row{columns.front()[q].label};
    for (const auto& column : columns) row.push_back(tdecq_shown(column[q]));
    table.row(std::move(row));
  }
  text += table.text(style, 1);
  for (const FilteredMeasurement& one : m.results) {
    std::string weights;
    for (std::size_t i = 0; i < one.result.taps.size(); ++i)
      weights += fmt::format("{}{:.3f}{}", i > 0 ? "  " : "", one.result.taps[i],
                             static_cast<int>(i) == one.result.main ? "*" : "");
    text +=
        wrap(fmt::format(" Taps{}  {}",
                         m.results.size() == 1 ? "" : fmt::format(", {}", filter_text(one.filter)), weights),
             style.width, 3) +
        '\n';
  }
  text += '\n' + heading("What was done", style);
  for (const std::string& remark : m.remarks) text += "  " + wrap(remark, style.width - 2, 2) + '\n';
  if (!m.warnings.empty()) {
    text += '\n' + heading("Warnings", style);
    for (const std::string& warning : m.warnings) text += "  " + wrap(warning, style.width - 2, 2) + '\n';
  }
  if (!output.checks.empty()) text += '\n' + check_lines(output.checks, style);
  return text;
}

std::string tdecq_json(const TdecqOutput& output) {
  return json_of(output, tdecq_charts(output.measurement));
}

std::vector<std::string> write_tdecq_output(const TdecqOutput& output, const std::filesystem::path& folder) {
  const TdecqCharts charts = tdecq_charts(output.measurement);
  return write_report(folder, "result.json", json_of(output, charts),
                      series_files(charts.eyes, charts.curves));
}

}  // namespace waverack::io
