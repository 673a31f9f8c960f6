#include "waverack/io/output.hpp"

#include "waverack/io/embedded.hpp"
#include "waverack/io/eye_list.hpp"
#include "waverack/io/files.hpp"
#include "waverack/io/result_json.hpp"

namespace waverack::io {
namespace {

constexpr std::string_view placeholder = "/*WAVERACK_RESULT*/";

}  // namespace

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

std::vector<std::string> write_report(const std::filesystem::path& folder, const std::string& name,
                                      std::string_view json, std::span<const SeriesFile> charts) {
  std::vector<std::string> names;
  const auto write = [&](const std::string& file, std::string_view text) {
    write_file(folder / file, text);
    names.push_back(file);
  };
  write(name, json);
  if (const std::string html = report_html(json); !html.empty()) write("report.html", html);
  for (const SeriesFile& file : charts) write(file.name, file.text);
  return names;
}

std::vector<std::string> write_output(const Output& output, const std::filesystem::path& folder) {
  const Result& result = output.result;
  return write_report(folder, "result.json", result_json(output),
                      series_files(eyes_of(result.lane), curves_of(result)));
}

}  // namespace waverack::io
