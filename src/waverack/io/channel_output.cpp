#include "waverack/io/channel_output.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "waverack/base/units.hpp"
#include "waverack/io/channel_curves.hpp"
#include "waverack/io/channel_rows.hpp"
#include "waverack/io/json_writer.hpp"
#include "waverack/io/load.hpp"
#include "waverack/io/output.hpp"
#include "waverack/io/result_json.hpp"
#include "waverack/io/result_lines.hpp"

namespace waverack::io {
namespace {

namespace fs = std::filesystem;

std::string title_of(const ChannelInput& input) {
  return fs::path(input.files.front().path).filename().string();
}

std::string file_line(const ChannelFile& file) {
  return fmt::format("{} ports, {} points, {} to {}", file.ports, file.points,
                     format_engineering(file.quality.first_frequency, "Hz"),
                     format_engineering(file.quality.last_frequency, "Hz"));
}

std::string summary_of(const ChannelOutput& output) {
  const compliance::ChannelMeasures& m = output.measures;
  return fmt::format("{:.2f} dB of loss at {}, the Nyquist frequency of {}; effective return loss {:.2f} dB.",
                     m.loss_db, format_engineering(m.nyquist, "Hz", 6),
                     format_engineering(output.settings.symbol_rate, "Bd", 6), m.erl.erl_db);
}

std::string rows_text(const std::vector<ChannelRow>& rows, const Style& style) {
  TextTable table("lrl");
  for (const ChannelRow& row : rows) table.row({row.name, row.text, row.note});
  return table.text(style, 2, true);
}

std::string head_text(const ChannelInput& input, const Style& style) {
  std::string text = heading(shortened(title_of(input), style.width), style);
  text += file_line(input.files.front()) + '\n';
  if (const std::string sound = soundness(input.files); !sound.empty())
    text += wrap(sound, style.width) + '\n';
  return text + wrap("Ports " + ports_text(input) + '.', style.width) + "\n\n";
}

std::string remarks_text(const std::vector<std::string>& remarks, const Style& style) {
  if (remarks.empty()) return "";
  std::string text = '\n' + heading("Remarks", style);
  for (const std::string& remark : remarks) text += wrap("- " + remark + '.', style.width, 2) + '\n';
  return text;
}

std::vector<std::string> remarks_of(const ChannelOutput& output) {
  std::vector<std::string> more = output.measures.remarks;
  const std::vector<std::string>& erl = output.measures.erl.remarks;
  more.insert(more.end(), erl.begin(), erl.end());
  return channel_remarks(output.input, more);
}

// Members that both formats share.
void write_input(JsonWriter& json, const ChannelInput& input, const compliance::ChannelSettings& settings) {
  json.list("files", input.files, [&](const ChannelFile& file) { write_channel_file(json, file); });
  json.key("ports");
  json.begin_array();
  for (const int port : input.ports) json.value(port);
  json.end_array();
  json.member("why_ports", input.why_ports);
  json.member("settings", Node(write_fields(fields_of<compliance::ChannelSettings>(), &settings)));
}

void write_measures(JsonWriter& json, const std::vector<ChannelRow>& rows) {
  json.key("measures");
  json.begin_object();
  for (const ChannelRow& row : rows) json.member(row.key, row.value);
  json.end_object();
}

void write_rows(JsonWriter& json, const std::vector<ChannelRow>& rows) {
  json.key("rows");
  json.begin_array();
  for (const ChannelRow& row : rows) {
    json.begin_object();
    json.member("key", row.key);
    json.member("name", row.name);
    json.member("text", row.text);
    json.member("note", row.note);
    json.end_object();
  }
  json.end_array();
}

std::vector<link::Curve> curves_of(const ChannelOutput& output) {
  return channel_curves(output.input.networks, output.settings, output.measures);
}

std::string json_of(const ChannelOutput& output, const std::vector<link::Curve>& curves) {
  const std::vector<ChannelRow> rows = channel_rows(output);
  JsonWriter json;
  json.begin_object();
  json.member("format", "waverack-channel");
  json.member("version", 1);
  write_program(json);
  json.member("title", title_of(output.input));
  json.member("summary", summary_of(output));
  json.member("command", output.command);
  json.member("settings_from", output.settings_from);
  write_input(json, output.input, output.settings);
  write_measures(json, rows);
  json.key("fit");
  json.begin_object();
  const compliance::InsertionLossFit& fit = output.measures.fit;
  json.member("constant_db", fit.constant);
  json.member("root_db_per_sqrt_hz", fit.root);
  json.member("linear_db_per_hz", fit.linear);
  json.member("square_db_per_hz2", fit.square);
  json.end_object();
  write_rows(json, rows);
  json.member("remarks", remarks_of(output));
  write_series(json, {}, curves);
  json.end_object();
  return json.take();
}

}  // namespace

std::string channel_text(const ChannelOutput& output, const Style& style) {
  return head_text(output.input, style) + wrap(summary_of(output), style.width) + "\n\n" +
         rows_text(channel_rows(output), style) + '\n' +
         wrap(fmt::format("Settings: {}.", output.settings_from), style.width) + '\n' +
         remarks_text(remarks_of(output), style);
}

std::string channel_json(const ChannelOutput& output) { return json_of(output, curves_of(output)); }

std::vector<std::string> write_channel(const ChannelOutput& output, const fs::path& folder) {
  const std::vector<link::Curve> curves = curves_of(output);
  return write_report(folder, "channel.json", json_of(output, curves), series_files({}, curves));
}

std::string settings_from(const std::optional<ComSheetChoice>& sheet) {
  return sheet ? fmt::format("profile {}: {}", sheet->profile, sheet->sheet.title)
               : "the defaults, those of profile 3ck-c2c";
}

std::string erl_text(const ErlOutput& output, const Style& style) {
  const compliance::ChannelSettings& settings = output.settings;
  const compliance::EffectiveReturnLossSettings& s = settings.erl;
  std::string text =
      head_text(output.input, style) + rows_text(erl_rows(output.erl, settings), style) + '\n' +
      wrap(fmt::format("{}. Settings: {}.", compliance::erl_method, output.settings_from), style.width) +
      '\n' +
      wrap(fmt::format("{}, {} levels, error ratio {:.2g}; edge {}, {} symbols, {} of them equalised, "
                       "receiver filter {}, window {}.",
                       format_engineering(settings.symbol_rate, "Bd", 6), settings.levels,
                       settings.error_ratio, format_engineering(s.transition_time, "s"), s.length,
                       s.equalised, s.receiver_filter ? "on" : "off", s.window ? "on" : "off"),
           style.width) +
      '\n';
  if (!output.checks.empty()) text += '\n' + check_lines(output.checks, style);
  return text + remarks_text(channel_remarks(output.input, output.erl.remarks), style);
}

std::string erl_json(const ErlOutput& output) {
  JsonWriter json;
  json.begin_object();
  json.member("format", "waverack-erl");
  json.member("version", 1);
  write_program(json);
  json.member("title", title_of(output.input));
  json.member("method", std::string(compliance::erl_method));
  json.member("settings_from", output.settings_from);
  write_input(json, output.input, output.settings);
  write_measures(json, erl_rows(output.erl, output.settings));
  write_checks(json, output.checks);
  json.member("remarks", channel_remarks(output.input, output.erl.remarks));
  json.end_object();
  return json.take();
}

}  // namespace waverack::io
