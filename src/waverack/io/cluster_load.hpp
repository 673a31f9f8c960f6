#pragma once
// From the name of a cluster to its scenarios.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "waverack/base/provenance.hpp"
#include "waverack/cluster/installation.hpp"
#include "waverack/io/load.hpp"
#include "waverack/io/named_document.hpp"

namespace waverack::io {

struct LoadedScenario {
  std::string name;
  cluster::Installation installation;  // with the scenario's settings and candidates
  Provenance provenance;
};

struct LoadedCluster {
  std::string name;  // "gb300-18k"
  std::string file;  // for messages
  std::optional<std::filesystem::path> folder;
  Table document;                         // as it was read, settings laid over it
  std::vector<LoadedScenario> scenarios;  // at least one
  std::vector<Warning> warnings;
  std::vector<InputFile> files;  // that it names
};

// Reads a cluster. `which` is the path of a TOML or JSON file, "-" for standard input, or the name of a
// built-in cluster; JSON is bare, or a result of `waverack cluster`. `settings` are texts PATH=VALUE laid
// over the file, those of a scenario on top. Throws Error with the place in the file for whatever is wrong.
LoadedCluster load_cluster(const std::string& which, const std::vector<std::string>& settings = {});

std::vector<std::string> cluster_names();

// The mark of a path that an error names, in the document of the cluster.
ErrorInfo placed(const LoadedCluster&, ErrorInfo);

}  // namespace waverack::io
