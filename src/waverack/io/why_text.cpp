#include "waverack/io/why_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <set>

#include "waverack/base/decibel.hpp"
#include "waverack/base/physical_constants.hpp"
#include "waverack/io/coherent_lines.hpp"
#include "waverack/io/light_lines.hpp"
#include "waverack/io/number_text.hpp"
#include "waverack/io/package_lines.hpp"
#include "waverack/io/result_lines.hpp"

namespace waverack::io {
namespace {

std::string signed_text(double change, std::string_view unit) {
  return std::isfinite(change) ? fmt::format("{:+.2f} {}", change, unit) : std::string(no_number);
}

std::string lane_lines(const link::LaneResult& lane, const Style& style) {
  TextTable table("lr");
  table.row({lane.optical ? "optical margin" : "margin", decibel_text(lane.margin_db)});
  table.row({"margin on the noise", decibel_text(lane.snr_margin_db)});
  if (lane.optical) table.row({"BER at infinite power", number_text(lane.floor_ber)});
  table.row({"codeword error ratio, " + lane.fec.code, number_text(lane.fec.codeword_error_ratio)});
  table.row({"frame loss ratio, 64 octets", number_text(lane.fec.frame_loss_ratio)});
  table.row({"BER behind the FEC", number_text(lane.fec.post_fec_ber)});
  if (const auto& inner = lane.fec.inner)
    table.row({"BER behind the inner code", number_text(inner->ber)});
  else
    table.row({"BER that the FEC stands, with these bursts", number_text(lane.fec.ber_limit)});
  table.row({"latency of the FEC", format_engineering(lane.fec.latency_s, "s")});
  TextTable segments("lrrrr");
  segments.head({"segment", "BER", "errors in a burst", "margin on the noise", "eye width"});
  for (const link::SegmentResult& segment : lane.segments)
    segments.row({segment.name, number_text(segment.ber_pre_fec),
                  fmt::format("{:.2f}", segment.errors_per_event), decibel_text(segment.snr_margin_db),
                  fmt::format("{:.3f} UI", segment.eye_width_ui)});
  return heading("The lane", style) + table.text(style, 2) + '\n' + segments.text(style, 2);
}

std::string test_point_lines(const link::LaneResult& lane, const Style& style) {
  TextTable table("lrrrrl");
  table.head({"test point", "outer", "average", "extinction", "R_LM", "inner eye heights"});
  for (const link::TestPointResult& point : lane.test_points) {
    const bool light = point.domain == parts::Domain::field || point.domain == parts::Domain::light;
    std::string heights;
    for (const double height : point.eye_heights)
      heights += (heights.empty() ? "" : ", ") + quantity_text(height, parts::domain_unit(point.domain));
    table.row({point.name,
               light ? decibel_text(to_dbm(point.oma_outer), "dBm")
                     : quantity_text(point.oma_outer, parts::domain_unit(point.domain)),
               light ? decibel_text(to_dbm(point.average_power), "dBm") : "",
               light ? decibel_text(to_db(point.extinction_ratio)) : "", fmt::format("{:.3f}", point.r_lm),
               heights});
  }
  return heading("Test points", style) + table.text(style, 2);
}

// What every block would have to reach, the others as they are, for each bandwidth that the design sets as a
// limit.
std::string bandwidth_lines(const Result& result, const Style& style) {
  const link::Bandwidths& all = result.lane.bandwidths;
  const std::span<const link::BlockBandwidth> blocks(all.blocks);
  std::set<double> targets;  // [Hz]
  for (const Check& check : result.checks)
    if (check.at_least && check.name.starts_with("lane.bandwidth.")) targets.insert(check.limit * giga);
  const auto needed = [&](double target, std::size_t i, std::size_t count) -> std::string {
    if (i >= count) return "";
    std::vector<double> others;
    for (std::size_t j = 0; j < count; ++j)
      if (j != i) others.push_back(blocks[j].bandwidth);
    const double f = link::needed_bandwidth(target, others);
    return std::isfinite(f) ? quantity_text(f, "Hz") : "not alone";
  };
  std::vector<std::string> head{"block", "-3 dB", "share of the sum"};
  for (const double target : targets) {
    head.push_back(fmt::format("driver and modulator to {}", quantity_text(target, "Hz")));
    head.push_back(fmt::format("all to {}", quantity_text(target, "Hz")));
  }
  TextTable table("l" + std::string(head.size() - 1, 'r'));
  table.head(head);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const double f = blocks[i].bandwidth;
    std::vector<std::string> cells{blocks[i].name, quantity_text(f, "Hz"),
                                   percent_text(all.combined * all.combined / (f * f))};
    for (const double target : targets) {
      cells.push_back(needed(target, i, all.transmitting));
      cells.push_back(needed(target, i, blocks.size()));
    }
    table.row(cells);
  }
  TextTable combined("lrr");
  combined.head({"combined", "1/f² = Σ 1/f_i²", "-3 dB of the product"});
  combined.row({"driver and modulator", quantity_text(all.transmitter, "Hz"),
                quantity_text(all.transmitter_cascade, "Hz")});
  combined.row({"all", quantity_text(all.combined, "Hz"), quantity_text(all.cascade, "Hz")});
  return heading("Bandwidths", style) + table.text(style, 2) + '\n' + combined.text(style, 2);
}

std::string noise_lines(const link::SegmentResult& segment, const Style& style) {
  TextTable table("lrr");
  table.head({"source", "rms", "share"});
  for (const link::NoiseShare& share : segment.noise_budget)
    table.row({share.label, fmt::format("{:.4f}", share.rms), fmt::format("{:.1f} %", 100.0 * share.share)});
  return heading("Noise at the decision of " + segment.name, style) +
         toned(style, Tone::quiet, "  rms relative to half the distance of two levels\n") +
         table.text(style, 2);
}

std::string power_lines(const module::ModuleResult& module, const Style& style) {
  TextTable table("llrrrll");
  table.head({"part", "meter", "count", "each", "total", "kind", "source"});
  for (const module::PowerItem& item : module.items)
    table.row({item.label, std::string(module::meter_name(item.meter)), fmt::format("{}", item.count),
               quantity_text(item.unit_w, "W"), quantity_text(item.total_w, "W"),
               std::string(kind_name(item.kind)), item.source});
  return heading("Watts of every part", style) + table.text(style, 2, true);
}

std::string feedback_lines(const link::Feedback& feedback, const Style& style) {
  TextTable table("lrrr");
  table.head({"reflector", "of each laser", "level of one", "margin of one"});
  for (const link::FeedbackReflector& reflector : feedback.reflectors)
    table.row({reflector.name, fmt::format("{}", reflector.count), decibel_text(to_db(reflector.level)),
               decibel_text(to_db(feedback.critical_level / reflector.level))});
  table.row(
      {"all together", "", decibel_text(to_db(feedback.level)), decibel_text(to_db(1.0 / feedback.ratio()))});
  return heading("Light that comes back into the laser", style) +
         toned(style, Tone::quiet,
               fmt::format("  {} loses its coherence at {}{}\n", feedback.laser,
                           decibel_text(to_db(feedback.critical_level)),
                           feedback.critical_level_held ? ", where its formula ends" : "")) +
         table.text(style, 2);
}

constexpr std::size_t most_for_the_margin = 8, most_for_the_watts = 4;

std::string sensitivity_lines(std::span<const study::Sensitivity> by_margin, const Style& style) {
  if (by_margin.empty()) return "";
  TextTable table("llrrrl");
  table.head({"path", "value", "step", "margin", "power", "kind"});
  const auto row = [&](const study::Sensitivity& item) {
    table.row({item.path, item.value, item.step, signed_text(item.snr_margin_change_db, "dB"),
               signed_text(item.power_change_w, "W"), std::string(kind_name(item.kind))});
  };
  const std::size_t shown = std::min(by_margin.size(), most_for_the_margin);
  for (const study::Sensitivity& item : by_margin.first(shown)) row(item);
  std::vector<study::Sensitivity> rest(by_margin.begin() + static_cast<long>(shown), by_margin.end());
  std::stable_sort(rest.begin(), rest.end(), [](const study::Sensitivity& a, const study::Sensitivity& b) {
    return std::abs(a.power_change_w) > std::abs(b.power_change_w);
  });
  if (rest.size() > most_for_the_watts) rest.resize(most_for_the_watts);
  for (const study::Sensitivity& item : rest)
    if (item.power_change_w != 0.0) row(item);
  return heading("Assumed and claimed numbers that matter most", style) +
         toned(style, Tone::quiet,
               "  one step of each, all else unchanged: margin of the noise, watts of the module with its "
               "lasers\n") +
         table.text(style, 2) + '\n';
}

// A default that is no round number in its unit carries the digits that read back exactly; people need fewer.
std::string rounded(const std::string& value) {
  char* end = nullptr;
  const double number = std::strtod(value.c_str(), &end);
  const std::size_t digits = static_cast<std::size_t>(end - value.c_str());
  return digits > 15 ? fmt::format("{:.12g}{}", number, value.substr(digits)) : value;
}

// Stacks state many numbers below one long path: they stand in tables of their own, under that path.
std::string stack_path(std::string_view path) {
  constexpr std::string_view stack = ".stack.";
  if (!path.starts_with("module.package.")) return "";
  const std::size_t at = path.find(stack);
  return at == std::string_view::npos ? "" : std::string(path.substr(0, at + stack.size() - 1));
}

std::string assumption_lines(const std::vector<Assumption>& assumptions, const Style& style) {
  if (assumptions.empty()) return "";
  std::map<std::string, std::vector<const Assumption*>> groups;  // "" first
  for (const Assumption& item : assumptions) groups[stack_path(item.path)].push_back(&item);
  std::string text = heading("Assumed and claimed numbers that were used", style);
  for (const auto& [path, items] : groups) {
    TextTable table("llll");
    table.head({"path", "value", "kind", "source"});
    for (const Assumption* item : items)
      table.row({path.empty() ? item->path : item->path.substr(path.size() + 1), rounded(item->value),
                 std::string(kind_name(item->kind)), item->source});
    if (!path.empty()) text += "\n  " + path + "\n";
    text += table.text(style, 2, true);
  }
  return text;
}

}  // namespace

std::string why_text(const Result& result, std::span<const study::Sensitivity> sensitivities,
                     const Style& style) {
  std::string text = title_lines(result, style) + '\n';
  text += penalty_lines(result.lane, style);
  if (!result.lane.limits.empty()) text += "  " + wrap(result.lane.limits, style.width - 2, 2) + '\n';
  text += '\n';
  text += sensitivity_lines(sensitivities, style);
  if (result.lane.coherent)
    text += coherent_lines(*result.lane.coherent, style) + '\n' +
            coherent_line_lines(*result.lane.coherent, style) + '\n';
  else
    text += lane_lines(result.lane, style) + '\n';
  if (!result.lane.test_points.empty()) text += test_point_lines(result.lane, style) + '\n';
  if (!result.lane.bandwidths.blocks.empty()) text += bandwidth_lines(result, style) + '\n';
  for (const link::SegmentResult& segment : result.lane.segments) text += noise_lines(segment, style) + '\n';
  text += boundary_lines(result.module, style) + '\n' + power_lines(result.module, style) + '\n';
  if (result.package) text += package_tables(*result.package, style) + '\n';
  if (result.module.laser.present)
    text += laser_line(result.module.laser, style) + '\n' + light_tables(result.module.laser, style) + '\n';
  if (!result.module.densities.empty()) text += room_table(result.module, style) + '\n';
  if (result.lane.feedback.present) text += feedback_lines(result.lane.feedback, style) + '\n';
  text += cluster_lines(result.cluster, style) + '\n';
  if (const std::string published = published_lines(result.published, style); !published.empty())
    text += published + '\n';
  text += check_lines(result.checks, style) + '\n';
  if (!result.warnings.empty()) text += warning_lines(result.warnings, style) + '\n';
  return text + assumption_lines(result.assumptions, style);
}

}  // namespace waverack::io
