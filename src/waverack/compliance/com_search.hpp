#pragma once
// The best equaliser setting on the grid of a sheet. docs/theory/com.md, section 6.

#include <cstdint>
#include <vector>

#include "waverack/compliance/com_candidate.hpp"

namespace waverack::compliance {

struct ComSetting {
  double dc_gain_db = 0.0;
  double dc_gain_low_db = 0.0;
  std::vector<double> transmitter_taps;  // the farthest pre-cursor first; the main tap is 1 − Σ|others|
};

struct ComGains {
  double dc_gain_db = 0.0;
  double dc_gain_low_db = 0.0;
};

// All pairs of gains of the sheet that it allows, g_DC2 varying slowest.
std::vector<ComGains> gain_grid(const ComSheet&);

// All transmit settings of the sheet whose main tap is large enough, each with pre + 1 + post taps; the last
// tap varies fastest. Throws Error if none is.
std::vector<std::vector<double>> transmit_grid(const ComSheet&);
std::int64_t transmit_grid_size(const ComSheet&);

struct ComSearchResult {
  ComSetting setting;
  double figure_of_merit = 0.0;  // a power ratio
  std::int64_t grid = 0;         // settings that were compared
};

// Compares every setting of the grid; of equal ones the first counts. The result does not depend on
// `threads`. Cost: about half a microsecond for each. Throws Error if no setting opens the eye at all.
ComSearchResult search_equaliser(const ComSheet&, const ComPulses&, const CtleProducts& receiver_noise,
                                 int threads = 1);

}  // namespace waverack::compliance
