#include "waverack/io/cluster_export.hpp"

#include <fmt/format.h>

#include "waverack/cluster/graph_build.hpp"
#include "waverack/cluster/simai.hpp"
#include "waverack/io/topology_output.hpp"

namespace waverack::io {
namespace {

using cluster::LinkAnnotation;
using cluster::ScenarioCase;

std::vector<LinkAnnotation> annotations_of(const ScenarioCase& scenario, std::size_t n,
                                           const std::vector<cluster::Technology>& technologies) {
  std::vector<LinkAnnotation> list;
  const cluster::Topology& topology = scenario.frame.topologies[n];
  for (const cluster::Selection& selection : scenario.result.networks[n].choice.selections) {
    if (selection.links == 0 || !selection.served()) continue;
    const double count = static_cast<double>(topology.links[selection.link_class].count);
    std::string design =
        cluster::names_of_ends(technologies[selection.a].name, technologies[selection.b].name);
    list.push_back({selection.link_class, static_cast<double>(selection.links) / count, selection.latency,
                    selection.frame_loss, 64, std::move(design), selection.length});
  }
  return list;
}

// Port to port [s]; 0 where the network has no switches, or those of a file.
double switch_latency(const cluster::Network& network) {
  return network.switches.value ? network.switches.value->latency.value : 0.0;
}

// SimAI knows no latency of a switch: half of it goes to each link at either of its ports, so that every way
// through switches takes as long as it does.
std::vector<LinkAnnotation> with_switches(std::vector<LinkAnnotation> list, const cluster::Topology& topology,
                                          double latency) {
  for (LinkAnnotation& item : list) {
    const cluster::LinkClass& links = topology.links[item.link_class];
    for (const cluster::LinkEnd& end : {links.a, links.b})
      if (end.kind == cluster::EndKind::switch_port) item.latency += 0.5 * latency;
  }
  return list;
}

// Link by link, with the classes that the cluster counts with.
cluster::ClassifiedGraph classified(const cluster::Topology& topology, const cluster::Graph& graph) {
  cluster::ClassifiedGraph made;
  made.topology = topology;
  for (const cluster::GraphLink& link : graph.links)
    made.class_of_link.push_back(static_cast<std::uint16_t>(link.link_class));
  return made;
}

TopologyFile file_of(const LoadedCluster& loaded, const cluster::Network& network) {
  const std::filesystem::path file =
      loaded.folder ? *loaded.folder / network.file : std::filesystem::path(network.file);
  return load_topology(file.string());
}

void export_simai(const LoadedCluster& loaded, const ScenarioCase& scenario, std::size_t n,
                  const std::vector<LinkAnnotation>& annotations, bool write_loss, ExportedTopologies& out) {
  const cluster::Network& network = scenario.installation.networks[n];
  cluster::Graph graph;
  cluster::ClassifiedGraph classes;
  if (network.topology == cluster::TopologyKind::file) {
    TopologyFile file = file_of(loaded, network);
    auto* held = std::get_if<cluster::Graph>(&file.content);
    if (!held)
      throw Error(fmt::format("network '{}' is of a {} file, which states no single links; SimAI needs them",
                              network.name, format_title(file.format)));
    graph = std::move(*held);
    classes = cluster::classify(graph, cluster::Fabric::scale_out);
  } else {
    graph = cluster::build_graph(network, scenario.installation.gpus, "networks." + network.name);
    graph.gpus_per_server = scenario.installation.node.value->gpus;
    classes = classified(scenario.frame.topologies[n], graph);
  }
  const double latency = switch_latency(network);
  const std::vector<LinkAnnotation> whole = with_switches(annotations, classes.topology, latency);
  const cluster::BundledGraph made = cluster::bundled(cluster::annotated(graph, classes, whole));
  if (latency > 0.0)
    out.warnings.push_back(
        {"networks." + network.name,
         fmt::format("SimAI has no latency of switches: half of their {:.0f} ns is in that of "
                     "each link at either port",
                     latency * 1e9)});
  if (made.links_merged > 0)
    out.warnings.push_back(
        {"networks." + network.name,
         fmt::format("SimAI knows one link between two nodes: {} links are in others of the "
                     "rates of a bundle",
                     made.links_merged)});
  std::vector<LinkAnnotation> of_classes;  // of the first classes, those that have one
  for (const std::size_t original : made.class_of)
    if (original < whole.size()) of_classes.push_back(whole[original]);
  cluster::SimaiText text = cluster::write_simai(made.graph, write_loss);
  out.files.push_back({network.name + ".simai", std::move(text.text)});
  out.files.push_back({network.name + ".links.csv", links_csv(made.graph, of_classes)});
  out.warnings.insert(out.warnings.end(), text.warnings.begin(), text.warnings.end());
}

// A plane of several that are alike.
cluster::Topology one_plane(cluster::Topology topology, std::int64_t planes) {
  for (cluster::LinkClass& links : topology.links) links.count /= planes;
  for (cluster::SwitchClass& switches : topology.switches) {
    if (switches.count % planes != 0)
      throw Error(fmt::format("htsim cannot state this topology: {} switches {} for {} planes are not whole",
                              switches.count, switches.name, planes));
    switches.count /= planes;
    switches.ports_used /= planes;
  }
  return topology;
}

void export_htsim(const LoadedCluster& loaded, const ScenarioCase& scenario, std::size_t n,
                  const std::vector<LinkAnnotation>& annotations, ExportedTopologies& out) {
  const cluster::Network& network = scenario.installation.networks[n];
  const cluster::Topology& topology = scenario.frame.topologies[n];
  cluster::HtsimTopology made;
  if (network.topology == cluster::TopologyKind::file) {
    TopologyFile file = file_of(loaded, network);
    if (auto* tree = std::get_if<cluster::HtsimTopology>(&file.content))
      made = std::move(*tree);
    else if (auto* graph = std::get_if<cluster::Graph>(&file.content))
      made = cluster::htsim_of(*graph, cluster::Reduction::worst);
    else
      throw Error(fmt::format("network '{}' is of a {} file, which is no fat tree", network.name,
                              format_title(file.format)));
  } else {
    made = cluster::htsim_of(one_plane(topology, network.planes));
    if (network.planes > 1)
      out.warnings.push_back(
          {"networks." + network.name,
           fmt::format("htsim has no planes: its file is one of {} that are alike", network.planes)});
  }
  if (const double latency = switch_latency(network); latency > 0.0)
    for (int i = 0; i < made.tiers; ++i)
      made.tier[static_cast<std::size_t>(i)].switch_latency_ns =
          cluster::whole_nanoseconds(latency, cluster::Reduction::worst);
  out.files.push_back(
      {network.name + ".topo", cluster::write_htsim(cluster::annotated(std::move(made), topology, annotations,
                                                                       cluster::Reduction::worst))});
}

}  // namespace

ExportedTopologies export_topologies(const LoadedCluster& loaded, const ScenarioCase& scenario,
                                     const std::vector<cluster::Technology>& technologies,
                                     const std::vector<TopologyFormat>& formats, bool write_loss) {
  for (const TopologyFormat format : formats)
    if (format != TopologyFormat::simai && format != TopologyFormat::htsim)
      throw Error(ErrorInfo{
          {}, "--export", fmt::format("{} files are only read", format_title(format)), "simai, htsim", {}});
  ExportedTopologies out;
  for (std::size_t n = 0; n < scenario.installation.networks.size(); ++n) {
    const std::vector<LinkAnnotation> annotations = annotations_of(scenario, n, technologies);
    for (const TopologyFormat format : formats) try {
        if (format == TopologyFormat::simai)
          export_simai(loaded, scenario, n, annotations, write_loss, out);
        else
          export_htsim(loaded, scenario, n, annotations, out);
      } catch (const Error& error) {
        out.warnings.push_back(
            {"networks." + scenario.installation.networks[n].name,
             fmt::format("no file of {}: {}", format_title(format), error.info().message)});
      }
  }
  return out;
}

}  // namespace waverack::io
