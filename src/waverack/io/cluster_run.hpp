#pragma once
// A cluster with all that is asked of it: its scenarios, their bands, fronts, crossovers.

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "waverack/cluster/crossover.hpp"
#include "waverack/cluster/scenario_bands.hpp"
#include "waverack/cluster/technology_map.hpp"
#include "waverack/design/result.hpp"
#include "waverack/io/cluster_load.hpp"
#include "waverack/io/series.hpp"
#include "waverack/io/topology_files.hpp"

namespace waverack::io {

struct ClusterOptions {
  std::filesystem::path prices;            // a price list laid over the built-in one; empty: none
  std::filesystem::path cache_folder;      // of solved technologies (technology_cache.hpp); empty: none
  std::vector<TopologyFormat> topologies;  // every network as files of simulators (cluster_export.hpp)
  bool write_loss = false;                 // into SimAI's column
  bool pareto = false;                     // fronts of every network of every scenario
  int samples = 1024;                      // of the bands; 0: none
  int seed = 1;
  int threads = 0;  // 0: one per core
};

struct ClusterTimes {
  double technologies = 0.0;   // until the lanes were solved, or found in the cache [s]
  double scenarios = 0.0;      // all of them [s]
  double bands = 0.0;          // [s]
  int solved = 0, cached = 0;  // technologies
};

struct ClusterAnswer {
  LoadedCluster loaded;
  std::vector<cluster::Technology> technologies;  // of all scenarios
  cluster::PriceList prices;
  std::vector<cluster::ScenarioCase> cases;
  cluster::ScenarioBands bands;                         // empty where no samples were asked for
  std::vector<std::vector<cluster::Saving>> savings;    // (scenario, boundary) over the first one
  std::vector<std::vector<cluster::Front>> fronts;      // (scenario, network); empty unless asked for
  std::vector<cluster::Crossover> crossovers;           // from the technologies of the scenarios
  std::vector<cluster::TechnologyMap> maps;             // from the same
  cluster::RateVerdict rate;                            // "above 3.2T"
  std::vector<std::vector<SeriesFile>> topology_files;  // (scenario, file); empty unless asked for
  std::vector<Assumption> assumptions;
  std::vector<Warning> warnings;
  ClusterTimes times;
  int seed = 1;
  int samples = 0;
  std::string command;
};

// Throws Error with the place in the file for whatever is wrong.
ClusterAnswer run_cluster(LoadedCluster, const ClusterOptions& = {});

}  // namespace waverack::io
