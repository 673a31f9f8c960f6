#pragma once
// Topology files as text, JSON, and in the format of another tool.

#include <cstdint>
#include <string>
#include <vector>

#include "waverack/io/terminal.hpp"
#include "waverack/io/topology_files.hpp"

namespace waverack::io {

// What a file says of the links of a class.
struct LinkNumbers {
  double latency_low = 0.0, latency_high = 0.0;  // [s]
  double loss = 0.0;                             // the largest
};

// A topology file with its classes; what `waverack topology` shows.
struct TopologyReport {
  std::string file, format;
  cluster::Topology topology;
  std::vector<LinkNumbers> links;  // for each of topology.links
  std::int64_t gpus = 0;           // hosts, NPUs, processors
  int gpus_per_server = 0;         // 0: the file does not say
  std::string gpu_type;            // "" where the file does not say
};
TopologyReport describe_topology(const TopologyFile&);

// One screen.
std::string topology_text(const TopologyReport&, const Style&);
// The format "waverack-topology", version 1.
std::string topology_json(const TopologyReport&);

// A row for every link of a graph: src, dst, rate, latency, frame loss, octets of the frame, technology and
// length; the last three are empty where the class of the link is none of the annotations (as
// cluster::annotated numbers them).
std::string links_csv(const cluster::Graph&, std::span<const cluster::LinkAnnotation> annotations = {});

// A topology in the format of a simulator, and what is to be known of it.
struct ConvertedTopology {
  std::string text;
  std::string links;  // CSV of the losses that the text does not state; "" where there are none
  std::vector<Warning> warnings;
};

// SimAI and csg-htsim files in the format of either. `write_loss` as in cluster::write_simai; latencies of
// tiers are the worst. Throws Error for formats that are only read, and for what the target cannot state.
ConvertedTopology convert_topology(const TopologyFile&, TopologyFormat target, bool write_loss);

}  // namespace waverack::io
