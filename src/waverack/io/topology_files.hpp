#pragma once
// Topology files of other tools, by path (docs/formats/topologies.md).

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "waverack/cluster/astra_sim.hpp"
#include "waverack/cluster/calculon.hpp"
#include "waverack/cluster/topology_export.hpp"

namespace waverack::io {

enum class TopologyFormat { simai, htsim, astra_sim, calculon };
std::string_view format_title(TopologyFormat);                  // "SimAI"
TopologyFormat parse_topology_format(const std::string& name);  // Throws Error for another name

struct TopologyFile {
  std::string name;  // the path, as given
  TopologyFormat format = TopologyFormat::simai;
  std::variant<cluster::Graph, cluster::HtsimTopology, cluster::AstraNetwork, cluster::CalculonSystem>
      content;
};

// The format that an ending (.yml, .yaml, .json) or the first line that says something tells: six words that
// begin with five numbers (SimAI), a key of htsim, a key of ASTRA-sim, `{` (Calculon). Throws Error where it
// is none of them.
TopologyFormat recognise_topology(std::string_view path, std::string_view text);

// Reads a text, or a file of at most 256 MB. Throws Error as the readers of the formats do.
TopologyFile parse_topology(std::string_view text, const std::string& name,
                            std::optional<TopologyFormat> format = std::nullopt);
TopologyFile load_topology(const std::string& path, std::optional<TopologyFormat> format = std::nullopt);

// What it is made of. Of a SimAI file, `fabric` chooses the network: for the bill of a cluster that is
// scale_out, as the NVSwitches' links run inside of servers.
cluster::Topology topology_of(const TopologyFile&, cluster::Fabric fabric = cluster::Fabric::all);

}  // namespace waverack::io
