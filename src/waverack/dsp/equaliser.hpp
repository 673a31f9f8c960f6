#pragma once
// Minimum-mean-square-error adaptation of a feed-forward and decision-feedback equaliser on a noiseless
// periodic record, the noise entering by its autocorrelation.

#include <complex>
#include <span>
#include <vector>

namespace waverack::dsp {

struct EqualiserShape {
  int pre = 3;                  // feed-forward taps before the cursor, in symbols
  int post = 11;                // after the cursor, in symbols
  int samples_per_symbol = 1;   // 1 or 2
  int feedback = 0;             // decision-feedback taps
  double feedback_limit = 1e9;  // |b_n| relative to the cursor
  // The least and the largest value of each feedback tap, as many as there are, in place of ±feedback_limit.
  // Batches of records do not know them.
  std::vector<double> feedback_lowest = {};
  std::vector<double> feedback_highest = {};
};

// Feed-forward taps of a shape.
inline int tap_count(const EqualiserShape& shape) {
  return (shape.pre + shape.post + 1) * shape.samples_per_symbol;
}

// y_k = bias + Σ_i forward[i]·x(t_k + (pre·q − i)·T/q) − Σ_n feedback[n]·a_{k−1−n}, q = samples_per_symbol.
// forward[0] multiplies the latest sample.
struct Equaliser {
  std::vector<double> forward;
  std::vector<double> feedback;
  double bias = 0.0;
  double mean_square_error = 0.0;  // of y_k − a_k, noise included
};

// Σ_i forward[i]·exp(j2π·(pre·q − i)·cycles): what the forward taps make of a frequency with so many cycles
// per tap.
std::complex<double> forward_response(const Equaliser&, const EqualiserShape&, double cycles_per_tap);

// The signal sums that adaptation needs, for one sampling phase. They hold no noise, so that one set serves
// any amount of it.
//
// waveform: one period, samples_per_ui samples for each entry of `target`; target: the wanted decision value
// a_k of each symbol; phase: sample index of t_0 (the cursor of symbol 0 is sampled at
// waveform[phase + k·samples_per_ui], cyclically). samples_per_ui must be a multiple of
// shape.samples_per_symbol. Cost: (taps² / 2 + taps) · symbols with taps = tap_count(shape).
struct AdaptationSums {
  std::vector<double> correlation;  // taps × taps, of the samples
  std::vector<double> cross;  // samples with targets a_k, a_{k−1}, … a_{k−feedback}: (feedback + 1) × taps
  std::vector<double> target;  // autocorrelation of the target, lags 0 … feedback
  std::vector<double> mean;    // of each tap's sample
  double target_mean = 0.0;
};
AdaptationSums adaptation_sums(std::span<const float> waveform, std::span<const float> target,
                               int samples_per_ui, int phase, const EqualiserShape& shape);

// The equaliser of least mean square error. noise_autocorrelation[l] is R(l·T/q) of the noise at its input,
// at least `taps` long, in the square of the waveform's unit. Feedback taps beyond their limit are set to it
// and the rest is solved again.
Equaliser adapt(const AdaptationSums& sums, std::span<const double> noise_autocorrelation,
                const EqualiserShape& shape);

// Equalised samples, one per symbol, with correct decisions fed back.
std::vector<float> equalise(const Equaliser&, const EqualiserShape&, std::span<const float> waveform,
                            std::span<const float> target, int samples_per_ui, int phase);

}  // namespace waverack::dsp
