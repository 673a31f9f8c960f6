#pragma once
// The eye of a waveform of a segment, whose symbols are known.

#include <cstdint>
#include <span>

#include "waverack/signal/eye.hpp"

namespace waverack::link {

// As signal::measure_eye, with the delay found and for a waveform that may be inverted: a modulator may stand
// on its falling flank.
signal::EyeMetrics measure_symbols(const signal::Waveform& waveform, std::span<const std::uint8_t> symbols,
                                   int levels, signal::EyeOptions options);

}  // namespace waverack::link
