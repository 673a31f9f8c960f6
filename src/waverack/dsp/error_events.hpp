#pragma once
// How often maximum-likelihood sequence estimation errs, without counting: the union bound over error events.
// (theory: mlse, section 5)
//
// An event is a wrong path that leaves the right one and joins it again. Its probability is that of a single
// Gaussian variable exceeding half a distance, so error ratios of 1e-15 cost no more than 1e-5. Summed over
// all events it is an upper bound, close where errors are rare: 5 to 20 % above the truth at a bit error
// ratio of 1e-3, within a few per cent below 1e-4, but half as much again at 6e-3 (tests/validation). Levels
// are equally spaced from −1 to 1.

#include <cstdint>
#include <span>
#include <vector>

namespace waverack::dsp {

struct ErrorEvent {
  std::vector<int> differences;  // decided minus sent symbol; the first is positive, the last not 0
  std::vector<double> samples;   // what that adds to the samples: differences with the target response
  double half_distance = 0.0;    // Σ samples²/2
  double noise_rms = 0.0;        // of Σ_j samples_j·n_j
  double multiplicity = 0.0;     // of random symbols, how many permit it or its negative: at most 2
  int symbol_errors = 0;
  double bit_errors = 0.0;      // mean over the symbols that permit it, Gray-coded
  int precoded_bit_errors = 0;  // behind the inverse of the precoder 1/(1 + D) mod M; of 2 and 4 levels
};

struct ErrorEventOptions {
  double relative = 1e-4;  // events that together add less than about this share are left out
  int longest = 40;        // differences of one event
  int most = 20'000;       // beginnings looked at
};

struct ErrorEvents {
  std::vector<ErrorEvent> list;  // the most frequent first, roughly
  bool complete = true;          // false: `longest` or `most` ended the search before `relative` did
};

// The events that matter behind the target response 1 + Σ_i postcursors[i − 1]·D^i with `levels` levels (2 …
// 16) in stationary Gaussian noise of the autocorrelation R at lags 0, 1, … symbols; lags that are not given
// are 0. Best first by a bound on what an event and all its continuations can add. Cost: about 1 µs for each
// beginning, thousands of them in most cases.
ErrorEvents error_events(std::span<const double> postcursors, int levels,
                         std::span<const double> noise_autocorrelation,
                         const ErrorEventOptions& options = {});

struct SequenceErrorRatio {
  double event = 0.0;   // error events for each symbol
  double symbol = 0.0;  // wrong symbols
  double bit = 0.0;     // wrong bits for each bit; with numbers of levels that are no power of two, one wrong
                        // bit for each wrong symbol
  double precoded_bit = 0.0;  // wrong bits behind the inverse of the precoder; of 2 and 4 levels
};

// For random symbols and no interference beyond the target: Σ multiplicity·Q(half_distance/noise_rms).
SequenceErrorRatio union_bound(const ErrorEvents& events, int levels);

// The same averaged over one period of a pattern, of which everything may differ from symbol to symbol.
struct PatternAtDetector {
  std::span<const std::uint8_t> symbols;  // 0 … levels − 1
  std::span<const float> residual;        // noiseless sample minus target response: interference left over
  std::span<const float> noise_rms;       // of each sample; its correlation is that of the stationary noise
};

// Only events that the symbols permit count, each with the interference and noise of its own samples.
// noise_autocorrelation: as for error_events; only its shape counts. All three spans have one length ≥ the
// longest event. Cost: events · symbols · length².
SequenceErrorRatio union_bound(const ErrorEvents& events, int levels, const PatternAtDetector& pattern,
                               std::span<const double> noise_autocorrelation);

}  // namespace waverack::dsp
