// Whether a graph, or a topology, is a fat tree that htsim can state.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "waverack/base/error.hpp"
#include "waverack/cluster/adjacency.hpp"
#include "waverack/cluster/topology_export.hpp"

namespace waverack::cluster {
namespace {

[[noreturn]] void refuse_topology(const std::string& why) {
  throw Error("htsim cannot state this topology: " + why);
}

std::int64_t whole_gbps(double rate) {
  const double gbps = rate / 1e9, whole = std::round(gbps);
  if (whole < 1.0 || whole > 2e9 || std::abs(gbps - whole) > 1e-9 * whole)
    refuse_topology(fmt::format("links of {:g} Gb/s: it takes whole Gb/s", gbps));
  return static_cast<std::int64_t>(whole);
}

// The single class of links of each tier.
void require_one_class_per_tier(const Topology& topology) {
  const int tiers = static_cast<int>(topology.links.size());
  for (int i = 0; i < tiers; ++i) {
    const LinkClass& c = topology.links[static_cast<std::size_t>(i)];
    if (c.tier != i || c.a.tier != i - 1 || c.b.tier != i)
      refuse_topology(
          fmt::format("links {}: it has links from hosts to leaves, to spines, to cores, each tier of one "
                      "rate, and no others",
                      c.name));
  }
  if (tiers != 2 && tiers != 3)
    refuse_topology(fmt::format("it has two or three tiers, and this has {}", tiers));
}

std::int64_t quotient(std::int64_t total, std::int64_t parts, std::string_view what, std::string_view which) {
  if (parts < 1) refuse_topology(fmt::format("{} {} have no {}", total, what, which));
  if (total % parts != 0)
    refuse_topology(
        fmt::format("{} {} over {} {} are {:.4g} for each, and it takes the same whole number for all", total,
                    what, parts, which, static_cast<double>(total) / static_cast<double>(parts)));
  return total / parts;
}

// Radices and oversubscription from the counts; bundles and pods are known.
HtsimTopology fat_tree(const Topology& topology, std::int64_t pod_size,
                       const std::array<std::int64_t, 3>& bundle) {
  HtsimTopology t;
  t.nodes = topology.links[0].count;
  t.pod_size = pod_size;
  t.tiers = static_cast<int>(topology.links.size());
  for (std::size_t i = 0; i < topology.links.size(); ++i) {
    HtsimTier& tier = t.tier[i];
    const std::int64_t switches = topology.switches[i].count;
    tier.rate_gbps = whole_gbps(topology.links[i].rate);
    tier.latency_ns = 1;
    tier.bundle = bundle[i];
    tier.radix_down = quotient(topology.links[i].count, switches, "links below", "switches");
    if (i + 1 == topology.links.size()) break;
    tier.radix_up = quotient(topology.links[i + 1].count, switches, "links above", "switches");
    const double down = static_cast<double>(tier.radix_down) * topology.links[i].rate,
                 up = static_cast<double>(tier.radix_up) * topology.links[i + 1].rate;
    tier.oversubscribed = std::max<std::int64_t>(std::llround(down / up), 1);
  }
  try {
    check(t, "");
  } catch (const Error& error) {
    refuse_topology(error.info().message +
                    (error.info().allowed.empty() ? "" : " (it wants " + error.info().allowed + ")"));
  }
  return t;
}

// Groups of nodes that links of one tier join, and how many links join a lower node to an upper one of its
// group: the same throughout, or the graph is refused.
struct Blocks {
  std::vector<std::uint32_t> root;  // of every node
  std::int64_t count = 0, bundle = 0;
};

class Roots {
 public:
  explicit Roots(std::size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), std::uint32_t{0});
  }
  std::uint32_t find(std::uint32_t node) {
    for (; parent_[node] != node; node = parent_[node]) parent_[node] = parent_[parent_[node]];
    return node;
  }
  void join(std::uint32_t a, std::uint32_t b) { parent_[find(a)] = find(b); }

 private:
  std::vector<std::uint32_t> parent_;
};

Blocks blocks_of(const Graph& graph, const ClassifiedGraph& found, const Adjacency& near,
                 std::uint16_t tier) {
  Roots roots(graph.nodes.size());
  for (std::size_t i = 0; i < graph.links.size(); ++i)
    if (found.class_of_link[i] == tier) roots.join(graph.links[i].a, graph.links[i].b);
  Blocks blocks;
  blocks.root.resize(graph.nodes.size());
  std::vector<std::int64_t> uppers(graph.nodes.size(), 0);
  for (std::uint32_t node = 0; node < graph.nodes.size(); ++node) {
    blocks.root[node] = roots.find(node);
    if (found.tier_of_node[node] == tier) blocks.count += ++uppers[blocks.root[node]] == 1;
  }
  std::vector<std::int64_t> links(graph.nodes.size(), 0);
  for (std::uint32_t node = 0; node < graph.nodes.size(); ++node) {
    if (found.tier_of_node[node] != tier - 1) continue;
    std::int64_t joined = 0;
    for (std::uint32_t k = near.first[node]; k < near.first[node + 1]; ++k)
      if (found.class_of_link[near.link[k]] == tier) joined += ++links[near.neighbour[k]] == 1;
    for (std::uint32_t k = near.first[node]; k < near.first[node + 1]; ++k) {
      if (found.class_of_link[near.link[k]] != tier) continue;
      std::int64_t& bundle = links[near.neighbour[k]];
      if (bundle == 0) continue;
      if (blocks.bundle == 0) blocks.bundle = bundle;
      if (bundle != blocks.bundle)
        refuse_topology(fmt::format("switch {} has {} links to one switch above and others have {}", node,
                                    bundle, blocks.bundle));
      bundle = 0;
    }
    if (joined != uppers[blocks.root[node]])
      refuse_topology(fmt::format("switch {} of tier {} does not reach all {} of its group", node, tier - 1,
                                  found.topology.switches[tier].name));
  }
  return blocks;
}

// Hosts behind one leaf; all leaves have as many, and all hosts one link.
void require_equal_leaves(const Graph& graph, const ClassifiedGraph& found) {
  std::vector<std::int64_t> links(graph.nodes.size(), 0);
  for (std::size_t i = 0; i < graph.links.size(); ++i)
    if (found.class_of_link[i] == 0)
      for (const std::uint32_t node : {graph.links[i].a, graph.links[i].b}) ++links[node];
  std::int64_t hosts = 0;
  for (std::size_t node = 0; node < graph.nodes.size(); ++node) {
    if (graph.nodes[node] == NodeKind::gpu && links[node] != 1)
      refuse_topology(fmt::format("GPU {} has {} links, and it gives a host one", node, links[node]));
    if (found.tier_of_node[node] != 0) continue;
    if (hosts == 0) hosts = links[node];
    if (links[node] != hosts)
      refuse_topology(fmt::format("leaf {} has {} hosts and others have {}", node, links[node], hosts));
  }
}

// A core takes one spine of every pod.
void require_planes(const ClassifiedGraph& found, const Blocks& pods, const Blocks& planes) {
  std::vector<std::int64_t> spines(pods.root.size(), 0);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> met;
  for (std::uint32_t node = 0; node < pods.root.size(); ++node)
    if (found.tier_of_node[node] == 1) {
      ++spines[planes.root[node]];
      met.emplace_back(planes.root[node], pods.root[node]);
    }
  std::sort(met.begin(), met.end());
  if (std::adjacent_find(met.begin(), met.end()) != met.end())
    refuse_topology("cores take several spines of a pod");
  for (const std::int64_t count : spines)
    if (count != 0 && count != pods.count) refuse_topology("cores do not reach every pod");
}

}  // namespace

HtsimTopology htsim_of(const Graph& graph, Reduction reduction) {
  const ClassifiedGraph found = classify(graph, Fabric::scale_out);
  const Topology& topology = found.topology;
  require_one_class_per_tier(topology);
  require_equal_leaves(graph, found);
  const Adjacency near = adjacency(graph);
  const Blocks pods = blocks_of(graph, found, near, 1);
  std::array<std::int64_t, 3> bundle{1, pods.bundle, 1};
  if (topology.links.size() == 2 && pods.count != 1) refuse_topology("nothing joins its pods");
  if (topology.links.size() == 3) {
    const Blocks planes = blocks_of(graph, found, near, 2);
    require_planes(found, pods, planes);
    bundle[2] = planes.bundle;
  }
  HtsimTopology result =
      fat_tree(topology, quotient(topology.links[0].count, pods.count, "hosts", "pods"), bundle);
  std::array<double, 3> latency{}, weight{};
  for (std::size_t i = 0; i < graph.links.size(); ++i) {
    const std::uint16_t tier = found.class_of_link[i];
    if (tier == not_classified) continue;
    const double value = graph.classes[graph.links[i].link_class].latency;
    latency[tier] = reduction == Reduction::worst ? std::max(latency[tier], value) : latency[tier] + value;
    weight[tier] += 1.0;
  }
  for (std::size_t i = 0; i < topology.links.size(); ++i)
    result.tier[i].latency_ns =
        whole_nanoseconds(reduction == Reduction::worst ? latency[i] : latency[i] / weight[i], reduction);
  result.warnings = graph.warnings;
  const auto warn = [&](std::string message) { result.warnings.push_back({"", std::move(message)}); };
  if (std::count(graph.nodes.begin(), graph.nodes.end(), NodeKind::nv_switch) > 0)
    warn("NVSwitches and their links are left out: htsim has no scale-up network");
  warn("hosts are numbered leaf by leaf");
  return result;
}

HtsimTopology htsim_of(const Topology& topology) {
  require_one_class_per_tier(topology);
  if (topology.switches.size() != topology.links.size())
    refuse_topology("it has other switches than those of its tiers");
  const std::int64_t leaves = topology.switches[0].count;
  const std::int64_t hosts = quotient(topology.links[0].count, leaves, "hosts", "leaves");
  std::array<std::int64_t, 3> bundle{1, 1, 1};
  if (topology.links.size() == 2) {
    bundle[1] = quotient(topology.links[1].count, leaves * topology.switches[1].count, "links",
                         "pairs of leaf and spine");
    return fat_tree(topology, topology.links[0].count, bundle);
  }
  const std::int64_t spine_down =
      quotient(topology.links[1].count, topology.switches[1].count, "links below", "spines");
  const std::int64_t pod_size = spine_down * hosts;
  const std::int64_t pods = quotient(topology.links[0].count, pod_size, "hosts", "in a pod");
  bundle[2] =
      quotient(topology.links[2].count, topology.switches[2].count * pods, "links", "pairs of core and pod");
  return fat_tree(topology, pod_size, bundle);
}

}  // namespace waverack::cluster
