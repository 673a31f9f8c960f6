#pragma once
// Which test pattern a record holds, where in the pattern it begins, and which way up it is.
// (docs/theory/captures.md, section 2)

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "waverack/signal/pattern.hpp"

namespace waverack::compliance {

// The PAM4 patterns that a record is searched for: SSPRQ, PRBS13Q, PRBS9Q.
std::span<const signal::PatternName> searched_patterns();
// "SSPRQ", "PRBS13Q", …
std::string_view pattern_text(signal::PatternName);

// A record is followed in stretches of so many symbols.
inline constexpr long stretch_symbols = 512;

// Where a stretch of the record lies in time.
struct DelayPoint {
  double symbol = 0.0;  // the middle of the stretch, counted in symbols of the record
  double delay = 0.0;   // of the centres of its symbols, after the nominal ones [UI]
};

struct PatternMatch {
  signal::PatternName pattern{};
  std::vector<std::uint8_t> symbols;  // one period of it
  long start = 0;                     // symbol `start` + n of the pattern is symbol n of the record
  bool inverted = false;              // a higher symbol has a lower amplitude
  bool polarity_known = true;         // false: the record is too short to tell; it is taken as upright
  double correlation = 0.0;           // with the symbols, mean over the stretches; 1 without interference
  std::vector<DelayPoint> delays;     // in the order of time
};

// `samples`: `per_symbol` (even, ≥ 4) for each symbol of the nominal clock; the nominal centre of symbol n
// is sample n·per_symbol. A stretch of 2048 symbols in the middle is correlated with every pattern at every
// start; the best candidates are followed through the whole record in stretches of 512 symbols, which tells
// apart the parts of SSPRQ that equal others or their inverse. The clock may be off by 5e-4.
// Throws Error where no pattern is found, naming the best. Cost: a few FFTs of 131 072 and 17 operations for
// each symbol and candidate; about 50 ms for SSPRQ.
PatternMatch find_pattern(std::span<const float> samples, int per_symbol,
                          std::span<const signal::PatternName> patterns);

}  // namespace waverack::compliance
