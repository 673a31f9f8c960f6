#pragma once
// The claims ledger and its verdicts.

#include <span>
#include <string>
#include <vector>

#include "waverack/io/terminal.hpp"
#include "waverack/study/claims.hpp"

namespace waverack::io {

// Each claim with its computed value and its range, our band, the verdict and what it hinges on; `in_full`
// adds what was computed, the basis of the band, every case, figures beside them, the published numbers
// behind the baselines, and what would have to be true.
std::string claims_text(std::span<const study::ClaimResult>, bool in_full, const Style&);

// {"format": "waverack-claims", "version", "program", "claims": […]}, the claims as in the result format.
std::string claims_json(std::span<const study::ClaimResult>);

}  // namespace waverack::io
