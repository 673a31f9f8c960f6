#include "waverack/io/topology_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "waverack/cluster/simai.hpp"
#include "waverack/io/csv.hpp"
#include "waverack/io/json_writer.hpp"
#include "waverack/io/number_text.hpp"

namespace waverack::io {
namespace {

using cluster::Graph;
using cluster::LinkClass;

LinkNumbers exactly_latency(double latency) { return {latency, latency, 0.0}; }

void describe(const Graph& graph, TopologyReport& report) {
  const cluster::ClassifiedGraph found = cluster::classify(graph);
  report.topology = found.topology;
  report.gpus = std::count(graph.nodes.begin(), graph.nodes.end(), cluster::NodeKind::gpu);
  report.gpus_per_server = graph.gpus_per_server;
  report.gpu_type = graph.gpu_type;
  report.links.assign(found.topology.links.size(), {INFINITY, 0.0, 0.0});
  for (std::size_t i = 0; i < graph.links.size(); ++i) {
    LinkNumbers& numbers = report.links[found.class_of_link[i]];
    const cluster::GraphClass& c = graph.classes[graph.links[i].link_class];
    numbers.latency_low = std::min(numbers.latency_low, c.latency);
    numbers.latency_high = std::max(numbers.latency_high, c.latency);
    numbers.loss = std::max(numbers.loss, c.loss);
  }
}

void describe(const cluster::HtsimTopology& htsim, TopologyReport& report) {
  report.topology = cluster::topology_of(htsim);
  report.gpus = htsim.nodes;
  for (int i = 0; i < htsim.tiers; ++i)
    report.links.push_back(
        exactly_latency(static_cast<double>(htsim.tier[static_cast<std::size_t>(i)].latency_ns) / 1e9));
}

void describe(const cluster::AstraNetwork& network, TopologyReport& report) {
  report.topology = cluster::topology_of(network);
  report.gpus = network.npus();
  for (const LinkClass& links : report.topology.links)
    report.links.push_back(exactly_latency(network.dimensions[static_cast<std::size_t>(links.tier)].latency));
}

void describe(const cluster::CalculonSystem& system, TopologyReport& report) {
  report.topology = cluster::topology_of(system);
  report.gpus = report.topology.links.front().count;
  for (const cluster::CalculonNetwork& network : system.networks)
    report.links.push_back(exactly_latency(network.latency));
}

std::string latency_text(const LinkNumbers& numbers) {
  const std::string high = quantity_text(numbers.latency_high, "s");
  return numbers.latency_low == numbers.latency_high
             ? high
             : quantity_text(numbers.latency_low, "s") + " to " + high;
}

std::string head_text(const TopologyReport& report) {
  std::string text = fmt::format("{}, a topology of {}\n\n  {} GPUs", report.file, report.format,
                                 count_text(static_cast<double>(report.gpus)));
  if (report.gpus_per_server > 1) text += fmt::format(", servers of {}", report.gpus_per_server);
  if (!report.gpu_type.empty()) text += ", " + report.gpu_type;
  std::int64_t links = 0;
  for (const LinkClass& c : report.topology.links) links += c.count;
  text += fmt::format("; {} links", count_text(static_cast<double>(links)));
  if (report.topology.mean_switches > 0.0)
    text += fmt::format("; {} switches between two GPUs on average, at most {}",
                        number_text(report.topology.mean_switches), report.topology.diameter_switches);
  return text + "\n\n";
}

ConvertedTopology to_simai(const Graph& graph, bool write_loss) {
  cluster::SimaiText written = cluster::write_simai(graph, write_loss);
  ConvertedTopology result{std::move(written.text), "", std::move(written.warnings)};
  const bool lossy = std::any_of(graph.classes.begin(), graph.classes.end(),
                                 [](const cluster::GraphClass& c) { return c.loss > 0.0; });
  if (lossy && !write_loss) result.links = links_csv(graph);
  return result;
}

}  // namespace

TopologyReport describe_topology(const TopologyFile& file) {
  TopologyReport report;
  report.file = file.name;
  report.format = format_title(file.format);
  std::visit([&](const auto& content) { describe(content, report); }, file.content);
  return report;
}

std::string topology_text(const TopologyReport& report, const Style& style) {
  std::string text = head_text(report);
  TextTable links("lrrrr");
  links.head({"links", "count", "rate", "latency", "packet loss"});
  for (std::size_t i = 0; i < report.topology.links.size(); ++i) {
    const LinkClass& c = report.topology.links[i];
    links.row({c.name, count_text(static_cast<double>(c.count)), quantity_text(c.rate, "bit/s"),
               latency_text(report.links[i]), number_text(report.links[i].loss)});
  }
  text += links.text(style, 2);
  if (!report.topology.switches.empty()) {
    TextTable switches("lrr");
    switches.head({"switches", "count", "ports used"});
    for (const cluster::SwitchClass& s : report.topology.switches)
      switches.row({s.name, count_text(static_cast<double>(s.count)),
                    number_text(static_cast<double>(s.ports_used) / static_cast<double>(s.count)) + " each"});
    text += '\n' + switches.text(style, 2);
  }
  if (!report.topology.warnings.empty()) text += "\nWarnings\n";
  for (const Warning& warning : report.topology.warnings)
    text += "  " + wrap(warning.message, style.width - 2, 2) + '\n';
  return text;
}

std::string topology_json(const TopologyReport& report) {
  JsonWriter json;
  json.begin_object();
  json.member("format", "waverack-topology");
  json.member("version", 1);
  json.member("file", report.file);
  json.member("file_format", report.format);
  json.member("gpus", report.gpus);
  json.member("gpus_per_server", report.gpus_per_server);
  json.member("gpu_type", report.gpu_type);
  json.member("endpoints", report.topology.endpoints);
  json.member("diameter_switches", report.topology.diameter_switches);
  json.member("mean_switches", report.topology.mean_switches);
  json.member("bisection_bit_per_s", report.topology.bisection);
  json.list("switches", report.topology.switches, [&](const cluster::SwitchClass& s) {
    json.member("name", s.name);
    json.member("tier", s.tier);
    json.member("count", s.count);
    json.member("ports_used", s.ports_used);
  });
  std::size_t i = 0;
  json.list("links", report.topology.links, [&](const LinkClass& c) {
    const LinkNumbers& numbers = report.links[i++];
    json.member("name", c.name);
    json.member("tier", c.tier);
    json.member("count", c.count);
    json.member("rate_bit_per_s", c.rate);
    json.member("latency_low_s", numbers.latency_low);
    json.member("latency_high_s", numbers.latency_high);
    json.member("packet_loss", numbers.loss);
  });
  std::vector<std::string> warnings;
  for (const Warning& warning : report.topology.warnings) warnings.push_back(warning.message);
  json.member("warnings", warnings);
  json.end_object();
  return json.take();
}

std::string links_csv(const Graph& graph, std::span<const cluster::LinkAnnotation> annotations) {
  std::string text = "src,dst,rate [Gb/s],latency [ns],frame loss,frame [octets],technology,length [m]\n";
  std::vector<std::string> columns;
  for (std::size_t i = 0; i < graph.classes.size(); ++i) {
    const cluster::GraphClass& c = graph.classes[i];
    std::string row = fmt::format(",{},{},{},", csv_number(c.rate / 1e9, 12), csv_number(c.latency * 1e9, 12),
                                  csv_number(c.loss));
    if (i < annotations.size()) {
      const cluster::LinkAnnotation& a = annotations[i];
      row += fmt::format("{},{},{}\n", a.frame_octets, csv_field(a.technology), csv_number(a.length));
    } else {
      row += ",,\n";
    }
    columns.push_back(std::move(row));
  }
  for (const cluster::GraphLink& link : graph.links)
    fmt::format_to(std::back_inserter(text), "{},{}{}", link.a, link.b, columns[link.link_class]);
  return text;
}

ConvertedTopology convert_topology(const TopologyFile& file, TopologyFormat target, bool write_loss) {
  const auto* graph = std::get_if<Graph>(&file.content);
  const auto* htsim = std::get_if<cluster::HtsimTopology>(&file.content);
  if (target != TopologyFormat::simai && target != TopologyFormat::htsim)
    throw Error(ErrorInfo{
        {}, {}, fmt::format("files of {} are read, not written", format_title(target)), "simai, htsim", {}});
  if (!graph && !htsim)
    throw Error(
        ErrorInfo{{file.name, 0, 0},
                  {},
                  fmt::format("a file of {} states no links one by one, and cannot be written as one of {}",
                              format_title(file.format), format_title(target)),
                  {},
                  {}});
  if (target == TopologyFormat::simai) {
    if (graph) return to_simai(*graph, write_loss);
    ConvertedTopology result = to_simai(cluster::graph_of(*htsim), write_loss);
    result.warnings.push_back(
        {"", "htsim knows no servers: every GPU is a server of its own, without NVSwitches"});
    return result;
  }
  if (htsim) return {cluster::write_htsim(*htsim), "", {}};
  const cluster::HtsimTopology tree = cluster::htsim_of(*graph, cluster::Reduction::worst);
  return {cluster::write_htsim(tree), "", tree.warnings};
}

}  // namespace waverack::io
