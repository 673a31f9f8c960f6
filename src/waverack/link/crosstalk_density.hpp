#pragma once
// The density of independent symbols that come at no fixed phase.

#include <vector>

#include "waverack/signal/density.hpp"

namespace waverack::link {

// x = Σ_j a_j·cursors[τ][j] with independent a_j, each of `levels` with equal probability, and each phase τ
// equally likely.
struct CoupledSymbols {
  std::vector<double> levels;                // of mean 0
  std::vector<std::vector<double>> cursors;  // for each phase, in any order
};

// The density of x as masses, and a Gaussian that is independent of them.
struct CoupledDensity {
  signal::Density density;
  // Variance of the Gaussian: of the small cursors less what the grid has widened the masses; may be
  // negative.
  double gaussian_variance = 0.0;
};

// Masses on a grid of `step`, mixed over the phases. Cursors that move x by less than a quarter of a step,
// and the smallest of the others as long as their variance together is below `small_variance`, are left to
// the Gaussian, with their mean variance over the phases. With steps of σ/16 of the noise their fourth
// cumulant changes an error ratio of 1e-15 by less than 1 %. Cost: phases · cursors that are kept · size of
// the grid.
CoupledDensity coupled_density(const CoupledSymbols& symbols, double step, double small_variance);

}  // namespace waverack::link
