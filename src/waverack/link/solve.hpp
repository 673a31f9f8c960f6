#pragma once
// The semi-analytic solution of a lane.

#include "waverack/link/lane.hpp"
#include "waverack/link/rare_errors.hpp"
#include "waverack/link/result.hpp"
#include "waverack/link/waveform_solver.hpp"

namespace waverack::link {

// Margins and penalties are asked with half the samples of the usual solution: a lane's margin moves by less
// than 0.01 dB (laws.LaneLaws.FinerSamplesConverge).
inline constexpr int question_samples_per_symbol = 8;

struct SolveOptions {
  int threads = 0;               // 0: one per core; the result does not depend on it
  bool penalties = true;         // solve again without each impairment
  bool charts = true;            // eyes, responses, bathtub
  bool margins = true;           // optical margin and floor; without them margin_db is that of the noise
  bool floor = true;             // with the margin
  double margin_guess_db = 0.0;  // where the search for the optical margin begins
  std::uint64_t seed = 1;        // of what charts of a coherent lane simulate, without `count`
  // Count errors with the waveform solver too; its `threads` is this one's.
  std::optional<CountOptions> count = std::nullopt;
  // Find the error ratio by importance sampling too; its `threads` is this one's.
  std::optional<RareErrorOptions> weigh = std::nullopt;
};

// A coherent lane is closed by formulas (coherent_budget.hpp); with `charts` or `count` it is simulated, too
// (coherent_run.hpp), and the error ratio before FEC is then that of the simulation where it counted errors.
//
// Runs every segment on the lane's pattern, then asks the questions around it: margins, the floor, what
// each impairment costs, what the test points show. Throws Error if the chain is wrong.
// Cost on one core: about 0.3 s for SSPRQ at 16 samples per symbol, half of it for the margins; 10 ms for
// each impairment; 0.3 s for the charts.
// With `count` the error ratio before FEC is the counted one, or the upper end of its interval where no error
// was counted, which a warning says, or the expected one where an interruption came first; with `weigh` it
// is what importance sampling finds. Margins and penalties stay those of the semi-analytic solver.
LaneResult solve(const Lane& lane, const SolveOptions& options = {});

}  // namespace waverack::link
