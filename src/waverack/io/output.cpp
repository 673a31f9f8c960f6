#include "waverack/io/output.hpp"

#include "waverack/io/csv.hpp"
#include "waverack/io/embedded.hpp"
#include "waverack/io/eye_list.hpp"
#include "waverack/io/files.hpp"
#include "waverack/io/result_json.hpp"

namespace waverack::io {
namespace {

constexpr std::string_view placeholder = "/*WAVERACK_RESULT*/";

// Charts need no more.
std::string number(double value) { return csv_number(value, 7); }

std::string curve_csv(const link::Curve& curve) {
  std::string text;
  for (const link::Column& column : curve.columns) {
    if (!text.empty()) text += ',';
    text += csv_title(column.name, column.unit);
  }
  text += '\n';
  const std::size_t rows = curve.columns.empty() ? 0 : curve.columns.front().values.size();
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t c = 0; c < curve.columns.size(); ++c) {
      if (c > 0) text += ',';
      if (row < curve.columns[c].values.size()) text += number(curve.columns[c].values[row]);
    }
    text += '\n';
  }
  return text;
}

// One line for each cell, at the middle of the cell.
std::string eye_csv(const ListedEye& listed) {
  const link::EyeImage& eye = *listed.image;
  std::string text =
      csv_title("time", "UI") + ',' + csv_title(listed.amplitude, eye.amplitude_unit) + ",density\n";
  std::vector<std::string> times;
  for (int column = 0; column < eye.columns; ++column)
    times.push_back(number(eye.time_start_ui + eye.time_step_ui * (column + 0.5)) + ',');
  std::size_t cell = 0;
  for (int row = 0; row < eye.rows; ++row) {
    const std::string amplitude = number(eye.amplitude_start + eye.amplitude_step * (row + 0.5)) + ',';
    for (int column = 0; column < eye.columns; ++column, ++cell) {
      const float density = eye.density[cell];
      text += times[static_cast<std::size_t>(column)];
      text += amplitude;
      if (density > 0.0f)
        text += number(density);
      else
        text += '0';
      text += '\n';
    }
  }
  return text;
}

}  // namespace

std::string series_file_name(std::string_view id) {
  std::string name = "series/";
  for (const char c : id) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
    name += plain ? c : '-';
  }
  return name + ".csv";
}

std::vector<SeriesFile> series_files(const link::LaneResult& lane) {
  std::vector<SeriesFile> files;
  for (const ListedEye& eye : eyes_of(lane)) files.push_back({series_file_name(eye.id), eye_csv(eye)});
  for (const link::Curve& curve : lane.curves)
    files.push_back({series_file_name(curve.id), curve_csv(curve)});
  return files;
}

std::string report_html(std::string_view result_json) {
  if (embedded_report().empty()) return "";
  const std::string_view page = embedded_report().front().text;
  const std::size_t at = page.find(placeholder);
  if (at == std::string_view::npos) return "";
  std::string html;
  html.reserve(page.size() + result_json.size() + result_json.size() / 64);
  html += page.substr(0, at);
  // Inside a script element no "<" may begin a tag.
  for (std::size_t from = 0; from < result_json.size();) {
    const std::size_t next = std::min(result_json.find('<', from), result_json.size());
    html += result_json.substr(from, next - from);
    if (next < result_json.size()) html += "\\u003c";
    from = next + 1;
  }
  html += page.substr(at + placeholder.size());
  return html;
}

std::vector<std::string> write_output(const Output& output, const std::filesystem::path& folder) {
  std::vector<std::string> names;
  const auto write = [&](const std::string& name, std::string_view text) {
    write_file(folder / name, text);
    names.push_back(name);
  };
  const std::string json = result_json(output);
  write("result.json", json);
  if (const std::string html = report_html(json); !html.empty()) write("report.html", html);
  for (const SeriesFile& file : series_files(output.result.lane)) write(file.name, file.text);
  return names;
}

}  // namespace waverack::io
