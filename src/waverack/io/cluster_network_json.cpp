#include "waverack/io/cluster_network_json.hpp"

#include <algorithm>

#include "waverack/cluster/power.hpp"
#include "waverack/io/cluster_output.hpp"

namespace waverack::io {
namespace {

using cluster::BillLine;
using cluster::ScenarioCase;

// The names of what is at both ends: "nic", or the tier of a switch.
std::vector<std::string> ends_of(const cluster::LinkClass& links) {
  std::vector<std::string> names;
  for (const cluster::LinkEnd& end : {links.a, links.b})
    names.push_back(end.kind == cluster::EndKind::nic ? "nic" : std::to_string(end.tier));
  return names;
}

// What else a picture of the network needs to know of its kind.
void write_shape(JsonWriter& json, const cluster::Network& network) {
  using cluster::TopologyKind;
  json.member("port_rate_gbps", network.port_rate * 1e-9);
  json.member("ports_per_gpu", network.ports_per_gpu);
  json.member("planes", network.planes);
  if (network.topology == TopologyKind::scale_up) json.member("domain", network.domain);
  if (network.topology == TopologyKind::rail_optimised || network.topology == TopologyKind::rail_only)
    json.member("rails", network.rails);
  if (network.topology == TopologyKind::torus) {
    json.member("dims", std::vector<double>(network.dims.begin(), network.dims.end()));
    json.member("cube", network.cube);
  }
}

// Watts of the hosts' SerDes behind one line.
double host_watts(const BillLine& line, const std::vector<cluster::Technology>& technologies) {
  return cluster::host_power({line}, technologies);
}

}  // namespace

void write_links(JsonWriter& json, const ScenarioCase& scenario, const ClusterAnswer& answer) {
  json.list("links", link_rows(scenario.frame, scenario.result, answer.technologies),
            [&](const LinkRow& row) {
              json.member("network", row.network);
              json.member("class", row.link_class);
              json.member("tier", row.tier);
              json.member("rate_gbps", row.rate * 1e-9);
              json.member("links", static_cast<double>(row.links));
              json.member("shortest_m", row.shortest);
              json.member("longest_m", row.longest);
              json.member("technology", cluster::names_of_ends(row.technology, row.far_technology));
              json.member("margin_db", row.margin_db);
              json.member("ber_pre_fec", row.ber_pre_fec);
              json.member("frame_loss", row.frame_loss);
              json.member("latency_s", row.latency);
            });
}

void write_refusals(JsonWriter& json, const ScenarioCase& scenario, const ClusterAnswer& answer) {
  struct Row {
    std::string network, links, technology, reason;
  };
  std::vector<Row> rows;
  for (std::size_t n = 0; n < scenario.result.networks.size(); ++n)
    for (const cluster::Selection& selection : scenario.result.networks[n].choice.selections)
      for (const cluster::Refusal& refusal : selection.refused)
        rows.push_back({scenario.installation.networks[n].name,
                        scenario.frame.topologies[n].links[selection.link_class].name,
                        answer.technologies[refusal.technology].name, refusal.reason});
  json.list("refused", rows, [&](const Row& row) {
    json.member("network", row.network);
    json.member("links", row.links);
    json.member("technology", row.technology);
    json.member("reason", row.reason);
  });
}

void write_networks(JsonWriter& json, const ScenarioCase& scenario) {
  json.list("networks", scenario.frame.topologies, [&](const cluster::Topology& topology) {
    const auto n = static_cast<std::size_t>(&topology - scenario.frame.topologies.data());
    json.member("name", topology.name);
    json.member("topology", enum_name(scenario.installation.networks[n].topology));
    json.member("endpoints", static_cast<double>(topology.endpoints));
    json.member("radix", topology.radix);
    write_shape(json, scenario.installation.networks[n]);
    json.list("switches", topology.switches, [&](const cluster::SwitchClass& item) {
      json.member("name", item.name);
      json.member("tier", item.tier);
      json.member("count", static_cast<double>(item.count));
      json.member("whole", static_cast<double>(std::max(item.count, item.whole)));
      json.member("ports_used", static_cast<double>(item.ports_used));
    });
    json.list("link_classes", topology.links, [&](const cluster::LinkClass& item) {
      json.member("name", item.name);
      json.member("tier", item.tier);
      json.member("count", static_cast<double>(item.count));
      json.member("rate_gbps", item.rate * 1e-9);
      json.member("ends", ends_of(item));
      json.member("circuit_switches", item.circuit_switches);
      json.member("lengths_assumed", item.lengths_kind == Kind::assumed);
      json.member("lengths_source", item.lengths_source);
    });
    json.list("circuit_switches", topology.circuit_switches, [&](const cluster::CircuitSwitchClass& item) {
      json.member("name", item.name);
      json.member("count", static_cast<double>(item.count));
      json.member("paths", static_cast<double>(item.paths));
    });
    json.member("diameter_switches", topology.diameter_switches);
    json.member("mean_switches", topology.mean_switches);
    json.member("bisection_bps", topology.bisection);
    const cluster::NetworkResult& solved = scenario.result.networks[n];
    json.list("paths", solved.view.path.classes, [&](const cluster::PathClass& path) {
      json.member("name", path.name);
      json.member("share", path.share);
      json.member("switches", path.switches);
      json.member("latency_s", path.mean.total());
      json.member("modules_s", path.mean.modules);
      json.member("fec_s", path.mean.fec);
      json.member("medium_s", path.mean.medium);
      json.member("switches_s", path.mean.switches);
      json.member("frame_loss", path.loss);
    });
    json.list("blast_radius", solved.blast, [&](const cluster::Blast& blast) {
      json.member("item", blast.item);
      json.member("of_one_switch", blast.of_one_switch);
      json.member("lanes", blast.lanes);
      json.member("ports_best", blast.ports_best);
      json.member("ports_expected", blast.ports_expected);
      json.member("ports_worst", blast.ports_worst);
      json.member("replaceable", blast.replaceable);
    });
  });
}

void write_bill(JsonWriter& json, const ScenarioCase& scenario, const ClusterAnswer& answer) {
  json.list("bill", scenario.result.bill, [&](const BillLine& line) {
    const auto quantity = static_cast<double>(line.quantity);
    json.member("kind", enum_name(line.kind));
    json.member("item", line.item);
    json.member("network", line.network);
    json.member("place", line.place);
    json.member("tier", line.tier);
    json.member("length_m", line.length);
    json.member("quantity", quantity);
    json.member("spares", static_cast<double>(line.spares));
    json.member("power_w", quantity * line.power.value);
    json.member("host_w", host_watts(line, answer.technologies));
    json.member("price_usd", line.price.value);
    json.member("price_low_usd", line.price.low);
    json.member("price_high_usd", line.price.high);
    json.member("price_source", line.price_source);
  });
}

void write_power(JsonWriter& json, const ScenarioCase& scenario) {
  const auto sums = [&](std::string_view key, cluster::PowerKey by) {
    json.list(key, cluster::power_by(scenario.result.bill, by), [&](const cluster::PowerSum& sum) {
      json.member("name", sum.name);
      json.member("quantity", static_cast<double>(sum.quantity));
      json.member("power_w", sum.power_w);
    });
  };
  json.object("power", [&] {
    sums("by_network", cluster::PowerKey::network);
    sums("by_tier", cluster::PowerKey::tier);
    sums("by_item", cluster::PowerKey::item);
    sums("by_kind", cluster::PowerKey::kind);
  });
}

}  // namespace waverack::io
