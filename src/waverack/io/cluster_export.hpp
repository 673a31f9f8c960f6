#pragma once
// The networks of a cluster as topology files of simulators, with the latencies and losses that were computed
// (docs/formats/topologies.md).

#include <string>
#include <vector>

#include "waverack/cluster/scenario_bands.hpp"
#include "waverack/io/cluster_load.hpp"
#include "waverack/io/series.hpp"
#include "waverack/io/topology_files.hpp"

namespace waverack::io {

struct ExportedTopologies {
  std::vector<SeriesFile> files;  // NETWORK.simai or NETWORK.topo, and for SimAI NETWORK.links.csv
  std::vector<Warning> warnings;
};

// Every network of a scenario link by link (SimAI) or tier by tier (csg-htsim, the worst of a tier, and of
// several planes one): latency of the link with modules, FEC and medium. SimAI's loss column is 0 unless
// `write_loss`; the computed loss of a frame of 64 octets is in the CSV. What a format cannot state is warned
// of with its reason, and the other networks and formats are written. Throws Error for a format that is only
// read.
ExportedTopologies export_topologies(const LoadedCluster&, const cluster::ScenarioCase&,
                                     const std::vector<cluster::Technology>&,
                                     const std::vector<TopologyFormat>&, bool write_loss);

}  // namespace waverack::io
