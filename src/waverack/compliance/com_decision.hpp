#pragma once
// One equaliser setting worked out in full: what reaches the decision at and about the sampling instant.
// docs/theory/com.md, sections 6, 7 and 9.

#include <span>
#include <vector>

#include "waverack/compliance/com_margin.hpp"
#include "waverack/compliance/com_search.hpp"

namespace waverack::compliance {

struct ComDecision {
  ComSetting setting;
  std::vector<double>
      receiver_taps;  // the farthest pre-cursor first, zeros between floating groups; empty: no FFE
  ComTerms terms;     // with the feedback taps; its instant counts in samples of `pulse`
  double figure_of_merit = 0.0;  // a power ratio: of the terms, or of the mean square error of the FFE
  std::vector<double> pulse;     // equalised, before the DFE [V]
  std::vector<std::vector<double>> aggressors;  // equalised pulses of the aggressors [V]
  int samples_per_symbol = 32;
};

// The receiver of the sheet adapted to a setting: DFE, and the FFE where the sheet has one. `receiver_noise`
// as for receiver_noise(), with at least noise_lags(sheet) lags. Throws Error where the pulse has no cursor.
ComDecision decide(const ComSheet&, const ComPulses&, std::span<const CtleProducts> receiver_noise,
                   const ComSetting&);

// The cursors at `offset` samples from the sampling instant, with the feedback taps as they are. The slopes
// are those of the pulse there, the crosstalk is at its worst phase.
ComCursors cursors_at(const ComDecision&, std::ptrdiff_t offset = 0);

}  // namespace waverack::compliance
