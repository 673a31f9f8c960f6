#pragma once
// Light at a test point as an instrument behind a fibre of its own captures it, and the standards' measures
// of it.

#include <cstdint>
#include <optional>
#include <span>

#include "waverack/compliance/tdecq.hpp"
#include "waverack/link/drawn_pattern.hpp"

namespace waverack::link {

// Optical power [W] of one period of `symbols` in front of element `end`, which must be reached by light,
// with drawn noise and jitter, behind `fibre`, a response of the field; empty for none. Not seen through any
// receiver.
signal::Waveform captured_light(const Segment&, const parts::Conditions&,
                                std::span<const std::uint8_t> symbols, const Drawing&, std::size_t end,
                                const signal::Response& fibre = {});

// TDECQ and what belongs to it, of captured light. A modulator on its falling flank inverts the symbols; that
// is found here. Errors and cost: those of measure_tdecq().
compliance::TdecqResult measure_light(const signal::Waveform& light, std::span<const std::uint8_t> symbols,
                                      const compliance::TdecqSettings& settings);

}  // namespace waverack::link
