#include "waverack/io/summary_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "waverack/io/coherent_lines.hpp"
#include "waverack/io/headline.hpp"
#include "waverack/io/light_lines.hpp"
#include "waverack/io/number_text.hpp"
#include "waverack/io/package_lines.hpp"
#include "waverack/io/result_lines.hpp"
#include "waverack/io/test_point_lines.hpp"

namespace waverack::io {
namespace {

constexpr std::size_t rungs_shown = 4;

std::string headline_lines(const Result& result, const Style& style) {
  TextTable table("llrl");
  for (const Headline& item : headline(result))
    if (item.of_lane)  // the others stand in the tables below
      table.row({verdict_sign(item.verdict, style), item.label, toned(style, Tone::strong, item.value),
                 toned(style, Tone::quiet, item.note)});
  return table.text(style, 1);
}

// Two blocks of lines beside one another.
std::string beside(const std::string& left, const std::string& right, int left_width) {
  const std::vector<std::string> a = lines_of(left), b = lines_of(right);
  std::string text;
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    std::string line = i < a.size() ? a[i] : "";
    if (i < b.size()) line = pad(line, left_width) + b[i];
    text += line + '\n';
  }
  return text;
}

std::string checks_text(const std::vector<Check>& checks) {
  const auto count = [&](Verdict verdict) {
    return std::count_if(checks.begin(), checks.end(),
                         [&](const Check& check) { return check.verdict == verdict; });
  };
  const auto passed = count(Verdict::pass), failed = count(Verdict::fail), unknown = count(Verdict::info);
  if (checks.empty()) return "No checks";
  std::string text = fmt::format("{} of {} checks passed", passed, checks.size());
  if (failed > 0) text += fmt::format(", {} failed", failed);
  if (unknown > 0) text += fmt::format(", {} without a value", unknown);
  return text;
}

std::string counts_line(const Input& input, const Result& result, const Style& style) {
  const auto count = [](std::size_t n, std::string_view one) {
    return n == 0 ? fmt::format("no {}s", one) : fmt::format("{} {}{}", n, one, n == 1 ? "" : "s");
  };
  const std::string name = input.embedded ? input.name : input.file == "standard input" ? "-" : input.file;
  const std::string text = fmt::format("{}; {}, {}. All of it: waverack run {} --why",
                                       checks_text(result.checks), count(result.warnings.size(), "warning"),
                                       count(result.assumptions.size(), "assumed number"), name);
  std::string lines;
  for (const std::string& line : lines_of(wrap(text, style.width)))
    lines += toned(style, Tone::quiet, line) + '\n';
  return lines;
}

}  // namespace

std::string summary_text(const Input& input, const Result& result, const Style& style) {
  std::string text = title_lines(result, style) + '\n';
  text += headline_lines(result, style) + '\n';
  text += operating_point_lines(result.operating_point, style);

  if (result.lane.coherent) text += coherent_lines(*result.lane.coherent, style) + '\n';
  if (const std::string counted = counted_lines(result.lane, style); !counted.empty()) text += counted + '\n';
  if (const std::string weighed = weighed_lines(result.lane, style); !weighed.empty()) text += weighed + '\n';
  if (const std::string equalisers = equaliser_lines(result.lane, style); !equalisers.empty())
    text += equalisers + '\n';
  const std::string boundaries = boundary_lines(result.module, style);
  int boundary_width = 0;
  for (const std::string& line : lines_of(boundaries))
    boundary_width = std::max(boundary_width, display_width(line));
  const int half = style.width - boundary_width;
  Style left = style;
  left.width = half - 2;
  text += beside(penalty_lines(result.lane, left, rungs_shown), boundaries, half);
  text += '\n';
  if (result.package) text += package_line(*result.package, style);
  if (result.module.laser.present) text += laser_line(result.module.laser, style);
  text += room_line(result.module, style);
  text += cluster_lines(result.cluster, style) + '\n';
  if (const std::string points = test_point_lines(result, style); !points.empty()) text += points + '\n';
  if (const std::string published = published_lines(result.published, style); !published.empty())
    text += published + '\n';
  if (const std::string failed = failed_check_lines(result.checks, style); !failed.empty())
    text += failed + '\n';
  return text + counts_line(input, result, style);
}

}  // namespace waverack::io
