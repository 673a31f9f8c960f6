#include "waverack/cluster/scenario.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace waverack::cluster {
namespace {

std::string network_path(const Network& network) { return "networks." + network.name; }

BillLine node_line(const Installation& installation) {
  const ComputeNode& node = *installation.node.value;
  BillLine line;
  line.kind = ItemKind::node;
  line.item = installation.node.name;
  line.quantity = (installation.gpus + node.gpus - 1) / node.gpus;
  // The last node may be part empty: what counts is the GPUs.
  const double gpus = static_cast<double>(installation.gpus) / static_cast<double>(line.quantity);
  const auto scaled = [&](const Ranged& each) {
    return Ranged{each.value * gpus, each.low * gpus, each.high * gpus};
  };
  line.power = scaled(node.power_per_gpu);
  line.maximum_power = scaled(node.maximum_power_per_gpu);
  line.liquid_share = node.liquid_share;
  line.fans_inside_at = node.fans_inside_at;
  return line;
}

// Ports of GPUs: their watts are in the node's.
BillLine card_line(const Topology& topology, const Network& network) {
  BillLine line;
  line.kind = ItemKind::network_card;
  line.item = "network card";
  line.network = topology.name;
  line.place = "nic";
  line.quantity = topology.endpoints;
  line.ends = topology.endpoints;
  line.rate = network.port_rate;
  return line;
}

void add_switch_lines(std::vector<BillLine>& bill, const Topology& topology, const Network& network) {
  for (const SwitchClass& switches : topology.switches) {
    BillLine line;
    line.kind = ItemKind::switch_box;
    line.item = network.switches.name;
    line.network = topology.name;
    line.place = switches.name;
    line.tier = switches.tier;
    line.quantity = switches.count;
    line.ends = switches.ports_used;
    if (const Switch* box = network.switches.value.get()) {
      line.rate = topology.links.empty() ? network.port_rate : topology.links.front().rate;
      line.fill =
          static_cast<double>(line.ends) * line.rate / (static_cast<double>(line.quantity) * box->capacity);
      line.power = box->typical_power;
      line.maximum_power = box->maximum_power;
      line.liquid_share = box->liquid_share;
      line.fans_inside_at = box->fans_inside_at;
    }
    bill.push_back(std::move(line));
  }
  for (const CircuitSwitchClass& switches : topology.circuit_switches) {
    BillLine line;
    line.kind = ItemKind::circuit_switch;
    line.item = network.circuit_switch.name;
    line.network = topology.name;
    line.place = switches.name;
    line.quantity = switches.count;
    line.ends = switches.paths;
    for (const LinkClass& links : topology.links)
      if (links.circuit_switches > 0 && (links.a.kind == EndKind::nic || links.b.kind == EndKind::nic))
        line.link_tier = 0;  // in a torus no traffic goes around
    if (const CircuitSwitch* box = network.circuit_switch.value.get())
      line.power = line.maximum_power = box->power;
    bill.push_back(std::move(line));
  }
}

// Watts of SerDes over those that boxes have for retimed pluggables, spread over the boxes that hold them.
void add_host_power(std::vector<BillLine>& bill, std::size_t first, double watts, ItemKind kind) {
  double boxes = 0.0;
  for (std::size_t i = first; i < bill.size(); ++i)
    if (bill[i].kind == kind) boxes += static_cast<double>(bill[i].ends);
  if (!(boxes > 0.0)) return;
  for (std::size_t i = first; i < bill.size(); ++i) {
    BillLine& line = bill[i];
    if (line.kind != kind || line.quantity == 0) continue;
    const double each = watts * static_cast<double>(line.ends) / boxes / static_cast<double>(line.quantity);
    line.power.value += each;
    line.power.low += each;
    line.power.high += each;
  }
}

// Optics at a switch are cooled as it is; those at a network card, and cables, stand in the air.
double liquid_share_of(const BillLine& line, const Network& network) {
  const bool at_switch =
      line.tier >= 0 && (line.kind == ItemKind::module || line.kind == ItemKind::external_laser);
  return at_switch && network.switches.value ? network.switches.value->liquid_share : 0.0;
}

std::vector<TechnologyPrice> technology_prices(std::span<const Technology> technologies,
                                               const PriceList& prices) {
  const auto price = [&](const std::string& item) {
    const Price* found = prices.find(item);
    return found ? found->usd : exactly(std::nan(""));
  };
  std::vector<TechnologyPrice> list;
  for (const Technology& technology : technologies)
    list.push_back({price(technology.name), price(technology.name + " laser")});
  return list;
}

ChoiceInput choice_input(const Installation& installation, const ScenarioFrame& frame, std::size_t n,
                         std::span<const Technology> technologies, std::span<const TechnologyPrice> prices) {
  ChoiceInput input;
  input.topology = &frame.topologies[n];
  input.network = &installation.networks[n];
  input.technologies = technologies;
  input.candidates = frame.candidates[n];
  input.prices = prices;
  if (!frame.through_circuits.empty()) input.through_circuits = frame.through_circuits[n];
  return input;
}

std::vector<LinkLatency> link_latencies(const Topology& topology, const ChoiceResult& choice,
                                        std::span<const Technology> technologies) {
  std::vector<std::vector<LinkUse>> uses(topology.links.size());
  for (const Selection& selection : choice.selections) {
    if (!selection.served() || selection.links == 0) continue;
    const LinkClass& links = topology.links[selection.link_class];
    const LengthBin& bin = links.lengths[selection.bin];
    uses[selection.link_class].push_back(
        {&technologies[selection.a], static_cast<double>(selection.links) / static_cast<double>(links.count),
         bin.from, bin.to, selection.frame_loss});
  }
  std::vector<LinkLatency> list;
  for (const std::vector<LinkUse>& use : uses) list.push_back(link_latency(use));
  return list;
}

std::vector<Blast> blasts(const Network& network, const ChoiceResult& choice,
                          std::span<const Technology> technologies, const Failures& failures) {
  std::vector<Blast> list;
  if (!network.switches.value) return list;
  std::vector<std::size_t> seen;
  for (const Selection& selection : choice.selections) {
    if (!selection.served() || std::find(seen.begin(), seen.end(), selection.b) != seen.end()) continue;
    seen.push_back(selection.b);
    for (Blast& blast : blast_radius(technologies[selection.b], *network.switches.value,
                                     network.port_rate / network.planes, failures)) {
      blast.item = technologies[selection.b].name + ": " + blast.item;
      list.push_back(std::move(blast));
    }
  }
  return list;
}

CostUse cost_use(const Installation& installation, const ScenarioFrame& frame, const ScenarioResult& result) {
  CostUse use;
  constexpr double joules_per_kwh = 3.6e6;
  use.energy = result.hall.energy_kwh * joules_per_kwh;
  use.gpus = installation.gpus;
  use.goodput = result.operation.goodput.goodput;
  const double all = result.hall.bill_w;
  const std::vector<PowerSum> sums = power_by(result.bill, PowerKey::network);
  for (std::size_t n = 0; n < frame.topologies.size(); ++n) {
    const Topology& topology = frame.topologies[n];
    const auto sum = std::find_if(sums.begin(), sums.end(),
                                  [&](const PowerSum& item) { return item.name == topology.name; });
    const double watts = sum == sums.end() ? 0.0 : sum->power_w;
    use.networks.push_back({topology.name,
                            static_cast<double>(topology.endpoints) * installation.networks[n].port_rate,
                            topology.bisection, all > 0.0 ? use.energy * watts / all : 0.0});
  }
  return use;
}

}  // namespace

ScenarioResult solve_scenario(const Installation& installation, const ScenarioFrame& frame,
                              std::span<const Technology> technologies, const PriceList& prices,
                              std::span<const std::vector<Selection>> selections) {
  ScenarioResult result;
  result.name = frame.name;
  result.bill.push_back(node_line(installation));
  const std::vector<TechnologyPrice> technology_price = technology_prices(technologies, prices);
  std::vector<NetworkView> views;
  for (std::size_t n = 0; n < installation.networks.size(); ++n) {
    const Network& network = installation.networks[n];
    const Topology& topology = frame.topologies[n];
    const ChoiceInput input = choice_input(installation, frame, n, technologies, technology_price);
    NetworkResult& solved = result.networks.emplace_back();
    solved.choice = selections.empty() ? choose(installation.choice, input)
                                       : assign(installation.choice, input, selections[n]);
    if (selections.empty()) require_served(solved.choice, input, network_path(network));

    const std::size_t first = result.bill.size();
    // GPUs of a torus or of a scale-up domain have their ports on their own.
    if (network.topology != TopologyKind::scale_up && network.topology != TopologyKind::torus)
      result.bill.push_back(card_line(topology, network));
    add_switch_lines(result.bill, topology, network);
    add_host_power(result.bill, first, solved.choice.extra_host_switch, ItemKind::switch_box);
    add_host_power(result.bill, first, solved.choice.extra_host_nic, ItemKind::network_card);
    for (BillLine& line : solved.choice.lines) {
      line.liquid_share = liquid_share_of(line, network);
      result.bill.push_back(line);
    }
    solved.view = network_view(network, topology, link_latencies(topology, solved.choice, technologies));
    solved.blast = blasts(network, solved.choice, technologies, installation.failures);
    views.push_back(solved.view);
    result.warnings.insert(result.warnings.end(), topology.warnings.begin(), topology.warnings.end());
    result.warnings.insert(result.warnings.end(), solved.choice.warnings.begin(),
                           solved.choice.warnings.end());
  }

  assign_failures(result.bill, technologies, rates_of(installation.failures), installation.node.value->gpus);
  result.operation = operate(result.bill, views, installation.failures, installation.job, installation.gpus);
  std::erase_if(result.operation.spares, [](const SpareNeed& need) { return need.kind == ItemKind::node; });
  assign_spares(result.bill, result.operation.spares);
  apply_prices(result.bill, prices);
  result.hall = solve_hall(installation.hall, frame.year, result.bill);
  const auto racks = [&](const std::vector<BillLine>& bill) {
    return fill_racks(installation.racks, rack_boxes(bill, technologies, installation.hall,
                                                     *installation.node.value, installation.networks));
  };
  result.racks = racks(result.bill);
  result.racks_at_maximum = racks(at_maximum(result.bill));
  result.cost = cost(result.bill, installation.economics, cost_use(installation, frame, result));
  return result;
}

void split_lengths(const Installation& installation, ScenarioFrame& frame,
                   std::span<const Technology> technologies, const PriceList& prices) {
  const std::vector<TechnologyPrice> technology_price = technology_prices(technologies, prices);
  for (std::size_t n = 0; n < installation.networks.size(); ++n)
    frame.topologies[n] = split_at_reaches(
        installation.choice, choice_input(installation, frame, n, technologies, technology_price));
}

std::vector<Front> scenario_fronts(const Installation& installation, const ScenarioFrame& frame,
                                   std::span<const Technology> technologies, const PriceList& prices) {
  const std::vector<TechnologyPrice> technology_price = technology_prices(technologies, prices);
  std::vector<Front> fronts;
  for (std::size_t n = 0; n < installation.networks.size(); ++n)
    fronts.push_back(pareto_front(installation.choice,
                                  choice_input(installation, frame, n, technologies, technology_price)));
  return fronts;
}

namespace {

constexpr std::array<OutputName, 23> names{{
    {"gpus", "GPUs", ""},
    {"modules", "Modules at both ends", ""},
    {"modules_at_switches", "  of them at switches", ""},
    {"cables", "Cables with ends", ""},
    {"switches", "Switches", ""},
    {"links", "Links", ""},
    {"optics_w", "Modules, lasers, cables", "W"},
    {"network_w", "Networks", "W"},
    {"it_w", "IT", "W"},
    {"facility_w", "At the meter", "W"},
    {"pue", "PUE", ""},
    {"tue", "TUE", ""},
    {"energy_kwh", "Energy of a year", "kWh"},
    {"rack_density", "GPUs in a rack, typical watts", ""},
    {"rack_density_at_maximum", "  stated maximum watts", ""},
    {"racks", "Racks", ""},
    {"interruption_s", "Between interruptions", "s"},
    {"goodput", "Goodput", ""},
    {"step_s", "Step of the job", "s"},
    {"latency_s", "Between two GPUs", "s"},
    {"capital_usd", "To buy, with spares", "USD"},
    {"cost_usd", "Over its years", "USD"},
    {"usd_per_useful_gpu_hour", "Useful hour of a GPU", "USD"},
}};

double count_of(const std::vector<BillLine>& bill, ItemKind kind) {
  double count = 0.0;
  for (const BillLine& line : bill)
    if (line.kind == kind) count += static_cast<double>(line.quantity);
  return count;
}

double modules_at_switches(const std::vector<BillLine>& bill) {
  double count = 0.0;
  for (const BillLine& line : bill)
    if (line.kind == ItemKind::module && line.tier >= 0) count += static_cast<double>(line.quantity);
  return count;
}

}  // namespace

std::set<std::string> unpriced_items(const ScenarioResult& result) {
  std::set<std::string> items;
  for (const BillLine& line : result.bill)
    if (line.quantity > 0 && std::isnan(line.price.value)) items.insert(line.item);
  return items;
}

bool costs_compare(const ScenarioResult& a, const ScenarioResult& b) {
  return unpriced_items(a) == unpriced_items(b);
}

std::span<const OutputName> output_names() { return names; }

std::vector<double> outputs_of(const Installation& installation, const ScenarioResult& result) {
  double links = 0.0;
  for (const NetworkResult& network : result.networks)
    for (const Selection& selection : network.choice.selections)
      links += static_cast<double>(selection.links);
  const std::vector<BillLine>& bill = result.bill;
  return {static_cast<double>(installation.gpus),
          count_of(bill, ItemKind::module),
          modules_at_switches(bill),
          count_of(bill, ItemKind::cable),
          count_of(bill, ItemKind::switch_box),
          links,
          optics_power(bill),
          network_power(bill),
          result.hall.it_w,
          result.hall.facility_w,
          result.hall.pue,
          result.hall.tue,
          result.hall.energy_kwh,
          result.racks.gpus_per_rack,
          result.racks_at_maximum.gpus_per_rack,
          result.racks.compute_racks + result.racks.network_racks,
          result.operation.interruptions.mean_time,
          result.operation.goodput.goodput,
          result.operation.step.total,
          result.networks.empty() ? 0.0 : result.networks.front().view.path.mean.total(),
          result.cost.capital + result.cost.spares_capital,
          result.cost.total,
          result.cost.per_useful_gpu_hour};
}

}  // namespace waverack::cluster
