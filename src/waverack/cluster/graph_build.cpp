#include "waverack/cluster/graph_build.hpp"

#include <fmt/format.h>

#include <utility>

#include "waverack/base/error.hpp"
#include "waverack/cluster/clos.hpp"
#include "waverack/cluster/dragonfly.hpp"
#include "waverack/cluster/torus.hpp"

namespace waverack::cluster {
namespace {

using Id = std::uint32_t;

struct Maker {
  const Network& network;
  std::int64_t gpus;
  const std::string& path;
  Graph graph;

  Id add_nodes(NodeKind kind, std::int64_t count) {
    const std::size_t first = graph.nodes.size();
    graph.nodes.resize(first + static_cast<std::size_t>(count), kind);
    return static_cast<Id>(first);
  }
  void join(std::int64_t a, std::int64_t b, std::size_t link_class) {
    graph.links.push_back({static_cast<Id>(a), static_cast<Id>(b), static_cast<Id>(link_class)});
  }

  std::int64_t gpu_at(std::int64_t place, int leaf_ports) const;
  void clos();
  void plane(const Clos& clos, int rail);
  void mesh_of_blocks(std::int64_t first, std::int64_t blocks, std::int64_t switches, int ups,
                      std::size_t link_class);
  void dragonfly();
  void torus();
  void scale_up();
};

// The GPU at the n-th leaf port of a network. On rails, as many servers as a leaf has ports share one leaf
// for each rail; then come the next servers.
std::int64_t Maker::gpu_at(std::int64_t place, int leaf_ports) const {
  if (network.topology == TopologyKind::clos) return place / network.ports_per_gpu;
  const std::int64_t servers = gpus / network.rails;
  const std::int64_t column = std::max(1, leaf_ports / network.ports_per_gpu);  // servers of a set of leaves
  const std::int64_t gpu = place / network.ports_per_gpu;
  const std::int64_t set = gpu / (column * network.rails), inside = gpu - set * column * network.rails;
  const std::int64_t here = std::min(column, servers - set * column);
  return (set * column + inside % here) * network.rails + inside / here;
}

void Maker::clos() {
  const bool apart = network.topology == TopologyKind::rail_only;
  const std::int64_t endpoints = gpus * network.ports_per_gpu;
  const Clos clos = count_clos(apart ? endpoints / network.rails : endpoints, radix_of(network, path),
                               network.tiers, network.oversubscription, path);
  for (int p = 0; p < network.planes; ++p)
    for (int rail = 0; rail < (apart ? network.rails : 1); ++rail) plane(clos, apart ? rail : -1);
}

// One Clos network. In every group of switches of a tier the links from below go to the switches above in
// turn, one after another, which gives the folded Clos network where it is full and an even one where not.
void Maker::plane(const Clos& clos, int rail) {
  const bool circuits = network.circuit_switch.value != nullptr;
  const int packet_tiers = clos.tiers - (circuits ? 1 : 0);
  const int leaf_ports = clos.levels[0].down;
  std::int64_t below = (clos.endpoints + leaf_ports - 1) / leaf_ports;  // switches of the tier below
  std::int64_t first = add_nodes(NodeKind::packet_switch, below);
  for (std::int64_t place = 0; place < clos.endpoints; ++place)
    join(rail < 0 ? gpu_at(place, leaf_ports) : place / network.ports_per_gpu * network.rails + rail,
         first + place / leaf_ports, 0);
  // Ends down of each switch of the tier below, of which its links up follow.
  std::vector<std::int64_t> downs(static_cast<std::size_t>(below), leaf_ports);
  downs.back() = clos.endpoints - (below - 1) * leaf_ports;
  std::int64_t group = 1;  // full groups of the tier above hold so many switches of the tier below
  for (int tier = 1; tier < clos.tiers; ++tier) {
    const ClosTier& lower = clos.levels[static_cast<std::size_t>(tier - 1)];
    const ClosTier& upper = clos.levels[static_cast<std::size_t>(tier)];
    const double ratio = tier - 1 < static_cast<int>(network.oversubscription.size())
                             ? network.oversubscription[static_cast<std::size_t>(tier - 1)]
                             : 1.0;
    // Rounded as the closed form rounds the sum.
    const auto ups_below = [&](std::int64_t ends) { return divided_ends(ends, ratio); };
    if (tier == packet_tiers) {
      const std::int64_t block = group;
      mesh_of_blocks(first, below / block, block, lower.up, static_cast<std::size_t>(tier));
      return;
    }
    const bool top = tier + 1 == clos.tiers;
    // A group of the upper tier joins upper.down groups of the lower one; the top tier joins all.
    const std::int64_t members = top ? below : group * upper.down;
    std::int64_t seen = 0, next_count = 0;
    std::vector<std::int64_t> next_downs;
    const std::int64_t next_first = static_cast<std::int64_t>(graph.nodes.size());
    for (std::int64_t start = 0; start < below; start += members) {
      const std::int64_t end = std::min(below, start + members);
      std::int64_t ends = 0;
      for (std::int64_t s = start; s < end; ++s) ends += downs[static_cast<std::size_t>(s)];
      const std::int64_t links = ups_below(seen + ends) - ups_below(seen);
      const std::int64_t switches = (links + upper.down - 1) / upper.down;
      std::int64_t turn = 0;
      for (std::int64_t s = start; s < end; ++s) {
        const std::int64_t before = seen;
        seen += downs[static_cast<std::size_t>(s)];
        for (std::int64_t up = ups_below(before); up < ups_below(seen); ++up) {
          join(first + s, next_first + next_count + turn, static_cast<std::size_t>(tier));
          if (++turn == switches) turn = 0;
        }
      }
      for (std::int64_t s = 0; s < switches; ++s)
        next_downs.push_back(links / switches + (s < links % switches));
      next_count += switches;
    }
    add_nodes(NodeKind::packet_switch, next_count);
    downs = std::move(next_downs);
    first = next_first;
    below = next_count;
    group = group * lower.up;
  }
}

// Blocks of `switches` switches with `ups` links each, joined all to all.
void Maker::mesh_of_blocks(std::int64_t first, std::int64_t blocks, std::int64_t switches, int ups,
                           std::size_t link_class) {
  const std::vector<GroupPort> ports =
      group_ports(static_cast<int>(blocks), static_cast<int>(switches * ups));
  for (std::int64_t block = 0; block < blocks; ++block)
    for (std::size_t i = 0; i < ports.size(); ++i) {
      if (ports[i].offset == 0) continue;
      const std::int64_t other = (block + ports[i].offset) % blocks;
      if (other < block) continue;  // joined already, from there
      join(first + block * switches + static_cast<std::int64_t>(i) / ups,
           first + other * switches + ports[i].partner / ups, link_class);
    }
}

void Maker::dragonfly() {
  const Dragonfly d = dragonfly_of(network, gpus * network.ports_per_gpu, radix_of(network, path), path);
  const std::int64_t a = d.routers, routers = a * d.groups;
  const std::int64_t first = add_nodes(NodeKind::packet_switch, routers);
  // The endpoints fill the routers evenly.
  const std::int64_t endpoints = gpus * network.ports_per_gpu;
  for (std::int64_t e = 0; e < endpoints; ++e)
    join(e / network.ports_per_gpu, first + e * routers / endpoints, 0);
  for (std::int64_t g = 0; g < d.groups; ++g)
    for (std::int64_t i = 0; i < a; ++i)
      for (std::int64_t j = i + 1; j < a; ++j) join(first + g * a + i, first + g * a + j, 1);
  mesh_of_blocks(first, d.groups, a, d.global_ports, 2);
}

void Maker::torus() {
  const Torus t = torus_of(network, gpus, path);
  std::int64_t stride = 1;
  for (const int d : t.dims) {
    const int edge = network.cube > 0 ? network.cube : d;
    for (std::int64_t node = 0; node < t.nodes; ++node) {
      const std::int64_t place = node / stride % d;
      const std::int64_t next = node + (place + 1 == d ? (1 - d) * stride : stride);
      const std::size_t link_class = (place + 1) % edge == 0 ? 1 : 0;
      for (int parallel = 0; parallel < network.ports_per_gpu; ++parallel) join(node, next, link_class);
    }
    stride *= d;
  }
}

void Maker::scale_up() {
  const std::int64_t radix = radix_of(network, path), ports = network.ports_per_gpu;
  const std::int64_t each = (network.domain * ports + radix - 1) / radix;
  const std::int64_t domains = (gpus + network.domain - 1) / network.domain;
  const std::int64_t first = add_nodes(NodeKind::nv_switch, domains * each);
  for (std::int64_t gpu = 0; gpu < gpus; ++gpu)
    for (std::int64_t i = 0; i < ports; ++i)
      join(gpu, first + gpu / network.domain * each + (gpu % network.domain * ports + i) % each, 0);
}

}  // namespace

Graph build_graph(const Network& network, std::int64_t gpus, const std::string& path) {
  const Topology topology = build_topology(network, gpus, path);
  constexpr std::int64_t most_links = 500'000'000;  // 6 GB
  if (topology.link_count() > most_links)
    throw Error(ErrorInfo{{},
                          path,
                          fmt::format("a graph of {} links", topology.link_count()),
                          fmt::format("at most {} links; counts need no graph", most_links),
                          {}});
  Maker maker{network, gpus, path, {}};
  for (const LinkClass& link : topology.links) maker.graph.classes.push_back({link.rate, 0.0, 0.0});
  maker.graph.links.reserve(static_cast<std::size_t>(topology.link_count()));
  maker.graph.nodes.reserve(static_cast<std::size_t>(gpus + topology.switch_count() + 64));
  maker.add_nodes(NodeKind::gpu, gpus);
  switch (network.topology) {
    case TopologyKind::dragonfly:
      maker.dragonfly();
      break;
    case TopologyKind::torus:
      maker.torus();
      break;
    case TopologyKind::scale_up:
      maker.scale_up();
      break;
    default:
      maker.clos();
  }
  return std::move(maker.graph);
}

}  // namespace waverack::cluster
