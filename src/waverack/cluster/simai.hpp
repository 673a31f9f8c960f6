#pragma once
// Topology files of SimAI (docs/formats/topologies.md).
//
//   34 8 2 16 96 H20                    nodes, GPUs of a server, NVSwitches, switches, links, GPU type
//   16 17 18 19 …                       the NVSwitches, then the switches
//   0 16 900Gbps 0.000025ms 0           a link: two nodes, rate, latency, packet loss
//
// Source: SimAI, inputs/topo/gen_Topo_Template.py and network_frontend/ns3/common.h (facts: cluster 11.3).

#include <string>
#include <string_view>
#include <vector>

#include "waverack/cluster/graph.hpp"

namespace waverack::cluster {

// Reads such a text. Nodes keep their numbers; links that agree in rate, latency and loss share a class.
// Rates: bps, kbps, Mbps, Gbps, the same with b/s, and with B for bytes; latencies: s, ms, us, ns, ps, fs.
//
// Throws Error with file, line and column where the text is not of this form: a count or a node that is
// no number, is negative or out of range; other than five words for a link; a unit that is missing or of
// another quantity; a link from a node to itself; a second link between two nodes (SimAI keeps the last one
// alone); a node without a link; fewer or more links than line 1 states, as in a file that was cut.
// Warnings of the graph: packet loss above 0, switches numbered below the GPUs, servers that are not full.
// Cost: linear; about 0.5 µs and 40 bytes beside the text for each link.
Graph parse_simai(std::string_view text, const std::string& name);

struct SimaiText {
  std::string text;
  std::vector<Warning> warnings;
};

// The text of a graph; parse_simai gives back the same graph (without its losses unless `write_loss`). The
// loss column is written as 0: values above 0 hang SimAI (#119, #184) and astra-network-ns3 (#12). With
// `write_loss` it is the loss of the classes, and a warning says so. A graph without GPU type says NONE, and
// one without servers has servers of one GPU.
// Throws Error for a graph with several links between two nodes, which the format cannot state.
SimaiText write_simai(const Graph&, bool write_loss = false);

}  // namespace waverack::cluster
