#pragma once
// A segment run with drawn noise, as an oscilloscope would capture it: every source is sampled where it
// enters and passes the same nonlinear chain as the signal. Nothing is linearised.

#include <cstdint>
#include <span>
#include <vector>

#include "waverack/link/propagate.hpp"

namespace waverack::link {

struct Drawing {
  std::uint64_t seed = 1;
  int samples_per_symbol = 16;
  Without without;  // its noises, aggressors and the two kinds of jitter; the rest is not looked at
};

// One period of `symbols` in front of element `end` (0 … their number) of the segment. In it: noises and
// aggressors that enter before that place, the wander of high-passes as a pattern that repeats has it, and
// the transmitter's jitter. Aggressors send random symbols at a phase of their own. Jitter displaces the
// waveform to first order in its slope, the random and the dual-Dirac part anew every 64 symbols: slow
// against an equaliser, fast against clock recovery (the model of timing.hpp). Not in it: reflections and
// light of other wavelengths. The same for the same seed (signal/fast_random.hpp). Cost: that of propagate()
// with no work shared, and a filter for each source.
Signal draw_pattern(const Segment&, const parts::Conditions&, std::span<const std::uint8_t> symbols,
                    const Drawing&, std::size_t end);

// The same run in front of each of `ends`, in rising order.
std::vector<Signal> draw_pattern(const Segment&, const parts::Conditions&,
                                 std::span<const std::uint8_t> symbols, const Drawing&,
                                 std::span<const std::size_t> ends);

}  // namespace waverack::link
