#pragma once
// The samples of a waveform that fall into TDECQ's two windows, as equaliser taps need them.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "waverack/signal/waveform.hpp"

namespace waverack::compliance {

// A waveform whose symbols are known, in units of its outer swing: (sample − average)/swing.
struct ReceivedPattern {
  const signal::Waveform* waveform = nullptr;
  std::span<const std::uint8_t> symbols;  // one per symbol period of the waveform
  double average = 0.0;
  double swing = 1.0;    // OMA_outer
  double lowest = -0.5;  // of level 0 [swings]
};

// A part of a pattern: stretches of consecutive symbols, evenly spread.
struct Stretches {
  std::vector<long> first;  // symbol
  long count = 0;           // symbols of each
};
Stretches whole(const ReceivedPattern&);
// About `symbols` of them; the whole where it has no more.
Stretches part(const ReceivedPattern&, long symbols);

// One record for each instant of a window, stretch after stretch; a stretch has `margin` more symbols at
// either end, where the pattern goes on.
struct WindowSamples {
  long margin = 0, count = 0, stretches = 0;
  std::array<std::vector<std::vector<float>>, 2> records;  // left and right window
  std::vector<std::uint8_t> symbols;                       // stretches·count, without margins

  long stride() const { return count + 2 * margin; }
};

// `times`: the instants of the left and of the right window for symbol 0 [samples], as many in both.
// Cubic interpolation. Cost: 4·(symbols + margins) for each instant.
WindowSamples window_samples(const ReceivedPattern&, const Stretches&,
                             const std::array<std::vector<double>, 2>& times, long margin);

}  // namespace waverack::compliance
