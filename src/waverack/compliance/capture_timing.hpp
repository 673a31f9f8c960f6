#pragma once
// A captured waveform made one of known symbols: pattern found, phase locked, clock error removed.
// (docs/theory/captures.md)

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "waverack/compliance/capture_clock.hpp"
#include "waverack/signal/pattern.hpp"
#include "waverack/signal/waveform.hpp"

namespace waverack::compliance {

// What is turned over where a higher symbol has a lower amplitude: the samples (a differential pair whose
// wires are swapped), or the symbols (light, whose power cannot be negative).
enum class Inversion { of_the_samples, of_the_symbols };

struct TimingOptions {
  double symbol_rate = 0.0;                                   // nominal [Bd]
  std::optional<signal::PatternName> pattern = std::nullopt;  // otherwise searched_patterns()
  bool average = false;  // over whole periods; noise that is not locked to the pattern goes with it
  Inversion inversion = Inversion::of_the_symbols;
  // Of a clock recovery that follows the clock through a record taken in real time [Hz]; 0: none, the clock
  // is even, as a scope shows it that was triggered by one.
  double clock_recovery = 0.0;
};

struct LockedCapture {
  static constexpr int samples_per_symbol = 16;

  signal::Waveform waveform;  // whole periods of `symbols`, cyclic
  // One period: of the pattern, or all that a shorter record holds. A higher one has the higher amplitude.
  std::vector<std::uint8_t> symbols;
  double delay = 0.5 * samples_per_symbol;  // centre of symbol 0 [samples of the waveform]

  signal::PatternName pattern{};
  long start_symbol = 0;  // of the pattern, at symbol 0
  bool inverted = false, polarity_known = true;
  double correlation = 0.0;          // with the symbols; 1 without interference
  double symbol_rate = 0.0;          // by the clock of the scope [Bd]
  double samples_per_ui = 0.0;       // of the record
  double first_centre = 0.0;         // of symbol 0, in samples of the record
  double clock_error = 0.0;          // symbol rate over the nominal one − 1
  double record_periods = 0.0;       // periods of the pattern in the record
  int periods = 0;                   // whole ones that were used; 0: the record is shorter than the pattern
  bool averaged = false;             // over `periods`
  double residual_jitter = 0.0;      // of stretches of 512 symbols against the clock, rms [s]
  double followed_jitter = 0.0;      // of the same, what clock recovery took away, rms [s]
  std::optional<double> noise;       // rms of periods about their mean [unit of the samples]
  double misfit = 0.0;               // rms of the record against its linear fit [unit of the samples]
  std::vector<std::string> remarks;  // the same, for people
};

// Finds the pattern, recovers the clock by find_pattern() and recover_clock(), and resamples the record,
// band-limited, to 16 samples per symbol on that clock. Whole periods of the pattern are kept one after the
// other, or averaged. A record that is shorter is used as it is: its ends are joined by adding to them, for
// the few symbols that the pulse reaches, what the fitted pulse says of the symbols that now stand before
// and behind. With a clock recovery the record is resampled on the clock that a first-order loop has, the
// delays of its stretches being the input. `samples` are `sample_interval` [s] apart; at least 2 for each
// symbol.
//
// Throws Error for fewer, for records of fewer than 256 symbols, samples that are not finite, and where
// pattern or clock are not found, and for a clock recovery that the stretches are too long for: more than a
// tenth of its cycle. Cost: about 0.3 s for 65 535 symbols at 37 samples per symbol.
LockedCapture lock_capture(std::span<const float> samples, double sample_interval, const TimingOptions&);

}  // namespace waverack::compliance
