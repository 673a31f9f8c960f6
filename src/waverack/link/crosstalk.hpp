#pragma once
// Crosstalk carried from the aggressors' symbols to the sampler and to the decision (theory: semi-analytic,
// section 4, eq. 8a to 8c).
//
// An aggressor sends independent symbols a_j at the victim's rate and at no fixed phase: it adds
// x(t) = Σ_j a_j·p(t − jT − τ), τ uniform over T, p the response to a symbol of 1 V. To the adaptation of the
// equaliser that is stationary noise of the spectrum ⟨a²⟩/T·|P(f)|²; at the decision it is a density, that of
// Σ_j a_j·p(τ + jT) averaged over τ.

#include <complex>
#include <span>
#include <string>
#include <vector>

#include "waverack/link/crosstalk_density.hpp"
#include "waverack/link/noise.hpp"

namespace waverack::link {

// A symbol of 1 V through the transmitter's FIR, held for one unit interval [s]: its spectrum at f [Hz], in
// s.
std::complex<double> held_symbol(const parts::HostTransmitter& transmitter, double f, double interval);

// One aggressor at the decision.
struct CoupledAggressor {
  SourceShare share;       // its mean variance
  CoupledSymbols symbols;  // levels [V], cursors p(τ + jT) [1/V]
};

class CrosstalkGrid {
 public:
  // The aggressors of `segment` that `without` leaves in. `grid`: of the same segment. `shared`: as for the
  // grid.
  CrosstalkGrid(const Segment&, const parts::Conditions&, const NoiseGrid& grid, const Without&,
                SharedWork* shared = nullptr);

  // Adds R(l·step) of all aggressors at the sampler [V²] to autocorrelation[l], `step` in samples.
  void add_to(std::vector<double>& autocorrelation, int step) const;

  // At the decision, `equaliser` being its response at each bin of the grid. There are as many phases as
  // samples in a symbol.
  std::vector<CoupledAggressor> at_decision(std::span<const std::complex<double>> equaliser) const;

 private:
  struct Source {
    const Crosstalk* crosstalk;
    std::vector<double> levels;                  // [V]
    double power = 0.0;                          // mean square of the levels [V²]
    std::vector<std::complex<double>> spectrum;  // P(f) at the sampler for a symbol of 1 V, per bin [s]
  };

  double symbol_rate_, bin_width_;
  int samples_per_symbol_;
  std::vector<Source> sources_;
};

}  // namespace waverack::link
