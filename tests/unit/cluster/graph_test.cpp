#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "unit/cluster/networks.hpp"
#include "waverack/base/error.hpp"
#include "waverack/cluster/graph_build.hpp"
#include "waverack/cluster/graph_measures.hpp"

// Graphs against the closed forms: two ways to the same counts and distances.

namespace waverack::cluster {
namespace {

struct Case {
  std::string name;
  Network network;
  std::int64_t gpus;
  int spare_switches = 0;  // that whole switches of every tier need beyond the closed form
  bool over_one_global_link = false;
};

Case clos(std::string name, int radix, int tiers, std::int64_t gpus, int spare = 0) {
  Case c{std::move(name), network_of(TopologyKind::clos, radix), gpus, spare};
  c.network.tiers = tiers;
  return c;
}

Case oversubscribed(std::string name, int radix, std::vector<double> ratios, std::int64_t gpus,
                    int spare = 0) {
  Case c = clos(std::move(name), radix, static_cast<int>(ratios.size()) + 1, gpus, spare);
  c.network.oversubscription = std::move(ratios);
  return c;
}

Case rails(std::string name, TopologyKind kind, int radix, int rails, std::int64_t gpus, int ports = 1) {
  Case c{std::move(name), network_of(kind, radix), gpus};
  c.network.rails = rails;
  c.network.ports_per_gpu = ports;
  return c;
}

Case planes(std::string name, int radix, int count, std::int64_t gpus) {
  Case c{std::move(name), network_of(TopologyKind::clos, radix), gpus};
  c.network.planes = count;
  return c;
}

Case dragonfly(std::string name, int p, int a, int h, std::int64_t gpus) {
  Case c{std::move(name), network_of(TopologyKind::dragonfly, p + a + h - 1), gpus};
  c.network.hosts_per_router = p;
  c.network.routers_per_group = a;
  c.network.global_links_per_router = h;
  c.over_one_global_link = true;
  return c;
}

Case torus(std::string name, std::vector<int> dims, int cube = 0) {
  Case c{std::move(name), cube_torus(dims), 1};
  for (const int d : dims) c.gpus *= d;
  c.network.cube = cube;
  if (cube == 0) c.network.circuit_switch = {};
  return c;
}

Case mesh(std::string name, int radix, int tiers, std::int64_t gpus) {
  Case c = clos(std::move(name), radix, tiers, gpus);
  use_circuit_switch(c.network);
  return c;
}

class Graphs : public testing::TestWithParam<Case> {
 protected:
  const Case c = GetParam();
  const Topology topology = build_topology(c.network, c.gpus, "n");
  const Graph graph = build_graph(c.network, c.gpus, "n");
  const Adjacency joined = adjacency(graph);
};

TEST_P(Graphs, LinksOfEachClass) {
  std::vector<std::int64_t> counts(topology.links.size());
  for (const GraphLink& link : graph.links) ++counts.at(link.link_class);
  ASSERT_EQ(graph.classes.size(), topology.links.size());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    EXPECT_EQ(counts[i], topology.links[i].count) << topology.links[i].name;
    EXPECT_EQ(graph.classes[i].rate, topology.links[i].rate);
  }
}

TEST_P(Graphs, NodesAndDegrees) {
  const std::int64_t gpus = std::count(graph.nodes.begin(), graph.nodes.end(), NodeKind::gpu);
  EXPECT_EQ(gpus, c.gpus);
  EXPECT_EQ(static_cast<std::int64_t>(graph.nodes.size()) - gpus, topology.switch_count() + c.spare_switches);
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    if (graph.nodes[i] == NodeKind::gpu) {
      EXPECT_EQ(joined.degree(static_cast<std::uint32_t>(i)), topology.endpoints * c.network.planes / c.gpus)
          << "GPU " << i;
    } else {
      EXPECT_LE(joined.degree(static_cast<std::uint32_t>(i)), static_cast<std::uint32_t>(topology.radix))
          << "switch " << i;
    }
  }
}

TEST_P(Graphs, Parts) {
  std::int64_t parts = 1;
  if (c.network.topology == TopologyKind::rail_only) parts = c.network.rails;
  if (c.network.topology == TopologyKind::scale_up)
    parts = (c.gpus + c.network.domain - 1) / c.network.domain;
  EXPECT_EQ(part_count(joined), parts);
}

// Routers on the way over at most one link of class 2, as minimal routing in a dragonfly goes.
std::vector<std::int32_t> one_global_link(const Graph& graph, std::uint32_t source) {
  const std::uint32_t n = static_cast<std::uint32_t>(graph.nodes.size());
  Graph twice;  // a second copy of the nodes is where ways are after a global link
  twice.nodes.resize(2 * n);
  std::vector<std::vector<std::uint32_t>> next(2 * n);
  for (const GraphLink& link : graph.links)
    for (const auto& [a, b] : {std::pair{link.a, link.b}, std::pair{link.b, link.a}}) {
      if (link.link_class == 2) {
        next[a].push_back(b + n);
      } else {
        next[a].push_back(b);
        next[a + n].push_back(b + n);
      }
    }
  std::vector<std::int32_t> distance(2 * n, -1);
  std::vector<std::uint32_t> queue{source};
  distance[source] = 0;
  for (std::size_t i = 0; i < queue.size(); ++i)
    for (const std::uint32_t node : next[queue[i]])
      if (distance[node] < 0) {
        distance[node] = distance[queue[i]] + 1;
        queue.push_back(node);
      }
  std::vector<std::int32_t> best(n, -1);
  for (std::uint32_t i = 0; i < n; ++i)
    for (const std::int32_t d : {distance[i], distance[i + n]})
      if (d >= 0 && (best[i] < 0 || d < best[i])) best[i] = d;
  return best;
}

TEST_P(Graphs, Ways) {
  Ways ways = shortest_ways(graph, joined, c.gpus);
  if (c.over_one_global_link) {
    EXPECT_LE(ways.mean, topology.mean_switches + 1e-12);
    double sum = 0.0;
    ways.most = 0;
    for (std::uint32_t source = 0; source < c.gpus; ++source) {
      const std::vector<std::int32_t> distance = one_global_link(graph, source);
      for (std::uint32_t gpu = 0; gpu < c.gpus; ++gpu) {
        if (gpu == source) continue;
        sum += distance[gpu] - 1;
        ways.most = std::max(ways.most, distance[gpu] - 1);
      }
    }
    ways.mean = sum / static_cast<double>(c.gpus * (c.gpus - 1));
  }
  EXPECT_EQ(ways.most, topology.diameter_switches);
  if (c.network.ports_per_gpu == 1 || c.network.topology != TopologyKind::rail_optimised) {
    EXPECT_NEAR(ways.mean, topology.mean_switches, 1e-9);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Topologies, Graphs,
    testing::Values(
        clos("one_switch", 8, 1, 8), clos("one_part_filled", 8, 1, 5), clos("two_tiers", 8, 2, 32),
        clos("three_tiers", 8, 3, 128), clos("four_tiers", 4, 4, 32), clos("five_tiers", 4, 5, 64),
        clos("two_tiers_half", 8, 2, 16), clos("two_tiers_part", 8, 2, 27, 0),
        clos("three_tiers_half", 8, 3, 64), clos("three_tiers_part", 8, 3, 100, 0),
        clos("three_tiers_one_more", 8, 3, 65, 2), clos("radix_16", 16, 3, 1024),
        clos("odd_radix", 7, 2, 18, 1), oversubscribed("two_to_one", 12, {2.0}, 96),
        oversubscribed("three_to_one", 8, {1.0, 3.0}, 192), oversubscribed("part_filled", 12, {2.0}, 50, 1),
        oversubscribed("undersubscribed", 12, {0.5}, 48),
        rails("rails_two_tiers", TopologyKind::rail_optimised, 16, 8, 128),
        rails("rails_three_tiers", TopologyKind::rail_optimised, 8, 4, 128),
        rails("rails_part", TopologyKind::rail_optimised, 16, 8, 72, 1),
        rails("rails_of_two_ports", TopologyKind::rail_optimised, 16, 4, 64, 2),
        rails("rail_only", TopologyKind::rail_only, 16, 4, 64),
        rails("rail_only_two_tiers", TopologyKind::rail_only, 8, 4, 128), planes("two_planes", 8, 2, 128),
        planes("four_planes", 8, 4, 16), dragonfly("balanced", 2, 4, 2, 72),
        dragonfly("small_groups", 1, 2, 1, 6), dragonfly("one_link_each", 2, 4, 1, 40),
        dragonfly("half_the_groups", 2, 4, 2, 40), dragonfly("even_groups", 2, 4, 2, 32),
        dragonfly("two_groups", 1, 3, 2, 6), dragonfly("three_groups", 2, 3, 3, 18),
        dragonfly("one_group", 2, 4, 2, 8), dragonfly("router_groups", 3, 1, 4, 15), torus("ring", {7}),
        torus("square", {4, 3}), torus("pairs", {2, 2, 2}), torus("three", {4, 6, 5}),
        torus("four", {3, 3, 3, 4}), torus("cubes", {8, 8, 4}, 4), torus("small_cubes", {4, 6, 2}, 2),
        mesh("circuits_two_tiers", 8, 2, 20), mesh("circuits_three_tiers", 8, 3, 64),
        mesh("circuits_even", 8, 2, 16), Case{"domain", scale_up_domain(), 72},
        Case{"domains", scale_up_domain(), 100}),
    [](const auto& one) { return one.param.name; });

TEST(GraphBuild, ServersOnRailsMeetAtOneLeaf) {
  // GPU i of the 8 servers of a set goes to leaf i.
  Network network = network_of(TopologyKind::rail_optimised, 16);
  network.rails = 4;
  const Graph graph = build_graph(network, 64, "n");
  std::map<std::uint32_t, std::map<std::uint32_t, int>> rails_of_leaf;
  for (const GraphLink& link : graph.links)
    if (link.link_class == 0) ++rails_of_leaf[link.b][link.a % 4];
  EXPECT_EQ(rails_of_leaf.size(), 8u);
  for (const auto& [leaf, rails] : rails_of_leaf) {
    ASSERT_EQ(rails.size(), 1u) << leaf;
    EXPECT_EQ(rails.begin()->second, 8);
  }
}

TEST(GraphBuild, EverySwitchOfADomainSeesEveryGpu) {
  const Graph graph = build_graph(scale_up_domain(), 72, "n");
  std::map<std::pair<std::uint32_t, std::uint32_t>, int> links;
  for (const GraphLink& link : graph.links) ++links[{link.a, link.b}];
  EXPECT_EQ(links.size(), 72u * 18u);
}

TEST(GraphBuild, ManyMoreLinksThanAnyoneNeedsAreRefused) {
  Network network = network_of(TopologyKind::clos, 512);
  network.ports_per_gpu = 1000;
  EXPECT_THROW(build_graph(network, 1'000'000, "n"), Error);
}

TEST(GraphMeasures, WaysOfALine) {
  Graph line;
  line.nodes = {NodeKind::gpu, NodeKind::packet_switch, NodeKind::packet_switch, NodeKind::gpu,
                NodeKind::gpu};
  line.classes = {{1.0, 0.0, 0.0}};
  line.links = {{0, 1, 0}, {1, 2, 0}, {2, 3, 0}};
  const Adjacency joined = adjacency(line);
  EXPECT_EQ(joined.degree(1), 2u);
  EXPECT_EQ(part_count(joined), 2);
  const Ways ways = shortest_ways(line, joined, 10);
  EXPECT_EQ(ways.most, 2);
  EXPECT_DOUBLE_EQ(ways.mean, 2.0);
  EXPECT_EQ(ways.joined, 2);
  EXPECT_EQ(ways.pairs, 6);
  EXPECT_EQ(shortest_ways(line, joined, 10, {false, true, false}).joined, 0);
}

// Five GPUs in a ring: two neighbours without a node between, two others with one. Where GPUs pass nothing
// on, the neighbours alone are joined.
TEST(GraphMeasures, WaysThroughGpus) {
  Graph ring;
  ring.nodes.assign(5, NodeKind::gpu);
  ring.classes = {{1.0, 0.0, 0.0}};
  for (std::uint32_t i = 0; i < 5; ++i) ring.links.push_back({i, (i + 1) % 5, 0});
  const Adjacency joined = adjacency(ring);
  const Ways through = shortest_ways(ring, joined, 5);
  EXPECT_EQ(through.joined, 20);
  EXPECT_EQ(through.most, 1);
  EXPECT_DOUBLE_EQ(through.mean, 0.5);
  const Ways direct = shortest_ways(ring, joined, 5, {}, false);
  EXPECT_EQ(direct.joined, 10);
  EXPECT_EQ(direct.pairs, 20);
  EXPECT_DOUBLE_EQ(direct.mean, 0.0);
}

// More sources than are searched at once: 130 GPUs below one switch, each one switch away from all others.
TEST(GraphMeasures, WaysFromManyGpus) {
  Graph star;
  star.nodes.assign(131, NodeKind::gpu);
  star.nodes.back() = NodeKind::packet_switch;
  star.classes = {{1.0, 0.0, 0.0}};
  for (std::uint32_t i = 0; i < 130; ++i) star.links.push_back({i, 130, 0});
  const Ways ways = shortest_ways(star, adjacency(star), 130);
  EXPECT_EQ(ways.joined, 130 * 129);
  EXPECT_DOUBLE_EQ(ways.mean, 1.0);
  EXPECT_EQ(ways.most, 1);
}

}  // namespace
}  // namespace waverack::cluster
