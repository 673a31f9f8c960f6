#pragma once
// The clock of a captured waveform: where the centres of its symbols lie.
// (docs/theory/captures.md, section 3)

#include <cstdint>
#include <span>
#include <vector>

#include "waverack/compliance/pattern_search.hpp"

namespace waverack::compliance {

// The centre of symbol n of the record lies at first + n·period.
struct SymbolClock {
  double first = 0.0;
  double period = 1.0;
};

// The response to one symbol, from the nominal time −before on: a value of `offset` at symbols of 1.5 plus
// the sum over symbols of (symbol − 1.5)·pulse.
struct PulseFit {
  int per_symbol = 1;
  int before = 0, after = 0;  // symbols before and after the centre that the pulse reaches
  std::vector<double> pulse;  // (before + after)·per_symbol values, `before`·per_symbol is the centre
  double offset = 0.0;
};

// Least squares over at most 131 072 symbols of a record in which the centre of symbol n is sample
// n·per_symbol + half a symbol. `start`: symbol of the pattern at symbol 0.
PulseFit fit_pulse(std::span<const float> samples, int per_symbol, std::span<const std::uint8_t> pattern,
                   long start);

struct RecoveredClock {
  SymbolClock clock;                // in nominal symbol periods, from the nominal centre of symbol 0
  std::vector<DelayPoint> residue;  // what stretches of 512 symbols are late against it [UI]
  double residual_rms = 0.0;        // of them [UI]
  double misfit_rms = 0.0;  // of the record against its linear fit: noise, jitter and what is not linear
                            // [unit of the samples]
};

// The clock of a record on its nominal one, upright, `match` being what was found in it. The pulse response
// is fitted, every stretch of 512 symbols gives the delay that fits it best against the response of the
// whole, and a line goes through the delays; twice. The centre of a symbol is the middle of the pulse
// response between its half-height points. With 10 stretches or more and a slope of less than 5e-4 the phase
// is right within 0.005 UI of noiseless records. Throws Error where no clock fits: stretches off by more than
// 0.25 UI rms.
RecoveredClock recover_clock(std::span<const float> samples, int per_symbol, const PatternMatch& match);

}  // namespace waverack::compliance
