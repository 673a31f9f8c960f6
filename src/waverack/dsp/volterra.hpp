#pragma once
// A feed-forward equaliser with products of two and three samples (a Volterra series of third order), which
// undoes what a driver, a modulator and an amplifier bend. (theory: volterra)

#include <span>
#include <vector>

#include "waverack/dsp/equaliser.hpp"

namespace waverack::dsp {

struct VolterraShape {
  EqualiserShape linear;  // its taps; without feedback
  int second = 3;         // of these taps, products of two are taken from as many about the cursor: 0 …
  int third = 3;          // and products of three from as many
};

// y_k = bias + Σ_i w_i·u_i + Σ_{i≤j} w_ij·u_i·u_j + Σ_{i≤j≤l} w_ijl·u_i·u_j·u_l,  u_i = (x_i − offset)·scale,
// x_i = x(t_k + (pre·q − i)·T/q) as in Equaliser. An even number of taps about the cursor has one more after
// it.
struct VolterraEqualiser {
  VolterraShape shape;
  double offset = 0.0, scale = 1.0, bias = 0.0;
  std::vector<double> weights;     // of volterra_terms(shape), in their order
  double mean_square_error = 0.0;  // of y_k − a_k, noise included
};

// The taps that each term multiplies, in rising order: all single ones, then pairs, then triples. Throws
// Error where products ask for more taps than there are.
std::vector<std::vector<int>> volterra_terms(const VolterraShape& shape);

// Throws Error where volterra_terms() does, and where there would be 400 terms or more.
void check_volterra(const VolterraShape& shape);

// The moments that adaptation needs, for one sampling phase; they hold no noise, so that one set serves any
// amount of it. Arguments as for adaptation_sums(); `shape` as check_volterra() wants it. Cost: terms²/2 ·
// symbols.
struct VolterraSums {
  double offset = 0.0, scale = 1.0;
  std::vector<std::vector<int>> monomials;  // 1, the terms, and their derivatives
  std::vector<double> moments;              // mean of each two of them
  std::vector<double> cross;                // mean of each with the target
  double target_square = 0.0;
};
VolterraSums volterra_sums(std::span<const float> waveform, std::span<const float> target, int samples_per_ui,
                           int phase, const VolterraShape& shape);

// The weights of least mean square error. Noise of autocorrelation R(l·T/q), at least as many lags as taps,
// counts to first order, through the slope of y_k against every sample (theory: volterra, eq. 3).
VolterraEqualiser adapt_volterra(const VolterraSums& sums, std::span<const double> noise_autocorrelation,
                                 const VolterraShape& shape);

// Equalised samples, one per symbol; arguments as for equalise().
std::vector<float> equalise(const VolterraEqualiser& equaliser, std::span<const float> waveform,
                            int samples_per_ui, int phase);

// The mean of ∂y_k/∂x_i over the symbols, for each tap: the taps of the linear equaliser that does to a small
// change of the samples what this one does on average. `sums`: those that it was adapted to.
std::vector<double> mean_slopes(const VolterraEqualiser& equaliser, const VolterraSums& sums);

// The variance of the noise on each of them, to first order. `strength`: the rms of the noise at each sample
// of the waveform over that of the autocorrelation; empty where it is the same at all.
std::vector<float> noise_variance(const VolterraEqualiser& equaliser,
                                  std::span<const double> noise_autocorrelation,
                                  std::span<const float> strength, std::span<const float> waveform,
                                  int samples_per_ui, int phase);

}  // namespace waverack::dsp
