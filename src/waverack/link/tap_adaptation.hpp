#pragma once
// Taps that follow the decisions: the rule of a receiver, and the noise that it adds. (theory:
// waveform-solver, eq. 4f to 4h; semi-analytic, eq. 4e)

#include <optional>
#include <span>
#include <vector>

#include "waverack/dsp/adaptive_rows.hpp"
#include "waverack/parts/receiver.hpp"

namespace waverack::link {

struct TapAdaptation {
  dsp::LmsRule rule;           // of the samples at the sampler
  double noise_power = 0.0;    // of each sample, over the mean power of samples
  double input_power = 0.0;    // tr(R): all inputs of the rule together
  double misadjustment = 0.0;  // M
};

// The rule of `receiver` for the samples that its equaliser sees: those of the noiseless `waveform` (one
// period, sps samples per symbol) at `phase` + n·sps/q, with noise of the variance `noise`. Nothing where the
// step is 0. The step is adaptation_step over the mean power of all inputs: each forward tap 1, the bias 1,
// each feedback tap the mean square of `target`, the wanted level of each symbol.
std::optional<TapAdaptation> tap_adaptation(const parts::Receiver& receiver, const dsp::EqualiserShape& shape,
                                            std::span<const float> waveform, std::span<const float> target,
                                            int sps, int phase, double noise);

// Variance that the wandering of the taps adds to each decision: M·J·|u_k|²/tr(R), J being the mean square
// error of the decision with the best taps and u_k the inputs of the rule at symbol k, their noise by its
// mean power. Its mean over the pattern is M·J. One value for each symbol.
std::vector<float> wandering_variance(const TapAdaptation& adaptation, const dsp::EqualiserShape& shape,
                                      std::span<const float> waveform, std::span<const float> target, int sps,
                                      int phase, double mean_square_error);

}  // namespace waverack::link
