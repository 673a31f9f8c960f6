#include <cmath>
#include <limits>

#include "waverack/base/decibel.hpp"
#include "waverack/coherent/modulation_theory.hpp"
#include "waverack/io/csv_columns.hpp"
#include "waverack/io/json_writer.hpp"
#include "waverack/io/line_output.hpp"
#include "waverack/io/line_rows.hpp"
#include "waverack/io/output.hpp"
#include "waverack/io/result_json.hpp"
#include "waverack/io/series.hpp"

namespace waverack::io {

namespace {

// A number of a row: written to JSON under `key`, to CSV under `key` too.
template <class Row>
struct Figure {
  const char* key;
  std::function<double(const Row&)> value;
};

template <class Row>
void write_figures(JsonWriter& json, const std::vector<Figure<Row>>& figures, const Row& row) {
  for (const Figure<Row>& figure : figures) json.member(figure.key, figure.value(row));
}

template <class Row>
void add_columns(CsvColumns<Row>& columns, const std::vector<Figure<Row>>& figures) {
  for (const Figure<Row>& figure : figures)
    columns.push_back(
        {figure.key, [=](const Row& row) { return csv_number(figure.value(row), 10); }, nullptr});
}

std::vector<Figure<LineStep>> step_figures(double symbol_rate) {
  const double to_01nm = to_db(symbol_rate / coherent::osnr_bandwidth);
  return {{"distance_km", [](const LineStep& s) { return s.distance * 1e-3; }},
          {"power_dbm", [](const LineStep& s) { return to_dbm(s.power); }},
          {"ase_dbm", [](const LineStep& s) { return to_dbm(s.ase_power); }},
          {"nonlinear_dbm", [](const LineStep& s) { return to_dbm(s.nonlinear_power); }},
          {"osnr_01nm_db", [=](const LineStep& s) { return to_db(s.snr_ase) + to_01nm; }},
          {"osnr_signal_db", [](const LineStep& s) { return to_db(s.snr_ase); }},
          {"snr_nonlinear_db", [](const LineStep& s) { return to_db(s.snr_nonlinear); }},
          {"gsnr_01nm_db", [=](const LineStep& s) { return to_db(s.gsnr) + to_01nm; }},
          {"gsnr_signal_db", [](const LineStep& s) { return to_db(s.gsnr); }},
          {"dispersion_ps_per_nm", [](const LineStep& s) { return s.dispersion * 1e3; }},
          {"pmd_ps", [](const LineStep& s) { return s.pmd * 1e12; }},
          {"pdl_db", [](const LineStep& s) { return s.pdl_db; }},
          {"latency_s", [](const LineStep& s) { return s.latency; }}};
}

std::vector<Figure<LineChannel>> channel_figures() {
  const auto to_01nm = [](const LineChannel& c) {
    return to_db(c.channel.symbol_rate / coherent::osnr_bandwidth);
  };
  return {{"frequency_thz", [](const LineChannel& c) { return c.channel.frequency * 1e-12; }},
          {"power_dbm", [](const LineChannel& c) { return to_dbm(c.power); }},
          {"osnr_01nm_db", [=](const LineChannel& c) { return to_db(c.snr_ase) + to_01nm(c); }},
          {"osnr_signal_db", [](const LineChannel& c) { return to_db(c.snr_ase); }},
          {"snr_nonlinear_db", [](const LineChannel& c) { return to_db(c.snr_nonlinear); }},
          {"gsnr_01nm_db", [=](const LineChannel& c) { return to_db(c.gsnr) + to_01nm(c); }},
          {"gsnr_signal_db", [](const LineChannel& c) { return to_db(c.gsnr); }}};
}

std::vector<Figure<LineModule>> module_figures() {
  return {{"symbol_rate_gbd", [](const LineModule& m) { return m.symbol_rate * 1e-9; }},
          {"spacing_ghz", [](const LineModule& m) { return m.spacing * 1e-9; }},
          {"channels", [](const LineModule& m) { return static_cast<double>(m.channels); }},
          {"worst_channel", [](const LineModule& m) { return static_cast<double>(m.worst + 1); }},
          {"gsnr_01nm_db", [](const LineModule& m) { return to_db(m.gsnr_osnr); }},
          {"required_gsnr_01nm_db", [](const LineModule& m) { return to_db(m.required_gsnr_osnr); }},
          {"margin_db", [](const LineModule& m) { return m.margin_db; }},
          {"received_power_dbm", [](const LineModule& m) {
             return m.received_power > 0.0 ? to_dbm(m.received_power)
                                           : std::numeric_limits<double>::quiet_NaN();
           }}};
}

double rate_of(const LineAnswer& answer) { return answer.channels.front().channel.symbol_rate; }

}  // namespace

std::string line_json(const LineAnswer& answer) {
  const LineMeans means = line_means(answer);
  JsonWriter json;
  json.begin_object();
  json.member("format", "waverack-line");
  json.member("version", 1);
  write_program(json);
  json.member("title", line_title(answer));
  json.member("summary", line_summary(answer));
  json.member("command", answer.command);
  json.object("line", [&] {
    json.member("network", answer.question.network);
    json.member("equipment", answer.question.equipment);
    json.member("from", answer.path.route.front().uid);
    json.member("to", answer.path.route.back().uid);
    json.member("load", answer.load);
    json.member("channels", static_cast<double>(answer.channels.size()));
    json.member("symbol_rate_gbd", rate_of(answer) * 1e-9);
    json.member("spacing_ghz", answer.path.spacing * 1e-9);
    json.member("transmitter_osnr_db", to_db(answer.path.transmitter_osnr));
    json.member("system_margin_db", answer.path.system_margin_db);
    json.member("mean_gsnr_01nm_db", means.gsnr_db + means.to_01nm_db);
    json.member("mean_gsnr_signal_db", means.gsnr_db);
    json.member("mean_osnr_01nm_db", means.osnr_db + means.to_01nm_db);
    json.member("mean_osnr_signal_db", means.osnr_db);
    json.member("worst_channel", static_cast<double>(answer.worst + 1));
    json.member("best_channel", static_cast<double>(answer.best + 1));
    json.member("followed_channel", static_cast<double>(answer.followed + 1));
  });
  json.list("elements", answer.steps, [&](const LineStep& step) {
    json.member("uid", step.hop.uid);
    json.member("type", step.hop.type);
    json.member("type_variety", step.hop.variety);
    write_figures(json, step_figures(rate_of(answer)), step);
  });
  std::size_t number = 0;
  json.list("channels", answer.channels, [&](const LineChannel& channel) {
    json.member("channel", static_cast<double>(++number));
    write_figures(json, channel_figures(), channel);
  });
  json.list("modules", answer.modules, [&](const LineModule& module) {
    json.member("name", module.name);
    json.member("kind", module.of_equipment ? "mode of the equipment" : "design");
    json.member("closes", module.closes());
    write_figures(json, module_figures(), module);
    json.object("penalties_db", [&] {
      for (const coherent::NamedPenalty& penalty : module.penalties) json.member(penalty.name, penalty.db);
    });
    json.member("note", module_note(module));
  });
  json.list("rows", line_rows(answer), [&](const LineRow& row) {
    json.member("key", row.key);
    json.member("name", row.name);
    json.member("text", row.text);
    json.member("note", row.note);
  });
  write_series(json, {}, answer.curves);
  json.end_object();
  return json.take();
}

std::vector<std::string> write_line(const LineAnswer& answer, const std::filesystem::path& folder) {
  CsvColumns<LineStep> steps{{"uid", [](const LineStep& s) { return csv_field(s.hop.uid); }, nullptr},
                             {"type", [](const LineStep& s) { return csv_field(s.hop.type); }, nullptr}};
  add_columns(steps, step_figures(rate_of(answer)));
  CsvColumns<LineChannel> channels;
  add_columns(channels, channel_figures());
  CsvColumns<LineModule> modules{
      {"name", [](const LineModule& m) { return csv_field(m.name); }, nullptr},
      {"closes", [](const LineModule& m) { return std::string(m.closes() ? "true" : "false"); }, nullptr}};
  add_columns(modules, module_figures());
  std::vector<SeriesFile> files = series_files({}, answer.curves);
  files.push_back({"elements.csv", write_csv<LineStep>(steps, answer.steps)});
  files.push_back({"channels.csv", write_csv<LineChannel>(channels, answer.channels)});
  files.push_back({"modules.csv", write_csv<LineModule>(modules, answer.modules)});
  return write_report(folder, "line.json", line_json(answer), files);
}

}  // namespace waverack::io
