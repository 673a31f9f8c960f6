#pragma once
// The launch claims, each computed first and judged afterwards.
//
// A ledger entry fixes quantity, boundary, baselines and band before anything is computed. The verdict is a
// rule, not an opinion: reproduced if the computed value lies in our band for every stated baseline,
// conditional if for some (they are named), refuted if for none. A number whose source is the launch itself
// never feeds its own verdict: designs that carry one are not judged.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "waverack/design/result.hpp"

namespace waverack::study {

enum class ClaimVerdict { reproduced, conditional, refuted, pending, outside_scope };
std::string_view verdict_name(ClaimVerdict verdict);

// Whether a claim can be judged by a model at all.
enum class Standing { judged, pending, outside_scope };

// A published number that a claim is measured against.
struct Reference {
  std::string_view name;
  double value;  // SI
  std::string_view source;
};

struct Claim {
  std::string_view id;        // "C2a"
  std::string_view claim;     // what was said
  std::string_view quantity;  // what is computed
  std::string_view unit;
  std::string_view boundary;
  double low = 0.0, high = 0.0;  // our band, in `unit`
  std::string_view basis;        // of the band's width
  Standing standing = Standing::pending;
  std::string_view reason;   // why pending or outside scope; for a judged claim a caution, or empty
  std::string_view command;  // that shows the numbers behind
  std::vector<std::string_view> inputs;  // path prefixes of the design whose numbers feed the verdict
  std::vector<Reference> baselines;
};

// All entries, in the order of their ids.
const std::vector<Claim>& claims_ledger();

// One baseline, or one reading, of a claim.
struct ClaimCase {
  std::string baseline;
  double computed = 0.0;  // in the claim's unit
  bool inside = false;    // of the band
};

struct ClaimResult {
  std::string id;
  std::string claim;
  double computed = 0.0;  // of the first baseline; not a number where nothing was computed
  double low = 0.0;       // our band
  double high = 0.0;
  std::string unit;
  std::string boundary;
  ClaimVerdict verdict = ClaimVerdict::pending;
  std::string hinges_on;  // the baselines it holds for and those it does not, or why it is not judged
  std::string command;
  std::vector<ClaimCase> cases;
};

// A solved design under the name that the ledger knows, one of judged_designs().
struct SolvedDesign {
  std::string name;
  Provenance provenance;
  Result result;
};

// The names of the designs that the ledger computes with.
const std::vector<std::string_view>& judged_designs();

// reproduced, conditional or refuted; pending where a case is not a number or there is none.
ClaimVerdict verdict_of(std::span<const ClaimCase> cases);

// Whether a source names the launch, or is a claim that names nobody.
bool is_launch(const Origin& origin);

// The paths below `inputs` ("lane.", "module.control_power") whose number comes from the launch.
std::vector<std::string> launch_fed(const Provenance& provenance, std::span<const std::string_view> inputs);

// The whole ledger, judged on the designs given; a claim whose design is missing stays pending.
std::vector<ClaimResult> judge(std::span<const SolvedDesign> designs);

}  // namespace waverack::study
