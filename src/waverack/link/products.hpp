#pragma once
// Products of samples in the equaliser of a segment (a Volterra equaliser; theory: volterra, section 2).
//
// What reaches the decision beside the signal is taken to first order. Gaussian noise passes the slopes of
// each symbol, ∂y_k/∂x_i, with the strength that it has at the samples of that symbol. Aggressors, other
// wavelengths and the beats of reflections pass the mean slopes, which are the taps of
// SolvedSegment::equaliser.

#include <span>
#include <vector>

#include "waverack/link/segment.hpp"

namespace waverack::link {

// Puts products into the equaliser of `solved`: adapts at its sampling phase, and from there sample by sample
// as long as the mean square error falls, up to half a symbol away. So the error is at most that of the
// linear equaliser.
void adapt_products(SolvedSegment& solved, const dsp::VolterraShape& shape,
                    std::span<const double> noise_autocorrelation, int samples_per_symbol);

// The noiseless decision values at a sampling phase, correct decisions fed back.
std::vector<float> decision_values(const SolvedSegment&, int samples_per_symbol, int phase);

double mean_of(std::span<const float> values);

// The Gaussian noise of each decision value of a segment with products.
struct ProductNoise {
  std::vector<float> variance;
  double mean_light = 0.0;  // mean of Σ_i ∂y_k/∂x_i·(x_i − dark), the change of y_k with the light, relative
};
// `noise`: that behind the mean slopes, of `grid`; quantisation: its variance at the sampler. Cost: that of
// grid.at_decision().
ProductNoise noise_with_products(const SolvedSegment&, const NoiseGrid& grid, const DecisionNoise& noise,
                                 double quantisation, int phase);

}  // namespace waverack::link
