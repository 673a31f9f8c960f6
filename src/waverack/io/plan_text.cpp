#include "waverack/io/plan_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "waverack/base/units.hpp"
#include "waverack/io/number_text.hpp"
#include "waverack/io/result_lines.hpp"
#include "waverack/link/coherent_lane.hpp"
#include "waverack/link/plan.hpp"

namespace waverack::io {
namespace {

using parts::Domain;

std::string arrow(Domain from, Domain to) {
  if (from == Domain::none) return fmt::format("→ {}", parts::domain_name(to));
  return fmt::format("{} → {}", parts::domain_name(from), parts::domain_name(to));
}

std::string_view way_of_solving(const parts::PartInfo& info) {
  if (info.has_apply) return "nonlinear";
  if (info.has_action) return "waveform";
  if (info.has_line_elements) return "line";
  return info.has_response ? "linear" : "";
}

// What runs along the chain at a test point is what the part before it gives.
void add_parts(TextTable& table, const std::vector<parts::Instance>& list, const Style& style) {
  Domain domain = Domain::none;
  for (const parts::Instance& instance : list) {
    const parts::PartInfo& info = parts::info(instance.part);
    if (parts::as<parts::TestPoint>(instance)) {
      table.row({toned(style, Tone::good, instance.name), "test point", "",
                 std::string(parts::domain_name(domain))});
      continue;
    }
    table.row({instance.name, instance.name == info.type ? "" : std::string(info.type), instance.card,
               arrow(input_domain(instance.part), output_domain(instance.part)),
               std::string(parts::place_name(instance.place)), std::string(way_of_solving(info))});
    domain = output_domain(instance.part);
  }
}

std::string lane_line(const link::Lane& lane) {
  const std::string_view fec = enum_name(lane.fec);
  return fmt::format(
      "{} at {}{}; {}; BER limit {}", enum_name(lane.modulation), format_quantity(lane.symbol_rate, "GBd", 7),
      link::is_coherent(lane)
          ? ""
          : fmt::format(" on {}, {} samples per symbol", enum_name(lane.pattern), lane.samples_per_symbol),
      lane.fec == link::Fec::none         ? "no FEC"
      : std::string(fec).ends_with("FEC") ? std::string(fec)
                                          : fmt::format("{} FEC", fec),
      number_text(lane.ber_limit));
}

std::string segment_lines(const link::Plan& plan, const Style& style) {
  TextTable table("lrrrrl");
  table.head({"segment", "linear", "nonlinear", "test points", "noise sources", ""});
  for (const link::Segment& segment : plan.segments) {
    const auto count = [&](link::Element::Kind kind) {
      return fmt::format("{}",
                         std::count_if(segment.elements.begin(), segment.elements.end(),
                                       [&](const link::Element& element) { return element.kind == kind; }));
    };
    table.row({segment.name, count(link::Element::Kind::linear), count(link::Element::Kind::nonlinear),
               count(link::Element::Kind::test_point), fmt::format("{}", segment.noises.size()),
               segment.optical ? "optical" : "electrical"});
  }
  return heading("Segments", style) + table.text(style, 2);
}

std::string aggressor_lines(const std::vector<link::Aggressor>& aggressors, const Style& style) {
  if (aggressors.empty()) return "";
  TextTable table("llll");
  table.head({"aggressor", "kind", "into", "through"});
  for (const link::Aggressor& aggressor : aggressors)
    table.row({aggressor.name, std::string(enum_name(aggressor.kind)), aggressor.into,
               aggressor.file.network
                   ? aggressor.file.file
                   : fmt::format("{} at {}", format_quantity(aggressor.coupling, "dB", 4),
                                 format_quantity(aggressor.coupling_frequency, "GHz", 7))});
  return heading("Crosstalk", style) + table.text(style, 2) + '\n';
}

std::string_view kind_of(const coherent::LineElement& element) {
  constexpr std::array<std::string_view, std::variant_size_v<coherent::LineElement>> kinds{
      "fibre", "amplifier", "filter", "polarisation"};
  return kinds[element.index()];
}

std::string line_lines(const link::CoherentPlan& plan, const Style& style) {
  TextTable table("llr");
  table.head({"the line", "", ""});
  for (const coherent::NamedElement& named : plan.line.elements) {
    const auto* span = std::get_if<coherent::FibreSpan>(&named.element);
    const auto* amplifier = std::get_if<coherent::LineAmplifier>(&named.element);
    table.row({named.name, std::string(kind_of(named.element)),
               span        ? quantity_text(span->length, "m")
               : amplifier ? format_quantity(amplifier->gain, "dB", 4)
                           : std::string()});
  }
  return heading(fmt::format("Frame {}: {} symbols, {} of them payload", plan.frame.layout.name,
                             plan.frame.layout.symbols(), plan.frame.payload_symbols),
                 style) +
         table.text(style, 2);
}

// What both kinds of plan have; `middle`: what only one of them has.
std::string text_of(const Input& input, const std::string& middle, double latency,
                    const std::vector<Warning>& plan_warnings, const Style& style) {
  const Design& design = input.loaded.design;
  std::string text = heading(shortened(design.title, style.width), style) +
                     wrap(lane_line(design.lane), style.width) + "\n\n";

  // One table, so that the columns of light and chain stand below one another.
  TextTable table("llllll");
  table.head({"name", "part", "card", "takes → gives", "meter", "solved as"});
  add_parts(table, design.lane.light, style);
  if (!design.lane.light.empty()) table.row({""});
  add_parts(table, design.lane.chain, style);
  text += table.text(style, 2) + '\n' + aggressor_lines(design.lane.aggressor, style) + middle + '\n';

  const module::Module& module = design.module;
  text +=
      fmt::format("Module: {}, {} {}, {} in each direction. Latency {} without coding.\n", module.form,
                  module.lanes, module.lanes == 1 ? "lane" : "lanes",
                  quantity_text(module.lanes * module.mac_rate_per_lane, "b/s"), quantity_text(latency, "s"));
  std::vector<Warning> warnings = input.loaded.warnings;
  warnings.insert(warnings.end(), plan_warnings.begin(), plan_warnings.end());
  return text + (warnings.empty() ? "No warnings.\n" : '\n' + warning_lines(warnings, style));
}

}  // namespace

std::string plan_text(const Input& input, const Style& style) {
  const link::Lane& lane = input.loaded.design.lane;
  if (link::is_coherent(lane)) {
    const link::CoherentPlan plan = link::make_coherent_plan(lane);
    return text_of(input, line_lines(plan, style), plan.latency, plan.warnings, style);
  }
  const link::Plan plan = link::make_plan(lane);
  return text_of(input, segment_lines(plan, style), plan.latency, plan.warnings, style);
}

}  // namespace waverack::io
