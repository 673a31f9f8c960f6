#include "waverack/io/com_output.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "waverack/base/units.hpp"
#include "waverack/io/csv.hpp"
#include "waverack/io/json_writer.hpp"
#include "waverack/io/number_text.hpp"
#include "waverack/io/result_json.hpp"
#include "waverack/io/result_lines.hpp"

namespace waverack::io {
namespace {

using compliance::ComCaseResult;

std::vector<std::string> remarks_of(const ComReport& report) {
  std::vector<std::string> remarks;
  for (const std::string& row : report.choice.unknown)
    remarks.push_back("The sheet's " + row + " was not understood");
  remarks.insert(remarks.end(), report.input.remarks.begin(), report.input.remarks.end());
  for (const ChannelFile& file : report.input.files)
    for (const std::string& doubt : file.doubts)
      remarks.push_back(std::filesystem::path(file.path).filename().string() + ": " + doubt);
  if (!report.result.cases.empty() && report.result.cases.front().inverted)
    remarks.push_back("The pulse came out negative: P and N are swapped at one end. It was turned");
  remarks.insert(remarks.end(), report.erl.remarks.begin(), report.erl.remarks.end());
  return remarks;
}

std::string millivolts(double volts, int digits = 3) {
  return fmt::format("{:.{}f} mV", volts * 1e3, digits);
}

std::string taps_text(const std::vector<double>& taps, int decimals) {
  std::string text;
  for (const double tap : taps) text += fmt::format("{}{:.{}f}", text.empty() ? "" : "  ", tap, decimals);
  return text;
}

// One column for each package case.
std::string cases_text(const ComReport& report, const Style& style) {
  const std::vector<ComCaseResult>& cases = report.result.cases;
  TextTable table(std::string("l") + std::string(cases.size(), 'r'));
  const auto row = [&](const char* name, auto&& cell) {
    std::vector<std::string> cells{name};
    for (const ComCaseResult& item : cases) cells.push_back(cell(item));
    table.row(cells);
  };
  using Item = const ComCaseResult&;
  row("Package case", [](Item i) { return i.name; });
  row("COM", [](Item i) { return decibel_text(com_db_of(i)); });
  if (report.choice.sheet.credits.sequence_detection)
    row("  of it credit of MLSE", [](Item i) { return decibel_text(i.mlse_credit_db); });
  row("VEC", [](Item i) { return decibel_text(vec_db_of(i)); });
  row("VEO", [](Item i) { return millivolts(veo_of(i)); });
  row("FOM", [](Item i) { return decibel_text(i.fom_db); });
  row("Signal A_s", [](Item i) { return millivolts(i.signal); });
  row("Noise A_ni at DER0", [](Item i) { return millivolts(i.margin.noise_peak); });
  row("sigma receiver noise", [](Item i) { return millivolts(i.margin.sigma.receiver); });
  row("sigma transmitter noise", [](Item i) { return millivolts(i.margin.sigma.transmitter); });
  row("sigma ISI", [](Item i) { return millivolts(i.margin.sigma.interference); });
  row("sigma crosstalk", [](Item i) { return millivolts(i.margin.sigma.crosstalk); });
  row("sigma Gaussian, with jitter", [](Item i) { return millivolts(i.margin.sigma.gaussian); });
  row("sigma of all", [](Item i) { return millivolts(i.margin.sigma.all); });
  row("Pulse peak, unequalised", [](Item i) { return millivolts(i.unequalised_peak, 2); });
  row("Settled voltage", [](Item i) { return millivolts(i.settled_voltage, 2); });
  row("Loss with packages", [](Item i) { return decibel_text(i.loss_db); });
  row("DER at the COM limit", [](Item i) { return number_text(i.margin.error_ratio_at_limit); });
  row("g_DC", [](Item i) { return fmt::format("{:g} dB", i.equaliser.setting.dc_gain_db); });
  row("g_DC2", [](Item i) { return fmt::format("{:g} dB", i.equaliser.setting.dc_gain_low_db); });
  return table.text(style, 2, true);
}

// Taps that are not 0 with their places, where floating groups leave most of them out.
std::string sparse_taps_text(const std::vector<double>& taps, int first) {
  std::string text;
  for (std::size_t i = 0; i < taps.size(); ++i)
    if (taps[i] != 0.0)
      text += fmt::format("{}{}: {:.4f}", text.empty() ? "" : "  ", first + static_cast<int>(i), taps[i]);
  return text;
}

std::string equaliser_text(const ComReport& report, const Style& style) {
  const compliance::ComSheet& sheet = report.choice.sheet;
  std::string text;
  const auto line = [&](const std::string& what) { text += "  " + wrap(what, style.width - 2, 2) + '\n'; };
  for (const ComCaseResult& item : report.result.cases) {
    const compliance::ComEqualiser& equaliser = item.equaliser;
    text += heading(item.name, style);
    line("Transmit taps " + taps_text(equaliser.setting.transmitter_taps, 3));
    if (!equaliser.receiver_taps.empty())
      line("Receiver taps " + (sheet.receiver_ffe.floating.groups > 0
                                   ? sparse_taps_text(equaliser.receiver_taps, -sheet.receiver_ffe.pre_taps)
                                   : taps_text(equaliser.receiver_taps, 3)));
    if (!equaliser.feedback.empty())
      line("Feedback taps " + (sheet.dfe.floating.groups > 0 ? sparse_taps_text(equaliser.feedback, 1)
                                                             : taps_text(equaliser.feedback, 4)));
    if (item.grid > 0) line(fmt::format("Best of {} settings", count_text(static_cast<double>(item.grid))));
  }
  return text;
}

std::string check_value(const ComCheck& check, double value) {
  return check.unit == "dB" ? decibel_text(value) : millivolts(value);
}

void write_texts(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts) {
  json.key(name);
  json.begin_array();
  for (const std::string& text : texts) json.value(text);
  json.end_array();
}

void write_equaliser(JsonWriter& json, const compliance::ComEqualiser& equaliser) {
  json.key("equaliser");
  json.begin_object();
  json.member("dc_gain_db", equaliser.setting.dc_gain_db);
  json.member("dc_gain_low_db", equaliser.setting.dc_gain_low_db);
  json.member("transmitter_taps", equaliser.setting.transmitter_taps);
  json.member("receiver_taps", equaliser.receiver_taps);
  json.member("feedback_taps", equaliser.feedback);
  json.end_object();
}

void write_case(JsonWriter& json, const ComCaseResult& item) {
  const compliance::ComSigmas& sigma = item.margin.sigma;
  json.begin_object();
  json.member("name", item.name);
  json.member("com_db", com_db_of(item));
  json.member("mlse_credit_db", item.mlse_credit_db);
  json.member("vec_db", vec_db_of(item));
  json.member("veo_v", veo_of(item));
  json.member("fom_db", item.fom_db);
  json.member("a_s_v", item.signal);
  json.member("a_ni_v", item.margin.noise_peak);
  json.member("main_cursor_v", item.main_cursor);
  json.member("sigma_n_v", sigma.receiver);
  json.member("sigma_tx_v", sigma.transmitter);
  json.member("sigma_isi_v", sigma.interference);
  json.member("sigma_xt_v", sigma.crosstalk);
  json.member("sigma_g_v", sigma.gaussian);
  json.member("sigma_all_v", sigma.all);
  json.member("unequalised_peak_v", item.unequalised_peak);
  json.member("settled_voltage_v", item.settled_voltage);
  json.member("loss_with_packages_db", item.loss_db);
  json.member("der_at_limit", item.margin.error_ratio_at_limit);
  json.member("grid", item.grid);
  write_equaliser(json, item.equaliser);
  json.end_object();
}

void write_files(JsonWriter& json, const ComInput& input) {
  json.key("files");
  json.begin_array();
  for (std::size_t i = 0; i < input.files.size(); ++i) {
    const ChannelFile& file = input.files[i];
    json.begin_object();
    json.member("path", file.path);
    json.member("what", file.what);
    json.key("ports");
    json.begin_array();
    for (const int port : input.ports[i]) json.value(port);
    json.end_array();
    json.member("points", static_cast<std::int64_t>(file.points));
    json.member("first_frequency_hz", file.first_frequency);
    json.member("last_frequency_hz", file.last_frequency);
    write_texts(json, "remarks", file.doubts);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::string com_text(const ComReport& report, const Style& style) {
  const compliance::ComSheet& sheet = report.choice.sheet;
  std::string text =
      heading(std::filesystem::path(report.input.files.front().path).filename().string(), style);
  text += wrap(fmt::format("{}. Profile {}: {}.", compliance::com_method, report.choice.profile, sheet.title),
               style.width) +
          '\n';
  std::vector<std::string> port_texts;
  for (const std::vector<int>& ports : report.input.ports)
    if (const std::string ports_here = fmt::format("{}", fmt::join(ports, ","));
        std::find(port_texts.begin(), port_texts.end(), ports_here) == port_texts.end())
      port_texts.push_back(ports_here);
  text += wrap(fmt::format("{} files, ports {} ({}).", report.input.files.size(),
                           fmt::join(port_texts, " and "), report.input.why_ports),
               style.width) +
          "\n\n";
  text += cases_text(report, style) + '\n' + equaliser_text(report, style) + '\n';

  TextTable table("lrl");
  table.row({"Channel loss at Nyquist", decibel_text(report.result.channel_loss_db), ""});
  if (report.fit)
    table.row({"Fitted loss at Nyquist", decibel_text(report.fit->at(sheet.signal.symbol_rate / 2.0)), ""});
  if (report.crosstalk.total > 0.0)
    table.row({"ICN", millivolts(report.crosstalk.total), "as COM code 4.50 counts"});
  table.row(
      {"ERL", decibel_text(report.erl.erl_db),
       fmt::format("port 1 {:.2f}, port 2 {:.2f}", report.erl.ports[0].erl_db, report.erl.ports[1].erl_db)});
  text += table.text(style, 2, true);
  if (!report.checks.empty()) {
    TextTable checks("lrll");
    for (const ComCheck& check : report.checks)
      checks.row({verdict_sign(check.pass() ? Verdict::pass : Verdict::fail, style) + ' ' + check.name,
                  check_value(check, check.value), check.at_least ? "at least" : "at most",
                  check_value(check, check.limit)});
    text += '\n' + checks.text(style, 2, true);
  }
  const std::vector<std::string> remarks = remarks_of(report);
  if (!remarks.empty()) text += '\n' + heading("Remarks", style);
  for (const std::string& remark : remarks) text += wrap("- " + remark + '.', style.width, 2) + '\n';
  return text;
}

std::string com_json(const ComReport& report) {
  const compliance::ComSheet& sheet = report.choice.sheet;
  JsonWriter json;
  json.begin_object();
  json.member("format", "waverack-com");
  json.member("version", 1);
  write_program(json);
  json.member("method", std::string(compliance::com_method));
  write_files(json, report.input);
  json.member("why_ports", report.input.why_ports);
  json.key("com");
  json.begin_object();
  json.member("profile", report.choice.profile);
  json.member("sheet", sheet.title);
  json.member("sheet_file", report.choice.file);
  json.key("cases");
  json.begin_array();
  for (const ComCaseResult& item : report.result.cases) write_case(json, item);
  json.end_array();
  json.member("erl_db", report.erl.erl_db);
  json.member("erl11_db", report.erl.ports[0].erl_db);
  json.member("erl22_db", report.erl.ports[1].erl_db);
  json.member("channel_loss_db", report.result.channel_loss_db);
  json.key("fitted_loss_db");
  if (report.fit)
    json.value(report.fit->at(sheet.signal.symbol_rate / 2.0));
  else
    json.null();
  json.member("icn_v", report.crosstalk.total);
  json.end_object();
  json.key("checks");
  json.begin_array();
  for (const ComCheck& check : report.checks) {
    json.begin_object();
    json.member("name", check.name);
    json.member("value", check.value);
    json.member("limit", check.limit);
    json.member("unit", check.unit);
    json.member("verdict", check.pass() ? "pass" : "fail");
    json.end_object();
  }
  json.end_array();
  write_texts(json, "unknown_rows", report.choice.unknown);
  write_texts(json, "remarks", remarks_of(report));
  json.member("settings", Node(write(sheet)));
  json.end_object();
  return json.take();
}

std::string com_batch_head() {
  return "channel,case,profile,com_db,vec_db,veo_v,fom_db,erl_db,icn_v,dc_gain_db,dc_gain_low_db,transmitter_"
         "taps,"
         "verdict,message\n";
}

std::string com_batch_rows(const ComBatchRow& row) {
  if (!row.report) return fmt::format("{},,,,,,,,,,,,error,{}\n", csv_field(row.name), csv_field(row.error));
  std::string text;
  const ComReport& report = *row.report;
  const bool pass =
      std::all_of(report.checks.begin(), report.checks.end(), [](const ComCheck& c) { return c.pass(); });
  std::string message;
  for (const std::string& remark : remarks_of(report)) message += (message.empty() ? "" : "; ") + remark;
  for (const ComCaseResult& item : report.result.cases)
    text += fmt::format(
        "{},{},{},{},{},{},{},{},{},{:g},{:g},{},{},{}\n", csv_field(row.name), csv_field(item.name),
        csv_field(report.choice.profile), csv_number(com_db_of(item), 6), csv_number(vec_db_of(item), 6),
        csv_number(veo_of(item), 6), csv_number(item.fom_db, 6), csv_number(report.erl.erl_db, 6),
        csv_number(report.crosstalk.total, 6), item.equaliser.setting.dc_gain_db,
        item.equaliser.setting.dc_gain_low_db, taps_text(item.equaliser.setting.transmitter_taps, 3),
        pass ? "pass" : "fail", csv_field(message));
  return text;
}

}  // namespace waverack::io
