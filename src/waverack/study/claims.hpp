#pragma once
// The launch claims, each computed first and judged afterwards.
//
// A ledger entry fixes quantity, boundary, baselines and band before anything is computed. The verdict is a
// rule, not an opinion: reproduced if the computed value lies in our band for every stated baseline,
// conditional if for some (they are named), refuted if for none. A number whose source is the launch itself
// never feeds its own verdict: designs and clusters that carry one are not judged.

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "waverack/cluster/crossover.hpp"
#include "waverack/cluster/prices.hpp"
#include "waverack/cluster/scenario_bands.hpp"
#include "waverack/design/result.hpp"
#include "waverack/study/yield.hpp"

namespace waverack::study {

enum class ClaimVerdict { reproduced, conditional, refuted, pending, outside_scope };
std::string_view verdict_name(ClaimVerdict verdict);

// Whether a claim can be judged by a model at all.
enum class Standing { judged, pending, outside_scope };

// A published number that a claim is measured against.
struct Reference {
  std::string_view name;
  Ranged value;  // SI
  std::string_view source;
};

// What must have been solved before a claim can be judged: built-in designs, modules made of built-in
// designs, built-in clusters.
struct Needs {
  std::vector<std::string_view> designs = {}, yields = {}, clusters = {};
};

struct Claim {
  std::string_view id;             // "C2a"; permanent
  std::string_view claim;          // what was said
  std::string_view quantity = {};  // what is computed
  std::string_view unit = {};
  std::string_view boundary = {};
  double low = std::numeric_limits<double>::quiet_NaN();  // our band, in `unit`
  double high = std::numeric_limits<double>::quiet_NaN();
  std::string_view basis = {};   // of the band's width
  std::string_view spread = {};  // where the ranges of our own numbers come from
  Standing standing = Standing::judged;
  std::string_view decides = {};  // the assumption that decides; why a claim is pending or outside scope
  std::string_view would = {};    // what would have to be true for the claim to hold in full
  std::string_view command = {};  // that shows the numbers behind
  // Prefixes of the paths, in designs and clusters, whose numbers feed the verdict.
  std::vector<std::string_view> inputs = {};
  std::vector<Reference> baselines = {};
  Needs needs = {};
};

// All entries, in the order of their ids.
const std::vector<Claim>& claims_ledger();

// One baseline, or one reading, of a claim.
struct ClaimCase {
  std::string baseline;
  double computed = 0.0;  // in the claim's unit
  // What it may be within the ranges of its inputs; NaN where they have none.
  double low = std::numeric_limits<double>::quiet_NaN();
  double high = std::numeric_limits<double>::quiet_NaN();
  bool inside = false;  // of the band
};

// A number, or a word, that belongs to a claim and is not judged.
struct ClaimFigure {
  std::string name;
  double value = 0.0;
  std::string unit;       // SI with its prefix left to the reader, or as it stands: "%", "dB", ""
  std::string word = {};  // in place of the number
};

struct ClaimResult {
  std::string id;
  std::string claim;
  double computed = 0.0;  // of the first baseline; not a number where nothing was computed
  double computed_low = 0.0, computed_high = 0.0;  // of the same; NaN where not known
  double low = 0.0;                                // our band
  double high = 0.0;
  std::string unit;
  std::string boundary;
  ClaimVerdict verdict = ClaimVerdict::pending;
  std::string hinges_on;  // the baselines it holds for and those it does not, or why it is not judged
  std::string would;      // what would have to be true
  std::string command;
  std::vector<ClaimCase> cases;
  std::vector<ClaimFigure> figures;
  std::string obstacle;  // what kept a claim that can be judged from being judged, else ""
};

// A solved design under the name that the ledger knows.
struct SolvedDesign {
  std::string name;
  Provenance provenance;
  Result result;
};

// Modules made of a design.
struct MadeModules {
  std::string name;
  Provenance provenance;
  YieldResult result;
};

// A solved cluster with everything that its numbers came from.
struct SolvedCluster {
  std::string name;
  std::vector<std::pair<std::string, Provenance>> sources;  // of the scenarios and of the designs in them
  std::vector<cluster::ScenarioCase> cases;
  std::vector<cluster::Technology> technologies;
  cluster::ScenarioBands bands;
  cluster::RateVerdict rate;  // with the watts of its technologies
};

struct Evidence {
  std::vector<SolvedDesign> designs;
  std::vector<MadeModules> yields;
  std::vector<SolvedCluster> clusters;
  cluster::PriceList prices;
};

// reproduced, conditional or refuted; pending where a case is not a number or there is none.
ClaimVerdict verdict_of(std::span<const ClaimCase> cases);

// Whether a source names the launch, or is a claim that names nobody.
bool is_launch(const Origin& origin);

// The paths below `inputs` ("lane.", "module.control_power") whose number comes from the launch.
std::vector<std::string> launch_fed(const Provenance& provenance, std::span<const std::string_view> inputs);

// The entry with this id. Throws std::logic_error where the ledger has none.
const Claim& claim_of(std::string_view id);

// A claim, or the whole ledger, judged on what was solved; a claim that lacks something of it stays pending.
ClaimResult judge(const Claim& claim, const Evidence& evidence);
std::vector<ClaimResult> judge(const Evidence& evidence);

}  // namespace waverack::study
