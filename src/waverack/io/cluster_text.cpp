#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "waverack/base/units.hpp"
#include "waverack/io/cluster_output.hpp"
#include "waverack/io/number_text.hpp"
#include "waverack/io/result_lines.hpp"

namespace waverack::io {
namespace {

using cluster::Band;
using cluster::OutputName;
using cluster::ScenarioCase;

std::size_t output_index(std::string_view key) {
  const auto names = cluster::output_names();
  const auto found =
      std::find_if(names.begin(), names.end(), [&](const OutputName& n) { return n.key == key; });
  return static_cast<std::size_t>(found - names.begin());
}

std::string duration_text(double seconds, int digits = 3) {
  if (!std::isfinite(seconds)) return "never";
  constexpr double minute = 60.0, hour = 3600.0, day = 86400.0, year = 365.0 * day;
  if (seconds >= 2.0 * year) return number_text(seconds / year, digits) + " years";
  if (seconds >= 3.0 * day) return number_text(seconds / day, digits) + " d";
  if (seconds >= 2.0 * hour) return number_text(seconds / hour, digits) + " h";
  if (seconds >= 2.0 * minute) return number_text(seconds / minute, digits) + " min";
  return format_engineering(seconds, "s", digits);
}

std::string output_text(const OutputName& name, double value, int digits = 3) {
  if (std::isnan(value)) return std::string(no_number);
  if (name.unit == "s") return duration_text(value, digits);
  if (name.unit == "USD") return quantity_text(value, "USD", digits);
  if (name.unit == "kWh") return quantity_text(value * 1e3, "Wh", digits);
  if (!name.unit.empty()) return quantity_text(value, name.unit, digits);
  if (name.key == "pue" || name.key == "tue") return fmt::format("{:.3f}", value);
  if (name.key == "goodput") return fmt::format("{:.1f} %", 100.0 * value);
  return count_text(value);
}

// What it may be, "34.9 … 38.6 MW"; nothing where it is exact.
std::string range_text(const OutputName& name, const Band& band) {
  if (!(band.low < band.high)) return {};
  const std::string low = output_text(name, band.low), high = output_text(name, band.high);
  if (low == high) return {};
  const std::size_t cut = low.rfind(' ');
  const bool same_unit = cut != std::string::npos && high.ends_with(low.substr(cut));
  return fmt::format("{} … {}", same_unit && name.unit != "" ? low.substr(0, cut) : low, high);
}

// Scenario by scenario; without bands the plain numbers.
Band band_of(const ClusterAnswer& answer, std::size_t scenario, std::size_t output) {
  if (!answer.bands.bands.empty()) return answer.bands.bands[scenario][output];
  const ScenarioCase& made = answer.cases[scenario];
  Band band;
  band.value = cluster::outputs_of(made.installation, made.result)[output];
  band.low = band.high = std::nan("");
  return band;
}

std::vector<std::string> scenario_head(const ClusterAnswer& answer, std::string first) {
  std::vector<std::string> head{std::move(first)};
  for (const ScenarioCase& scenario : answer.cases)
    head.push_back(answer.cases.size() > 1 ? scenario.frame.name : "");
  return head;
}

std::string quantity_lines(const ClusterAnswer& answer, const Style& style) {
  const bool bands = !answer.bands.bands.empty();
  TextTable table("lr" + std::string(bands ? "l" : "") + std::string(answer.cases.size() - 1, 'r'));
  std::vector<std::string> head = scenario_head(answer, "");
  if (bands) head.insert(head.begin() + 2, "5 to 95 %");
  table.head(head);
  const auto names = cluster::output_names();
  for (std::size_t o = 0; o < names.size(); ++o) {
    std::vector<std::string> row{std::string(names[o].label)};
    bool any = false;
    for (std::size_t s = 0; s < answer.cases.size(); ++s) {
      const Band band = band_of(answer, s, o);
      any = any || !(band.value == 0.0);
      const bool part = names[o].unit == "USD" && answer.cases[s].result.cost.without > 0;
      row.push_back(output_text(names[o], band.value) + (part ? " *" : ""));
      if (bands && s == 0) row.push_back(range_text(names[o], band));
    }
    if (any) table.row(std::move(row));
  }
  std::string text = table.text(style, 2);
  if (bands)
    text += toned(style, Tone::quiet,
                  fmt::format("  {} draws of {} numbers that have a range.\n", count_text(answer.samples),
                              answer.bands.inputs.size()));
  return text + '\n';
}

const cluster::Saving* saving_at(const ClusterAnswer& answer, std::size_t scenario,
                                 std::string_view boundary) {
  for (const cluster::Saving& item : answer.savings[scenario])
    if (item.boundary == boundary) return &item;
  return nullptr;
}

// Whether a part of what a scenario saves is another cooling, and not its optics.
bool cooling_differs(const ClusterAnswer& answer, std::size_t scenario) {
  const cluster::Saving *facility = saving_at(answer, scenario, "facility"),
                        *alike = saving_at(answer, scenario, "facility_cooled_alike");
  return facility && alike && std::abs(facility->saving - alike->saving) > 1e-9;
}

bool cooling_differs(const ClusterAnswer& answer) {
  for (std::size_t s = 1; s < answer.cases.size(); ++s)
    if (cooling_differs(answer, s)) return true;
  return false;
}

// "55 … 68 %"
std::string percent_range_text(double low, double high) {
  const std::string from = percent_text(low), to = percent_text(high);
  return fmt::format("{} … {}", from.substr(0, from.rfind(' ')), to);
}

std::string saving_lines(const ClusterAnswer& answer, const Style& style) {
  if (answer.cases.size() < 2) return {};
  std::string text =
      heading(fmt::format("Saved over {}, by where the meter is", answer.cases.front().frame.name), style);
  // Ranges of more scenarios than two are wider than a page.
  const bool ranges = !answer.bands.boundaries.empty() && answer.cases.size() <= 3;
  std::string columns = "l";
  std::vector<std::string> head{""};
  for (std::size_t s = 1; s < answer.cases.size(); ++s) {
    columns += ranges ? "rl" : "r";
    head.push_back(answer.cases[s].frame.name);
    if (ranges) head.emplace_back("5 to 95 %");
  }
  TextTable table(columns);
  table.head(head);
  const auto add = [&](std::vector<std::string>& row, double saving, double low, double high) {
    row.push_back(std::isnan(saving) ? std::string(no_number) : percent_text(saving));
    if (ranges) row.push_back(low < high ? percent_range_text(low, high) : "");
  };
  const bool cooling = cooling_differs(answer);
  const auto names = cluster::boundaries();
  const std::vector<std::string> labels{"Module, lasers included",
                                        "The same with host SerDes",
                                        "One switch with its optics",
                                        "Networks",
                                        "Cluster, IT power",
                                        "  cooled alike: optics alone",
                                        "Facility",
                                        "  cooled alike: optics alone"};
  for (std::size_t b = 0; b < names.size(); ++b) {
    if (names[b].ends_with("cooled_alike") && !cooling) continue;
    std::vector<std::string> row{labels[b]};
    for (std::size_t s = 1; s < answer.cases.size(); ++s) {
      const cluster::Saving* found = saving_at(answer, s, names[b]);
      const Band band = answer.bands.boundaries.empty() ? Band{} : answer.bands.boundaries[s][b];
      add(row, found ? found->saving : std::nan(""), band.low, band.high);
    }
    table.row(std::move(row));
  }
  const auto row_of = [&](std::string label, std::string_view key, double sign) {
    std::vector<std::string> row{std::move(label)};
    const std::size_t o = output_index(key);
    for (std::size_t s = 1; s < answer.cases.size(); ++s) {
      const bool alike =
          key != "cost_usd" || cluster::costs_compare(answer.cases[s].result, answer.cases.front().result);
      const double one = band_of(answer, 0, o).value, other = band_of(answer, s, o).value;
      // Sums that leave out different things do not compare.
      const double saving = alike ? sign * (1.0 - other / one) : std::nan("");
      const Band band = answer.bands.savings.empty() ? Band{} : answer.bands.savings[s][o];
      add(row, saving, sign * (sign > 0.0 ? band.low : band.high),
          sign * (sign > 0.0 ? band.high : band.low));
    }
    table.row(std::move(row));
  };
  row_of("Cost over its years", "cost_usd", 1.0);
  row_of("More goodput", "goodput", -1.0);
  return text + table.text(style, 2) + '\n';
}

std::string end_text(const ClusterAnswer& answer, const cluster::Selection& selection) {
  if (!selection.served()) return "nothing";
  const std::string& a = answer.technologies[selection.a].name;
  const std::string& b = answer.technologies[selection.b].name;
  return a == b ? a : a + " – " + b;
}

std::string choice_lines(const ClusterAnswer& answer, const Style& style) {
  const bool several = answer.cases.size() > 1;
  std::string text = heading("What joins what", style);
  TextTable table("lllrrlr");
  table.head({several ? "scenario" : "", "network", "links", "number", "up to", "design", "margin"});
  for (const ScenarioCase& scenario : answer.cases) {
    std::string name = several ? scenario.frame.name : "";
    for (std::size_t n = 0; n < scenario.result.networks.size(); ++n) {
      std::string network = scenario.installation.networks[n].name;
      for (const cluster::Selection& selection : scenario.result.networks[n].choice.selections) {
        if (selection.links == 0) continue;
        const cluster::LinkClass& links = scenario.frame.topologies[n].links[selection.link_class];
        table.row({name, network, links.name, count_text(static_cast<double>(selection.links)),
                   format_engineering(selection.length, "m", 3), end_text(answer, selection),
                   decibel_text(selection.margin_db)});
        name.clear();
        network.clear();
      }
    }
  }
  return text + table.text(style, 2) + '\n';
}

std::string tornado_lines(const ClusterAnswer& answer, const Style& style) {
  if (answer.bands.bands.empty()) return {};
  const std::size_t last = answer.cases.size() - 1;
  const auto names = cluster::output_names();
  std::string text = heading("What matters most", style);
  TextTable table("lrl");
  const auto add = [&](const std::string& what, const Band& band, const auto& show) {
    std::string name = what;
    int rows = 0;
    for (const cluster::Swing& swing : band.tornado) {
      if (rows == 3 || swing.at_low == swing.at_high) break;
      table.row({name, fmt::format("{} … {}", show(swing.at_low), show(swing.at_high)),
                 answer.bands.inputs[swing.input].path});
      name.clear();
      ++rows;
    }
  };
  const auto of_scenario = [&](std::string_view key, std::size_t scenario) {
    const std::size_t o = output_index(key);
    const std::string of = answer.cases.size() > 1 ? ", " + answer.cases[scenario].frame.name : "";
    add(std::string(names[o].label) + of, answer.bands.bands[scenario][o],
        [&, o](double value) { return output_text(names[o], value); });
  };
  of_scenario("facility_w", 0);
  if (last > 0)
    add(fmt::format("Saved at the meter, {}", answer.cases[last].frame.name),
        answer.bands.savings[last][output_index("facility_w")],
        [](double value) { return percent_text(value); });
  of_scenario("goodput", last);
  of_scenario("cost_usd", last);
  return table.empty() ? "" : text + table.text(style, 2) + '\n';
}

std::string stop_lines(const ClusterAnswer& answer, const Style& style) {
  std::string text = heading("What stops the job", style);
  TextTable table("lrl");
  for (const ScenarioCase& scenario : answer.cases) {
    const cluster::Interruptions& stops = scenario.result.operation.interruptions;
    std::string list;
    for (std::size_t c = 0; c < stops.causes.size() && c < 4; ++c) {
      const cluster::StopCause& cause = stops.causes[c];
      if (cause.total() < 0.005 * stops.rate) break;
      list +=
          fmt::format("{}{}{} {:.0f} %", list.empty() ? "" : ", ", cause.item,
                      cause.place.empty() ? "" : " at " + cause.place, 100.0 * cause.total() / stops.rate);
    }
    table.row({answer.cases.size() > 1 ? scenario.frame.name : "", "every " + duration_text(stops.mean_time),
               list});
  }
  return text + table.text(style, 2, true) + '\n';
}

std::string crossover_lines(const ClusterAnswer& answer, const Style& style) {
  std::string text = heading("Where one takes over from another", style);
  TextTable table("llrl");
  table.head({"", "by the", "at", "inputs at worst ends"});
  for (const cluster::Crossover& crossing : answer.crossovers) {
    const std::string unit = crossing.unit == "bit/s" ? "b/s" : crossing.unit;
    const auto show = [&](double value) { return format_engineering(value, unit, 3); };
    table.row(
        {fmt::format("{} over {}", crossing.challenger, crossing.incumbent), crossing.variable,
         crossing.found ? show(crossing.value) : (crossing.challenger_always ? "everywhere" : "nowhere"),
         crossing.found && crossing.low < crossing.high
             ? fmt::format("{} … {}", show(crossing.low), show(crossing.high))
             : ""});
  }
  text += table.text(style, 2);
  const cluster::RateVerdict& rate = answer.rate;
  text += wrap(fmt::format("Pluggables serve modules of up to {} ({} … {}); what ends them is {}.",
                           format_engineering(rate.last_served, "b/s", 3),
                           format_engineering(rate.last_served_low, "b/s", 3),
                           format_engineering(rate.last_served_high, "b/s", 3), rate.decided_by),
               style.width, 2);
  return text + "\n\n";
}

// Items that the sums leave out, of all scenarios.
std::string price_line(const ClusterAnswer& answer) {
  std::set<std::string> items;
  for (const ScenarioCase& scenario : answer.cases) items.merge(cluster::unpriced_items(scenario.result));
  if (items.empty()) return {};
  return fmt::format("* Without {}: no price known. ", fmt::join(items, ", "));
}

}  // namespace

std::string cluster_summary(const ClusterAnswer& answer) {
  const ScenarioCase& first = answer.cases.front();
  std::string text = fmt::format(
      "{} {} at the meter{}, PUE {:.3f}, TUE {:.3f}; a job on all of them stops every {} and works "
      "{:.1f} % "
      "of its time.",
      first.installation.gpus == 1 ? "1 GPU draws" : count_text(first.installation.gpus) + " GPUs draw",
      quantity_text(first.result.hall.facility_w, "W"),
      (answer.cases.size() > 1 ? " with " + first.frame.name : ""), first.result.hall.pue,
      first.result.hall.tue, duration_text(first.result.operation.interruptions.mean_time),
      100.0 * first.result.operation.goodput.goodput);
  for (std::size_t s = 1; s < answer.cases.size(); ++s) {
    const ScenarioCase& other = answer.cases[s];
    const double saved = 1.0 - other.result.hall.facility_w / first.result.hall.facility_w;
    const cluster::Saving* alike = saving_at(answer, s, "facility_cooled_alike");
    const std::string optics =
        cooling_differs(answer, s)
            ? fmt::format(" ({} {} if cooled as {})", percent_text(std::abs(alike->saving)),
                          alike->saving >= 0.0 ? "less" : "more", first.frame.name)
            : "";
    text += fmt::format(" {}: {} {} at the meter{}, {:.1f} % of the time.", other.frame.name,
                        percent_text(std::abs(saved)), saved >= 0.0 ? "less" : "more", optics,
                        100.0 * other.result.operation.goodput.goodput);
  }
  return text;
}

std::string cluster_times(const ClusterAnswer& answer) {
  const ClusterTimes& times = answer.times;
  return fmt::format("{} designs solved, {} taken from the cache, in {}; scenarios {}, bands {}",
                     times.solved, times.cached, format_engineering(times.technologies, "s", 3),
                     format_engineering(times.scenarios, "s", 3), format_engineering(times.bands, "s", 3));
}

std::string cluster_text(const ClusterAnswer& answer, const Style& style) {
  std::string text = heading(answer.cases.front().installation.title, style);
  text += wrap(cluster_summary(answer), style.width) + "\n\n";
  text += quantity_lines(answer, style) + saving_lines(answer, style) + choice_lines(answer, style) +
          stop_lines(answer, style) + tornado_lines(answer, style) + crossover_lines(answer, style);
  text += wrap(fmt::format("{}{} assumed numbers. All of it: {}", price_line(answer),
                           answer.assumptions.size(), answer.command),
               style.width) +
          '\n';
  return answer.warnings.empty() ? text : text + '\n' + warning_lines(answer.warnings, style);
}

}  // namespace waverack::io
