#include "waverack/io/yield_output.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "waverack/base/physical_constants.hpp"
#include "waverack/base/units.hpp"
#include "waverack/design/assumptions.hpp"
#include "waverack/io/csv.hpp"
#include "waverack/io/number_text.hpp"
#include "waverack/io/result_lines.hpp"

namespace waverack::io {
namespace {

using study::YieldResult;

// "97.31 %", and as many nines as it takes where it is close to all.
std::string share_text(double share) {
  const double away = std::fmin(share, 1.0 - share);
  return fmt::format("{:.{}f} %", 100.0 * share, away > 0.0 && away < 1e-3 ? 4 : 2);
}

std::string fit_text(double rate) { return number_text(rate * 3600e9) + " FIT"; }

std::string degrees_text(double temperature) { return fmt::format("{:.0f} degC", to_celsius(temperature)); }

// "lane.chain.mach_zehnder.v_pi_l" as "mach_zehnder.v_pi_l".
std::string short_path(std::string_view path) {
  for (const std::string_view prefix : {"lane.chain.", "lane.light."})
    if (path.starts_with(prefix)) path.remove_prefix(prefix.size());
  return std::string(path);
}

std::string bound_text(const study::Requirement& of) {
  return fmt::format("{} {} {}", of.at_least ? "at least" : "at most", number_text(of.limit), of.unit);
}

std::string bin_text(const study::Bin& bin) { return fmt::format("{:g} to {:g} dB", bin.from_db, bin.to_db); }

std::string spare_lines(const YieldResult& result, const Style& style) {
  TextTable table("rrrrr");
  table.head({"spare lanes", "good modules", "95 % interval", "if lanes were independent",
              fmt::format("all {:.0f} of a switch", result.modules_per_switch)});
  for (const study::SpareRow& row : result.by_spares)
    table.row({fmt::format("{}{}", row.spares, row.spares == result.spares ? " *" : ""),
               share_text(row.yield),
               fmt::format("{} … {}", share_text(row.interval.low), share_text(row.interval.high)),
               share_text(row.if_independent), share_text(row.of_switch)});
  return heading("Yield", style) + table.text(style, 2) +
         wrap(fmt::format("  {} of the lanes that are built are good. * is what the design asks for.",
                          share_text(result.lane_yield)),
              style.width, 2) +
         "\n";
}

std::string requirement_lines(const YieldResult& result, const Style& style) {
  TextTable table("llrr");
  table.head({"must hold", "", "as designed", "refused by it"});
  for (const auto* list : {&result.lane_requirements, &result.module_requirements})
    for (const study::Requirement& of : *list) {
      int modules = 0;
      for (const study::RequirementCount& count : result.missed)
        if (count.name == of.name && count.at_least == of.at_least) modules = count.modules;
      table.row({short_path(of.name), bound_text(of), value_text(of.nominal, of.unit),
                 modules > 0 ? count_text(modules) : "–"});
    }
  std::string text = "\n" + heading("What modules are judged by", style) + table.text(style, 2);
  if (!result.not_judged.empty())
    text += wrap(fmt::format("  Not judged: {}.", fmt::join(result.not_judged, "; ")), style.width, 2) + "\n";
  return text;
}

std::string cause_lines(const YieldResult& result, const Style& style) {
  if (result.causes.empty()) return "";
  const int refused = result.modules - result.chosen().good;
  TextTable table("lrrr");
  table.head({"what decides", "modules", "of those refused", "good without it"});
  for (const study::Cause& cause : result.causes)
    table.row({cause.path.empty() ? "no single deviation" : short_path(cause.path), count_text(cause.modules),
               fmt::format("{:.1f} %", 100.0 * cause.modules / refused), count_text(cause.good_without)});
  return "\n" + heading("Why modules are refused", style) + table.text(style, 2);
}

std::string bin_lines(const YieldResult& result, const Style& style) {
  if (result.bins.empty()) return "";
  TextTable table("lrrr");
  table.head({"margin of the weakest lane", "modules", "share", "mean watts with lasers"});
  for (const study::Bin& bin : result.bins)
    table.row({bin_text(bin), count_text(bin.modules), share_text(1.0 * bin.modules / result.modules),
               bin.modules > 0 ? quantity_text(bin.mean_w, "W", 4) : "–"});
  std::string text = "\n" + heading("Bins of good modules", style) + table.text(style, 2);
  if (result.watts_vary)
    text += fmt::format("  Nine modules in ten draw {} to {} with their lasers.\n",
                        quantity_text(result.watts_low.with_laser, "W", 4),
                        quantity_text(result.watts_high.with_laser, "W", 4));
  return text;
}

std::string spread_text(const study::Variation& variation) {
  const parts::Spread& spread = variation.spread;
  std::vector<std::string> words;
  const auto amount = [&](double value, std::string_view per) {
    switch (spread.scale) {
      case parts::SpreadScale::share:
        return fmt::format("{:.3g} %{}", 100.0 * value, per);
      case parts::SpreadScale::decibel:
        return fmt::format("{:.3g} dB{}", value, per);
      case parts::SpreadScale::difference:
        break;
    }
    const std::string unit = variation.unit == "degC" ? "K" : std::string(variation.unit);
    return fmt::format("{:.3g} {}{}", from_si(value, parse_unit(unit)), unit, per);
  };
  if (spread.sigma > 0.0) words.push_back(amount(spread.sigma, ""));
  if (spread.walk > 0.0) words.push_back(amount(0.1 * spread.walk, "/√cm"));
  if (words.empty()) words.emplace_back("trimmed");
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string variation_lines(const YieldResult& result, const Style& style) {
  TextTable table("lrrl");
  table.head({"what varies", "sigma", "common", "kind"});
  for (const study::Variation& variation : result.variations)
    table.row({short_path(variation.path), spread_text(variation),
               fmt::format("{:.0f} %", 100.0 * variation.spread.common),
               std::string(kind_name(variation.kind))});
  return "\n" + heading("What varies", style) + table.text(style, 2);
}

std::string surface_lines(const YieldResult& result, const Style& style) {
  std::string text = "\n" + heading(result.comparison ? "The fast path beside full solutions"
                                                      : "How far the fast path can be trusted",
                                    style);
  TextTable table("lrrrrr");
  table.head({"polynomial of", "terms", "fitted to", "checked on", "rms error", "largest"});
  for (const study::SurfaceQuality& of : result.surfaces)
    table.row({short_path(of.measure), fmt::format("{}", of.terms), fmt::format("{}", of.places),
               fmt::format("{}", of.held_out), fmt::format("{:.3f} dB", of.rms),
               fmt::format("{:.3f} dB", of.largest)});
  text += table.text(style, 2);
  if (result.comparison) {
    const study::FullComparison& of = *result.comparison;
    std::string words = fmt::format(
        "  {} modules solved in full: {} are good, and {} by the fast path. {} are good either way, {} "
        "neither, {} by the fast path alone, {} in full alone: its yield is off by {:+.2f} points ({:+.2f} "
        "to "
        "{:+.2f}).",
        count_text(of.modules), count_text(of.good_full()), count_text(of.good_fast()),
        count_text(of.good_both), count_text(of.good_neither), count_text(of.good_fast_alone),
        count_text(of.good_full_alone), 100.0 * of.difference(), 100.0 * of.difference_interval().low,
        100.0 * of.difference_interval().high);
    if (of.margins > 0)
      words += fmt::format(
          " Its margins of modules are off by {:.3f} dB on average, {:.3f} dB rms, {:.3f} dB at most.",
          of.mean_db, of.rms_db, of.largest_db);
    text += wrap(words, style.width, 2) + "\n";
  } else {
    text += wrap(fmt::format(
                     "  If what decides were worse or better by the rms error of its polynomial, the yield "
                     "would be {} or {}. --check judges some modules in full as well, --full all.",
                     share_text(result.yield_if_lower), share_text(result.yield_if_higher)),
                 style.width, 2) +
            "\n";
  }
  return text;
}

std::string reliability_lines(const module::Reliability& of, int spares, const Style& style) {
  if (of.devices.empty()) return "";
  TextTable table("lrrrrrl");
  table.head({"what fails", "devices", "lanes of each", "at", "each", "all", "kind"});
  for (const module::DeviceFailures& device : of.devices)
    table.row({short_path(device.name), fmt::format("{}", device.devices), fmt::format("{}", device.lanes),
               degrees_text(device.temperature), fit_text(device.rate), fit_text(device.total()),
               fmt::format("{}{}", kind_name(device.kind), device.field_replaceable ? ", replaceable" : "")});
  std::string text = "\n" + heading("Failures in the field", style) + table.text(style, 2);
  std::string words = fmt::format("  {} in the module: {} of the modules lose a lane in a year",
                                  fit_text(of.rate), share_text(of.any_failure));
  if (spares > 0) words += fmt::format(", {} more lanes than there are spares", share_text(of.beyond_spares));
  if (of.replaceable_rate > 0.0)
    words += fmt::format("; {} need a new laser, which is changed in the field",
                         share_text(of.replaceable_failure));
  return text + wrap(words + ".", style.width, 2) + "\n";
}

}  // namespace

std::vector<Assumption> yield_assumptions(const YieldOutput& output) {
  return production_assumptions(output.input.loaded.provenance, [&](std::string_view path) {
    // Lasers are there only where light is, and lanes have a pitch only where something walks.
    if (path == "module.production.laser_trim") return !output.input.loaded.design.lane.light.empty();
    if (path != "module.production.lane_pitch") return true;
    for (const study::Variation& variation : output.result.variations)
      if (variation.spread.walk > 0.0) return true;
    return false;
  });
}

std::string yield_summary(const YieldOutput& output) {
  const YieldResult& result = output.result;
  if (result.modules == 0) return "Interrupted before the first module was made.";
  const study::SpareRow& row = result.chosen();
  std::string text = result.complete()
                         ? ""
                         : fmt::format("Interrupted after {} of {} modules: ", count_text(result.modules),
                                       count_text(result.options.modules));
  text += fmt::format("{} of {} modules of {} lanes{} are good ({} to {}).", share_text(row.yield),
                      count_text(result.modules), result.lanes,
                      result.spares == 0   ? ""
                      : result.spares == 1 ? " and a spare one"
                                           : fmt::format(" and {} spare ones", result.spares),
                      share_text(row.interval.low), share_text(row.interval.high));
  if (!result.causes.empty() && !result.causes.front().path.empty())
    text += fmt::format(" Of those refused, most are by {}.", short_path(result.causes.front().path));
  return text;
}

std::string yield_text(const YieldOutput& output, const Style& style) {
  const YieldResult& result = output.result;
  std::string text = heading(shortened(output.input.loaded.design.title, style.width), style) +
                     wrap(yield_summary(output), style.width) + "\n\n";
  if (result.modules == 0) return text;
  text += spare_lines(result, style) + requirement_lines(result, style) + cause_lines(result, style) +
          bin_lines(result, style) + variation_lines(result, style) + surface_lines(result, style) +
          reliability_lines(result.reliability, result.spares, style);
  const std::vector<Assumption> assumptions = yield_assumptions(output);
  if (!assumptions.empty())
    text += "\n" +
            wrap(fmt::format("{} of the numbers behind this are assumed or claimed, the spreads above among "
                             "them: --json lists them with their sources.",
                             assumptions.size()),
                 style.width) +
            "\n";
  return result.warnings.empty() ? text : text + '\n' + warning_lines(result.warnings, style);
}

std::string yield_csv(const YieldOutput& output) {
  const YieldResult& result = output.result;
  std::string text = csv_title("margin_limit", "dB");
  for (const study::SpareRow& row : result.by_spares) text += fmt::format(",yield_{}_spares", row.spares);
  text += '\n';
  for (std::size_t i = 0; i < result.limits_db.size(); ++i) {
    text += csv_number(result.limits_db[i]);
    for (const study::SpareRow& row : result.by_spares) text += ',' + csv_number(row.by_limit[i]);
    text += '\n';
  }
  return text;
}

}  // namespace waverack::io
