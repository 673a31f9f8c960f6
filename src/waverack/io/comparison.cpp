#include "waverack/io/comparison.hpp"

#include <fmt/format.h>

#include <functional>

#include "waverack/base/physical_constants.hpp"
#include "waverack/io/json_writer.hpp"
#include "waverack/io/laser_json.hpp"
#include "waverack/io/number_text.hpp"
#include "waverack/io/result_json.hpp"
#include "waverack/io/result_lines.hpp"
#include "waverack/module/density.hpp"

namespace waverack::io {
namespace {

std::string energy(double joules) { return fmt::format("{:.2f} pJ/bit", joules / pico); }

std::string picojoules(double joules) { return fmt::format("{:.2f}", joules / pico); }

std::string reach_text(const Result& result) {
  return result.lane.reach_m > 0.0 ? quantity_text(result.lane.reach_m, "m") : std::string(no_number);
}

// Not computed yet.
std::string tdecq(const Result&) { return std::string(no_number); }

const cluster::Alternative& own(const Result& result) { return result.cluster.comparison.front(); }

std::string largest_penalty(const Result& result) {
  if (result.lane.penalties.empty()) return std::string(no_number);
  // Columns are narrow: the name of the part says enough.
  const link::Penalty& penalty = result.lane.penalties.front();
  constexpr std::string_view response = "response:";
  return penalty.impairment.starts_with(response) ? penalty.impairment.substr(response.size())
                                                  : penalty.label;
}

std::string laser_class(const module::LaserResult& laser, const std::string& elsfp_class) {
  if (!laser.present) return "no light";
  if (!laser.external) return "inside the module";
  if (elsfp_class.empty()) return std::string(no_number);
  return elsfp_class == "none" ? "beyond ELSFP" : "ELSFP " + elsfp_class;
}

// Of the lasers; a module without light has none.
std::string of_light(const module::LaserResult& laser, std::string text) {
  return laser.present ? text : std::string(no_number);
}

std::string fibres(const module::LaserResult& laser) {
  return of_light(laser, laser.fibres.laser > 0
                             ? fmt::format("{} + {} of lasers", laser.fibres.signal, laser.fibres.laser)
                             : fmt::format("{}", laser.fibres.signal));
}

std::string laser_modules(const module::LaserResult& laser) {
  return laser.laser_modules && laser.of_switch ? count_text(laser.of_switch->laser_modules)
                                                : std::string(no_number);
}

std::string lanes_of_a_laser(const module::LaserResult& laser) {
  for (const module::BlastRadius& item : laser.blast_radius)
    if (item.what == "laser") return count_text(item.dark);
  return std::string(no_number);
}

// Of one direction, in Gb/s.
std::string density(const module::ModuleResult& module, std::string_view name) {
  return number_text(module::rate_density(module.densities, name) * module::density_scale(name) / giga);
}

// One question; a group of them begins with a row that has a heading alone.
struct Question {
  std::string label;
  std::function<std::string(const Result&)> answer;
};

std::vector<Question> questions() {
  return {
      {"Lane", {}},
      {"Reach", [](const Result& r) { return reach_text(r); }},
      {"BER before FEC", [](const Result& r) { return number_text(r.lane.ber_pre_fec); }},
      {"Limit", [](const Result& r) { return number_text(r.design.lane.ber_limit); }},
      {"Margin", [](const Result& r) { return decibel_text(r.lane.margin_db); }},
      {"Limited most by", largest_penalty},
      {"Latency", [](const Result& r) { return quantity_text(r.lane.latency_s, "s"); }},
      {"TDECQ", tdecq},
      {"Module", {}},
      {"Rate, one direction", [](const Result& r) { return quantity_text(r.module.mac_rate, "b/s"); }},
      {"Power inside the module",
       [](const Result& r) { return quantity_text(r.module.power_w.module, "W"); }},
      {"Power with laser", [](const Result& r) { return quantity_text(r.module.power_w.with_laser, "W"); }},
      {"Energy inside the module", [](const Result& r) { return energy(r.module.energy_per_bit.module); }},
      {"… with laser", [](const Result& r) { return energy(r.module.energy_per_bit.with_laser); }},
      {"… with host SerDes", [](const Result& r) { return energy(r.module.energy_per_bit.with_host); }},
      {"… with cooling", [](const Result& r) { return energy(r.module.energy_per_bit.with_cooling); }},
      {"Laser", [](const Result& r) { return laser_class(r.module.laser, r.module.laser.elsfp_class); }},
      {"… every lane, end of life",
       [](const Result& r) { return laser_class(r.module.laser, r.module.laser.end_of_life.elsfp_class); }},
      {"… margin then", [](const Result& r) { return decibel_text(r.module.laser.end_of_life.margin_db); }},
      {"… efficiency",
       [](const Result& r) {
         return of_light(r.module.laser, number_text(100.0 * r.module.laser.watts.efficiency) + " %");
       }},
      {"Laser modules in a switch", [](const Result& r) { return laser_modules(r.module.laser); }},
      {"Fibres", [](const Result& r) { return fibres(r.module.laser); }},
      {"Lanes dark with a laser", [](const Result& r) { return lanes_of_a_laser(r.module.laser); }},
      {"Gb/s per mm of edge", [](const Result& r) { return density(r.module, "edge_pitch"); }},
      {"… all rows", [](const Result& r) { return density(r.module, "edge_rows"); }},
      {"Gb/s per mm² of board", [](const Result& r) { return density(r.module, "footprint"); }},
      {"Gb/s per mm³", [](const Result& r) { return density(r.module, "volume"); }},
      {"Heat, W/cm² of board", [](const Result& r) { return number_text(r.module.heat_flux * 1e-4); }},
      {"Cluster", {}},
      {"Endpoints", [](const Result& r) { return count_text(r.cluster.gpus.value); }},
      {"Network", [](const Result& r) { return quantity_text(own(r).network_w, "W"); }},
      {"PUE", [](const Result& r) { return fmt::format("{:.3f}", own(r).pue); }},
      {"Facility", [](const Result& r) { return quantity_text(own(r).facility_w, "W"); }},
  };
}

void write_design(JsonWriter& json, const NamedResult& named) {
  const Result& result = named.result;
  const cluster::Alternative& own = result.cluster.comparison.front();
  json.begin_object();
  json.member("name", named.name);
  json.member("title", result.design.title);
  json.member("ber_pre_fec", result.lane.ber_pre_fec);
  json.member("ber_limit", result.design.lane.ber_limit);
  json.member("margin_db", result.lane.margin_db);
  json.member("limits", result.lane.limits);
  json.member("latency_s", result.lane.latency_s);
  json.member("reach_m", result.lane.reach_m);
  json.member("mac_rate_gbps", result.module.mac_rate / giga);
  write_boundaries(json, "power_w", result.module.power_w, 1.0);
  write_boundaries(json, "energy_pj_per_bit", result.module.energy_per_bit, 1.0 / pico);
  json.member("elsfp_class", result.module.laser.elsfp_class);
  if (result.module.laser.present) json.object("laser", [&] { write_laser(json, result.module.laser); });
  write_room(json, result.module);
  json.member("network_w", own.network_w);
  json.member("pue", own.pue);
  json.member("facility_w", own.facility_w);
  json.end_object();
}

constexpr int label_width = 26;
constexpr int narrowest_column = 16;  // of which a name and an answer are still readable

// A column for each design.
std::string side_by_side(std::span<const NamedResult> results, int room, const Style& style) {
  std::string alignment = "l";
  std::vector<std::string> head{""};
  for (const NamedResult& named : results) {
    alignment += 'r';
    head.push_back(shortened(named.name, room));
  }
  TextTable table(alignment);
  table.head(head);
  for (const Question& question : questions()) {
    std::vector<std::string> cells{question.answer ? "  " + question.label
                                                   : toned(style, Tone::strong, question.label)};
    if (question.answer)
      for (const NamedResult& named : results)
        cells.push_back(shortened(question.answer(named.result), room));
    table.row(cells);
  }
  return table.text(style);
}

Verdict verdict_of(const Result& result) {
  for (const Check& check : result.checks)
    if (check.verdict == Verdict::fail) return Verdict::fail;
  return Verdict::pass;
}

// A line for each design: the lane and its watts, then module and cluster.
std::string one_below_the_other(std::span<const NamedResult> results, const Style& style) {
  TextTable lanes("llrrrrrrrrr");
  lanes.head(
      {"", "lane", "reach", "BER", "margin", "latency", "TDECQ", "power", "pJ/bit", "+ host", "+ cooling"});
  TextTable modules("lrrrlrrrr");
  modules.head(
      {"module and cluster", "rate", "inside", "pJ/bit", "laser", "per mm", "network", "PUE", "facility"});
  for (const auto& [name, r] : results) {
    const module::Boundaries& energy = r.module.energy_per_bit;
    lanes.row({verdict_sign(verdict_of(r), style), name, reach_text(r), number_text(r.lane.ber_pre_fec),
               decibel_text(r.lane.margin_db), quantity_text(r.lane.latency_s, "s"), tdecq(r),
               quantity_text(r.module.power_w.with_laser, "W"), picojoules(energy.with_laser),
               picojoules(energy.with_host), picojoules(energy.with_cooling)});
    modules.row({name, quantity_text(r.module.mac_rate, "b/s"), quantity_text(r.module.power_w.module, "W"),
                 picojoules(energy.module),
                 laser_class(r.module.laser, r.module.laser.end_of_life.elsfp_class),
                 density(r.module, "edge_pitch"), quantity_text(own(r).network_w, "W"),
                 fmt::format("{:.3f}", own(r).pue), quantity_text(own(r).facility_w, "W")});
  }
  return lanes.text(style) +
         toned(style, Tone::quiet,
               "BER before FEC; ✗ where a check of the design fails. Power and pJ/bit with the lasers, then\n"
               "with the host's SerDes and with cooling.\n") +
         '\n' + modules.text(style) +
         toned(style, Tone::quiet,
               "Power and pJ/bit inside the module; laser for every lane at the end of life; Gb/s per mm\nof "
               "board edge; "
               "network and facility of the cluster.\n");
}

}  // namespace

std::string comparison_text(std::span<const NamedResult> results, const Style& style) {
  const int count = static_cast<int>(results.size());
  const int room = (style.width - label_width) / std::max(count, 1) - 2;
  return room >= narrowest_column ? side_by_side(results, room, style) : one_below_the_other(results, style);
}

std::string comparison_json(std::span<const NamedResult> results) {
  JsonWriter json;
  json.begin_object();
  json.member("format", "waverack-comparison");
  json.member("version", 1);
  write_program(json);
  json.key("designs");
  json.begin_array();
  for (const NamedResult& named : results) write_design(json, named);
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace waverack::io
