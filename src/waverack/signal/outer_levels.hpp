#pragma once
// The outer levels and edges of a PAM waveform whose symbols are known, as 802.3 defines them.

#include <cstdint>
#include <optional>
#include <span>

#include "waverack/signal/waveform.hpp"

namespace waverack::signal {

// Mean over the central 2 UI of the runs of `length` equal symbols `symbol`, averaged over such runs [unit of
// the samples]; runs of exactly `length` where there are some, else longer ones, else nothing. With 7 threes
// it is P3 of OMA_outer, with 6 zeros P0 (802.3 121.8). sampling_time: of symbol 0 [samples].
std::optional<double> run_mean(const Waveform& waveform, std::span<const std::uint8_t> symbols,
                               double sampling_time, int symbol, int length);

// 20–80 % time [s] of the average edge from three symbols `from` to three symbols `to`, between the
// amplitudes from_level and to_level. Nothing if the pattern has no such edge or the edge does not pass 20 %
// and 80 %.
std::optional<double> transition_time(const Waveform& waveform, std::span<const std::uint8_t> symbols,
                                      double sampling_time, int from, int to, double from_level,
                                      double to_level);

}  // namespace waverack::signal
