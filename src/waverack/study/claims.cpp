#include "waverack/study/claims.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <stdexcept>

#include "waverack/study/claim_cases.hpp"

namespace waverack::study {
namespace {

template <class List>
auto find_named(const List& list, std::string_view name) {
  return std::find_if(list.begin(), list.end(), [&](const auto& item) { return item.name == name; });
}

template <class List>
const auto& named(const List& list, std::string_view name) {
  const auto found = find_named(list, name);
  if (found == list.end()) throw std::logic_error(fmt::format("no claim may read {}", name));
  return *found;
}

const Computation* computation_of(std::string_view id) {
  for (const auto& list : {module_computations(), cluster_computations()})
    for (const Computation& item : list)
      if (item.id == id) return &item;
  return nullptr;
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  return fmt::format("{}", fmt::join(parts, separator));
}

// "holds for A, B; not for C (−4.2)".
std::string explain(const ClaimResult& result, std::string_view caution) {
  std::vector<std::string> holds, fails, sentences;
  for (const ClaimCase& item : result.cases)
    (item.inside ? holds : fails).push_back(fmt::format("{} ({:.3g})", item.baseline, item.computed));
  if (!holds.empty()) sentences.push_back("holds for " + join(holds, ", "));
  if (!fails.empty()) sentences.push_back("not for " + join(fails, ", "));
  if (!caution.empty()) sentences.emplace_back(caution);
  return join(sentences, "; ");
}

// The cases without a number, or "".
std::string missing(const ClaimResult& result) {
  std::vector<std::string> names;
  for (const ClaimCase& item : result.cases)
    if (std::isnan(item.computed)) names.push_back(item.baseline);
  if (names.empty()) return "";
  return fmt::format("no number here for {}: not solved, or not known; see waverack claims {}",
                     join(names, ", "), result.id);
}

// Why the claim cannot be judged on this evidence, or "".
std::string obstacle(const Claim& claim, const Evidence& evidence) {
  const auto fed = [&](std::string_view name, const Provenance& provenance) -> std::string {
    const std::vector<std::string> paths = launch_fed(provenance, claim.inputs);
    if (paths.empty()) return "";
    return fmt::format("not judged: {} of {} has the launch itself as its source", join(paths, ", "), name);
  };
  std::string why;
  // Whether the item is there, and nothing of it comes from the launch.
  const auto check = [&](const auto& list, std::string_view name, std::string_view kind) {
    const auto found = find_named(list, name);
    why = found == list.end() ? fmt::format("needs {} {}: waverack claims {}", kind, name, claim.id)
                              : fed(name, found->provenance);
    return why.empty();
  };
  for (std::string_view name : claim.needs.designs)
    if (!check(evidence.designs, name, "the solved design")) return why;
  for (std::string_view name : claim.needs.yields)
    if (!check(evidence.yields, name, "modules made of")) return why;
  for (std::string_view name : claim.needs.clusters) {
    const auto found = find_named(evidence.clusters, name);
    if (found == evidence.clusters.end())
      return fmt::format("needs the solved cluster {}: waverack claims {}", name, claim.id);
    for (const auto& [source, provenance] : found->sources)
      if (why = fed(source, provenance); !why.empty()) return why;
  }
  return "";
}

}  // namespace

std::string_view verdict_name(ClaimVerdict verdict) {
  switch (verdict) {
    case ClaimVerdict::reproduced:
      return "reproduced";
    case ClaimVerdict::conditional:
      return "conditional";
    case ClaimVerdict::refuted:
      return "refuted";
    case ClaimVerdict::pending:
      return "pending";
    case ClaimVerdict::outside_scope:
      return "outside_scope";
  }
  return "?";
}

ClaimVerdict verdict_of(std::span<const ClaimCase> cases) {
  std::size_t inside = 0;
  for (const ClaimCase& item : cases) {
    if (std::isnan(item.computed)) return ClaimVerdict::pending;
    inside += item.inside;
  }
  if (cases.empty()) return ClaimVerdict::pending;
  if (inside == cases.size()) return ClaimVerdict::reproduced;
  return inside == 0 ? ClaimVerdict::refuted : ClaimVerdict::conditional;
}

const Result& design_of(const Evidence& evidence, std::string_view name) {
  return named(evidence.designs, name).result;
}
const YieldResult& yield_of(const Evidence& evidence, std::string_view name) {
  return named(evidence.yields, name).result;
}
const SolvedCluster& cluster_of(const Evidence& evidence, std::string_view name) {
  return named(evidence.clusters, name);
}

const Claim& claim_of(std::string_view id) {
  for (const Claim& claim : claims_ledger())
    if (claim.id == id) return claim;
  throw std::logic_error(fmt::format("the ledger has no claim {}", id));
}

bool is_launch(const Origin& origin) {
  if (origin.kind == Kind::claim && origin.source.empty()) return true;
  std::string source = origin.source;
  std::transform(source.begin(), source.end(), source.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  // "launch power" is a quantity of the optical standards.
  for (std::size_t at; (at = source.find("launch power")) != std::string::npos;) source.erase(at, 12);
  for (std::string_view name : {"launch", "hg genuine", "hgtech", "securities times"})
    if (source.find(name) != std::string::npos) return true;
  return false;
}

std::vector<std::string> launch_fed(const Provenance& provenance, std::span<const std::string_view> inputs) {
  std::vector<std::string> paths;
  for (const auto& [path, origin] : provenance) {
    const auto below = [&path = path](std::string_view prefix) { return path.starts_with(prefix); };
    if (std::any_of(inputs.begin(), inputs.end(), below) && is_launch(origin)) paths.push_back(path);
  }
  return paths;
}

ClaimResult judge(const Claim& claim, const Evidence& evidence) {
  ClaimResult result;
  result.id = claim.id;
  result.claim = claim.claim;
  result.computed = result.computed_low = result.computed_high = not_a_number;
  result.low = claim.low;
  result.high = claim.high;
  result.unit = claim.unit;
  result.boundary = claim.boundary;
  result.command = claim.command;
  result.hinges_on = claim.decides;
  result.would = claim.would;
  result.verdict =
      claim.standing == Standing::outside_scope ? ClaimVerdict::outside_scope : ClaimVerdict::pending;

  const Computation* computation = computation_of(claim.id);
  if (!computation) return result;
  result.obstacle = obstacle(claim, evidence);
  if (!result.obstacle.empty()) {
    result.hinges_on = result.obstacle;
    return result;
  }
  Findings found = computation->find(claim, evidence);
  result.cases = std::move(found.cases);
  result.figures = std::move(found.figures);
  for (ClaimCase& item : result.cases)
    item.inside = item.computed >= claim.low && item.computed <= claim.high;
  const ClaimCase& first = result.cases.front();
  result.computed = first.computed;
  result.computed_low = first.low;
  result.computed_high = first.high;
  if (claim.standing == Standing::judged) {
    result.verdict = verdict_of(result.cases);
    result.obstacle = missing(result);
    result.hinges_on = result.obstacle.empty() ? explain(result, claim.decides) : result.obstacle;
  }
  return result;
}

std::vector<ClaimResult> judge(const Evidence& evidence) {
  std::vector<ClaimResult> results;
  for (const Claim& claim : claims_ledger()) results.push_back(judge(claim, evidence));
  return results;
}

}  // namespace waverack::study
