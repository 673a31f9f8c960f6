#include "waverack/io/cluster_run.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

#include "waverack/cluster/reach.hpp"
#include "waverack/design/assumptions.hpp"
#include "waverack/io/cluster_export.hpp"
#include "waverack/io/price_file.hpp"
#include "waverack/io/technology_cache.hpp"
#include "waverack/io/topology_files.hpp"
#include "waverack/io/warnings.hpp"

namespace waverack::io {
namespace {

namespace fs = std::filesystem;

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

const std::vector<std::string>& candidates_of(const cluster::Installation& installation,
                                              const cluster::Network& network) {
  return network.candidates.empty() ? installation.candidates : network.candidates;
}

// Designs by the names that the file gives them; each is solved once.
class Technologies {
 public:
  explicit Technologies(const LoadedCluster& loaded) : loaded_(loaded) {}

  std::size_t index_of(const std::string& which, const std::string& path) {
    const auto known = index_.find(which);
    if (known != index_.end()) return known->second;
    fs::path file(which);
    std::error_code error;
    if (loaded_.folder && fs::is_regular_file(*loaded_.folder / file, error)) file = *loaded_.folder / file;
    try {
      inputs.push_back(load_design(file.string()));
    } catch (const Error& failure) {
      ErrorInfo info = failure.info();
      if (info.mark.file.empty() || info.mark.file == file.string()) {
        if (info.path.empty()) info.path = path;
        info = placed(loaded_, std::move(info));
      }
      throw Error(std::move(info));
    }
    const std::string& name = inputs.back().name;
    for (std::size_t i = 0; i + 1 < inputs.size(); ++i)
      if (inputs[i].name == name)
        throw Error(placed(
            loaded_,
            ErrorInfo{
                {}, path, "two designs have the name '" + name + "'", "designs of different names", {}}));
    return index_.emplace(which, inputs.size() - 1).first->second;
  }

  std::vector<Input> inputs;

 private:
  const LoadedCluster& loaded_;
  std::map<std::string, std::size_t> index_;
};

// Candidates of a network as its circuit switches let their light through; a design that does not work
// through them has no ladder.
std::vector<cluster::Technology> through_circuits(const cluster::Network& network,
                                                  const cluster::Topology& topology,
                                                  const std::vector<std::size_t>& candidates,
                                                  const std::vector<Input>& inputs,
                                                  const std::vector<cluster::Technology>& direct,
                                                  const ClusterOptions& options) {
  study::TechnologyOptions how;
  how.circuit_switch = network.circuit_switch;
  how.circuit_switches = 0;
  for (const cluster::LinkClass& links : topology.links)
    how.circuit_switches = std::max(how.circuit_switches, links.circuit_switches);
  if (!how.circuit_switch.value || how.circuit_switches == 0) return {};
  std::vector<cluster::Technology> list(direct.size());
  for (const std::size_t index : candidates) {
    if (direct[index].medium != cluster::Medium::fibre) continue;
    try {
      list[index] = load_technology(inputs[index], how, options.cache_folder, options.threads).technology;
    } catch (const Error&) {
      list[index].ladder.clear();
    }
  }
  return list;
}

cluster::Topology topology_for(const LoadedCluster& loaded, const cluster::Installation& installation,
                               const cluster::Network& network) {
  const std::string path = "networks." + network.name;
  if (network.topology != cluster::TopologyKind::file)
    return cluster::build_topology(network, installation.gpus, path);
  if (network.file.empty())
    throw Error(ErrorInfo{{}, path + ".file", "topology \"file\" needs a file", "a topology file", {}});
  const fs::path file = loaded.folder ? *loaded.folder / network.file : fs::path(network.file);
  cluster::Topology topology = topology_of(load_topology(file.string()), cluster::Fabric::scale_out);
  const std::int64_t needed = std::int64_t{installation.gpus} * network.ports_per_gpu;
  if (topology.endpoints != needed)
    throw Error(ErrorInfo{{},
                          path + ".file",
                          fmt::format("the file has {} ports of GPUs, and the cluster's GPUs have {}",
                                      topology.endpoints, needed),
                          "a file of this cluster, or gpus and ports_per_gpu as in the file",
                          {}});
  topology.name = network.name;
  int tiers = 0;
  for (const cluster::LinkClass& links : topology.links) tiers = std::max(tiers, links.tier + 1);
  for (cluster::LinkClass& links : topology.links) {
    cluster::Reach reach = cluster::reach_of(network, links.tier, tiers, links.circuit_switches > 0, 0, path);
    links.lengths = std::move(reach.bins);
    links.lengths_kind = reach.kind;
    links.lengths_source = std::move(reach.source);
  }
  return topology;
}

// The design of each kind that the scenarios use, for the crossovers; the first of a kind.
cluster::SolvedTechnologies solved_kinds(const std::vector<cluster::Technology>& technologies) {
  cluster::SolvedTechnologies kinds;
  const auto take = [](const cluster::Technology*& place, const cluster::Technology& technology) {
    if (!place) place = &technology;
  };
  for (const cluster::Technology& technology : technologies) {
    if (technology.form == cluster::Form::co_packaged) {
      take(kinds.cpo, technology);
    } else if (technology.form == cluster::Form::cable) {
      take(technology.module_power.value > 1.0 ? kinds.aec : kinds.dac, technology);
    } else {
      // A linear module leaves the whole loss to the host's SerDes.
      take(technology.equalised_loss_db > technology.host_loss_db + 0.5 ? kinds.lpo : kinds.dsp, technology);
    }
  }
  return kinds;
}

// Of the first scenario.
cluster::CrossoverInputs crossover_inputs(const ClusterAnswer& answer) {
  const cluster::ScenarioCase& first = answer.cases.front();
  cluster::CrossoverInputs inputs = first.installation.crossovers;
  const Node* stated = answer.loaded.document.find("crossovers");
  const auto given = [&](std::string_view key) {
    return stated && stated->table() && stated->table()->find(key) != nullptr;
  };
  if (!given("electricity_price")) inputs.electricity_price = first.installation.economics.electricity_price;
  if (!given("pue")) inputs.pue = exactly(first.result.hall.pue);
  return cluster::with_technologies(std::move(inputs), solved_kinds(answer.technologies));
}

std::vector<std::string> items_of(const std::vector<cluster::ScenarioCase>& cases) {
  std::set<std::string> items;
  for (const cluster::ScenarioCase& scenario : cases)
    for (const cluster::BillLine& line : scenario.result.bill) items.insert(line.item);
  return {items.begin(), items.end()};
}

}  // namespace

ClusterAnswer run_cluster(LoadedCluster loaded, const ClusterOptions& options) {
  ClusterAnswer answer;
  answer.loaded = std::move(loaded);
  answer.seed = options.seed;
  answer.samples = options.samples;
  answer.warnings = answer.loaded.warnings;
  answer.prices = built_in_prices();
  cluster::PriceList own;
  if (!options.prices.empty()) {
    own = load_prices(options.prices);
    answer.prices = cluster::with_prices(std::move(answer.prices), own);
  }

  Technologies technologies(answer.loaded);
  auto start = std::chrono::steady_clock::now();
  for (const LoadedScenario& scenario : answer.loaded.scenarios) {
    cluster::ScenarioCase& made = answer.cases.emplace_back();
    made.installation = scenario.installation;
    made.frame.name = scenario.name;
    with_place(answer.loaded, [&] {
      made.frame.year = cluster::hall_year(made.installation.hall, "hall");
      for (const cluster::Network& network : made.installation.networks) {
        made.frame.topologies.push_back(topology_for(answer.loaded, made.installation, network));
        std::vector<std::size_t>& indices = made.frame.candidates.emplace_back();
        const std::string path =
            network.candidates.empty() ? "candidates" : "networks." + network.name + ".candidates";
        for (const std::string& which : candidates_of(made.installation, network))
          indices.push_back(technologies.index_of(which, path));
        if (indices.empty())
          throw Error(ErrorInfo{{},
                                path,
                                "no design may join network '" + network.name + "'",
                                "names of designs, such as \"dr8-1.6t-dsp\"",
                                {}});
      }
    });
  }
  for (LoadedTechnology& technology :
       load_technologies(technologies.inputs, {}, options.cache_folder, options.threads)) {
    (technology.cached ? answer.times.cached : answer.times.solved) += 1;
    for (const Warning& warning : technology.warnings) keep(answer.warnings, warning);
    answer.technologies.push_back(std::move(technology.technology));
  }
  for (cluster::ScenarioCase& scenario : answer.cases)
    for (std::size_t n = 0; n < scenario.installation.networks.size(); ++n)
      scenario.frame.through_circuits.push_back(
          through_circuits(scenario.installation.networks[n], scenario.frame.topologies[n],
                           scenario.frame.candidates[n], technologies.inputs, answer.technologies, options));
  answer.times.technologies = seconds_since(start);

  start = std::chrono::steady_clock::now();
  with_place(answer.loaded, [&] {
    for (cluster::ScenarioCase& scenario : answer.cases) {
      cluster::split_lengths(scenario.installation, scenario.frame, answer.technologies, answer.prices);
      scenario.result =
          cluster::solve_scenario(scenario.installation, scenario.frame, answer.technologies, answer.prices);
    }
  });
  answer.times.scenarios = seconds_since(start);
  const cluster::ScenarioCase& first = answer.cases.front();
  for (const cluster::ScenarioCase& scenario : answer.cases) {
    answer.savings.push_back(cluster::savings_of(scenario.result, first.result, first.installation,
                                                 first.frame.year, answer.technologies));
    for (const Warning& warning : scenario.result.warnings) keep(answer.warnings, warning);
  }
  if (options.pareto)
    for (const cluster::ScenarioCase& scenario : answer.cases)
      answer.fronts.push_back(cluster::scenario_fronts(scenario.installation, scenario.frame,
                                                       answer.technologies, answer.prices));

  if (!options.topologies.empty())
    with_place(answer.loaded, [&] {
      for (const cluster::ScenarioCase& scenario : answer.cases) {
        ExportedTopologies made = export_topologies(answer.loaded, scenario, answer.technologies,
                                                    options.topologies, options.write_loss);
        answer.topology_files.push_back(std::move(made.files));
        for (const Warning& warning : made.warnings) keep(answer.warnings, warning);
      }
    });

  start = std::chrono::steady_clock::now();
  if (options.samples > 0) {
    cluster::BandOptions bands;
    bands.samples = options.samples;
    bands.seed = static_cast<std::uint64_t>(options.seed);
    bands.threads = options.threads;
    answer.bands = cluster::scenario_bands(answer.cases, answer.technologies,
                                           cluster::prices_of(answer.prices, items_of(answer.cases)), bands);
  }
  answer.times.bands = seconds_since(start);

  const cluster::CrossoverInputs inputs = crossover_inputs(answer);
  answer.crossovers = cluster::crossovers(inputs);
  answer.maps = cluster::technology_maps(inputs);
  answer.rate = cluster::judge_rate(inputs);
  if (!options.prices.empty())
    for (const Warning& warning : cluster::unused_prices(own, items_of(answer.cases)))
      keep(answer.warnings, warning);
  std::set<std::string> listed;
  for (const LoadedScenario& scenario : answer.loaded.scenarios)
    for (Assumption& assumption : assumptions_of(scenario.provenance))
      if (listed.insert(assumption.path + '=' + assumption.value).second)
        answer.assumptions.push_back(std::move(assumption));
  return answer;
}

}  // namespace waverack::io
