#include "waverack/io/claims_run.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "waverack/base/error.hpp"
#include "waverack/base/text.hpp"
#include "waverack/design/solve.hpp"
#include "waverack/design/working_temperatures.hpp"
#include "waverack/io/cluster_run.hpp"
#include "waverack/io/price_file.hpp"
#include "waverack/io/run.hpp"

namespace waverack::io {
namespace {

using study::Claim;

// For a share of good modules to within a few per cent.
constexpr int modules_made = 200;
constexpr int samples = 512;

std::vector<const Claim*> asked_for(const std::vector<std::string>& ids) {
  std::vector<const Claim*> claims;
  const std::vector<Claim>& ledger = study::claims_ledger();
  if (ids.empty())
    for (const Claim& claim : ledger) claims.push_back(&claim);
  for (const std::string& id : ids) {
    const auto found = std::find_if(ledger.begin(), ledger.end(), [&](const Claim& c) { return c.id == id; });
    if (found == ledger.end()) {
      std::vector<std::string> known;
      for (const Claim& claim : ledger) known.emplace_back(claim.id);
      throw Error(ErrorInfo{{},
                            {},
                            "there is no claim '" + id + "'",
                            fmt::format("{}", fmt::join(known, ", ")),
                            nearest_name(id, known)});
    }
    claims.push_back(&*found);
  }
  return claims;
}

// The union of one list of needs, each name once.
std::vector<std::string_view> needed(const std::vector<const Claim*>& claims,
                                     std::vector<std::string_view> study::Needs::*list) {
  std::vector<std::string_view> names;
  for (const Claim* claim : claims)
    for (std::string_view name : claim->needs.*list)
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  return names;
}

study::SolvedDesign solved_design(std::string_view name, const ClaimOptions& asked) {
  Options options;
  options.threads = asked.threads;
  options.penalties = options.package_consequences = false;
  const Input input = load_design(std::string(name));
  return {input.name, input.loaded.provenance, solve_input(input, options)};
}

study::MadeModules made_modules(std::string_view name, const ClaimOptions& asked) {
  study::YieldOptions options;
  options.modules = modules_made;
  options.threads = asked.threads;
  const Input input = at_operating_point(load_design(std::string(name)));
  options.temperatures = mean_temperatures(input.loaded.design);
  return {input.name, input.loaded.provenance, study::run_yield(at_work(input.loaded), options)};
}

study::SolvedCluster solved_cluster(std::string_view name, const ClaimOptions& asked) {
  ClusterOptions options;
  options.cache_folder = asked.cache_folder;
  options.samples = samples;
  options.threads = asked.threads;
  ClusterAnswer answer = run_cluster(load_cluster(std::string(name)), options);
  study::SolvedCluster solved;
  solved.name = name;
  for (const LoadedScenario& scenario : answer.loaded.scenarios)
    solved.sources.emplace_back(fmt::format("{}, {}", name, scenario.name), scenario.provenance);
  for (const cluster::Technology& technology : answer.technologies)
    solved.sources.emplace_back(technology.name, load_design(technology.name).loaded.provenance);
  solved.cases = std::move(answer.cases);
  solved.technologies = std::move(answer.technologies);
  solved.bands = std::move(answer.bands);
  solved.rate = std::move(answer.rate);
  return solved;
}

}  // namespace

std::vector<study::ClaimResult> solve_claims(const std::vector<std::string>& ids,
                                             const ClaimOptions& options) {
  const std::vector<const Claim*> claims = asked_for(ids);
  study::Evidence evidence;
  evidence.prices = built_in_prices();
  for (std::string_view name : needed(claims, &study::Needs::designs))
    evidence.designs.push_back(solved_design(name, options));
  for (std::string_view name : needed(claims, &study::Needs::yields))
    evidence.yields.push_back(made_modules(name, options));
  for (std::string_view name : needed(claims, &study::Needs::clusters))
    evidence.clusters.push_back(solved_cluster(name, options));
  std::vector<study::ClaimResult> results;
  for (const Claim* claim : claims) results.push_back(study::judge(*claim, evidence));
  return results;
}

std::vector<study::ClaimResult> claims_on(const Input& input, const Result& result) {
  const std::vector<std::string_view> wanted = needed(asked_for({}), &study::Needs::designs);
  if (std::find(wanted.begin(), wanted.end(), input.name) == wanted.end()) return {};
  study::Evidence evidence;
  evidence.prices = built_in_prices();
  evidence.designs.push_back({input.name, input.loaded.provenance, result});
  for (std::string_view name : wanted) {
    if (name == input.name) continue;
    const Input other = load_design(std::string(name));
    evidence.designs.push_back(
        {other.name, other.loaded.provenance, complete(other.loaded, {}, link::LaneResult{})});
  }
  return study::judge(evidence);
}

}  // namespace waverack::io
