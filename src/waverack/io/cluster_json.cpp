#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "waverack/io/cluster_job_json.hpp"
#include "waverack/io/cluster_network_json.hpp"
#include "waverack/io/cluster_output.hpp"
#include "waverack/io/design_document.hpp"
#include "waverack/io/headline.hpp"
#include "waverack/io/number_text.hpp"
#include "waverack/io/output.hpp"
#include "waverack/io/result_json.hpp"
#include "waverack/module/reliability.hpp"

namespace waverack::io {
namespace {

using cluster::Band;
using cluster::ScenarioCase;

void write_band(JsonWriter& json, std::string_view key, const Band& band, std::string_view unit) {
  json.object(key, [&] {
    json.member("value", band.value);
    json.member("low", band.low);
    json.member("high", band.high);
    if (!unit.empty()) json.member("unit", unit);
  });
}

void write_quantities(JsonWriter& json, const ClusterAnswer& answer, std::size_t scenario) {
  const auto names = cluster::output_names();
  const std::vector<double> plain =
      cluster::outputs_of(answer.cases[scenario].installation, answer.cases[scenario].result);
  for (std::size_t o = 0; o < names.size(); ++o) {
    Band band;
    band.value = plain[o];
    band.low = band.high = std::nan("");
    if (!answer.bands.bands.empty()) band = answer.bands.bands[scenario][o];
    write_band(json, names[o].key, band, names[o].unit);
  }
}

void write_tornado(JsonWriter& json, const ClusterAnswer& answer, std::string_view key,
                   const std::vector<Band>& bands) {
  constexpr std::size_t most = 12;
  const auto names = cluster::output_names();
  json.object(key, [&] {
    for (std::size_t o = 0; o < names.size(); ++o) {
      std::vector<cluster::Swing> swings(
          bands[o].tornado.begin(),
          bands[o].tornado.begin() + static_cast<std::ptrdiff_t>(std::min(most, bands[o].tornado.size())));
      std::erase_if(swings, [](const cluster::Swing& swing) { return swing.at_low == swing.at_high; });
      if (swings.empty()) continue;
      json.list(names[o].key, swings, [&](const cluster::Swing& swing) {
        json.member("input", answer.bands.inputs[swing.input].path);
        json.member("at_low", swing.at_low);
        json.member("at_high", swing.at_high);
        json.member("variance_share", swing.variance_share);
      });
    }
  });
}

// What the watts of a cause count as in PUE.
std::string_view part_of(cluster::Cause cause) {
  if (cluster::is_it(cause)) return "it";
  if (cluster::is_cooling(cause)) return "cooling";
  return cluster::is_loss(cause) ? "losses" : "other";
}

void write_hall(JsonWriter& json, const cluster::HallResult& hall) {
  json.object("hall", [&] {
    json.list("items", hall.items, [&](const cluster::HallItem& item) {
      json.member("cause", enum_name(item.cause));
      json.member("network", item.network);
      json.member("part", part_of(item.cause));
      json.member("power_w", item.power_w);
    });
    json.member("facility_w", hall.facility_w);
    json.member("it_w", hall.it_w);
    json.member("itue", hall.itue);
    json.member("heat_to_air_w", hall.heat_to_air_w);
    json.member("heat_to_liquid_w", hall.heat_to_liquid_w);
    json.member("water_m3_per_year", hall.water_m3);
    json.member("warmest_hour_w", hall.warmest_hour_w);
    json.member("provisioned_it_w", hall.provisioned_it_w);
    json.member("provisioned_w", hall.provisioned_w);
    json.member("chiller_share_air", hall.chiller_share_air);
    json.member("chiller_share_liquid", hall.chiller_share_liquid);
  });
}

void write_racks(JsonWriter& json, const cluster::ScenarioResult& result) {
  const cluster::RackResult& racks = result.racks;
  json.object("rack", [&] {
    json.member("gpus_per_rack", racks.gpus_per_rack);
    json.member("flops_per_rack", racks.flops_per_rack);
    json.member("power_w", racks.rack_power_w);
    json.member("limit", enum_name(racks.limit));
    json.member("compute_racks", racks.compute_racks);
    json.member("network_racks", racks.network_racks);
    json.list("fills", racks.fills, [&](const cluster::RackFill& fill) {
      json.member("name", fill.name);
      json.member("limit", enum_name(fill.limit));
      json.member("boxes_per_rack", fill.boxes_per_rack);
      json.member("racks", fill.racks);
      json.member("power_w", fill.rack_power_w);
    });
    json.object("at_maximum", [&] {
      const cluster::RackResult& maximum = result.racks_at_maximum;
      json.member("gpus_per_rack", maximum.gpus_per_rack);
      json.member("power_w", maximum.rack_power_w);
      json.member("limit", enum_name(maximum.limit));
      json.member("compute_racks", maximum.compute_racks);
      json.member("network_racks", maximum.network_racks);
    });
  });
}

void write_cost(JsonWriter& json, const cluster::CostResult& cost) {
  json.object("cost", [&] {
    json.member("capital_usd", cost.capital);
    json.member("spares_usd", cost.spares_capital);
    json.member("electricity_usd_per_year", cost.electricity);
    json.member("maintenance_usd_per_year", cost.maintenance);
    json.member("items_without_price", cost.without);
    json.list("networks", cost.networks, [&](const cluster::NetworkCost& network) {
      json.member("name", network.name);
      json.member("capital_usd", network.capital);
      json.member("share", network.share);
      json.member("total_usd", network.total);
      json.member("usd_per_tbps_injection", network.per_injection * 1e12);
      json.member("usd_per_tbps_bisection", network.per_bisection * 1e12);
    });
  });
}

// What the designs of a front's points serve: "leaf-spine up to 100 m" where a class has several ranges of
// lengths.
std::vector<std::string> front_links(const cluster::Topology& topology, const cluster::Front& front) {
  std::vector<std::string> names;
  if (front.points.empty()) return names;
  for (const cluster::Selection& selection : front.points.front().selections) {
    const cluster::LinkClass& links = topology.links[selection.link_class];
    names.push_back(links.lengths.size() == 1
                        ? links.name
                        : fmt::format("{} up to {:.3g} m", links.name, selection.length));
  }
  return names;
}

void write_scenario(JsonWriter& json, const ClusterAnswer& answer, std::size_t s) {
  const ScenarioCase& scenario = answer.cases[s];
  json.member("name", scenario.frame.name);
  json.object("cluster", [&] { write_quantities(json, answer, s); });
  write_links(json, scenario, answer);
  write_refusals(json, scenario, answer);
  write_networks(json, scenario);
  write_bill(json, scenario, answer);
  write_power(json, scenario);
  write_hall(json, scenario.result.hall);
  write_racks(json, scenario.result);
  write_job(json, scenario);
  write_cost(json, scenario.result.cost);
  json.list("spares", scenario.result.operation.spares, [&](const cluster::SpareNeed& need) {
    json.member("item", need.item);
    json.member("failures_per_year", need.failures_per_year);
    json.member("pulled_per_year", need.pulled_per_year);
    json.member("spares", static_cast<double>(need.spares));
    json.member("level", need.level);
  });
  json.list("savings", answer.savings[s], [&](const cluster::Saving& saving) {
    const auto names = cluster::boundaries();
    const auto b = static_cast<std::size_t>(std::ranges::find(names, saving.boundary) - names.begin());
    const bool banded = !answer.bands.boundaries.empty();
    json.member("boundary", saving.boundary);
    json.member("value_w", saving.value_w);
    json.member("baseline_w", saving.baseline_w);
    json.member("saving", saving.saving);
    json.member("low", banded ? answer.bands.boundaries[s][b].low : std::nan(""));
    json.member("high", banded ? answer.bands.boundaries[s][b].high : std::nan(""));
  });
  if (!answer.bands.bands.empty()) {
    write_tornado(json, answer, "tornado", answer.bands.bands[s]);
    if (s > 0) write_tornado(json, answer, "tornado_of_saving", answer.bands.savings[s]);
    if (s > 0)
      json.object("saved", [&] {
        const auto names = cluster::output_names();
        for (std::size_t o = 0; o < names.size(); ++o)
          write_band(json, names[o].key, answer.bands.savings[s][o], "");
      });
  }
  if (!answer.fronts.empty()) {
    json.key("fronts");
    json.begin_array();
    for (std::size_t n = 0; n < answer.fronts[s].size(); ++n) {
      const cluster::Front& front = answer.fronts[s][n];
      json.begin_object();
      json.member("network", scenario.installation.networks[n].name);
      json.member("links", front_links(scenario.frame.topologies[n], front));
      json.member("thinned", front.thinned);
      json.list("points", front.points, [&](const cluster::Front::Point& point) {
        json.member("watts", point.total.watts);
        json.member("cost_usd", point.total.cost);
        json.member("failures_per_year", point.total.failures * module::seconds_per_year);
        std::vector<std::string> designs;
        for (const cluster::Selection& selection : point.selections)
          designs.push_back(selection.served() ? cluster::names_of_ends(answer.technologies[selection.a].name,
                                                                        answer.technologies[selection.b].name)
                                               : "");
        json.member("designs", designs);
      });
      json.end_object();
    }
    json.end_array();
  }
}

void write_technologies(JsonWriter& json, const ClusterAnswer& answer) {
  json.list("technologies", answer.technologies, [&](const cluster::Technology& technology) {
    json.member("name", technology.name);
    json.member("title", technology.title);
    json.member("form", enum_name(technology.form));
    json.member("medium", enum_name(technology.medium));
    json.member("mac_rate_gbps", technology.mac_rate * 1e-9);
    json.member("lanes", technology.lanes);
    json.member("reach_m", technology.reach);
    json.member("reach_is_bound", technology.reach_is_bound);
    json.member("latency_s", technology.latency);
    json.member("fec_latency_s", technology.fec_latency);
    json.member("module_w", technology.module_power.value);
    json.member("laser_w", technology.laser_power.value);
    json.member("host_w", technology.host_power);
    json.member("failures_fit", technology.failures.value * 3600.0 * 1e9);
    json.list("ladder", technology.ladder, [&](const cluster::ReachPoint& point) {
      json.member("length_m", point.length);
      json.member("margin_db", point.margin_db);
      json.member("ber_pre_fec", point.ber_pre_fec);
      json.member("frame_loss", point.frame_loss);
    });
  });
}

void write_crossovers(JsonWriter& json, const ClusterAnswer& answer) {
  json.list("crossovers", answer.crossovers, [&](const cluster::Crossover& crossing) {
    json.member("id", crossing.id);
    json.member("challenger", crossing.challenger);
    json.member("incumbent", crossing.incumbent);
    json.member("variable", crossing.variable);
    json.member("unit", crossing.unit);
    json.member("need", crossing.need);
    json.member("limit", crossing.limit);
    json.member("above", crossing.above);
    json.member("from", crossing.from);
    json.member("to", crossing.to);
    json.member("found", crossing.found);
    json.member("challenger_always", crossing.challenger_always);
    json.member("value", crossing.value);
    json.member("low", crossing.low);
    json.member("high", crossing.high);
    json.list("causes", crossing.causes, [&](const cluster::CrossoverCause& cause) {
      json.member("input", cause.input);
      json.member("low", cause.low);
      json.member("high", cause.high);
    });
  });
  json.list("maps", answer.maps, [&](const cluster::TechnologyMap& map) {
    json.member("id", map.id);
    const auto axis = [&](std::string_view key, const cluster::MapAxis& values) {
      json.object(key, [&] {
        json.member("name", values.name);
        json.member("unit", values.unit);
        json.member("values", values.values);
      });
    };
    axis("x", map.x);
    axis("y", map.y);
    std::vector<std::string> names;
    for (const auto& kind : EnumNames<cluster::LinkKind>::list) names.emplace_back(kind.name);
    json.member("technologies", names);
    std::vector<double> first;
    for (const cluster::LinkKind kind : map.first) first.push_back(static_cast<double>(kind));
    json.member("first", first);
  });
  json.object("largest_pluggable", [&] {
    json.member("rate_bps", answer.rate.last_served);
    json.member("low_bps", answer.rate.last_served_low);
    json.member("high_bps", answer.rate.last_served_high);
    json.member("decided_by", answer.rate.decided_by);
  });
}

std::vector<Headline> headline_of(const ClusterAnswer& answer) {
  const ScenarioCase& first = answer.cases.front();
  const cluster::ScenarioResult& result = first.result;
  std::vector<Headline> items;
  items.push_back(
      {"GPUs", count_text(first.installation.gpus), first.frame.name + " and what is compared with it"});
  items.push_back({"At the meter", quantity_text(result.hall.facility_w, "W"),
                   fmt::format("PUE {:.3f}, TUE {:.3f}", result.hall.pue, result.hall.tue)});
  items.push_back({"Networks", quantity_text(cluster::network_power(result.bill), "W"),
                   percent_text(cluster::network_power(result.bill) / result.hall.it_w) + " of the IT"});
  items.push_back(
      {"Goodput", percent_text(result.operation.goodput.goodput, 3), "useful time of the job over time"});
  if (answer.cases.size() > 1)
    items.push_back({"Saved at the meter",
                     percent_text(1.0 - answer.cases.back().result.hall.facility_w / result.hall.facility_w),
                     "by " + answer.cases.back().frame.name});
  return items;
}

}  // namespace

std::string cluster_json(const ClusterAnswer& answer) {
  JsonWriter json;
  json.begin_object();
  json.member("format", "waverack-cluster");
  json.member("version", 1);
  write_program(json);
  json.member("seed", answer.seed);
  json.member("samples", answer.samples);
  json.member("title", answer.cases.front().installation.title);
  json.member("summary", cluster_summary(answer));
  json.member("command", answer.command);
  write_headline(json, headline_of(answer));
  json.list("quantities", cluster::output_names(), [&](const cluster::OutputName& name) {
    json.member("key", name.key);
    json.member("label", name.label);
    json.member("unit", name.unit);
  });
  json.key("scenarios");
  json.begin_array();
  for (std::size_t s = 0; s < answer.cases.size(); ++s) {
    json.begin_object();
    write_scenario(json, answer, s);
    json.end_object();
  }
  json.end_array();
  write_technologies(json, answer);
  write_crossovers(json, answer);
  json.object("times", [&] {
    json.member("technologies_s", answer.times.technologies);
    json.member("technologies_solved", answer.times.solved);
    json.member("technologies_cached", answer.times.cached);
    json.member("scenarios_s", answer.times.scenarios);
    json.member("bands_s", answer.times.bands);
  });
  write_assumptions(json, answer.assumptions);
  write_warnings(json, answer.warnings);
  json.list("files", answer.loaded.files, [&](const InputFile& file) {
    json.member("name", file.name);
    json.member("sha256", file.sha256);
    json.member("bytes", file.bytes);
  });
  json.member("cluster", Node(answer.loaded.document));
  write_series(json, {}, cluster_curves(answer));
  json.end_object();
  return json.take();
}

}  // namespace waverack::io
