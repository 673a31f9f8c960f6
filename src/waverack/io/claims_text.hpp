#pragma once
// The claims ledger and its verdicts.

#include <span>
#include <string>
#include <vector>

#include "waverack/io/terminal.hpp"
#include "waverack/study/claims.hpp"

namespace waverack::io {

// The results with these ids, in the order asked; all of them where none is asked. Throws Error for an id
// that the ledger does not have.
std::vector<study::ClaimResult> select_claims(std::span<const study::ClaimResult>,
                                              const std::vector<std::string>& ids);

// Each claim with its computed value, our band, the verdict and what it hinges on; `in_full` adds what was
// computed, the basis of the band, every case and the published numbers behind the baselines.
std::string claims_text(std::span<const study::ClaimResult>, bool in_full, const Style&);

// {"format": "waverack-claims", "version", "program", "claims": […]}, the claims as in the result format.
std::string claims_json(std::span<const study::ClaimResult>);

}  // namespace waverack::io
