#pragma once
// Maximum-likelihood sequence estimation behind a feed-forward equaliser: joint adaptation of the equaliser
// and its target response, the detector, and bit reliabilities. (theory: mlse)
//
// These are the references in double precision for any trellis; mlse_rows.hpp has the same for 32 records at
// a time.

#include <cstdint>
#include <span>
#include <vector>

#include "waverack/dsp/equaliser.hpp"
#include "waverack/dsp/trellis.hpp"

namespace waverack::dsp {

// An equaliser that leaves a short response 1 + Σ_i p_i·D^i for the detector to resolve.
struct SequenceReceiver {
  Equaliser equaliser;  // forward taps and bias; no feedback
  std::vector<double> postcursors;
  // Of the noise at the detector, in the square of the levels' unit: lags 0, 1, … symbols.
  std::vector<double> noise_autocorrelation;
};

// Adapts taps and target response together for the least mean square of
//     e_k = bias + Σ_i forward[i]·x_i − a_k − Σ_n p_n·a_{k−n},   n = 1 … shape.feedback,
// the noise counted by its autocorrelation: the normal equations of a decision-feedback equaliser with
// correct decisions, and a prediction of e_k, so its own spectrum comes out as flat as the taps can make it
// (theory: mlse, eq. 2 and 3; J. Moon and W. Zeng, IEEE Trans. Magn. 31 (1995) 1083). mean_square_error
// counts noise and what interference is left. shape.feedback: the memory, 1 …; shape.feedback_limit bounds
// |p_n|.
//
// noise_autocorrelation[l]: R(l·T/q) at the equaliser's input; its length must exceed the number of taps, and
// gives the lags of the result: as many as fit.
SequenceReceiver adapt_sequence_receiver(const AdaptationSums& sums,
                                         std::span<const double> noise_autocorrelation,
                                         const EqualiserShape& shape);

// Σ_ij w_i·w_j·R((i − j) + l·q): the autocorrelation of noise behind taps w, q of them to a symbol, at `lags`
// lags 0, 1, … symbols. R must have taps + (lags − 1)·q values.
std::vector<double> noise_behind_taps(std::span<const double> taps, int samples_per_symbol,
                                      std::span<const double> noise_autocorrelation, int lags);

// The symbols 0 … levels − 1 of the path that is closest to `samples`, in the sum of squares (A. J. Viterbi,
// IEEE Trans. Inf. Theory 13 (1967) 260; G. D. Forney, same 18 (1972) 363). Every start and every end is as
// good as another, so the first and the last symbols are decided with less than all others: a few times the
// memory at either end should not be counted. Ties go to the lower symbol. Cost: states·levels operations and
// states bytes for each sample.
std::vector<std::uint8_t> detect_sequence(const Trellis& trellis, std::span<const float> samples);

// ln P(bit = 0)/P(bit = 1) of every bit, log2(levels) for each symbol, the most significant first, Gray-coded
// as in 802.3 (symbol a has the bits of a ⊕ a/2). Of all paths only the best with either value counts
// (max-log): the difference of their sums of squares over 2·noise_variance. Forward and backward recursion
// (L. R. Bahl et al., IEEE Trans. Inf. Theory 20 (1974) 284, with minima for sums); its signs are the
// decisions of detect_sequence. `levels` must be 2, 4, 8 or 16, else throws Error. Cost: about three times
// detect_sequence; 8·states bytes for each sample.
std::vector<float> bit_reliabilities(const Trellis& trellis, std::span<const float> samples,
                                     double noise_variance);

}  // namespace waverack::dsp
