#pragma once
// What is read from a waveform behind the reference receiver, before any equaliser.

#include <cstdint>
#include <optional>
#include <span>

#include "waverack/signal/waveform.hpp"

namespace waverack::compliance {

// The middle between the average crossings about symbol 0 [samples]: crossings of `average` on the steps 0–3
// and 1–2, which are symmetric about it, of the first symbols. `centre`: of symbol 0 as far as it is known;
// it is the answer where nothing crosses.
double eye_middle(const signal::Waveform&, std::span<const std::uint8_t> symbols, double average,
                  double centre);

struct OuterLevels {
  double p0 = 0.0, p3 = 0.0;  // [unit of the samples]
  bool from_runs = false;
};
// Means over the central 2 UI of runs of 6 zeros and 7 threes (802.3 121.8); where the pattern has none, of
// all outer symbols at `middle`, the middle of symbol 0 [samples].
OuterLevels outer_levels(const signal::Waveform&, std::span<const std::uint8_t> symbols, double middle);

// 20–80 %, the slower of rise and fall [s]; nothing if the pattern lacks the edges 000333 and 333000.
std::optional<double> slower_transition(const signal::Waveform&, std::span<const std::uint8_t> symbols,
                                        double middle, const OuterLevels&);

// The amplitudes that a share `hit_ratio` of all samples lies below, and above.
struct Extremes {
  double low = 0.0, high = 0.0;
};
Extremes extremes(const signal::Waveform&, double hit_ratio);

}  // namespace waverack::compliance
