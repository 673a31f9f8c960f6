#pragma once
// Solving what was loaded: a design with the baseline that it names, and the claims that speak of it.

#include <vector>

#include "waverack/design/result.hpp"
#include "waverack/io/load.hpp"
#include "waverack/study/claims.hpp"

namespace waverack::io {

// Solves the design; its cluster is compared with the design that cluster.baseline names. Throws Error if
// that cannot be read.
Result solve_input(const Input&, const Options&);

// The launch claims, where `input` is one of the designs that they speak of; else none. The other designs are
// not solved for it: their watts do not need it, and a claim on their lanes stays pending.
std::vector<study::ClaimResult> claims_on(const Input& input, const Result& result);

// The launch claims on the built-in designs, each solved once without its penalties.
std::vector<study::ClaimResult> claims_on_built_in_designs(const Options&);

}  // namespace waverack::io
