#pragma once
// Polynomials of a lane's measures, and how far they are from full solutions.

#include "waverack/study/yield.hpp"

namespace waverack::study {

struct LaneSurfaces {
  std::vector<ResponseSurface> surfaces;  // of each measure; empty ones where nothing varies
  std::vector<SurfaceQuality> quality;    // of those that do
  int solved = 0, lost = 0;               // full solutions, and those of them that there were none of
  bool finished = false;                  // false after a stop
};

// Solves the lane at designed places and at `held_out` lanes drawn as the modules' are, and fits. The result
// does not depend on the number of threads.
LaneSurfaces fit_lane(const LoadedDesign&, const std::vector<Variation>&, const LaneMeasures&,
                      const YieldOptions&);

}  // namespace waverack::study
