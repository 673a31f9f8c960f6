#include "waverack/cluster/classify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "waverack/base/error.hpp"
#include "waverack/cluster/adjacency.hpp"
#include "waverack/cluster/graph_measures.hpp"

namespace waverack::cluster {
namespace {

bool is_inside(const Graph& graph, const GraphLink& link, Fabric fabric) {
  if (fabric == Fabric::all) return true;
  const NodeKind a = graph.nodes[link.a], b = graph.nodes[link.b];
  const bool scale_up =
      a == NodeKind::nv_switch || b == NodeKind::nv_switch || (a == NodeKind::gpu && b == NodeKind::gpu);
  return scale_up == (fabric == Fabric::scale_up);
}

// Visits the nodes in the order of their distance from the GPUs, through links of the fabric.
std::vector<std::uint16_t> tiers_of(const Graph& graph, const Adjacency& near, Fabric fabric) {
  std::vector<std::uint16_t> tier(graph.nodes.size(), not_classified);
  std::vector<std::uint32_t> now, next;
  for (std::uint32_t node = 0; node < graph.nodes.size(); ++node)
    if (graph.nodes[node] == NodeKind::gpu) now.push_back(node);
  for (std::uint16_t distance = 0; !now.empty(); ++distance) {
    if (distance == not_classified) throw Error("the graph has more than 65 535 tiers of switches");
    next.clear();
    for (const std::uint32_t node : now)
      for (std::uint32_t k = near.first[node]; k < near.first[node + 1]; ++k) {
        const std::uint32_t other = near.neighbour[k];
        if (graph.nodes[other] == NodeKind::gpu || tier[other] != not_classified ||
            !is_inside(graph, graph.links[near.link[k]], fabric))
          continue;
        tier[other] = distance;
        next.push_back(other);
      }
    now.swap(next);
  }
  return tier;
}

// The end of a link as a number that sorts from the endpoints upwards: GPUs, NVSwitches, switches by tier.
std::uint32_t code_of(NodeKind kind, std::uint16_t tier) {
  return kind == NodeKind::gpu ? 0U : 1U + 2U * tier + (kind == NodeKind::packet_switch ? 1U : 0U);
}

LinkEnd end_of(std::uint32_t code) {
  if (code == 0) return {EndKind::nic, -1};
  return {EndKind::switch_port, static_cast<int>((code - 1) / 2)};
}

std::string end_name(std::uint32_t code, bool to_nv_switch) {
  if (code == 0) return to_nv_switch ? "gpu" : "nic";
  if (code % 2 == 0) return tier_name(static_cast<int>((code - 1) / 2));
  return code == 1 ? "nvswitch" : fmt::format("nvswitch-{}", (code - 1) / 2);
}

std::string link_name(std::uint32_t a, std::uint32_t b) {
  const bool scale_up = b == 0 || b % 2 == 1;
  return end_name(a, scale_up) + '-' + end_name(b, scale_up);
}

using ClassKey = std::tuple<std::uint32_t, std::uint32_t, double>;  // ends, rate

// Finds the class of a link by its ends and its class in the graph, without comparing rates.
class KeyTable {
 public:
  explicit KeyTable(const Graph& graph) {
    std::map<double, std::uint32_t> known;
    for (const GraphClass& c : graph.classes)
      rate_.push_back(known.emplace(c.rate, static_cast<std::uint32_t>(known.size())).first->second);
  }

  std::uint16_t find(const Graph& graph, const GraphLink& link, std::uint32_t a, std::uint32_t b) {
    const std::array<std::uint32_t, 3> key{rate_[link.link_class], a, b};
    if (key == last_key_) return last_;
    const ClassKey full{a, b, graph.classes[link.link_class].rate};
    const auto [place, is_new] = number_.try_emplace(full, static_cast<std::uint16_t>(number_.size()));
    if (is_new && number_.size() > not_classified)
      throw Error("the graph has more than 65 534 classes of links");
    last_key_ = key;
    return last_ = place->second;
  }
  const std::map<ClassKey, std::uint16_t>& numbers() const { return number_; }

 private:
  std::vector<std::uint32_t> rate_;  // of a class of the graph
  std::array<std::uint32_t, 3> last_key_{~0U, ~0U, ~0U};
  std::uint16_t last_ = 0;
  std::map<ClassKey, std::uint16_t> number_;  // in the order of first sight
};

void count_links(const Graph& graph, Fabric fabric, ClassifiedGraph& result) {
  KeyTable table(graph);
  std::vector<std::int64_t> counts;
  result.class_of_link.assign(graph.links.size(), not_classified);
  for (std::size_t i = 0; i < graph.links.size(); ++i) {
    const GraphLink& link = graph.links[i];
    if (!is_inside(graph, link, fabric)) continue;
    for (const std::uint32_t node : {link.a, link.b})
      if (graph.nodes[node] != NodeKind::gpu && result.tier_of_node[node] == not_classified)
        throw Error(fmt::format("no GPU reaches switch {}", node));
    const std::uint32_t a = code_of(graph.nodes[link.a], result.tier_of_node[link.a]),
                        b = code_of(graph.nodes[link.b], result.tier_of_node[link.b]);
    const std::uint16_t found = table.find(graph, link, std::min(a, b), std::max(a, b));
    counts.resize(std::max<std::size_t>(counts.size(), found + std::size_t{1}));
    ++counts[found];
    result.class_of_link[i] = found;
  }
  // The map is sorted; links are numbered by its order.
  std::vector<std::uint16_t> order(counts.size());
  std::map<std::pair<std::uint32_t, std::uint32_t>, int> rates_of;
  for (const auto& [key, number] : table.numbers()) ++rates_of[{std::get<0>(key), std::get<1>(key)}];
  for (const auto& [key, number] : table.numbers()) {
    const auto [a, b, rate] = key;
    order[number] = static_cast<std::uint16_t>(result.topology.links.size());
    LinkClass c;
    c.name = link_name(a, b);
    if (rates_of[{a, b}] > 1) c.name += fmt::format("-{:g}G", rate / 1e9);
    c.a = end_of(a);
    c.b = end_of(b);
    c.tier = c.a.tier + 1;
    c.rate = rate;
    c.count = counts[number];
    result.topology.links.push_back(std::move(c));
  }
  for (std::uint16_t& number : result.class_of_link)
    if (number != not_classified) number = order[number];
}

void count_switches(const Graph& graph, const Adjacency& near, ClassifiedGraph& result) {
  std::map<std::uint32_t, SwitchClass> classes;
  for (std::uint32_t node = 0; node < graph.nodes.size(); ++node) {
    const std::uint16_t tier = result.tier_of_node[node];
    if (tier == not_classified) continue;
    const std::uint32_t code = code_of(graph.nodes[node], tier);
    SwitchClass& found = classes[code];
    found.name = end_name(code, true);
    found.tier = tier;
    ++found.count;
    int ports = 0;
    for (std::uint32_t k = near.first[node]; k < near.first[node + 1]; ++k)
      ports += result.class_of_link[near.link[k]] != not_classified;
    found.ports_used += ports;
    result.topology.radix = std::max(result.topology.radix, ports);
  }
  for (auto& [code, found] : classes) result.topology.switches.push_back(std::move(found));
}

// From up to 64 GPUs, through the links of this fabric.
void measure_ways(const Graph& graph, const Adjacency& near, ClassifiedGraph& result) {
  std::vector<bool> closed(result.class_of_link.size());
  for (std::size_t i = 0; i < closed.size(); ++i) closed[i] = result.class_of_link[i] == not_classified;
  const Ways ways = shortest_ways(graph, near, 64, closed, false);
  result.topology.diameter_switches = ways.most;
  if (ways.joined > 0) result.topology.mean_switches = ways.mean;
  if (ways.joined < ways.pairs)
    result.topology.warnings.push_back(
        {"", fmt::format(
                 "{:.3g} % of the pairs of GPUs have no way between them in this network",
                 100.0 * static_cast<double>(ways.pairs - ways.joined) / static_cast<double>(ways.pairs))});
}

// Half of what the narrowest tier carries, where links join neighbouring tiers of one fabric alone.
double narrowest_half(const Graph& graph, const ClassifiedGraph& classified) {
  for (std::size_t node = 0; node < graph.nodes.size(); ++node)
    if (graph.nodes[node] == NodeKind::nv_switch && classified.tier_of_node[node] != not_classified)
      return 0.0;
  const Topology& topology = classified.topology;
  std::map<int, double> capacity;
  for (const LinkClass& c : topology.links) {
    if (c.b.tier != c.a.tier + 1) return 0.0;
    capacity[c.tier] += c.rate * static_cast<double>(c.count);
  }
  double least = 0.0;
  for (const auto& [tier, sum] : capacity) least = least == 0.0 ? sum : std::min(least, sum);
  return 0.5 * least;
}

}  // namespace

std::string tier_name(int tier) {
  constexpr std::array<std::string_view, 3> names{"leaf", "spine", "core"};
  return tier < 3 ? std::string(names[static_cast<std::size_t>(tier)]) : fmt::format("tier-{}", tier);
}

ClassifiedGraph classify(const Graph& graph, Fabric fabric) {
  const Adjacency near = adjacency(graph);
  ClassifiedGraph result;
  result.topology.warnings = graph.warnings;
  result.tier_of_node = tiers_of(graph, near, fabric);
  count_links(graph, fabric, result);
  count_switches(graph, near, result);
  for (const LinkClass& c : result.topology.links)
    result.topology.endpoints +=
        c.count * ((c.a.kind == EndKind::nic ? 1 : 0) + (c.b.kind == EndKind::nic ? 1 : 0));
  measure_ways(graph, near, result);
  result.topology.bisection = narrowest_half(graph, result);
  return result;
}

}  // namespace waverack::cluster
