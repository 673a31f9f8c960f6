#pragma once
// The waveform solver: sends symbols through a lane with drawn noise and counts what arrives wrong.
//
// It runs the plan of the semi-analytic solver with that solver's equaliser, sampling phase, thresholds and
// gain control, so the two can be compared; everything between, from the symbols to the decisions, it does
// itself. (theory: waveform-solver)

#include <cstdint>
#include <functional>
#include <stop_token>

#include "waverack/link/block_program.hpp"
#include "waverack/link/plan.hpp"
#include "waverack/link/result.hpp"
#include "waverack/link/symbol_source.hpp"

namespace waverack::link {

struct CountProgress {
  std::uint64_t symbols = 0, wanted = 0;  // of this segment
  std::uint64_t bit_errors = 0, bits = 0;
};

struct CountOptions {
  std::uint64_t symbols = 10'000'000;  // of each segment, rounded up to whole stretches
  double precision = 0.0;              // stop when relative_precision falls below it; 0: never
  SymbolPattern pattern = SymbolPattern::random;
  bool soft =
      false;  // counts the reliabilities of bits, too; symbols of 2, 4 or 8 levels, others throw Error
  std::uint64_t seed = 1;
  int threads = 0;             // 0: one per core; the result does not depend on it
  int samples_per_symbol = 8;  // 4 … 32, a power of two
  bool eyes = false;           // also keep decision values and draw the eyes of sampler_eye.hpp
  std::stop_token stop;        // ends the run with the result so far
  std::function<void(const CountProgress&)> progress;  // from the calling thread, after every stretch
};

// Counts the errors of a compiled segment; expected_ber is left as it is.
SegmentCounts count_errors(const BlockProgram& program, const fec::BlockCode& code,
                           const CountOptions& options);

// One result for each segment of the plan. Throws Error where a segment has what this solver cannot run.
// Cost: see bench/waveform_bench; memory does not depend on the number of symbols: about 3 MB for each
// thread.
std::vector<SegmentCounts> count_errors(const Plan& plan, std::span<const std::uint8_t> adaptation_symbols,
                                        const fec::BlockCode& code, const CountOptions& options);

}  // namespace waverack::link
