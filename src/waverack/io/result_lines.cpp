#include "waverack/io/result_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/decibel.hpp"
#include "waverack/base/physical_constants.hpp"
#include "waverack/io/number_text.hpp"

namespace waverack::io {
namespace {

// A bar of eighths of a column.
std::string bar(double share, int width) {
  if (!std::isfinite(share)) return "";
  constexpr std::string_view parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const int eighths = static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * 8.0 * width));
  std::string text;
  for (int i = 0; i < eighths / 8; ++i) text += "█";
  return text + std::string(parts[eighths % 8]);
}

std::string_view boundary_name(std::string_view boundary) {
  if (boundary == "module") return "Module with laser, per port";
  if (boundary == "module_with_host") return "The same with host SerDes";
  if (boundary == "switch") return "One switch";
  if (boundary == "network") return "Network";
  if (boundary == "cluster") return "Cluster, IT power";
  if (boundary == "facility") return "Facility";
  return boundary;
}

std::string alone_lines(const cluster::ClusterResult& cluster, const Style& style) {
  const cluster::Alternative& own = cluster.comparison.front();
  TextTable table("lr");
  table.row({"Network", quantity_text(own.network_w, "W")});
  table.row({"Cluster, IT power", quantity_text(own.it_w, "W")});
  table.row({"PUE", fmt::format("{:.3f}", own.pue)});
  table.row({"Facility", quantity_text(own.facility_w, "W")});
  return table.text(style, 2);
}

std::string compared_lines(const cluster::ClusterResult& cluster, const Style& style) {
  const cluster::Alternative &own = cluster.comparison[0], &other = cluster.comparison[1];
  TextTable table("lrrr");
  const int room = (style.width - 46) / 2;
  table.head({"", shortened(own.name, room), shortened(other.name, room), "saving"});
  for (const cluster::Saving& saving : cluster.savings)
    table.row({std::string(boundary_name(saving.boundary)), quantity_text(saving.value_w, "W"),
               quantity_text(saving.baseline_w, "W"), fmt::format("{:.1f} %", 100.0 * saving.saving)});
  table.row({"PUE", fmt::format("{:.3f}", own.pue), fmt::format("{:.3f}", other.pue), ""});
  return table.text(style, 2);
}

std::string check_table(const std::vector<Check>& checks, const Style& style) {
  TextTable table("llrlll");
  for (const Check& check : checks)
    table.row({verdict_sign(check.verdict, style), check.name, value_text(check.value, check.unit),
               check.at_least ? "≥" : "≤", value_text(check.limit, check.unit),
               toned(style, Tone::quiet, check.source)});
  return table.text(style, 1);
}

}  // namespace

std::string heading(std::string_view text, const Style& style) {
  return toned(style, Tone::strong, text) + '\n';
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string verdict_sign(Verdict verdict, const Style& style) {
  switch (verdict) {
    case Verdict::pass:
      return toned(style, Tone::good, "✓");
    case Verdict::fail:
      return toned(style, Tone::bad, "✗");
    case Verdict::info:
      return " ";
  }
  return " ";
}

std::string title_lines(const Result& result, const Style& style) {
  return heading(shortened(result.design.title, style.width), style) + wrap(result.summary, style.width) +
         '\n';
}

std::string operating_point_lines(const OperatingPoint& point, const Style& style) {
  if (point.found.empty()) return "";
  std::string text = heading("Operating point", style);
  TextTable table("lrll");
  for (const FoundNumber& number : point.found)
    table.row({number.path, text_of(number.before), "→", toned(style, Tone::strong, text_of(number.after))});
  if (point.tecq)
    table.row({"TECQ at " + point.tecq->test_point, number_text(to_db(point.tecq->before)) + " dB", "→",
               number_text(to_db(point.tecq->after)) + " dB"});
  table.row({"BER before FEC", number_text(point.ber_before), "→", number_text(point.ber_after)});
  text += table.text(style, 2);
  if (point.settings.empty()) text += "  Nothing near the numbers of the design is better.\n";
  if (!point.converged)
    text += fmt::format("  The search ended after {} solves, before it had settled.\n", point.solves);
  return text + '\n';
}

std::string penalty_lines(const link::LaneResult& lane, const Style& style, std::size_t count) {
  std::string text = heading("What limits the link", style);
  if (lane.penalties.empty()) return text + "  not computed\n";
  // Largest first, and what could not be computed last.
  const bool none =
      std::none_of(lane.penalties.begin(), lane.penalties.end(),
                   [](const link::Penalty& penalty) { return std::isfinite(penalty.penalty_db); });
  if (none)
    return text + "  " +
           wrap("Even without noise the lane stays above its limit, so nothing can be told in dB.",
                style.width - 2, 2) +
           '\n';
  const double largest = std::max(lane.penalties.front().penalty_db, 1e-3);
  // A narrow place is left to the labels.
  const int bar_width = style.width < 50 ? 0 : 8, label_width = style.width - bar_width - 14;
  TextTable table("lrl");
  for (std::size_t i = 0; i < std::min(count, lane.penalties.size()); ++i) {
    const link::Penalty& penalty = lane.penalties[i];
    table.row({shortened(penalty.label, label_width), decibel_text(penalty.penalty_db),
               toned(style, Tone::quiet, bar(penalty.penalty_db / largest, bar_width))});
  }
  return text + table.text(style, 2);
}

std::string counted_lines(const link::LaneResult& lane, const Style& style) {
  std::string text;
  for (const link::SegmentResult& segment : lane.segments) {
    if (!segment.counted) continue;
    const link::ErrorCounts& counts = segment.counted->counts;
    const link::Interval interval = link::ber_interval(counts);
    const auto count = [](std::uint64_t n, std::string_view one) {
      return fmt::format("{} {}{}", count_text(static_cast<double>(n)), one, n == 1 ? "" : "s");
    };
    std::string line = lane.segments.size() > 1 ? segment.name + ": " : "";
    if (counts.symbols == 0) {
      line += fmt::format("not reached before the interruption; the semi-analytic solver expects {}.",
                          number_text(segment.counted->expected_ber, 3));
      text += "  " + wrap(line, style.width - 2, 2) + '\n';
      continue;
    }
    line += count(counts.bit_errors, "wrong bit") + " in " + count(counts.symbols, "symbol");
    if (segment.counted->interrupted) line += " (interrupted)";
    line += counts.bit_errors > 0
                ? fmt::format(", 95 % interval of the BER {} to {}", number_text(interval.low, 3),
                              number_text(interval.high, 3))
                : fmt::format(", BER below {} with 97.5 % confidence", number_text(interval.high, 3));
    line +=
        fmt::format("; the semi-analytic solver expects {}.", number_text(segment.counted->expected_ber, 3));
    if (counts.events > 0) {
      std::size_t longest = counts.bursts.size();
      while (longest > 1 && counts.bursts[longest - 1] == 0) --longest;
      line += fmt::format(" {}, the longest of {}{}.", count(counts.events, "burst"),
                          count(longest, "symbol"), longest == counts.bursts.size() ? " or more" : "");
    }
    if (!counts.soft.bits.empty()) {
      const double information = link::soft_result(counts.soft).information;
      const auto bits = static_cast<double>(counts.bits) / static_cast<double>(counts.symbols);
      line += fmt::format(" A soft decoder can get {:.4f} of {:.0f} bit{} of each symbol (GMI).",
                          information * bits, bits, bits > 1.0 ? "s" : "");
    }
    text += "  " + wrap(line, style.width - 2, 2) + '\n';
  }
  return text.empty() ? text : heading("What was counted", style) + text;
}

std::string weighed_lines(const link::LaneResult& lane, const Style& style) {
  std::string text;
  for (const link::SegmentResult& segment : lane.segments) {
    if (!segment.weighed) continue;
    const link::RareErrors& weighed = *segment.weighed;
    std::string line = lane.segments.size() > 1 ? segment.name + ": " : "";
    line += fmt::format("{} decisions aimed at errors", count_text(static_cast<double>(weighed.decisions)));
    if (weighed.interrupted) line += " (interrupted)";
    line += weighed.ber > 0.0 ? fmt::format(", BER {} ± {:.2g} % (95 % interval)",
                                            number_text(weighed.ber, 3), 100.0 * weighed.relative_precision())
                              : ", no error among them";
    line += fmt::format("; the semi-analytic solver expects {}.", number_text(weighed.expected_ber, 3));
    text += "  " + wrap(line, style.width - 2, 2) + '\n';
  }
  return text.empty() ? text : heading("What importance sampling found", style) + text;
}

std::string equaliser_lines(const link::LaneResult& lane, const Style& style) {
  std::string text;
  for (const link::SegmentResult& segment : lane.segments) {
    if (!segment.volterra) continue;
    const link::VolterraWeights& weights = *segment.volterra;
    const std::string start = "Volterra equaliser  ";
    const int indent = display_width(start);
    const std::string line = (lane.segments.size() > 1 ? segment.name + ": " : "") +
                             fmt::format("{} taps, {} products of two samples and {} of three.",
                                         weights.linear.size(), weights.second.size(), weights.third.size());
    text += toned(style, Tone::strong, start) + wrap(line, style.width - indent, indent) + '\n';
  }
  return text;
}

std::string boundary_lines(const module::ModuleResult& module, const Style& style) {
  std::string text = heading("What the module draws", style);
  TextTable table("lrr");
  const auto row = [&](std::string_view name, double watts, double joules) {
    table.row({std::string(name), quantity_text(watts, "W"), fmt::format("{:.2f} pJ/bit", joules / pico)});
  };
  row("inside the module", module.power_w.module, module.energy_per_bit.module);
  row("with laser", module.power_w.with_laser, module.energy_per_bit.with_laser);
  row("with host SerDes", module.power_w.with_host, module.energy_per_bit.with_host);
  row("with cooling", module.power_w.with_cooling, module.energy_per_bit.with_cooling);
  return text + table.text(style, 2);
}

std::string cluster_lines(const cluster::ClusterResult& cluster, const Style& style) {
  const std::string counts =
      fmt::format("{} endpoints, {} tiers, {} switches, {} modules", count_text(cluster.gpus.value),
                  cluster.tiers, count_text(cluster.switches.value), count_text(cluster.modules.value));
  const std::string text = toned(style, Tone::strong, "Cluster") + "  " + counts + '\n';
  return text +
         (cluster.comparison.size() > 1 ? compared_lines(cluster, style) : alone_lines(cluster, style));
}

std::string check_lines(std::vector<Check> checks, const Style& style) {
  std::stable_partition(checks.begin(), checks.end(),
                        [](const Check& check) { return check.verdict == Verdict::fail; });
  return heading("Checks", style) + check_table(checks, style);
}

std::string failed_check_lines(std::vector<Check> checks, const Style& style) {
  std::erase_if(checks, [](const Check& check) { return check.verdict != Verdict::fail; });
  return checks.empty() ? "" : heading("Failed checks", style) + check_table(checks, style);
}

std::string published_lines(const std::vector<PublishedNumber>& numbers, const Style& style) {
  if (numbers.empty()) return "";
  TextTable table("lrrll");
  for (const PublishedNumber& number : numbers) {
    const std::string_view place = std::isnan(number.value)     ? "not computed"
                                   : number.value < number.low  ? "below it"
                                   : number.value > number.high ? "above it"
                                                                : "within it";
    table.row({number.name, value_text(number.value, number.unit),
               fmt::format("{} … {}", number_text(number.low, 4), value_text(number.high, number.unit)),
               std::string(place), toned(style, Tone::quiet, number.source)});
  }
  return heading("Beside published ranges", style) + table.text(style, 2);
}

std::string warning_lines(const std::vector<Warning>& warnings, const Style& style) {
  TextTable table("ll");
  for (const Warning& warning : warnings) table.row({warning.path, warning.message});
  return heading("Warnings", style) + table.text(style, 2, true);
}

}  // namespace waverack::io
