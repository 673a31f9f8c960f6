#pragma once
// The launch claims, with everything solved that they need and nothing else.

#include <filesystem>
#include <string>
#include <vector>

#include "waverack/design/result.hpp"
#include "waverack/io/load.hpp"
#include "waverack/study/claims.hpp"

namespace waverack::io {

struct ClaimOptions {
  std::filesystem::path cache_folder;  // of solved technologies (technology_cache.hpp); empty: none
  int threads = 0;                     // 0: one per core
};

// The claims with these ids, in the order asked; all of the ledger where none is asked. Throws Error for an
// id that the ledger does not have, before anything is solved. Cost: what the claims need of designs (1 to 4
// s of one core each, without penalties), of modules that are made (10 to 20 s), of clusters (seconds where
// their technologies are not in the cache).
std::vector<study::ClaimResult> solve_claims(const std::vector<std::string>& ids, const ClaimOptions& = {});

// The whole ledger, where `input` is one of the designs that it needs; else none. Nothing else is solved for
// it: the watts of other designs do not need their lanes, and a claim that needs lanes, clusters or yields of
// others stays pending.
std::vector<study::ClaimResult> claims_on(const Input& input, const Result& result);

}  // namespace waverack::io
