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
  row("Loss from die to die", [](Item i) { return decibel_text(i.die_to_die_loss_db); });
  row("DER at the COM limit", [](Item i) { return number_text(i.margin.error_ratio_at_limit); });
  if (!cases.front().bursts.propagation.empty())
    row("Errors after an error", [](Item i) { return number_text(i.bursts.propagation.front(), 3); });
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

}  // namespace

std::string com_text(const ComReport& report, const Style& style) {
  const compliance::ComSheet& sheet = report.choice.sheet;
  std::string text =
      heading(std::filesystem::path(report.input.files.front().path).filename().string(), style);
  const ComSheetChoice& choice = report.choice;
  const bool csv = sheet.title == choice.file;  // which is its own title
  text += wrap(fmt::format("{}. {}.", compliance::com_method(sheet),
                           csv ? fmt::format("Sheet {} over profile {}", sheet.title, choice.profile)
                               : fmt::format("Profile {}: {}", choice.profile, sheet.title)),
               style.width) +
          '\n';
  std::vector<std::string> port_texts;
  for (const std::vector<int>& ports : report.input.ports)
    if (const std::string ports_here = fmt::format("{}", fmt::join(ports, ","));
        std::find(port_texts.begin(), port_texts.end(), ports_here) == port_texts.end())
      port_texts.push_back(ports_here);
  text += wrap(fmt::format("{} file{}, ports {} ({}).", report.input.files.size(),
                           report.input.files.size() == 1 ? "" : "s", fmt::join(port_texts, " and "),
                           report.input.why_ports),
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
  if (!report.checks.empty()) text += '\n' + check_lines(report.checks, style);
  if (const std::string sound = soundness(report.input.files); !sound.empty())
    text += '\n' + wrap(sound, style.width) + '\n';
  const std::vector<std::string> remarks = com_remarks(report);
  if (!remarks.empty()) text += '\n' + heading("Remarks", style);
  for (const std::string& remark : remarks) text += wrap("- " + remark + '.', style.width, 2) + '\n';
  return text;
}

std::string com_batch_head() {
  return "channel,case,profile,sheet,method,com_db,vec_db,veo_v,fom_db,erl_db,icn_v,dc_gain_db,dc_gain_low_"
         "db,transmitter_"
         "taps,"
         "verdict,message\n";
}

std::string com_batch_rows(const ComBatchRow& row) {
  if (!row.report)
    return fmt::format("{},,,,,,,,,,,,,,error,{}\n", csv_field(row.name), csv_field(row.error));
  std::string text;
  const ComReport& report = *row.report;
  std::string message;
  for (const std::string& remark : com_remarks(report)) message += (message.empty() ? "" : "; ") + remark;
  for (const ComCaseResult& item : report.result.cases)
    text += fmt::format(
        "{},{},{},{},{},{},{},{},{},{},{},{:g},{:g},{},{},{}\n", csv_field(row.name), csv_field(item.name),
        csv_field(report.choice.profile), csv_field(report.choice.sheet.title),
        csv_field(std::string(compliance::com_method(report.choice.sheet))), csv_number(com_db_of(item), 6),
        csv_number(vec_db_of(item), 6), csv_number(veo_of(item), 6), csv_number(item.fom_db, 6),
        csv_number(report.erl.erl_db, 6), csv_number(report.crosstalk.total, 6),
        item.equaliser.setting.dc_gain_db, item.equaliser.setting.dc_gain_low_db,
        taps_text(item.equaliser.setting.transmitter_taps, 3), passes(report.checks) ? "pass" : "fail",
        csv_field(message));
  return text;
}

}  // namespace waverack::io
