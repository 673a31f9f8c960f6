#pragma once
// The best setting of a sheet whose receiver has a feed-forward equaliser (178A). docs/theory/com.md,
// section 10.

#include <span>

#include "waverack/compliance/com_ffe_candidate.hpp"
#include "waverack/compliance/com_search.hpp"

namespace waverack::compliance {

enum class ComSearchWay {
  descent,     // on the grid of the transmit taps, from two starts, for every setting of the CTLE
  exhaustive,  // every point of the grid and every sampling instant
};

// The figure of merit is R_LM²/((L − 1)²·σ_X²·error). Grids of 1e8 settings take a few seconds by descent;
// docs/theory/ com.md says how its results compare with exhaustive search. The result does not depend on
// `threads`. Throws Error if no setting has a solution.
ComSearchResult search_receiver_ffe(const ComSheet&, const ComPulses&,
                                    std::span<const CtleProducts> receiver_noise, int threads = 1,
                                    ComSearchWay = ComSearchWay::descent);

// The best sampling instant for the transmit taps chosen, and the error there.
struct ComInstant {
  std::ptrdiff_t instant = 0;
  double error = 0.0;
};
ComInstant best_instant(ComFfeCandidates&, std::span<const double> taps);

}  // namespace waverack::compliance
