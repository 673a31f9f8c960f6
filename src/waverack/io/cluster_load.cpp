#include "waverack/io/cluster_load.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "waverack/base/sha256.hpp"
#include "waverack/cluster/interruptions.hpp"
#include "waverack/io/files.hpp"
#include "waverack/io/profile.hpp"
#include "waverack/io/warnings.hpp"

namespace waverack::io {
namespace {

namespace fs = std::filesystem;

const NamedKind& clusters() {
  static const NamedKind kind{"cluster", "clusters", "a table with gpus, node, networks, …",
                              embedded_clusters()};
  return kind;
}

class Reader {
 public:
  Reader(LoadedCluster& loaded) : loaded_(loaded), profiles_(loaded.folder), named_(loaded.folder) {}

  LoadedScenario read_scenario(const Node& document) {
    named_.typed_in(document);
    ReadSources sources;
    sources.profile = [this](std::string_view kind, const Node& name) -> const Node& {
      return profiles_.document(kind, name);
    };
    sources.load_file = [this](std::string_view name) { return load_file(name); };
    ReadContext context(sources);
    LoadedScenario scenario;
    scenario.installation = read<cluster::Installation>(context, document, "");
    scenario.provenance = std::move(context.provenance);
    for (const Warning& warning : context.warnings) keep(loaded_.warnings, warning);
    return scenario;
  }

 private:
  std::string load_file(std::string_view name) {
    const std::optional<fs::path> path = named_.find(name, profiles_.folders());
    if (!path)
      throw Error("'" + std::string(name) + "' cannot be read: only a cluster in a file can name files");
    std::string text = read_file(*path, data_size_limit, path->string());
    const auto same = [&](const InputFile& file) { return file.name == name; };
    if (std::none_of(loaded_.files.begin(), loaded_.files.end(), same))
      loaded_.files.push_back({std::string(name), sha256_hex(text), text.size()});
    return text;
  }

  LoadedCluster& loaded_;
  ProfileShelf profiles_;
  NamedFiles named_;
};

void check(const LoadedCluster& loaded, const cluster::Installation& installation) {
  const auto refuse = [&](std::string path, std::string message, std::string allowed) {
    throw Error(placed(loaded, ErrorInfo{{}, std::move(path), std::move(message), std::move(allowed), {}}));
  };
  if (installation.networks.empty()) refuse("networks", "there is no network", "[[networks]] with a name");
  std::set<std::string> networks, scenarios;
  for (const cluster::Network& network : installation.networks)
    if (!networks.insert(network.name).second)
      refuse("networks." + network.name + ".name", "there are two networks of this name",
             "a name of its own");
  const cluster::Failures& failures = installation.failures;
  for (const std::string& name : failures.redundant_networks)
    if (!networks.contains(name))
      refuse("failures.redundant_networks", fmt::format("there is no network '{}'", name),
             fmt::format("{}", fmt::join(networks, ", ")));
  for (const cluster::Network& network : installation.networks) {
    if (cluster::asks_redundancy(failures, network.name) && network.planes < 2 &&
        (failures.redundancy == cluster::Redundancy::dual_plane || network.ports_per_gpu < 2))
      refuse("failures.redundancy",
             fmt::format("the endpoints of network '{}' have one link each", network.name),
             failures.redundancy == cluster::Redundancy::dual_plane
                 ? "planes = 2 or more in that network"
                 : "planes or ports_per_gpu of 2 or more in that network");
  }
  for (const cluster::Scenario& scenario : installation.scenarios)
    if (!scenarios.insert(scenario.name).second)
      refuse("scenarios." + scenario.name + ".name", "there are two scenarios of this name",
             "a name of its own");
}

}  // namespace

std::vector<std::string> cluster_names() { return names_of(clusters()); }

ErrorInfo placed(const LoadedCluster& loaded, ErrorInfo info) {
  return with_mark(Node(loaded.document), loaded.file, std::move(info));
}

LoadedCluster load_cluster(const std::string& which, const std::vector<std::string>& settings) {
  NamedDocument named = read_named(clusters(), which);
  LoadedCluster loaded;
  loaded.name = named.name;
  loaded.file = named.file;
  loaded.folder = named.folder;
  apply_settings(named.document, settings);
  loaded.document = *named.document.table();
  Reader reader(loaded);
  LoadedScenario base = reader.read_scenario(named.document);
  check(loaded, base.installation);
  const std::vector<cluster::Scenario> scenarios = base.installation.scenarios;
  if (scenarios.empty()) {
    base.name = base.installation.title;
    loaded.scenarios.push_back(std::move(base));
    return loaded;
  }
  for (const cluster::Scenario& scenario : scenarios) {
    LoadedScenario& made = loaded.scenarios.emplace_back();
    if (scenario.settings.empty()) {
      made = base;
    } else {
      Node document = named.document;
      apply_settings(document, scenario.settings);
      made = reader.read_scenario(document);
      check(loaded, made.installation);
    }
    made.name = scenario.name;
    if (!scenario.candidates.empty()) made.installation.candidates = scenario.candidates;
  }
  return loaded;
}

}  // namespace waverack::io
