#pragma once
// Error ratios far below what counting reaches: importance sampling of the waveform solver's noise.
//
// Of many random symbols those are chosen that are likely to go wrong, and each is turned into the middle of
// a block. All normal numbers of the block are then moved along the gradient of its decision value, by the
// distance to its threshold; the burst of errors that begins there counts with the ratio of the densities of
// the numbers and the chance of the choice. The estimate is free of bias whatever the gradient, the distance
// and the choice; nothing of the semi-analytic noise is in it. (theory: waveform-solver, section 6)

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "waverack/link/block_program.hpp"
#include "waverack/link/rare_error_result.hpp"

namespace waverack::link {

struct RareErrorOptions {
  std::uint64_t decisions = 100'000;  // rounded up to a multiple of 1024
  double precision = 0.0;             // stop when relative_precision() falls below it; 0: never
  std::uint64_t seed = 1;
  int threads = 0;                                        // 0: one per core; the result does not depend on it
  int samples_per_symbol = 8;                             // 4 … 32, a power of two
  std::stop_token stop;                                   // ends the run with the result so far
  std::function<void(std::uint64_t decisions)> progress;  // from the calling thread
};

// expected_ber is left as it is. Throws Error for a detector of sequences, whose errors no single decision
// value tells. Cost: nine runs of a block for 64 decisions, and one for every 16 rows of noise and level
// at the start: see bench/waveform_bench. Memory: about 6 MB for each thread.
RareErrors weigh_errors(const BlockProgram& program, const RareErrorOptions& options);

// One result for each segment of the plan.
std::vector<RareErrors> weigh_errors(const Plan& plan, std::span<const std::uint8_t> adaptation_symbols,
                                     const RareErrorOptions& options);

}  // namespace waverack::link
