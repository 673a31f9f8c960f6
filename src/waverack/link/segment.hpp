#pragma once
// The semi-analytic solution of one segment: pattern, noise, equaliser, densities, error ratio.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "waverack/dsp/equaliser.hpp"
#include "waverack/dsp/volterra.hpp"
#include "waverack/link/clock_recovery.hpp"
#include "waverack/link/decision.hpp"
#include "waverack/link/noise.hpp"
#include "waverack/link/propagate.hpp"
#include "waverack/link/result.hpp"
#include "waverack/link/tap_adaptation.hpp"

namespace waverack::link {

struct SegmentOptions {
  int samples_per_symbol = 16;
  bool taps = false;  // waveforms of the test points
  Without without;
  SharedWork* shared = nullptr;  // by the solutions of this segment at this sample rate
  bool share_pattern = false;    // all that share also solve the same symbols
  // Of the sampling instant [UI²], which the choice of the sampling phase then counts as an error.
  double timing_variance = 0.0;
};

// A solved segment with what later questions need.
struct SolvedSegment {
  dsp::EqualiserShape shape;
  dsp::Equaliser equaliser;
  // With products of samples, in place of `equaliser`, which then holds their mean slopes and their mean
  // square error (products.hpp).
  std::optional<dsp::VolterraEqualiser> volterra;
  // Where sequences are detected: the target response is 1 + Σ equaliser.feedback[n − 1]·D^n, and the noise
  // of the detector has this autocorrelation at lags 0, 1, … symbols. Empty where symbols are decided one by
  // one.
  std::vector<double> detector_noise;
  // The same at the decision where decisions are fed back; else empty.
  std::vector<double> feedback_noise;
  std::optional<TapAdaptation> adaptation = std::nullopt;  // where the taps follow the decisions
  // Symbol 0 is decided at phase + phase_fraction [samples], |phase_fraction| ≤ ½; propagation.at_sampler is
  // advanced by the fraction, so that the decision is at its sample `phase`.
  int phase = 0;
  double phase_fraction = 0.0;
  std::vector<float> target;  // wanted value of each symbol
  std::shared_ptr<DecisionStatistics> statistics;
  DecisionStatistics::Outcome outcome;
  std::vector<SourceShare> noise;  // variances at the decision, jitter and quantisation included
  TimingDetector timing_detector;  // of clock recovery, where it has a clock to follow
  Propagation propagation;
};

// Solves `segment` for one period of `symbols`.
SolvedSegment solve_segment(const Segment&, const parts::Conditions&, std::span<const std::uint8_t> symbols,
                            const SegmentOptions&);

// BER against the sampling phase over one UI, equaliser and thresholds adapted at the best phase kept.
struct Bathtub {
  std::vector<double> phase_ui;
  std::vector<double> ber;
};
Bathtub bathtub(const SolvedSegment&, const Segment&, const parts::Conditions&,
                std::span<const std::uint8_t> symbols, const SegmentOptions&);

// Mean square slope of the equalised record at the decisions [1/UI²], from the slopes at the sampler [V/UI].
double slope_power(const dsp::Equaliser&, const dsp::EqualiserShape&, std::span<const float> slope,
                   std::span<const float> target, int samples_per_symbol, int phase);

// The decision statistics with the sampling instant moved by each of `offsets` [UI], the equaliser kept.
std::vector<std::shared_ptr<const DecisionStatistics>> statistics_at(const SolvedSegment&, const Segment&,
                                                                     const parts::Conditions&,
                                                                     std::span<const std::uint8_t> symbols,
                                                                     const SegmentOptions&,
                                                                     std::span<const double> offsets);

// Level values −1 … 1 of each symbol.
std::vector<float> targets_of(std::span<const std::uint8_t> symbols, int levels);

}  // namespace waverack::link
