#pragma once
// From an equaliser setting to COM: densities of interference and noise. docs/theory/com.md, section 7.

#include <span>
#include <vector>

#include "waverack/compliance/com_candidate.hpp"
#include "waverack/signal/density.hpp"

namespace waverack::compliance {

// What reaches the decision at one sampling instant, as amplitudes of independent PAM symbols.
struct ComCursors {
  double signal = 0.0;                         // A_s [V]
  std::vector<double> interference;            // residual cursors after the DFE [V]
  std::vector<double> slopes;                  // h_J, slope of the pulse at the cursors [V/UI]
  std::vector<std::vector<double>> crosstalk;  // of each aggressor at its worst phase [V]
};

// Rms values of the parts [V].
struct ComSigmas {
  double receiver = 0.0;      // σ_N
  double transmitter = 0.0;   // σ_TX
  double interference = 0.0;  // σ_ISI
  double crosstalk = 0.0;     // σ_XT
  double jitter = 0.0;        // σ_J, of both kinds of jitter
  double quantisation = 0.0;  // of the receiver's converter, where the sheet has one
  double gaussian = 0.0;      // σ_G, with random jitter
  double all = 0.0;           // of all interference and noise
};

// Density of interference, crosstalk and dual-Dirac jitter, and the Gaussian part beside it.
struct ComNoiseDensity {
  signal::Density bounded;  // [V]
  double gaussian = 0.0;    // σ_G with the smallest cursors [V]
};

// The power of independent symbols of unit power with these amplitudes.
double sum_of_squares(std::span<const double> amplitudes);

// Cursors below `fine_cursor` of A_s join the Gaussian part with their power: there are hundreds of them, and
// each would be rounded to the grid.
ComNoiseDensity noise_density(const ComSheet&, const ComCursors&, const ComTerms&);

struct ComMargin {
  ComSigmas sigma;
  double noise_peak = 0.0;            // A_ni: what noise exceeds with probability DER0 [V]
  double com_db = 0.0;                // 20·log10(A_s/A_ni)
  double veo = 0.0;                   // 2(A_s − A_ni) [V]
  double vec_db = 0.0;                // −20·log10((A_s − A_ni)/A_s); infinite for a closed eye
  double error_ratio_at_limit = 0.0;  // probability of noise above A_s·10^(−limit/20), the limit on COM
  ComNoiseDensity noise;              // from which A_ni is read
};

// `limit_db`: the COM at which error_ratio_at_limit is taken. Cost: cursors · a few thousand grid points.
ComMargin com_margin(const ComSheet&, const ComCursors&, const ComTerms&, double limit_db);

}  // namespace waverack::compliance
