#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "waverack/base/decibel.hpp"
#include "waverack/base/units.hpp"
#include "waverack/design/assumptions.hpp"
#include "waverack/io/com_charts.hpp"
#include "waverack/io/com_output.hpp"
#include "waverack/io/number_text.hpp"
#include "waverack/io/output.hpp"
#include "waverack/io/result_json.hpp"

namespace waverack::io {
namespace {

using compliance::ComCaseResult;

// Of the package cases, the one where `goodness` is least.
template <class Goodness>
const ComCaseResult& worst_case(const ComReport& report, Goodness goodness) {
  return *std::min_element(
      report.result.cases.begin(), report.result.cases.end(),
      [&](const ComCaseResult& a, const ComCaseResult& b) { return goodness(a) < goodness(b); });
}

std::string title_of(const ComReport& report) {
  return "COM of " + std::filesystem::path(report.input.files.front().path).filename().string();
}

std::string summary_of(const ComReport& report) {
  const ComCaseResult& worst = worst_case(report, com_db_of);
  const auto failed = std::count_if(report.checks.begin(), report.checks.end(),
                                    [](const Check& check) { return check.verdict == Verdict::fail; });
  return fmt::format("COM is {} in the {}package case {}; effective return loss {}. {}. {}.",
                     decibel_text(com_db_of(worst)), report.result.cases.size() > 1 ? "worst " : "",
                     worst.name, decibel_text(report.erl.erl_db),
                     report.checks.empty() ? "No limit is set"
                     : failed > 0 ? fmt::format("{} of {} limits are missed", failed, report.checks.size())
                                  : "All limits are met",
                     report.choice.sheet.title);
}

std::vector<Headline> headline_of(const ComReport& report) {
  std::vector<Headline> items;
  const auto add = [&](std::string label, std::string value, std::string note) {
    Verdict verdict = Verdict::info;
    for (const Check& check : report.checks)
      if (check.name == label) verdict = check.verdict;
    items.push_back({std::move(label), std::move(value), std::move(note), verdict});
  };
  const auto of_case = [](const ComCaseResult& item) { return fmt::format("package case {}", item.name); };
  const ComCaseResult& least_com = worst_case(report, com_db_of);
  const ComCaseResult& most_vec = worst_case(report, [](const ComCaseResult& c) { return -vec_db_of(c); });
  const ComCaseResult& least_veo = worst_case(report, veo_of);
  add("COM", decibel_text(com_db_of(least_com)), of_case(least_com));
  add("VEC", decibel_text(vec_db_of(most_vec)), of_case(most_vec));
  add("VEO", quantity_text(veo_of(least_veo), "V"), of_case(least_veo));
  add("ERL", decibel_text(report.erl.erl_db), "");
  add("Channel loss", decibel_text(report.result.channel_loss_db), "at the Nyquist frequency");
  if (report.crosstalk.total > 0.0)
    add("ICN", quantity_text(report.crosstalk.total, "V"), "integrated crosstalk, rms");
  return items;
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

struct Part {
  const char* source;
  const char* label;
  double rms;
};

void write_noise(JsonWriter& json, const compliance::ComSigmas& sigma) {
  const Part parts[] = {{"interference", "Intersymbol interference", sigma.interference},
                        {"crosstalk", "Crosstalk", sigma.crosstalk},
                        {"transmitter", "Transmitter noise", sigma.transmitter},
                        {"receiver", "Receiver noise", sigma.receiver},
                        {"jitter", "Jitter", sigma.jitter},
                        {"quantisation", "Converter", sigma.quantisation}};
  json.key("noise_budget");
  json.begin_array();
  for (const Part& part : parts) {
    if (part.rms == 0.0) continue;
    json.begin_object();
    json.member("source", part.source);
    json.member("label", part.label);
    json.member("rms", part.rms);
    json.member("unit", "V");
    json.member("share", part.rms * part.rms / (sigma.all * sigma.all));
    json.end_object();
  }
  json.end_array();
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
  json.member("sigma_j_v", sigma.jitter);
  json.member("sigma_g_v", sigma.gaussian);
  json.member("sigma_all_v", sigma.all);
  json.member("unequalised_peak_v", item.unequalised_peak);
  json.member("settled_voltage_v", item.settled_voltage);
  json.member("loss_with_packages_db", item.loss_db);
  json.member("die_to_die_loss_db", item.die_to_die_loss_db);
  json.member("error_propagation", item.bursts.propagation);
  json.member("burst_probability", item.bursts.probability);
  json.member("der_at_limit", item.margin.error_ratio_at_limit);
  json.member("grid", item.grid);
  write_noise(json, sigma);
  write_equaliser(json, item.equaliser);
  json.end_object();
}

void write_files(JsonWriter& json, const ComInput& input) {
  json.key("files");
  json.begin_array();
  for (std::size_t i = 0; i < input.files.size(); ++i) {
    json.begin_object();
    write_channel_file(json, input.files[i]);
    json.key("ports_taken");
    json.begin_array();
    for (const int port : input.ports[i]) json.value(port);
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

std::string json_of(const ComReport& report, const std::vector<link::Curve>& curves) {
  const compliance::ComSheet& sheet = report.choice.sheet;
  JsonWriter json;
  json.begin_object();
  json.member("format", "waverack-com");
  json.member("version", 1);
  write_program(json);
  json.member("title", title_of(report));
  json.member("summary", summary_of(report));
  if (!report.command.empty()) json.member("command", report.command);
  json.member("method", std::string(compliance::com_method(report.choice.sheet)));
  write_headline(json, headline_of(report));
  write_files(json, report.input);
  json.member("why_ports", report.input.why_ports);
  json.key("com");
  json.begin_object();
  json.member("profile", report.choice.profile);
  json.member("sheet", sheet.title);
  json.member("sheet_file", report.choice.file);
  json.member("nyquist_hz", sheet.signal.symbol_rate / 2.0);
  json.member("detector_error_ratio", sheet.signal.detector_error_ratio);
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
  write_checks(json, report.checks);
  std::vector<Assumption> assumptions = assumptions_of(report.choice.provenance);
  for (Assumption& item : assumptions)
    if (item.where == layer_name(Layer::design)) item.where = report.choice.profile;
  write_assumptions(json, assumptions);
  json.member("unknown_rows", report.choice.unknown);
  json.member("remarks", com_remarks(report));
  json.member("settings", Node(write(sheet)));
  write_series(json, {}, curves);
  json.end_object();
  return json.take();
}

}  // namespace

std::vector<std::string> com_remarks(const ComReport& report) {
  std::vector<std::string> remarks;
  for (const std::string& row : report.choice.unknown)
    remarks.push_back("The sheet's " + row + " was not understood");
  remarks.insert(remarks.end(), report.input.remarks.begin(), report.input.remarks.end());
  const std::vector<std::string> files = file_remarks(report.input.files);
  remarks.insert(remarks.end(), files.begin(), files.end());
  if (report.result.cases.front().inverted)
    remarks.push_back(
        report.input.files.front().swapped.value_or(false)
            ? "The pulse was turned, as if + and - were in order"
            : "The pulse came out negative and was turned, as if + and - were exchanged at one end");
  remarks.insert(remarks.end(), report.erl.remarks.begin(), report.erl.remarks.end());
  return remarks;
}

std::string com_json(const ComReport& report) { return json_of(report, com_curves(report)); }

std::vector<std::string> write_com(const ComReport& report, const std::filesystem::path& folder) {
  const std::vector<link::Curve> curves = com_curves(report);
  return write_report(folder, "com.json", json_of(report, curves), series_files({}, curves));
}

}  // namespace waverack::io
