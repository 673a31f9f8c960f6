#include "waverack/io/topology_files.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "waverack/base/line_reader.hpp"
#include "waverack/base/text.hpp"
#include "waverack/cluster/simai.hpp"
#include "waverack/io/files.hpp"
#include "waverack/io/json_reader.hpp"

namespace waverack::io {
namespace {

struct FormatName {
  TopologyFormat format;
  std::string_view name, title;
};
constexpr std::array<FormatName, 4> formats{{{TopologyFormat::simai, "simai", "SimAI"},
                                             {TopologyFormat::htsim, "htsim", "csg-htsim"},
                                             {TopologyFormat::astra_sim, "astra-sim", "ASTRA-sim"},
                                             {TopologyFormat::calculon, "calculon", "Calculon"}}};

const FormatName& entry(TopologyFormat format) {
  return *std::find_if(formats.begin(), formats.end(),
                       [&](const FormatName& f) { return f.format == format; });
}

bool is_number(std::string_view word) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  return error == std::errc() && end == word.data() + word.size();
}

}  // namespace

std::string_view format_title(TopologyFormat format) { return entry(format).title; }

TopologyFormat parse_topology_format(const std::string& name) {
  std::vector<std::string> names;
  std::string allowed;
  for (const FormatName& f : formats) {
    if (f.name == name) return f.format;
    names.emplace_back(f.name);
    allowed += (allowed.empty() ? "" : ", ") + names.back();
  }
  throw Error(ErrorInfo{
      {}, {}, "'" + shown(name) + "' is no format of topologies", allowed, nearest_name(name, names)});
}

TopologyFormat recognise_topology(std::string_view path, std::string_view text) {
  if (path.ends_with(".yml") || path.ends_with(".yaml")) return TopologyFormat::astra_sim;
  if (path.ends_with(".json")) return TopologyFormat::calculon;
  LineReader lines(text, std::string(path), "#");
  if (lines.next_line()) {
    if (lines.line().starts_with('{')) return TopologyFormat::calculon;
    if (lines.line().find(": [") != std::string_view::npos) return TopologyFormat::astra_sim;
    const std::string_view first = lines.next_word();
    // A count may be wrong and the file still one of SimAI.
    if (is_number(first)) return TopologyFormat::simai;
    const std::string key = lower(first);
    for (const std::string_view known : {"nodes", "tiers", "podsize"})
      if (key == known) return TopologyFormat::htsim;
  }
  lines.fail("no topology file of a format that is known",
             "SimAI, csg-htsim (.topo), ASTRA-sim (.yml), Calculon (.json); --from states which");
}

TopologyFile parse_topology(std::string_view text, const std::string& name,
                            std::optional<TopologyFormat> format) {
  TopologyFile file{name, format ? *format : recognise_topology(name, text), {}};
  switch (file.format) {
    case TopologyFormat::simai:
      file.content = cluster::parse_simai(text, name);
      break;
    case TopologyFormat::htsim:
      file.content = cluster::parse_htsim(text, name);
      break;
    case TopologyFormat::astra_sim:
      file.content = cluster::parse_astra_network(text, name);
      break;
    case TopologyFormat::calculon:
      file.content = cluster::read_calculon(parse_json(text, name));
  }
  return file;
}

TopologyFile load_topology(const std::string& path, std::optional<TopologyFormat> format) {
  return parse_topology(read_file(path, data_size_limit, path), path, format);
}

cluster::Topology topology_of(const TopologyFile& file, cluster::Fabric fabric) {
  struct Visitor {
    cluster::Fabric fabric;
    cluster::Topology operator()(const cluster::Graph& graph) const {
      return cluster::classify(graph, fabric).topology;
    }
    cluster::Topology operator()(const cluster::HtsimTopology& t) const { return cluster::topology_of(t); }
    cluster::Topology operator()(const cluster::AstraNetwork& t) const { return cluster::topology_of(t); }
    cluster::Topology operator()(const cluster::CalculonSystem& t) const {
      return cluster::topology_of(t, fabric);
    }
  };
  return std::visit(Visitor{fabric}, file.content);
}

}  // namespace waverack::io
