// What a topology of htsim is made of: link by link, and in closed form.

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "waverack/base/error.hpp"
#include "waverack/cluster/classify.hpp"
#include "waverack/cluster/htsim.hpp"

namespace waverack::cluster {
namespace {

constexpr std::int64_t most_listed_links = 50'000'000;

// Adds `bundle` links side by side.
void join(Graph& graph, std::int64_t a, std::int64_t b, std::int64_t bundle, std::uint32_t tier) {
  for (std::int64_t i = 0; i < bundle; ++i)
    graph.links.push_back({static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b), tier});
}

}  // namespace

Graph graph_of(const HtsimTopology& t) {
  const std::int64_t leaves = t.leaves(), spines = t.spines(), cores = t.cores();
  std::int64_t links = 0;
  for (int i = 0; i < t.tiers; ++i) links += t.link_count(i);
  if (links > most_listed_links)
    throw Error(
        fmt::format("{} links are more than can be listed one by one ({})", links, most_listed_links));
  Graph graph;
  graph.warnings = t.warnings;
  graph.nodes.assign(static_cast<std::size_t>(t.nodes), NodeKind::gpu);
  graph.nodes.resize(static_cast<std::size_t>(t.nodes + leaves + spines + cores), NodeKind::packet_switch);
  for (int i = 0; i < t.tiers; ++i) {
    const HtsimTier& tier = t.tier[static_cast<std::size_t>(i)];
    graph.classes.push_back(
        {1e9 * static_cast<double>(tier.rate_gbps), static_cast<double>(tier.latency_ns) / 1e9, 0.0});
  }
  graph.links.reserve(static_cast<std::size_t>(links));
  const std::int64_t first_leaf = t.nodes, first_spine = first_leaf + leaves,
                     first_core = first_spine + spines;
  for (std::int64_t host = 0; host < t.nodes; ++host)
    join(graph, host, first_leaf + host / t.tier[0].radix_down, 1, 0);
  const std::int64_t leaves_of_pod = leaves / t.pods(), spines_of_pod = spines / t.pods();
  for (std::int64_t leaf = 0; leaf < leaves; ++leaf)
    for (std::int64_t place = 0; place < spines_of_pod; ++place)
      join(graph, first_leaf + leaf, first_spine + leaf / leaves_of_pod * spines_of_pod + place,
           t.tier[1].bundle, 1);
  if (t.tiers == 3)
    for (std::int64_t spine = 0; spine < spines; ++spine)
      for (std::int64_t core = spine % spines_of_pod; core < cores; core += spines_of_pod)
        join(graph, first_spine + spine, first_core + core, t.tier[2].bundle, 2);
  return graph;
}

Topology topology_of(const HtsimTopology& t) {
  Topology result;
  result.endpoints = t.nodes;
  result.warnings = t.warnings;
  const std::array<std::int64_t, 3> switches{t.leaves(), t.spines(), t.cores()};
  std::string below = "nic";
  double narrowest = 0.0;
  std::int64_t radix = 0;
  for (int i = 0; i < t.tiers; ++i) {
    const auto tier = static_cast<std::size_t>(i);
    LinkClass links;
    links.name = below + '-' + tier_name(i);
    links.tier = i;
    links.a = i == 0 ? LinkEnd{} : LinkEnd{EndKind::switch_port, i - 1};
    links.b = {EndKind::switch_port, i};
    links.rate = 1e9 * static_cast<double>(t.tier[tier].rate_gbps);
    links.count = t.link_count(i);
    const double capacity = links.rate * static_cast<double>(links.count);
    narrowest = i == 0 ? capacity : std::min(narrowest, capacity);
    result.links.push_back(std::move(links));
    const std::int64_t ports = t.link_count(i) + (i + 1 < t.tiers ? t.link_count(i + 1) : 0);
    result.switches.push_back({tier_name(i), i, switches[tier], ports});
    radix = std::max(radix, ports / switches[tier]);
    below = tier_name(i);
  }
  result.radix = static_cast<int>(std::min<std::int64_t>(radix, std::numeric_limits<int>::max()));
  result.bisection = 0.5 * narrowest;
  // Of the other hosts, those of the same leaf are one switch away, those of the pod three, all others five.
  const auto others = static_cast<double>(t.nodes - 1), leaf = static_cast<double>(t.tier[0].radix_down - 1),
             pod = static_cast<double>(t.pod_size - 1);
  if (t.nodes > 1) result.mean_switches = (leaf + 3.0 * (pod - leaf) + 5.0 * (others - pod)) / others;
  result.diameter_switches = t.pods() > 1 ? 5 : t.leaves() > 1 ? 3 : 1;
  return result;
}

}  // namespace waverack::cluster
