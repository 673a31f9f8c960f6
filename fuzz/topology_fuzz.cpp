// Any bytes as a topology of SimAI, of csg-htsim and as a network of ASTRA-sim. An Error is fine; a crash, a
// link to a node that is not there, or a text that is not read back as it was written is not.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "require.hpp"
#include "waverack/base/error.hpp"
#include "waverack/cluster/astra_sim.hpp"
#include "waverack/cluster/simai.hpp"
#include "waverack/cluster/topology_export.hpp"

namespace {

using namespace waverack;

template <class Action>
void allowing_errors(const Action& action) {
  try {
    action();
  } catch (const Error&) {
  }
}

void try_simai(std::string_view text) {
  const cluster::Graph graph = cluster::parse_simai(text, "fuzz");
  for (const cluster::GraphLink& link : graph.links)
    require(link.a < graph.nodes.size() && link.b < graph.nodes.size() && link.a != link.b &&
            link.link_class < graph.classes.size());
  const cluster::Graph again = cluster::parse_simai(cluster::write_simai(graph, true).text, "again");
  require(again.nodes == graph.nodes && again.links.size() == graph.links.size());
  for (std::size_t i = 0; i < graph.links.size(); ++i) {
    const cluster::GraphClass &a = graph.classes[graph.links[i].link_class],
                              &b = again.classes[again.links[i].link_class];
    require(a.rate == b.rate && a.latency == b.latency && a.loss == b.loss);
  }
  allowing_errors([&] {
    const cluster::ClassifiedGraph found = cluster::classify(graph);
    std::int64_t links = 0;
    for (const cluster::LinkClass& c : found.topology.links) links += c.count;
    require(links == static_cast<std::int64_t>(graph.links.size()));
  });
  allowing_errors([&] { cluster::check(cluster::htsim_of(graph, cluster::Reduction::mean), "found"); });
}

void try_htsim(std::string_view text) {
  const cluster::HtsimTopology tree = cluster::parse_htsim(text, "fuzz");
  const std::string written = cluster::write_htsim(tree);
  require(cluster::write_htsim(cluster::parse_htsim(written, "again")) == written);
  const cluster::Topology counts = cluster::topology_of(tree);
  std::int64_t links = 0;
  for (const cluster::LinkClass& c : counts.links) {
    require(c.count > 0);
    links += c.count;
  }
  if (links > 20000) return;
  require(cluster::graph_of(tree).links.size() == static_cast<std::size_t>(links));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  allowing_errors([&] { try_simai(text); });
  allowing_errors([&] { try_htsim(text); });
  allowing_errors([&] {
    const cluster::Topology t = cluster::topology_of(cluster::parse_astra_network(text, "fuzz"));
    for (const cluster::LinkClass& c : t.links) require(c.count > 0 && std::isfinite(c.rate));
  });
  return 0;
}
